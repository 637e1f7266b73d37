"""The demo's boxes: countings, expenses, transfers."""
