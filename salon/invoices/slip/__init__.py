"""The slip of an invoice, on screen and on paper."""
