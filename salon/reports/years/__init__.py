"""What months and years came to."""
