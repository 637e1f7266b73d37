"""The board as the script that draws it reads it."""
