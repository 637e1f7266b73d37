"""Sessions that a customer has left."""
