"""What is known about people, rooms and bookings on some days, as minutes that are free."""
