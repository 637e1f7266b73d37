"""Wanted services without a database."""

from collections.abc import Iterable
from typing import Literal, NamedTuple

Owner = Literal["entry_id", "walk_in_id", "request_id"]  # whose wish it is


class WantedService(NamedTuple):
    """A service that is wanted, with its names; without a person, of anybody who does it."""

    service_id: int
    service: str
    staff_id: int | None
    staff: str | None


def names_of(wanted: Iterable[WantedService]) -> str:
    """The services in a line, as «کوتاهی و براشینگ» is read: with commas between."""
    return "، ".join(one.service for one in wanted)
