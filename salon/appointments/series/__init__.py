"""Bookings that repeat every so many weeks."""
