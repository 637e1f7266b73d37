"""Tests of salon.appointments.slot_offers."""
