"""What the accounts of the staff came to."""
