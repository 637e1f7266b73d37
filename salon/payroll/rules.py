"""What every verb of pay needs: how a request is known again. No database."""

from datetime import date

from ..core.keys import fingerprint_of


def fingerprint(**asked: object) -> str:
    """SHA-256 of what is asked, in hex: the same key with another body is refused."""
    return fingerprint_of(
        {name: value.isoformat() if isinstance(value, date) else value for name, value in asked.items()}
    )
