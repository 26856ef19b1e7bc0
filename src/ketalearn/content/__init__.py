"""What authors write (models), and how it becomes content (loading, checking, places of faults)."""
