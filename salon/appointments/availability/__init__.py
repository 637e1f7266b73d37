"""When a visit of one or more services fits: people, rooms, chairs and devices, phases and gaps."""
