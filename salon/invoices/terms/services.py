"""Writing tips and shares of a draft, and its tax when it is issued on another day than it was begun."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import delete, func, insert, select

from ...core.db import db
from ...core.money import percent_of
from ...setup.queries import profile, tax_bp_on
from ..models import Invoice, InvoiceLine, InvoiceStatus, LineShare, Tip
from ..rules import LineSpec
from .queries import ids_by_position
from .rules import Tips


def write_tips(*, invoice_id: int, tips: Tips, afresh: bool) -> None:
    """Put tips on a draft; `afresh`: instead of those that it has."""
    connection = db.session.connection()
    if afresh:
        connection.execute(delete(Tip).where(Tip.invoice_id == invoice_id))
    if tips:
        rows = [{"invoice_id": invoice_id, "staff_id": staff_id, "amount": amount} for staff_id, amount in tips]
        connection.execute(insert(Tip), rows)


def write_shares(*, invoice_id: int, lines: Sequence[LineSpec]) -> None:
    """Say who shares which line of a draft whose lines were just written."""
    if not any(line.shares for line in lines):
        return
    ids = ids_by_position(invoice_id)
    rows = [
        {"line_id": ids[position], "staff_id": staff_id, "share_bp": part}
        for position, line in enumerate(lines, start=1)
        for staff_id, part in line.shares
    ]
    db.session.connection().execute(insert(LineShare), rows)


def tax_by_day(*, invoice_id: int, day: date) -> bool:
    """Tax a draft that was begun on another day by the rate of this one; true when that changed its tax.

    Lines that have a rate of their own keep it.
    """
    asked = select(Invoice).where(Invoice.id == invoice_id, Invoice.status == InvoiceStatus.DRAFT.value)
    draft = db.session.scalar(asked.with_for_update(key_share=True).execution_options(populate_existing=True))
    if draft is None or draft.business_date == day or tax_bp_on(draft.business_date) == tax_bp_on(day):
        return False
    taxed = select(InvoiceLine).where(
        InvoiceLine.invoice_id == invoice_id,
        InvoiceLine.tax_bp == tax_bp_on(draft.business_date),
        InvoiceLine.series_line_id.is_(None),
    )
    more = 0
    for line in db.session.scalars(taxed.execution_options(populate_existing=True)).all():
        before, line.tax_bp = line.tax, tax_bp_on(day)
        line.tax = percent_of(line.net, line.tax_bp)
        more += line.tax - before
    draft.business_date = day
    _add_tax(draft, more)
    db.session.flush()
    return bool(more)


def _add_tax(draft: Invoice, more: int) -> None:
    """The sums of a draft with so much more tax, rounded down anew; sessions are not rounded."""
    sessions = select(func.coalesce(func.sum(InvoiceLine.net), 0)).where(
        InvoiceLine.invoice_id == draft.id, InvoiceLine.series_line_id.is_not(None)
    )
    draft.tax += more
    exact, round_to = draft.net + draft.tax + draft.tips, profile().round_to
    draft.rounding = -((exact - int(db.session.execute(sessions).scalar_one())) % round_to) if round_to else 0
    draft.total = exact + draft.rounding
