"""Deposits of bookings (بیعانه): taken with them, kept or given back when they are called off."""
