"""Free times and bookings through the API."""
