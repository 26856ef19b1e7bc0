"""Clinics assign modules and see what was understood: files and paper, no server. The person decides what is sent."""
