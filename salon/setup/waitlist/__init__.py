"""How the waitlist works in this salon."""
