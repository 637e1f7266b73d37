"""What customers ask for themselves: a time that the salon confirms, refuses or answers with another."""
