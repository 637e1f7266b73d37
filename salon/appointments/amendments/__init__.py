"""Changes of a whole booking."""
