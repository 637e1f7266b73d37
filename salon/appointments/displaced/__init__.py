"""Bookings that lie where nobody serves them any more: they stay, and are listed until they are moved."""
