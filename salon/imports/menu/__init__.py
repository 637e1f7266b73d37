"""Services and products."""
