"""Brings in an invoice that was issued and paid before this program kept the books."""

from dataclasses import asdict
from datetime import datetime
from typing import Any

from sqlalchemy import insert

from ...cashbox.models import PaymentMethod
from ...cashbox.rules import PaymentSpec
from ...club.models import Reward
from ...club.offers.queries import active_terms
from ...club.offers.rules import Award, Purchase, awards_for
from ...club.wallet.services import keep_awards
from ...core.db import db
from ...core.jalali import jalali_year
from ...customers.queries import customer
from ...ledger.services import post_entries
from ...setup.numbers.services import next_number
from ...setup.queries import profile
from ...setup.services import ensure_fiscal_year
from ..checkout.rules import Sale, Tender, award_entry, earned, payment_entry, sale_entry
from ..models import Invoice, InvoiceLine, InvoiceStatus, LineNature, Payment, Settlement
from ..rules import fingerprint
from .rules import PastInvoice, discounts_of, opening_entry, packed_of, products_of

_NEW_INVOICE = insert(Invoice).returning(Invoice.id)
_NEW_LINES = insert(InvoiceLine)
_NEW_SETTLEMENT = insert(Settlement).returning(Settlement.id)
_NEW_PAYMENT = insert(Payment)


def record_past_invoice(*, past: PastInvoice, branch_id: int, actor_id: int | None, now: datetime) -> int:
    """Issue and settle an invoice of the past and give its id.

    It has a number of its own year, is paid from what was taken before (no cashbox) and earns only if the club had
    begun by its day. Nobody is sent a message.
    """
    ensure_fiscal_year(past.business_date)
    number = next_number(kind="invoice", branch_id=branch_id, year=jalali_year(past.business_date))
    invoice_id: int = (
        db.session.connection().execute(_NEW_INVOICE, _invoice_row(past, number, branch_id, actor_id, now)).scalar_one()
    )
    db.session.connection().execute(_NEW_LINES, _line_rows(past, invoice_id))
    sale, tender = _sale(past, invoice_id, number, branch_id), _tender(past, invoice_id, branch_id, actor_id)
    awards = _awards(past, sale)
    _post(sale, tender, awards, now)
    _record(sale, tender, awards)
    return invoice_id


def record_opening_debt(*, past: PastInvoice, branch_id: int, actor_id: int | None, now: datetime) -> int:
    """Keep a debt from before as an open invoice that the desk can receive, and give its id.

    What was sold then is no revenue of these books: the opening account takes it back. Paying it earns nothing, so no
    offers are kept with it.
    """
    ensure_fiscal_year(past.business_date)
    number = next_number(kind="invoice", branch_id=branch_id, year=jalali_year(past.business_date))
    row = _invoice_row(past, number, branch_id, actor_id, now)
    row |= {"status": InvoiceStatus.OPEN.value, "paid": 0, "settled_at": None, "offer_terms": []}
    connection = db.session.connection()
    invoice_id: int = connection.execute(_NEW_INVOICE, row).scalar_one()
    lines = [line | {"nature": LineNature.OPENING.value} for line in _line_rows(past, invoice_id)]
    connection.execute(_NEW_LINES, lines)
    entries = [sale_entry(_sale(past, invoice_id, number, branch_id)), opening_entry(past, invoice_id, branch_id)]
    post_entries(entries=entries, actor_id=actor_id, now=now)
    return invoice_id


def _invoice_row(past: PastInvoice, number: int, branch_id: int, actor_id: int | None, now: datetime) -> dict[str, Any]:
    return {
        "branch_id": branch_id,
        "customer_id": past.customer_id,
        "status": InvoiceStatus.SETTLED.value,
        "number": number,
        "jalali_year": jalali_year(past.business_date),
        "business_date": past.business_date,
        "net": past.net,
        "discount": discounts_of(past.lines),
        "tax": past.tax,
        "total": past.total,
        "paid": past.total,
        "created_at": now,
        "created_by": actor_id,
        "issued_at": past.moment,
        "settled_at": past.moment,
        "import_key": past.key,
    }


def _line_rows(past: PastInvoice, invoice_id: int) -> list[dict[str, Any]]:
    return [
        {
            **asdict(line),
            "invoice_id": invoice_id,
            "position": position,
            "nature": line.nature.value,
            "unit_price": line.unit_price,
            "discount": line.discount,
            "tax_bp": line.tax_bp,
        }
        for position, line in enumerate(past.lines, start=1)
    ]


def _sale(past: PastInvoice, invoice_id: int, number: int, branch_id: int) -> Sale:
    owner = customer(past.customer_id)
    packed_net, packed_gross = packed_of(past.lines)
    return Sale(
        id=invoice_id,
        branch_id=branch_id,
        customer_id=owner.id,
        appointment_id=None,
        status=InvoiceStatus.DRAFT.value,
        number=number,
        business_date=past.business_date,
        net=past.net,
        discount=discounts_of(past.lines),
        products=products_of(past.lines),
        tax=past.tax,
        total=past.total,
        paid=0,
        first_name=owner.first_name,
        mobile=None,
        is_member=owner.is_member,
        debt_limit=None,
        offer_terms=None,
        packed_net=packed_net,
        packed_gross=packed_gross,
    )


def _tender(past: PastInvoice, invoice_id: int, branch_id: int, actor_id: int | None) -> Tender:
    payments = (PaymentSpec(PaymentMethod.PRIOR, past.total),) if past.total else ()
    return Tender(branch_id, payments, 0, past.key, fingerprint(invoice_id, payments, 0), actor_id, past.moment)


def _awards(past: PastInvoice, sale: Sale) -> list[Award]:
    starts_on = profile().club_starts_on
    if past.business_date < starts_on:
        return []
    purchase = Purchase(sale.customer_id, sale.is_member, past.business_date, past.net - sale.packed_net, 0)
    return awards_for(purchase, active_terms(), club_starts_on=starts_on, today=past.business_date)


def _post(sale: Sale, tender: Tender, awards: list[Award], now: datetime) -> None:
    entries = [sale_entry(sale)] if sale.net or sale.tax else []
    entries += [payment_entry(sale, tender)] if tender.amount else []
    entries += [award_entry(sale, awards, sale.business_date)] if awards else []
    if not entries:
        return
    ids = post_entries(entries=entries, actor_id=tender.actor_id, now=now)
    if awards:
        keep_awards(customer_id=sale.customer_id, awards=awards, entry_id=ids[-1])


def _record(sale: Sale, tender: Tender, awards: list[Award]) -> None:
    """Keep how it was paid; what the customer had left in those days nobody knows."""
    row = {
        "branch_id": sale.branch_id,
        "invoice_id": sale.id,
        "idempotency_key": tender.key,
        "fingerprint": tender.fingerprint,
        "settled_at": tender.now,
        "actor_id": tender.actor_id,
        "status": InvoiceStatus.SETTLED.value,
        "paid": tender.amount,
        "due": 0,
        "earned_points": earned(awards, Reward.POINTS),
        "earned_credit": earned(awards, Reward.CREDIT),
    }
    connection = db.session.connection()
    settlement_id = connection.execute(_NEW_SETTLEMENT, row).scalar_one()
    rows = [
        {"settlement_id": settlement_id, "method": part.method.value, "amount": part.amount} for part in tender.payments
    ]
    if rows:
        connection.execute(_NEW_PAYMENT, rows)
