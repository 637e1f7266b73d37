"""The plan of a day on paper, so that the day goes on without power."""
