"""What the salon offers, and who serves, through the API."""
