"""The salon's own calendar: the days on which it is closed."""
