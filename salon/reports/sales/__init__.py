"""What was sold, to whom, by whom, and what was taken off."""
