"""The calendar of each person, for her phone."""
