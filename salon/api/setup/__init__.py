"""What is set up, through the API."""
