"""Tests of salon.appointments.requests."""
