"""Looks where bookings that repeat would fit, before any is made."""

from dataclasses import replace
from datetime import date, datetime

from ...core.errors import DomainError
from ..availability.queries import laid_out
from ..availability.rules import Asked
from ..errors import SlotTaken
from ..refusals.queries import refusal_at
from ..rules import meant
from .rules import Occurrence, items_at, moments


def plan_series(
    asked: Asked,
    starts_at: datetime,
    every_weeks: int,
    *,
    times: int | None = None,
    until: date | None = None,
    now: datetime,
) -> list[Occurrence]:
    """The bookings that repeat every so many weeks, with the conflicts of those that don't fit.

    So many `times`, or `until` a day (included). Raises Invalid `series_invalid` and what `laid_out` raises.
    """
    first = meant(starts_at)
    return [_occurrence(asked, first, begins, now) for begins in moments(first, every_weeks, times=times, until=until)]


def _occurrence(asked: Asked, first: datetime, begins: datetime, now: datetime) -> Occurrence:
    there = replace(asked, items=items_at(asked.items, first, begins))
    laid = laid_out(there, begins, now)
    if laid is not None:
        return Occurrence(begins, laid)
    refusal: DomainError = refusal_at(there, begins, now)
    return Occurrence(begins, None, refusal.message, refusal.nearest if isinstance(refusal, SlotTaken) else ())
