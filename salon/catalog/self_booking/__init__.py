"""Which services customers may book themselves."""
