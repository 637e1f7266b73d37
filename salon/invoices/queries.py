"""Invoices as they are read at the desk."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, func, select
from sqlalchemy.orm import selectinload

from ..cashbox.models import PaymentMethod
from ..club.offers.queries import terms_of
from ..club.offers.rules import Award, Purchase, awards_for
from ..club.wallet.queries import wallet_of
from ..core.db import db
from ..core.jalali import local_date
from ..core.money import percent_of
from ..customers.queries import customer
from ..setup.queries import profile
from .errors import invoice_unknown
from .models import Invoice, InvoiceKind, InvoiceLine, InvoiceStatus, Payment, Settlement
from .rules import CreditBounds

# Sessions earn nothing when they are used, so nothing of what they earned comes back with them.
_RETURNED_NET = (
    select(func.coalesce(func.sum(-InvoiceLine.net), 0))
    .join(Invoice, Invoice.id == InvoiceLine.invoice_id)
    .where(Invoice.returns_id == bindparam("sale"), InvoiceLine.series_line_id.is_(None))
)


@dataclass(frozen=True)
class Preview:
    """What settling the invoice now would do for the customer."""

    bounds: CreditBounds
    awards: tuple[Award, ...]
    basis: int  # the rials that earn


def invoice(invoice_id: int) -> Invoice:
    """An invoice with its lines. Raises NotFound `invoice_unknown`."""
    found = db.session.scalar(select(Invoice).options(selectinload(Invoice.lines)).where(Invoice.id == invoice_id))
    if found is None:
        raise invoice_unknown()
    return found


def birth_of(found: Invoice) -> str:
    """When it was begun, which tells it from another one of its id: a draft's, thrown away, is given again."""
    return found.created_at.isoformat()


def check_birth(invoice_id: int, born: str) -> None:
    """Refuse a page whose draft was thrown away meanwhile; one that says no birth is believed. Raises NotFound."""
    began = db.session.scalar(select(Invoice.created_at).where(Invoice.id == invoice_id))
    if born and (began is None or began.isoformat() != born):
        raise invoice_unknown()


def invoice_with(line_id: int) -> int:
    """The invoice that a line stands on. Raises NotFound `invoice_unknown`."""
    found = db.session.scalar(select(InvoiceLine.invoice_id).where(InvoiceLine.id == line_id))
    if found is None:
        raise invoice_unknown()
    return found


def invoice_of_appointment(appointment_id: int) -> Invoice | None:
    """The invoice written for a booking, if there is one."""
    written = select(Invoice).where(Invoice.appointment_id == appointment_id, Invoice.kind == InvoiceKind.SALE.value)
    return db.session.scalar(written.order_by(Invoice.id.desc()))  # one that corrects it is newer


def open_invoices_of(customer_id: int) -> Sequence[Invoice]:
    """What she still owes, the oldest first."""
    return db.session.scalars(
        select(Invoice)
        .where(Invoice.customer_id == customer_id, Invoice.status == InvoiceStatus.OPEN)
        .order_by(Invoice.business_date, Invoice.id)
    ).all()


def settlements_of(invoice_id: int) -> Sequence[Settlement]:
    """The acts by which an invoice was paid, in order."""
    return db.session.scalars(
        select(Settlement).where(Settlement.invoice_id == invoice_id).order_by(Settlement.id)
    ).all()


def payments_of(invoice_id: int) -> list[tuple[PaymentMethod, int]]:
    """What was paid by each method, club credit included."""
    rows = db.session.execute(
        select(Payment.method, func.sum(Payment.amount))
        .join(Settlement, Settlement.id == Payment.settlement_id)
        .where(Settlement.invoice_id == invoice_id)
        .group_by(Payment.method)
        .order_by(func.min(Payment.id))
    )
    return [(PaymentMethod(method), int(amount)) for method, amount in rows]


def credit_used_on(invoice_id: int) -> int:
    """Club credit spent on an invoice so far, in rials."""
    used = select(func.coalesce(func.sum(Settlement.credit_used), 0)).where(Settlement.invoice_id == invoice_id)
    return int(db.session.execute(used).scalar_one())


def has_earned(found: Invoice) -> bool:
    """Whether an open invoice was settled before, and earned then: a cheque did not come afterwards."""
    if found.status != InvoiceStatus.OPEN:
        return False
    settled = (Settlement.invoice_id == found.id, Settlement.status == InvoiceStatus.SETTLED.value)
    return db.session.scalar(select(Settlement.id).where(*settled).limit(1)) is not None


def returned_net(invoice_id: int) -> int:
    """What has gone back of a sale, in rials before tax, without sessions."""
    return int(db.session.connection().execute(_RETURNED_NET, {"sale": invoice_id}).scalar_one())


def sessions_on(found: Invoice) -> int:
    """What the sessions that an invoice uses pay of it, in rials."""
    return sum(line.net for line in found.lines if line.series_line_id is not None)


def to_take(found: Invoice) -> int:
    """What is due beyond the sessions that a draft uses, in rials; those of an issued invoice have paid already."""
    return found.due - sessions_on(found) if found.status == InvoiceStatus.DRAFT else found.due


def preview(found: Invoice, *, credit: int, now: datetime) -> Preview:
    """What may be spent on the invoice, and what paying it in full now would earn, spending `credit` rials."""
    salon, owner, used = profile(), customer(found.customer_id), credit_used_on(found.id)
    sessions = sessions_on(found)
    ceiling = percent_of(found.total - sessions, salon.redeem_ceiling_bp) - used
    bounds = CreditBounds(wallet_of(owner.id, now).credit.balance, min(ceiling, to_take(found)))
    business_date = found.business_date if found.number else local_date(now)
    net = found.net - sessions - returned_net(found.id)
    purchase = Purchase(owner.id, owner.is_member, business_date, net, used + credit)
    today, terms = local_date(now), [] if has_earned(found) else terms_of(found.offer_terms)
    awards = awards_for(purchase, terms, club_starts_on=salon.club_starts_on, today=today)
    return Preview(bounds, tuple(awards), purchase.basis)
