"""Settling an invoice: payments, debt, club value and message in one transaction."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime

from sqlalchemy import Executable, bindparam, func, insert, select, update

from ...appointments.services import finish_visit
from ...cashbox.models import PaymentMethod
from ...cashbox.rules import PaymentSpec
from ...cashbox.services import placed
from ...club.models import Reward
from ...club.offers.queries import active_terms, terms_of
from ...club.offers.rules import Award, Purchase, awards_for
from ...club.wallet.queries import lots_of, wallet_from
from ...club.wallet.rules import LotView, Wallet, balance_of, take
from ...club.wallet.services import keep_awards, take_from_lots
from ...core.db import UtcDateTime, db
from ...core.jalali import jalali_year
from ...core.money import Currency, percent_of
from ...customers.models import Customer
from ...ledger.models import Unit
from ...ledger.queries import receivable_of
from ...ledger.services import post_entries
from ...messaging.services import NewMessage, enqueue
from ...setup.numbers.services import next_number
from ...setup.queries import HouseRules, house_rules
from ...setup.services import ensure_fiscal_year
from ..errors import KEY_REUSED, already_settled, invoice_empty, invoice_unknown, payment_missing
from ..models import Invoice, InvoiceLine, InvoiceStatus, Payment, Settlement
from ..rules import CreditBounds, check_debt, check_payments, fingerprint
from ..stock.services import move_stock
from .rules import Outcome, Sale, Tender, award_entry, earned, message_text, payment_entry, sale_entry, told_of

_KNOWN: Executable = (
    select(
        Settlement.fingerprint,
        Settlement.invoice_id,
        Invoice.number,
        Invoice.total,
        Settlement.status,
        Settlement.paid,
        Settlement.due,
        Settlement.credit_used,
        Settlement.earned_points,
        Settlement.earned_credit,
        Settlement.points_left,
        Settlement.credit_left,
    )
    .join(Invoice, Invoice.id == Settlement.invoice_id)
    .where(Settlement.idempotency_key == bindparam("key"))
)
_GROSS = InvoiceLine.net + InvoiceLine.discount
_PRODUCTS = (
    select(func.coalesce(func.sum(_GROSS), 0))
    .where(InvoiceLine.invoice_id == Invoice.id, InvoiceLine.product_id.is_not(None))
    .scalar_subquery()
)
_SALE: Executable = (
    select(
        Invoice.id,
        Invoice.branch_id,
        Invoice.customer_id,
        Invoice.appointment_id,
        Invoice.status,
        Invoice.number,
        Invoice.business_date,
        Invoice.net,
        Invoice.discount,
        _PRODUCTS,
        Invoice.tax,
        Invoice.total,
        Invoice.paid,
        Customer.first_name,
        Customer.mobile,
        Customer.is_member,
        Customer.debt_limit,
        Invoice.offer_terms,
    )
    .join(Customer, Customer.id == Invoice.customer_id)
    .where(Invoice.id == bindparam("invoice"))
    .with_for_update(key_share=True)  # rows that only name her, as her bookings do, are written meanwhile
)
_CREDIT_USED = select(func.coalesce(func.sum(Settlement.credit_used), 0)).where(
    Settlement.invoice_id == bindparam("invoice")
)
_ANY_LINE = select(InvoiceLine.id).where(InvoiceLine.invoice_id == bindparam("invoice")).limit(1)
_WRITE_INVOICE = (
    update(Invoice)
    .where(Invoice.id == bindparam("invoice"))
    .values(
        status=bindparam("status"),
        number=bindparam("number"),
        jalali_year=bindparam("jalali_year"),
        business_date=bindparam("business_date"),
        paid=bindparam("paid"),
        offer_terms=bindparam("offer_terms"),
        settled_at=bindparam("settled_at"),
        issued_at=func.coalesce(Invoice.issued_at, bindparam("moment", type_=UtcDateTime())),
    )
)
_NEW_SETTLEMENT = insert(Settlement).returning(Settlement.id)
_NEW_PAYMENTS = insert(Payment)


def settle(
    *,
    branch_id: int,
    invoice_id: int,
    payments: Sequence[PaymentSpec],
    credit: int = 0,
    key: str,
    actor_id: int | None,
    now: datetime,
) -> Outcome:
    """Pay an invoice, issuing it first if it is a draft; what is not paid is the customer's debt.

    `branch_id`: where the money is taken, whichever branch the invoice is of. `credit`: club credit in rials. The same
    `key` with the same body gives the same answer and moves nothing.
    Raises DomainError `already_settled`, `debt_limit`, `year_closed`; Invalid `overpaid`, `credit_exceeds_limit`,
    `key_reused`, `invoice_empty`, `payment_missing`; NotFound.
    """
    sale = _lock(invoice_id)
    tender = Tender(branch_id, tuple(payments), credit, key, fingerprint(invoice_id, payments, credit), actor_id, now)
    known = _known_outcome(tender)
    if known is not None:
        return known
    tender = replace(tender, payments=placed(payments=payments, branch_id=branch_id, actor_id=actor_id))
    salon, lots, used = house_rules(), lots_of(sale.customer_id), _credit_used(sale)
    _check(sale, tender, salon, lots, used)
    issued = sale if sale.number is not None else _issue(sale, tender)
    awards = [] if tender.left_of(sale) else _awards(issued, used + credit, salon, tender.today)
    outcome = _outcome(issued, tender, awards, wallet_from(lots, now))
    _record(outcome, tender)  # first of all: it claims the key
    _post(sale, issued, tender, awards, take(lots, Unit.RIAL, credit, now))
    _write_invoice(issued, outcome, tender)
    if sale.number is None:
        move_stock(invoice_id=sale.id, actor_id=actor_id, now=now)
    _tell(issued, outcome, awards, salon, tender)
    _finish_visit(sale, now)
    return outcome


def _lock(invoice_id: int) -> Sale:
    """Lock the invoice and its customer: her credit and debt are spent by one till at a time."""
    row = db.session.connection().execute(_SALE, {"invoice": invoice_id}).one_or_none()
    if row is None:
        raise invoice_unknown()
    return Sale(*row)


def _known_outcome(tender: Tender) -> Outcome | None:
    row = db.session.connection().execute(_KNOWN, {"key": tender.key}).one_or_none()
    if row is None:
        return None
    if row[0] != tender.fingerprint:
        raise KEY_REUSED.again()
    return Outcome(*row[1:])


def _credit_used(sale: Sale) -> int:
    """Club credit that earlier settlements of the invoice spent; a draft has none."""
    if sale.number is None:
        return 0
    return int(db.session.connection().execute(_CREDIT_USED, {"invoice": sale.id}).scalar_one())


def _check(sale: Sale, tender: Tender, salon: HouseRules, lots: Sequence[LotView], used: int) -> None:
    if sale.status == InvoiceStatus.SETTLED:
        raise already_settled()
    if not _has_lines(sale):
        raise invoice_empty()
    withdrawable = balance_of(lots, Unit.RIAL, tender.now).balance
    bounds = CreditBounds(withdrawable, percent_of(sale.total, salon.redeem_ceiling_bp) - used)
    check_payments(tender.payments, tender.credit, sale.due, bounds)
    if sale.number is None:
        _check_debt(sale, tender, salon)
    elif not tender.amount:
        raise payment_missing()


def _check_debt(sale: Sale, tender: Tender, salon: HouseRules) -> None:
    left = tender.left_of(sale)
    if left:
        limit = salon.debt_limit if sale.debt_limit is None else sale.debt_limit
        check_debt(receivable_of(sale.customer_id), left, limit)


def _has_lines(sale: Sale) -> bool:
    return bool(sale.total) or db.session.connection().execute(_ANY_LINE, {"invoice": sale.id}).first() is not None


def _issue(sale: Sale, tender: Tender) -> Sale:
    """Give the draft its number and its day; what will be paid late earns by the offers of this day."""
    today = tender.today
    ensure_fiscal_year(today)
    number = next_number(kind="invoice", branch_id=sale.branch_id, year=jalali_year(today))
    kept = [terms.kept() for terms in active_terms()] if tender.left_of(sale) else None
    return replace(sale, number=number, business_date=today, offer_terms=kept)


def _awards(sale: Sale, paid_by_club: int, salon: HouseRules, today: date) -> list[Award]:
    purchase = Purchase(sale.customer_id, sale.is_member, sale.business_date, sale.net, paid_by_club)
    return awards_for(purchase, terms_of(sale.offer_terms), club_starts_on=salon.club_starts_on, today=today)


def _post(before: Sale, sale: Sale, tender: Tender, awards: Sequence[Award], parts: Sequence[tuple[int, int]]) -> None:
    """Post sale, payment and award, each where there is one, and move the lots with them."""
    entries = {
        "sale": sale_entry(sale) if before.number is None and sale.total else None,
        "payment": payment_entry(sale, tender) if tender.amount else None,
        "award": award_entry(sale, awards, tender.today) if awards else None,
    }
    wanted = {name: entry for name, entry in entries.items() if entry is not None}
    if not wanted:
        return
    ids = post_entries(entries=list(wanted.values()), actor_id=tender.actor_id, now=tender.now)
    posted = dict(zip(wanted, ids, strict=True))
    if parts:
        take_from_lots(parts=parts, entry_id=posted["payment"])
    if awards:
        keep_awards(customer_id=sale.customer_id, awards=awards, entry_id=posted["award"])


def _outcome(sale: Sale, tender: Tender, awards: Sequence[Award], before: Wallet) -> Outcome:
    left = tender.left_of(sale)
    points, credit = earned(awards, Reward.POINTS), earned(awards, Reward.CREDIT)
    return Outcome(
        invoice_id=sale.id,
        number=sale.number or 0,
        total=sale.total,
        status=(InvoiceStatus.OPEN if left else InvoiceStatus.SETTLED).value,
        paid=tender.amount,
        due=left,
        credit_used=tender.credit,
        earned_points=points,
        earned_credit=credit,
        points_left=before.points.current + points,
        credit_left=before.credit.current - tender.credit + credit,
    )


def _write_invoice(sale: Sale, outcome: Outcome, tender: Tender) -> None:
    row = {
        "invoice": sale.id,
        "status": outcome.status,
        "number": sale.number,
        "jalali_year": jalali_year(sale.business_date),
        "business_date": sale.business_date,
        "paid": sale.paid + outcome.paid,
        "offer_terms": sale.offer_terms,
        "settled_at": None if outcome.due else tender.now,
        "moment": tender.now,
    }
    db.session.connection().execute(_WRITE_INVOICE, row)


def _record(outcome: Outcome, tender: Tender) -> None:
    """Keep the answer beside its key, and how it was paid."""
    connection = db.session.connection()
    row = {
        **{name: value for name, value in vars(outcome).items() if name not in {"number", "total"}},
        "branch_id": tender.branch_id,
        "idempotency_key": tender.key,
        "fingerprint": tender.fingerprint,
        "settled_at": tender.now,
        "actor_id": tender.actor_id,
    }
    settlement_id = connection.execute(_NEW_SETTLEMENT, row).scalar_one()
    credit = [PaymentSpec(PaymentMethod.CREDIT, tender.credit)] if tender.credit else []
    rows = [
        {**vars(part), "settlement_id": settlement_id, "method": part.method.value}
        for part in [*tender.payments, *credit]
    ]
    if rows:
        connection.execute(_NEW_PAYMENTS, rows)


def _finish_visit(sale: Sale, now: datetime) -> None:
    if sale.appointment_id is not None:
        finish_visit(appointment_id=sale.appointment_id, now=now)


def _tell(sale: Sale, outcome: Outcome, awards: Sequence[Award], salon: HouseRules, tender: Tender) -> None:
    """Write the message to the customer, if she has a mobile."""
    if not sale.mobile:
        return
    told = told_of(outcome, salon_name=salon.name, customer_name=sale.first_name, total=sale.total, awards=awards)
    message = NewMessage(
        branch_id=sale.branch_id,
        customer_id=sale.customer_id,
        receiver=sale.mobile,
        kind="settlement",
        text=message_text(told, Currency(salon.currency)),
        dedupe_key=f"settlement:{tender.key}",
        due_at=tender.now,
    )
    enqueue(message, now=tender.now)
