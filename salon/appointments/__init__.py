"""Bookings, availability and the board."""
