"""Secret addresses of calendars: made, renewed and taken back."""
