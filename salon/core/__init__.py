"""What every package stands on: database, clock, calendar, money, text."""
