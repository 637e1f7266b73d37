"""The demo's pay days."""
