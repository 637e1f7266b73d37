"""The board: a day by staff, line or room, a week, a list; printed, and kept up to date."""
