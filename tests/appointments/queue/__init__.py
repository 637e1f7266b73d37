"""Tests of salon.appointments.queue."""
