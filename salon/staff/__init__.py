"""Staff members, skills and working hours."""
