"""The outbox through the API."""
