"""How long and how large the told demo is."""

DAYS, CUSTOMERS = 33, 150
CARD_KEY = "c" * 32
