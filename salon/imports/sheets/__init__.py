"""Files as they came."""
