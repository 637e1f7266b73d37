"""How the waitlist works."""
