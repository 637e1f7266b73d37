"""Keys of requests that move value: again with the same body one moves nothing, with another it is refused."""

import hashlib
import json
import uuid

from .errors import key_reused

KEY_REUSED = key_reused()


def fresh_key() -> str:
    """The key that a form carries, so that sending it twice moves value once."""
    return uuid.uuid4().hex


def fingerprint_of(asked: object) -> str:
    """SHA-256 of what is asked, in hex; `asked` is made of what JSON knows."""
    return hashlib.sha256(json.dumps(asked, sort_keys=True).encode()).hexdigest()
