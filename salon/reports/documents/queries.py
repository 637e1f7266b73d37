"""The lines and the movements that a figure of a report is made of, the newest first."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, or_, select, union

from ...core.db import db
from ...customers.models import Customer
from ...invoices.models import Invoice, InvoiceLine, InvoiceStatus, LineNature, LineShare
from ...ledger.models import TEMPORARY, Account, Entry, Posting
from ...ledger.rules import CLOSING
from ...staff.models import Line, LineMember


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


def lines(asked: Asked, limit: int, offset: int) -> Sequence[Any]:
    """Lines of issued invoices with their invoice and customer."""
    question = (
        select(InvoiceLine, Invoice, Customer)
        .join(Invoice, Invoice.id == InvoiceLine.invoice_id)
        .join(Customer, Customer.id == Invoice.customer_id)
        .where(
            Invoice.status != InvoiceStatus.DRAFT,
            InvoiceLine.nature != LineNature.OPENING,
            InvoiceLine.package_id.is_(None),  # its sessions count when they are used
            Invoice.business_date >= asked.starts_on,
            Invoice.business_date < asked.ends_before,
            *_of_whom(asked),
        )
        .order_by(Invoice.business_date.desc(), Invoice.id.desc(), InvoiceLine.position)
    )
    return _page(question, limit, offset)


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


def _of_whom(asked: Asked) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = []
    if asked.staff is not None:
        hers = select(LineShare.line_id).where(LineShare.staff_id == asked.staff)
        conditions.append(or_(_is(InvoiceLine.staff_id, asked.staff), InvoiceLine.id.in_(hers)))
    if asked.line is not None:
        conditions.append(_of_line(asked.line))
    if asked.customer is not None:
        conditions.append(_is(Invoice.customer_id, asked.customer))
    if asked.sale_kind is not None:
        conditions.append(_is(Invoice.sale_kind_id, asked.sale_kind))
    if asked.giver is not None:
        of_line = (InvoiceLine.discount != 0) & _is(InvoiceLine.discount_by, asked.giver)
        of_whole = (InvoiceLine.shared_discount != 0) & _is(Invoice.discount_by, asked.giver)
        conditions.append(or_(of_line, of_whole))
    return conditions


def _of_line(line_id: int) -> ColumnElement[bool]:
    """Lines by the people who stand in a line (لاین) today; 0: by those who stand in none."""
    members = select(LineMember.staff_id)
    heads = select(Line.head_id).where(Line.head_id.is_not(None))
    if line_id:
        return InvoiceLine.staff_id.in_(
            union(members.where(LineMember.line_id == line_id), heads.where(Line.id == line_id))
        )
    return InvoiceLine.staff_id.is_(None) | InvoiceLine.staff_id.not_in(union(members, heads))


def _is(column: Any, key: int) -> ColumnElement[bool]:
    """Equal to a key; 0 stands for nobody."""
    found: ColumnElement[bool] = column == key if key else column.is_(None)
    return found


def _page(question: Any, limit: int, offset: int) -> Sequence[Any]:
    return db.session.execute(question.limit(limit).offset(offset)).all()
