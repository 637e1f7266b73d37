"""Which services somebody wants who has no time yet."""
