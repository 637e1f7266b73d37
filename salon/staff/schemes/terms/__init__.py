"""A scheme of pay as somebody types it, and what of that cannot be."""
