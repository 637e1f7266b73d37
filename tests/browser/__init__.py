"""The salon in a real browser, as the receptionist sees it."""
