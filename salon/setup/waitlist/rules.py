"""How the waitlist works, without a database."""

from dataclasses import dataclass
from urllib.parse import urlsplit

LEAST_MINUTES, MOST_MINUTES = 5, 1440


@dataclass(frozen=True)
class WaitlistTerms:
    """Who goes first, how many minutes an offered time is kept, and where customers reach the salon's pages."""

    waitlist_rule: str
    offer_minutes: int
    web_address: str = ""


def is_web_address(text: str) -> bool:
    """Whether links may begin with it: http or https, a host, nothing behind the path."""
    try:
        parts = urlsplit(text)
        _port = parts.port
    except ValueError:
        return False
    plain = not (parts.query or parts.fragment or parts.username or "@" in parts.netloc) and " " not in text
    return parts.scheme in {"http", "https"} and bool(parts.hostname) and plain and text.isascii()
