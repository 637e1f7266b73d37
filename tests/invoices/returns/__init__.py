"""Returns, corrections, cancelling."""
