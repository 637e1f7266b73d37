"""Which of all times that fit are shown in the dialog, without a database."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from enum import StrEnum
from itertools import groupby

from ...appointments.availability.rules import Offer
from ...core.jalali import SALON_ZONE, local_date

LONGEST_WAIT = 240  # minutes
SHOWN = {"first": 12, "day": 24, "week": 6}  # times; of a week on each of its days
NEAREST = 4  # times that a refusal offers, one key each
_QUARTER = 15


class Reach(StrEnum):
    """Among which times is looked: the first from a day on, those of the day, those of seven days."""

    FIRST = "first"
    DAY = "day"
    WEEK = "week"


def round_ones(offers: Iterable[Offer], grid: int) -> Iterator[Offer]:
    """The times that are easy to say and those right after somebody else's: the rest may be typed.

    A time is easy to say on a quarter of an hour; one whose neighbour on the grid isn't offered begins a free stretch.
    """
    before: datetime | None = None
    for offer in offers:
        begins_stretch = before is None or offer.starts_at - before > timedelta(minutes=grid)
        before = offer.starts_at
        if grid >= _QUARTER or begins_stretch or offer.starts_at.astimezone(SALON_ZONE).minute % _QUARTER == 0:
            yield offer


def shown_of(offers: Sequence[Offer], most: int, near: datetime | None) -> list[Offer]:
    """So many of these, in order: without useless gaps before others, and near the wanted time."""

    def rank(offer: Offer) -> tuple[bool, timedelta]:
        return bool(offer.gaps), abs(offer.starts_at - (near or offers[0].starts_at))

    if near is not None:
        return in_order(sorted(offers, key=lambda offer: rank(offer)[1])[:most])
    return in_order(sorted(offers, key=rank)[:most])


def of_each_day(offers: Iterable[Offer], most: int) -> list[Offer]:
    """The best of each day."""
    by_day = groupby(offers, key=lambda offer: local_date(offer.starts_at))
    return [offer for _day, of_day in by_day for offer in spread(list(of_day), most)]


def spread(offers: Sequence[Offer], most: int) -> list[Offer]:
    """So many of a day's times, from its morning to its evening, those without useless gaps before others."""
    best = [offer for offer in offers if not offer.gaps] or list(offers)
    if len(best) <= most:
        return best
    return [best[place * (len(best) - 1) // (most - 1)] for place in range(most)]


def nearest_of(offers: Sequence[Offer], grid: int, wanted: datetime) -> list[Offer]:
    """A few times beside a refused one, by different people first; `offers` lie the nearest first."""
    by_people: dict[tuple[int, ...], list[Offer]] = {}
    for offer in offers:
        by_people.setdefault(tuple(item.staff_id for item in offer.items), []).append(offer)
    rounds = [_nearest_round_ones(mine, grid, wanted) for mine in by_people.values()]
    chosen = [mine[place] for place in range(NEAREST) for mine in rounds if place < len(mine)]
    return in_order(chosen[:NEAREST])


def in_order(offers: Iterable[Offer]) -> list[Offer]:
    """As the clock goes."""
    return sorted(offers, key=lambda offer: offer.starts_at)


def _nearest_round_ones(offers: Sequence[Offer], grid: int, wanted: datetime) -> list[Offer]:
    """The nearest itself counts, round or not: it is what touches the taken time."""
    round_enough = {id(offer) for offer in round_ones(in_order(offers), grid)} | {id(offers[0])}
    return [offer for offer in offers if id(offer) in round_enough]
