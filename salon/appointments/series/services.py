"""Books what repeats."""

from collections.abc import Sequence
from datetime import datetime

from ...access.rules import Actor
from ...core.db import db
from ..availability.rules import Asked
from ..errors import series_invalid
from ..models import Appointment, BookingSeries
from ..rules import meant
from ..services import book
from .rules import MOST_TIMES, MOST_WEEKS, items_at


def book_series(
    *,
    asked: Asked,
    starts_at: datetime,
    every_weeks: int,
    chosen: Sequence[datetime],
    note: str = "",
    without_patch_test: bool = False,
    actor: Actor | None,
    now: datetime,
) -> list[Appointment]:
    """Book the chosen ones of a planned series, all or none; `starts_at`: of the series as it was planned.

    Raises DomainError `slot_taken`, `patch_test_missing`; NotFound, Invalid `series_invalid`, as `book` does.
    """
    if asked.customer_id is None or not 1 <= len(chosen) <= MOST_TIMES or not 1 <= every_weeks <= MOST_WEEKS:
        raise series_invalid()
    series = BookingSeries(branch_id=asked.branch_id, customer_id=asked.customer_id, every_weeks=every_weeks)
    series.created_at, series.created_by = now, actor.id if actor else None
    db.session.add(series)
    db.session.flush()
    first = meant(starts_at)
    return [
        book(
            branch_id=asked.branch_id,
            customer_id=asked.customer_id,
            starts_at=begins,
            items=items_at(asked.items, first, begins),
            note=note,
            series_id=series.id,
            hold_id=asked.own_hold or None,
            without_patch_test=without_patch_test,
            actor=actor,
            now=now,
        )
        for begins in sorted(set(chosen))
    ]
