"""Products and their stock through the API."""
