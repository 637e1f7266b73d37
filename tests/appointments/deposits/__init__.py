"""Tests of salon.appointments.deposits."""
