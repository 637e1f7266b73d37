"""Why a visit doesn't fit at a time, and when it would."""
