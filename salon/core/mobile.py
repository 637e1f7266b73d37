"""A mobile number that somebody typed: the one rule, and the one sentence, for every place that takes one."""

from .errors import mobile_invalid
from .text import normalise_mobile


def mobile_of(typed: str | None) -> str | None:
    """The mobile as `09xxxxxxxxx`, None when nothing was typed. Raises Invalid mobile_invalid."""
    if not typed or not typed.strip():
        return None
    mobile = normalise_mobile(typed)
    if mobile is None:
        raise mobile_invalid()
    return mobile
