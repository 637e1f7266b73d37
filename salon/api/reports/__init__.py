"""Reports and balances through the API."""
