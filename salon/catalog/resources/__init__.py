"""Rooms, chairs and devices."""
