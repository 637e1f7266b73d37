"""Times that are kept for a few minutes."""
