"""How the demo's calendar is set up: rooms, phases, breaks, absences, days off."""
