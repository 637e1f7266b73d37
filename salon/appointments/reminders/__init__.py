"""The reminder that goes out before a visit."""
