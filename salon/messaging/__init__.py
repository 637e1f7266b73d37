"""Messages to customers, from outbox to gateway."""
