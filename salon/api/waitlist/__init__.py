"""The waitlist through the API."""
