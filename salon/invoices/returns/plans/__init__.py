"""What a return would do, and what one did."""
