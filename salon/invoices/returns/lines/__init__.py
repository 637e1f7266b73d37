"""What of the lines of a sale goes back."""
