"""ketalearn: a private, offline decision aid about ketamine and esketamine treatment."""

__version__ = "0.1.0"
