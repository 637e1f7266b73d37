"""The API held against what was promised: every path, field, status and code."""
