"""What was booked, what became of it, how full people and resources are, who comes again."""
