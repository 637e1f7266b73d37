"""What bookings and held slots take of people, rooms, chairs and devices."""
