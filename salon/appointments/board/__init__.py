"""What stands on the board: bookings of some days, and what they and kept slots take of people and rooms."""
