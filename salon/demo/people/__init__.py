"""The demo's customers."""
