"""Who waits in the demo: for a time, in the salon, and for an answer."""
