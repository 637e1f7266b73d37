"""Takes the salon's guards away one at a time, in a copy of it, and asks whether a test notices."""
