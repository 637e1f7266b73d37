"""The bookings that the figures are made of."""
