"""Statements as they are read: what they hold or would hold, with the documents."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import aliased

from ...cashbox.models import Cashbox, Voucher
from ...core.db import db
from ...core.jalali import month_range, start_of_day
from ...customers.models import Customer
from ...invoices.models import Invoice, InvoiceKind, InvoiceLine, PayShare, PayTerms
from ...ledger.models import Account, Entry, Posting
from ...staff.models import Attendance
from ...staff.queries import all_staff
from ...staff.schemes.queries import places_of, schemes_within
from ...staff.schemes.rules import NOWHERE
from ..errors import statement_unknown
from ..models import PayAdjustment, PayPayment, PayPeriodAmount, PayStatement, PayStatementItem
from ..queries import (
    PAID,
    Sums,
    all_sums,
    approved_until,
    first_months,
    last_statement,
    of_accounts,
    statements_of,
    sums_of,
)
from .rules import DAY, Item, Note, Paid, PeriodPart, ShareLine, Statement, period_parts, what_of

_ITEM = (
    Posting.id,
    Posting.amount,
    Entry.kind,
    Entry.business_date,
    Entry.id,
    Entry.source_kind,
    Entry.source_id,
)
_ORDER = (Entry.business_date, Entry.id, Posting.id)
_AT_ONCE = 500  # entries: a statement takes only so many values
_NAME = func.trim(Customer.first_name + " " + Customer.last_name)
_DOCUMENT = aliased(Invoice, name="document")
_SHARES = (
    select(
        _DOCUMENT.id,
        PayTerms.line_id,
        _DOCUMENT.number,
        _DOCUMENT.kind == InvoiceKind.RETURN.value,
        _DOCUMENT.business_date,
        InvoiceLine.description,
        _NAME,
        PayTerms.role,
        PayShare.base,
        PayShare.share,
    )
    .join(PayTerms, PayTerms.id == PayShare.terms_id)
    .join(_DOCUMENT, _DOCUMENT.id == PayShare.invoice_id)
    .join(InvoiceLine, InvoiceLine.id == PayTerms.line_id)
    .join(Customer, Customer.id == _DOCUMENT.customer_id)
    .order_by(_DOCUMENT.business_date, PayShare.id)
)


def unheld(staff_id: int, before: date) -> list[Item]:
    """What moved her account before a day and no statement holds."""
    free = (PayStatementItem.posting_id.is_(None), Entry.kind != PAID, Entry.business_date < before)
    return _items(staff_id, *free)


def held_by(statement: PayStatement) -> list[Item]:
    """What a statement holds."""
    return _items(statement.staff_id, PayStatementItem.statement_id == statement.id)


def _items(staff_id: int, *conditions: ColumnElement[bool]) -> list[Item]:
    rows: Any = db.session.execute(
        of_accounts(select(*_ITEM)).where(Account.owner_id == staff_id, *conditions).order_by(*_ORDER)
    )
    return [
        Item(posting_id, what_of(kind, -amount), -amount, day, entry_id, source_kind, source_id)
        for posting_id, amount, kind, day, entry_id, source_kind, source_id in rows
    ]


def statement(staff_id: int, starts_on: date, ends_before: date) -> Statement:
    """What she is paid for these days: frozen when they were approved, else as it stands now."""
    approved = db.session.scalar(
        select(PayStatement).where(
            PayStatement.staff_id == staff_id,
            PayStatement.starts_on == starts_on,
            PayStatement.ends_before == ends_before,
        )
    )
    return frozen(approved) if approved is not None else live(staff_id, starts_on, ends_before)


def frozen(approved: PayStatement) -> Statement:
    """An approved statement with what was paid of it so far."""
    items = held_by(approved)
    return Statement(
        approved.staff_id,
        approved.starts_on,
        approved.ends_before,
        approved.opening,
        items,
        share_lines(approved.staff_id, items),
        _parts_of(approved.id),
        payments_of(approved.id),
        minutes_present(approved.staff_id, approved.starts_on, approved.ends_before),
        approved.id,
        approved.approved_at,
    )


def live(staff_id: int, starts_on: date, ends_before: date) -> Statement:
    """What a statement of these days would be now, with what came late for days that are approved already."""
    last = last_statement(staff_id)
    closed = last.ends_before if last is not None else date.min
    items = [item for item in unheld(staff_id, ends_before) if item.day >= starts_on or item.day < closed]
    return Statement(
        staff_id,
        starts_on,
        ends_before,
        sums_of(staff_id).due,
        items,
        share_lines(staff_id, items),
        parts_of(staff_id, max(starts_on, closed), ends_before),
        minutes=minutes_present(staff_id, starts_on, ends_before),
    )


def parts_of(staff_id: int, starts_on: date, ends_before: date) -> list[PeriodPart]:
    """Salary and rent of these days, by the schemes as they are."""
    return parts_by_person({staff_id: starts_on}, ends_before).get(staff_id, [])


def parts_by_person(since: Mapping[int, date], ends_before: date) -> dict[int, list[PeriodPart]]:
    """Likewise of several, each from her own day on; whoever has neither salary nor rent is left out."""
    schemes = schemes_within(min(since.values(), default=ends_before), ends_before)
    places = places_of(list(since)) if schemes else {}
    found = {
        staff_id: period_parts(schemes, staff_id, places.get(staff_id, NOWHERE), starts_on, ends_before)
        for staff_id, starts_on in since.items()
    }
    return {staff_id: parts for staff_id, parts in found.items() if parts}


def _parts_of(statement_id: int) -> list[PeriodPart]:
    kept = select(PayPeriodAmount).where(PayPeriodAmount.statement_id == statement_id).order_by(PayPeriodAmount.id)
    return [
        PeriodPart(part.scheme_id, part.kind, part.name, part.starts_on, part.ends_before, part.amount)
        for part in db.session.scalars(kept)
    ]


def share_lines(staff_id: int, items: Sequence[Item]) -> list[ShareLine]:
    """The lines that movements are made of, in the order of the movements."""
    entries = list(dict.fromkeys(item.entry_id for item in items if item.what == "share"))
    parts = (entries[place : place + _AT_ONCE] for place in range(0, len(entries), _AT_ONCE))
    asked = _SHARES.where(PayTerms.staff_id == staff_id)
    return [ShareLine(*row) for some in parts for row in db.session.execute(asked.where(PayShare.entry_id.in_(some)))]


def notes_on(items: Sequence[Item]) -> dict[int, Note]:
    """What is told of movements, by entry: the note of a voucher, the reason of a bonus or fine, whose bill it was."""
    entries = {item.entry_id for item in items}
    bills = {item.source_id for item in items if item.source_kind == "invoice"}
    said = select(Voucher.entry_id, Voucher.note).where(Voucher.entry_id.in_(entries))
    reasons = select(PayAdjustment.entry_id, PayAdjustment.reason).where(PayAdjustment.entry_id.in_(entries))
    names = select(Invoice.id, _NAME).join(Customer, Customer.id == Invoice.customer_id).where(Invoice.id.in_(bills))
    of_bill: dict[int, str] = dict(db.session.execute(names).all())
    notes = {entry: Note(text) for entry, text in [*db.session.execute(said), *db.session.execute(reasons)]}
    for item in items:
        if item.source_kind == "invoice" and item.source_id in of_bill:
            notes[item.entry_id] = Note(of_bill[item.source_id], item.source_id)
    return notes


def payments_of(statement_id: int) -> list[Paid]:
    """What was paid of a statement, and what of it was taken back, in order."""
    back = aliased(Voucher, name="back")
    taken_back = select(back.id).where(back.reverses_id == Voucher.id).exists()
    rows = db.session.execute(
        select(PayPayment.id, Voucher, Cashbox.name, taken_back)
        .join(Voucher, Voucher.id == PayPayment.voucher_id)
        .join(Cashbox, Cashbox.id == Voucher.cashbox_id)
        .where(PayPayment.statement_id == statement_id)
        .order_by(PayPayment.id)
    )
    return [
        Paid(
            key,
            voucher.id,
            voucher.business_date,
            box,
            -voucher.amount if voucher.reverses_id else voucher.amount,
            voucher.note,
            reversed_,
        )
        for key, voucher, box, reversed_ in rows
    ]


def minutes_present(staff_id: int, starts_on: date, ends_before: date) -> int:
    """How long she was here on these days, in minutes, as far as she has left."""
    first, end = start_of_day(starts_on), start_of_day(ends_before)
    came = select(Attendance.came_at, Attendance.left_at).where(
        Attendance.staff_id == staff_id, Attendance.left_at > first, Attendance.came_at < end
    )
    stays = (min(left, end) - max(here, first) for here, left in db.session.execute(came) if left is not None)
    return int(sum(stays, timedelta()).total_seconds() // 60)


def statement_known(key: str) -> PayStatement | None:
    """The statement that a request has approved."""
    return db.session.scalar(select(PayStatement).where(PayStatement.idempotency_key == key))


def approved_statement(staff_id: int, statement_id: int) -> PayStatement:
    """One of her approved statements. Raises NotFound `statement_unknown`."""
    found = db.session.get(PayStatement, statement_id)
    if found is None or found.staff_id != staff_id:
        raise statement_unknown()
    return found


def next_days(staff_id: int, today: date) -> tuple[date, date]:
    """The days that are to be approved next: the rest of the Jalali month after what is approved, until today.

    Of somebody who has no statement yet, the month in which her pay begins. When all is approved, the last statement.
    """
    last = last_statement(staff_id)
    if last is not None and last.ends_before > today:
        return last.starts_on, last.ends_before
    first = last.ends_before if last is not None else first_months([staff_id], today)[staff_id]
    return first, min(month_range(first)[1], today + DAY)


def days_before(staff_id: int, starts_on: date) -> tuple[date, date]:
    """The days before: of the approved statement that ends there, else the Jalali month before."""
    for known in statements_of(staff_id):
        if known.ends_before <= starts_on:
            return known.starts_on, known.ends_before
    first = month_range(starts_on - DAY)[0]
    return first, starts_on


def days_after(staff_id: int, ends_before: date, today: date) -> tuple[date, date] | None:
    """The days after: of the approved statement that begins there, else the rest of that month; None when to come."""
    for known in reversed(statements_of(staff_id)):
        if known.starts_on >= ends_before:
            return known.starts_on, known.ends_before
    if ends_before > today:
        return None
    return ends_before, min(month_range(ends_before)[1], today + DAY)


@dataclass(frozen=True)
class PersonPaid:
    """Somebody with what is due by approved statements, and what is not approved yet. Rials."""

    id: int
    name: str
    active: bool
    approved_until: date | None  # its last day
    due: int
    waiting: int  # with salary and rent until today

    @property
    def owed(self) -> int:
        """What the salon owes her altogether; negative when she owes."""
        return self.due + self.waiting


def people_paid(branch_id: int, today: date) -> list[PersonPaid]:
    """Everybody of a branch who serves, or whose account is not at nothing."""
    sums, closed = all_sums(), approved_until()
    people = all_staff(branch_id)
    since = first_months([member.id for member in people], today) | closed
    parts = parts_by_person(since, today + DAY)
    found = []
    for member in people:
        of = sums.get(member.id, Sums())
        waiting = of.waiting + sum(part.amount for part in parts.get(member.id, ()))
        until = closed[member.id] - DAY if member.id in closed else None
        row = PersonPaid(member.id, member.name, member.active, until, of.due, waiting)
        if member.active or row.due or row.waiting:
            found.append(row)
    return found
