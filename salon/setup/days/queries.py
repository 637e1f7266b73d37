"""Reads about the days on which a branch is closed."""

from datetime import date

from sqlalchemy import bindparam, select

from ...core.db import db
from ..models import ClosedDay

_CLOSED = select(ClosedDay.day, ClosedDay.name).where(
    ClosedDay.branch_id == bindparam("branch"), ClosedDay.day >= bindparam("first"), ClosedDay.day < bindparam("before")
)


def closed_days(branch_id: int, first: date, before: date) -> dict[date, str]:
    """The days from `first` to `before` (exclusive) on which a branch is closed, and why."""
    asked = {"branch": branch_id, "first": first, "before": before}
    return {row.day: row.name for row in db.session.connection().execute(_CLOSED, asked)}
