"""What every room leans on: database, clock, errors, permissions."""
