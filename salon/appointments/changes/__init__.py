"""What happened to a booking: who changed what, and when."""
