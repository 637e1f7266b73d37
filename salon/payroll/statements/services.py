"""Approving statements: what they hold is frozen."""

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import insert

from ...access.rules import Actor
from ...core.db import db
from ...core.errors import dates_reversed
from ...core.jalali import local_date
from ...core.keys import KEY_REUSED
from ...ledger.models import AccountKind
from ...ledger.rules import PostingSpec, without_zeros
from ...ledger.services import post
from ...setup.services import ensure_fiscal_year
from ...staff.models import PayKind
from ..errors import (
    STATEMENT_APPROVED,
    days_ahead,
    days_closed,
    statement_changed,
    statement_gap,
)
from ..models import PayPeriodAmount, PayStatement, PayStatementItem
from ..queries import last_statement, person, statements_of, sums_of
from ..rules import fingerprint
from .queries import parts_of, statement_known, unheld
from .rules import DAY, PeriodPart


def approve_statement(
    *,
    branch_id: int,
    staff_id: int,
    starts_on: date,
    ends_before: date,
    seen_total: int | None = None,
    key: str,
    actor: Actor | None,
    now: datetime,
) -> PayStatement:
    """Approve what somebody is paid for these days (half-open); the same key again gives the same statement.

    `seen_total`: what whoever approves saw, in rials. Raises NotFound `staff_unknown`; DomainError
    `statement_approved`, `period_closed`, `statement_changed`;
    Invalid `statement_gap`, `dates_reversed`, `day_ahead`.
    """
    person(branch_id, staff_id, locked=True)
    asked = fingerprint(staff_id=staff_id, starts_on=starts_on, ends_before=ends_before)
    known = statement_known(key)
    if known is not None:
        if known.fingerprint != asked:
            raise KEY_REUSED.again()
        return known
    _check_days(staff_id, starts_on, ends_before, local_date(now))
    parts = parts_of(staff_id, starts_on, ends_before)
    entry_id = _post(branch_id, staff_id, ends_before - DAY, parts, actor, now)
    approved = _freeze(branch_id, staff_id, (starts_on, ends_before), entry_id, (key, asked), actor, now)
    if seen_total is not None and approved.total != seen_total:
        raise statement_changed()
    rows = [{**vars(part), "statement_id": approved.id} for part in parts]
    if rows:
        db.session.execute(insert(PayPeriodAmount), rows)
    return approved


def _check_days(staff_id: int, starts_on: date, ends_before: date, today: date) -> None:
    """Days that have been, follow what is approved, and leave nothing behind."""
    if ends_before <= starts_on:
        raise dates_reversed()
    if ends_before > today + DAY:
        raise days_ahead()
    if any((of.starts_on, of.ends_before) == (starts_on, ends_before) for of in statements_of(staff_id)):
        raise STATEMENT_APPROVED.again()
    last = last_statement(staff_id)
    if last is not None and starts_on < last.ends_before:
        raise days_closed(last.ends_before)
    _check_gap(staff_id, last.ends_before if last is not None else None, starts_on)


def _check_gap(staff_id: int, closed: date | None, starts_on: date) -> None:
    """Between what is approved and these days lies nothing that no statement would ever hold."""
    left = [item.day for item in unheld(staff_id, starts_on) if closed is None or item.day >= closed]
    if closed is not None:
        left += [part.starts_on for part in parts_of(staff_id, closed, starts_on)]
    if left:
        raise statement_gap(min(left))


def _post(
    branch_id: int, staff_id: int, day: date, parts: Sequence[PeriodPart], actor: Actor | None, now: datetime
) -> int | None:
    """Salary and rent in one entry of the last day; None when there are none."""
    salary = sum(part.amount for part in parts if part.kind == PayKind.SALARY)
    rent = -sum(part.amount for part in parts if part.kind == PayKind.RENT)
    postings = without_zeros(
        [
            PostingSpec(AccountKind.STAFF_COST, salary, staff_id),
            PostingSpec(AccountKind.STAFF_PAYABLE, -salary, staff_id),
            PostingSpec(AccountKind.STAFF_PAYABLE, rent, staff_id),
            PostingSpec(AccountKind.CHAIR_RENT, -rent, staff_id),
        ]
    )
    if not postings:
        return None
    ensure_fiscal_year(day)
    return post(
        branch_id=branch_id,
        business_date=day,
        kind="salary",
        source_kind="staff",
        source_id=staff_id,
        idempotency_key=f"salary:{staff_id}:{day.isoformat()}",
        postings=postings,
        actor_id=actor.id if actor else None,
        now=now,
    )


def _freeze(
    branch_id: int,
    staff_id: int,
    days: tuple[date, date],
    entry_id: int | None,
    asked: tuple[str, str],
    actor: Actor | None,
    now: datetime,
) -> PayStatement:
    """Write the statement and what it holds; `asked`: the key and the fingerprint."""
    opening, items = sums_of(staff_id).due, unheld(staff_id, days[1])
    approved = PayStatement(
        branch_id=branch_id,
        staff_id=staff_id,
        starts_on=days[0],
        ends_before=days[1],
        opening=opening,
        total=opening + sum(item.amount for item in items),
        approved_at=now,
        actor_id=actor.id if actor else None,
        idempotency_key=asked[0],
        fingerprint=asked[1],
        entry_id=entry_id,
    )
    db.session.add(approved)
    db.session.flush()
    rows = [{"statement_id": approved.id, "posting_id": item.posting_id} for item in items]
    if rows:
        db.session.execute(insert(PayStatementItem), rows)
    return approved
