"""What customers ask for themselves, through the API."""
