"""Price lists and the history of prices through the API."""
