"""The club's offers."""
