"""The plan of a group's day: who is where at what time with whom."""
