"""What still stands in the way of closing a year."""
