"""The lines and the movements that a figure of a report is made of, the newest first."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, case, func, or_, select

from ...core.db import db
from ...core.money import WHOLE, share
from ...customers.models import Customer
from ...invoices.models import Invoice, InvoiceLine, InvoiceStatus, LineNature, LineShare
from ...ledger.models import TEMPORARY, Account, Entry, Posting
from ...ledger.rules import CLOSING
from ..sales.queries import earned_by, people_of_line

# A debt of old was sold before these books; sessions sold ahead count when they are used.
_COUNTED = (InvoiceLine.nature != LineNature.OPENING) & InvoiceLine.package_id.is_(None)


@dataclass(frozen=True)
class Asked:
    """Half-open days, and whose documents; None is any, 0 is nobody's."""

    starts_on: date
    ends_before: date
    staff: int | None = None
    line: int | None = None
    customer: int | None = None
    sale_kind: int | None = None
    giver: int | None = None
    kind: str | None = None
    owner: int | None = None
    branch: int | None = None


@dataclass(frozen=True)
class Sold:
    """A line of an issued invoice, and the rials of it that the figure counts."""

    line: InvoiceLine
    invoice: Invoice
    customer: Customer
    part: int


def lines(asked: Asked, limit: int, offset: int) -> Sequence[Sold]:
    """Lines of issued invoices with their invoice and customer."""
    question = (
        select(InvoiceLine, Invoice, Customer, _part_given(asked))
        .join(Invoice, Invoice.id == InvoiceLine.invoice_id)
        .join(Customer, Customer.id == Invoice.customer_id)
        .where(*_conditions(asked))
        .order_by(Invoice.business_date.desc(), Invoice.id.desc(), InvoiceLine.position)
    )
    rows = _page(question, limit, offset)
    people, shares = _people(asked), _shares_of([line.id for line, *_rest in rows])
    return [
        Sold(line, invoice, customer, part if people is None else _part_of(line, shares[line.id], people))
        for line, invoice, customer, part in rows
    ]


def figure(asked: Asked) -> int:
    """What all the lines come to, in rials: the figure of the report that led to them."""
    people = _people(asked)
    if people is not None:
        return earned_by(people, asked.starts_on, asked.ends_before)
    question = (
        select(func.coalesce(func.sum(_part_given(asked)), 0))
        .select_from(InvoiceLine)
        .join(Invoice, Invoice.id == InvoiceLine.invoice_id)
        .where(*_conditions(asked))
    )
    return int(db.session.execute(question).scalar_one())


def movements(asked: Asked, limit: int, offset: int) -> Sequence[Any]:
    """Postings on the accounts of a kind, or on all that tell of one year, with their entries."""
    kinds = [asked.kind] if asked.kind else sorted(TEMPORARY)
    question = (
        select(Posting.amount, Account.unit, Account.kind, Entry)
        .join(Account, Account.id == Posting.account_id)
        .join(Entry, Entry.id == Posting.entry_id)
        .where(
            Account.kind.in_(kinds),
            Entry.kind != CLOSING,  # days are told as they were before their year was closed
            Entry.business_date >= asked.starts_on,
            Entry.business_date < asked.ends_before,
            *([Account.owner_id == asked.owner] if asked.owner is not None else []),
            *([Account.branch_id == asked.branch] if asked.branch is not None else []),
        )
        .order_by(Entry.business_date.desc(), Entry.id.desc(), Posting.id)
    )
    return _page(question, limit, offset)


def _conditions(asked: Asked) -> list[ColumnElement[bool]]:
    return [
        Invoice.status != InvoiceStatus.DRAFT,
        Invoice.business_date >= asked.starts_on,
        Invoice.business_date < asked.ends_before,
        *([] if asked.giver is not None else [_COUNTED]),
        *_of_whom(asked),
    ]


def _part_given(asked: Asked) -> ColumnElement[int]:
    """What somebody took off a line and off the whole invoice; else what the line came to."""
    if asked.giver is None:
        return InvoiceLine.net.expression
    of_line, of_whole = _given_by(asked.giver)
    return case((of_line, InvoiceLine.discount), else_=0) + case((of_whole, InvoiceLine.shared_discount), else_=0)


def _given_by(giver: int) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    """Lines that somebody took something off, and those of invoices that somebody took something off as a whole."""
    of_line = (InvoiceLine.discount != 0) & _is(InvoiceLine.discount_by, giver) & _COUNTED
    return of_line, (InvoiceLine.shared_discount != 0) & _is(Invoice.discount_by, giver)


def _people(asked: Asked) -> set[int] | None:
    """Whose work is asked for, 0 is nobody; None: everybody's."""
    if asked.staff is not None:
        return {asked.staff}
    return None if asked.line is None else people_of_line(asked.line)


def _shares_of(line_ids: Sequence[int]) -> defaultdict[int, list[tuple[int, int]]]:
    """Who shares which line, as (staff id, basis points)."""
    shares: defaultdict[int, list[tuple[int, int]]] = defaultdict(list)
    asked = select(LineShare.line_id, LineShare.staff_id, LineShare.share_bp).where(LineShare.line_id.in_(line_ids))
    for line_id, person, part in db.session.execute(asked.order_by(LineShare.id)):
        shares[line_id].append((person, part))
    return shares


def _part_of(line: InvoiceLine, shares: Sequence[tuple[int, int]], people: set[int]) -> int:
    """What people made of a line, in rials."""
    told = shares or [(line.staff_id or 0, WHOLE)]
    parts = share(line.net, [part for _person, part in told])
    return sum(amount for (person, _part), amount in zip(told, parts, strict=True) if person in people)


def _of_whom(asked: Asked) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = []
    people = _people(asked)
    if people is not None:
        theirs = select(LineShare.line_id).where(LineShare.staff_id.in_(people))
        nobodys = [InvoiceLine.staff_id.is_(None)] if 0 in people else []
        conditions.append(or_(InvoiceLine.staff_id.in_(people), InvoiceLine.id.in_(theirs), *nobodys))
    if asked.customer is not None:
        conditions.append(_is(Invoice.customer_id, asked.customer))
    if asked.sale_kind is not None:
        conditions.append(_is(Invoice.sale_kind_id, asked.sale_kind))
    if asked.giver is not None:
        conditions.append(or_(*_given_by(asked.giver)))
    return conditions


def _is(column: Any, key: int) -> ColumnElement[bool]:
    """Equal to a key; 0 stands for nobody."""
    found: ColumnElement[bool] = column == key if key else column.is_(None)
    return found


def _page(question: Any, limit: int, offset: int) -> Sequence[Any]:
    return db.session.execute(question.limit(limit).offset(offset)).all()
