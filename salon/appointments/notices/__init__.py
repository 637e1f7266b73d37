"""What is worth a word while somebody is being booked."""
