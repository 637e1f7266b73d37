"""What the demo's days so far have come to."""
