"""What every verb of pay needs: how a request is known again. No database."""

import hashlib
import json
from datetime import date

MOST = 10**15  # rials


def fingerprint(**asked: object) -> str:
    """SHA-256 of what is asked, in hex: the same key with another body is refused."""
    said = {name: value.isoformat() if isinstance(value, date) else value for name, value in asked.items()}
    return hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()
