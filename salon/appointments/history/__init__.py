"""Bookings from before this program kept the board."""
