"""Gives bookings without durations their times: the service's, cut at that person's next booking. No database."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby, pairwise

from ...core.money import share

_MINUTE = timedelta(minutes=1)


@dataclass(frozen=True)
class Wish:
    """One service in somebody's book. `holds`: it was not cancelled, and she came or will come."""

    line: int
    customer_id: int
    staff_id: int
    starts_at: datetime
    minutes: int
    holds: bool


@dataclass(frozen=True)
class Fitted:
    """The time of a wish. Without `active` it holds nobody: freed, or somebody else stands at the same time."""

    line: int
    starts_at: datetime
    ends_at: datetime
    active: bool


def fit(wishes: Sequence[Wish]) -> dict[int, Fitted]:
    """The slot of each wish, by its line.

    Several services of one customer at one time with one person follow each other. Where two customers stand at the
    same time with one person, the earlier line holds it.
    """
    slots = {wish.line: _uncut(wish) for wish in wishes if not wish.holds}
    holding = sorted((wish for wish in wishes if wish.holds), key=lambda wish: (wish.staff_id, _place(wish)))
    for _, of_person in groupby(holding, key=lambda wish: wish.staff_id):
        starts = [list(together) for _, together in groupby(of_person, key=lambda wish: wish.starts_at)]
        for together, following in pairwise([*starts, []]):
            until = following[0].starts_at if following else None
            slots |= {slot.line: slot for slot in _together(together, until)}
    return slots


def _place(wish: Wish) -> tuple[datetime, int]:
    return wish.starts_at, wish.line


def _together(wishes: Sequence[Wish], until: datetime | None) -> list[Fitted]:
    """The slots of wishes that begin at one time with one person."""
    first = wishes[0].customer_id
    hers = [wish for wish in wishes if wish.customer_id == first]
    others = [_uncut(wish) for wish in wishes if wish.customer_id != first]
    return [*_one_after_another(hers, until), *others]


def _one_after_another(wishes: Sequence[Wish], until: datetime | None) -> list[Fitted]:
    begins = wishes[0].starts_at
    minutes = [wish.minutes for wish in wishes]
    room = sum(minutes) if until is None else (until - begins) // _MINUTE
    if room < len(wishes):  # not a minute for each: the first takes what there is
        end = until or begins + _MINUTE
        return [Fitted(wishes[0].line, begins, end, True), *(_uncut(wish) for wish in wishes[1:])]
    slots = []
    for wish, length in zip(wishes, _shortened(minutes, room), strict=True):
        ends = begins + length * _MINUTE
        slots.append(Fitted(wish.line, begins, ends, True))
        begins = ends
    return slots


def _shortened(minutes: Sequence[int], room: int) -> list[int]:
    """Durations that fit into the room, each at least a minute, shortened in proportion."""
    if sum(minutes) <= room:
        return list(minutes)
    return [1 + part for part in share(room - len(minutes), minutes)]


def _uncut(wish: Wish) -> Fitted:
    return Fitted(wish.line, wish.starts_at, wish.starts_at + wish.minutes * _MINUTE, False)
