"""Marks for what is still to be written. `check` reports each; no reader is ever shown one."""

WRITE = "Write this:"
NO_SOURCE = "write-this"
NO_TOPIC = "write_this"
