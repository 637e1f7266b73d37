"""The documents behind the figures of a report."""
