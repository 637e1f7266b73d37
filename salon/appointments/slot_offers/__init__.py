"""Times that are kept for a customer while she answers."""
