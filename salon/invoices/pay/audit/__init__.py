"""The audit of staff shares."""
