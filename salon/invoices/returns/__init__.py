"""Returns (مرجوعی), corrections, and cancelling on the day of the sale."""
