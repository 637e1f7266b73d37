"""The columns of the board, with hours and utilisation."""
