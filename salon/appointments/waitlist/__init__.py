"""Who waits for a time that opens."""
