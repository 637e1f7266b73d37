"""Group visits through the API."""
