"""Tests of salon.appointments.waitlist."""
