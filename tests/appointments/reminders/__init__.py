"""Tests of salon.appointments.reminders."""
