"""The demo's salon."""
