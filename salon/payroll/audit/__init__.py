"""The audit of statements."""
