"""What each line of an invoice earns the people who did it."""
