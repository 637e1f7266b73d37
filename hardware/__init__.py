"""Devices at the desk; knows nothing of the salon."""
