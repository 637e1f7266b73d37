"""The audit of sessions sold ahead."""
