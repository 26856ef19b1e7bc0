"""The same journey, line by line."""
