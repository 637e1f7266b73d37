"""How a customer is found: what is kept to search by, and what a search looks for. No database."""

from dataclasses import dataclass

from ..core.text import latin_digits, normalise, normalise_mobile, search_key

LEAST_FOR_INDEX = 3  # letters; the index keeps runs of three
FIRST_CODE = 1001


@dataclass(frozen=True)
class Wanted:
    """What somebody looks for: an exact code, the ending of a mobile, and words that all must occur."""

    code: str
    ending: str  # digits, may be empty
    long_words: tuple[str, ...]
    short_words: tuple[str, ...]


def full_name(first_name: str, last_name: str) -> str:
    """First and last name as they are said."""
    return f"{first_name} {last_name}".strip()


def key_of(code: str, first_name: str, last_name: str, mobile: str | None) -> str:
    """What a customer is found by; parts stand apart so that no word matches across them."""
    return " ".join(part for part in (search_key(code), search_key(first_name + last_name), mobile) if part)


def wanted(typed: str) -> Wanted:
    """What a typed text looks for."""
    text = latin_digits(normalise(typed))
    mobile = normalise_mobile(text)
    keys = [mobile] if mobile else [key for key in map(search_key, text.split()) if key]
    ending = keys[0] if len(keys) == 1 and keys[0].isdecimal() else ""
    return Wanted(
        code=text,
        ending=ending,
        long_words=tuple(key for key in keys if len(key) >= LEAST_FOR_INDEX),
        short_words=tuple(key for key in keys if len(key) < LEAST_FOR_INDEX),
    )


def reversed_mobile(mobile: str | None) -> str | None:
    """A mobile as it is kept to be found by its ending."""
    return mobile[::-1] if mobile else None
