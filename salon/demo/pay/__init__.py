"""How the demo's people are paid, and when they were here."""
