"""The demo's bride with her companions."""
