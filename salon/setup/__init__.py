"""The salon's profile, branches and fiscal years."""
