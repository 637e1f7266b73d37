"""Bookings, cancellations and no-shows."""
