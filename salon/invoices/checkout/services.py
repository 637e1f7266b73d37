"""Settling an invoice: payments, debt, club value and message in one transaction."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime

from sqlalchemy import Date, bindparam, func, insert, update

from ...appointments.deposits.queries import spendable
from ...appointments.services import finish_visit
from ...cashbox.deposits.errors import deposit_exceeds_balance, deposit_negative
from ...cashbox.deposits.rules import SETTLED, Held, taken_from
from ...cashbox.deposits.services import lay_down, use_deposits
from ...cashbox.models import PaymentMethod
from ...cashbox.rules import PaymentSpec
from ...cashbox.services import placed
from ...club.models import Reward
from ...club.offers.queries import active_terms, terms_of
from ...club.offers.rules import Award, Purchase, awards_for
from ...club.wallet.queries import lots_of, wallet_with
from ...club.wallet.rules import LotView, Wallet, balance_of, take
from ...club.wallet.services import keep_awards, take_from_lots
from ...core.db import UtcDateTime, db
from ...core.jalali import jalali_year
from ...core.money import Currency, percent_of
from ...ledger.models import Unit
from ...ledger.queries import receivable_of
from ...ledger.services import post_entries
from ...messaging.services import NewMessage, enqueue
from ...setup.numbers.services import next_number
from ...setup.queries import HouseRules, house_rules
from ...setup.services import ensure_fiscal_year
from ..errors import already_settled, invoice_empty, payment_missing, price_missing, promise_past, staff_missing
from ..models import Invoice, InvoiceStatus, Payment, Settlement
from ..packages.queries import sessions_left
from ..packages.rules import named_sentence
from ..packages.services import begin_packages, take_sessions
from ..pay.services import Cause, count_pay_again, fix_pay
from ..queries import returned_net
from ..rules import NOTHING_SAID, CreditBounds, Rest, check_debt, check_given, fingerprint, without_rest
from ..stock.services import move_stock
from ..terms.services import tax_by_day
from .queries import before, has_lines, known_outcome, locked_sale, tips_of
from .rules import (
    Before,
    Outcome,
    Sale,
    Spent,
    Tender,
    award_entry,
    earned,
    is_booked,
    message_text,
    payment_entry,
    sale_entry,
    told_of,
)

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
        promised_on=func.coalesce(bindparam("promised_on", type_=Date()), Invoice.promised_on),
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
    deposit: int = 0,
    rest: Rest = NOTHING_SAID,
    key: str,
    actor_id: int | None,
    now: datetime,
) -> Outcome:
    """Pay an invoice, issuing it first if it is a draft; what is not paid is the customer's debt.

    `branch_id`: where the money is taken, whichever branch the invoice is of. `credit`: club credit, `deposit`: of her
    deposits and on-account money, in rials. The same `key` with the same body gives the same answer and moves nothing.
    Raises DomainError `already_settled`, `debt_limit`, `period_closed`; Invalid `overpaid`,
    `credit_exceeds_limit`, `deposit_exceeds_balance`, `key_reused`, `invoice_empty`, `payment_missing`,
    `price_missing`, `staff_missing`, `promise_past`, `package_used_up`, `package_expired`,
    and what `cashbox.services.placed` raises; NotFound.
    """
    sale = locked_sale(invoice_id)
    asked = fingerprint(invoice_id, payments, credit, deposit, rest)
    tender = Tender(
        branch_id, tuple(payments), credit, key, asked, actor_id, now, deposit, promised_on=rest.promised_on
    )
    known = known_outcome(tender)
    if known is not None:
        return known
    if sale.number is None:
        sale = _with_sessions(_taxed(sale, tender), tender)
        tender = replace(tender, sessions=sale.sessions)
    salon, lots, past = house_rules(), lots_of(sale.customer_id), before(sale)
    _check(sale, tender, salon, lots, past)
    tender = _laid(sale, tender, rest)
    _check_debt(sale, tender, salon, rest)
    held = _held(sale, tender)
    issued = sale if sale.number is not None else _issue(sale, tender)
    earns = not tender.left_of(sale) and not past.earned
    awards = _awards(issued, past.credit_used + credit, salon, tender.today) if earns else []
    outcome = _outcome(issued, tender, awards, wallet_with(sale.customer_id, lots, now))
    _record(outcome, tender)  # first of all: it claims the key
    spent = Spent(tuple(take(lots, Unit.RIAL, credit, now)), tuple(taken_from(held, deposit)))
    _post(sale, issued, tender, awards, spent)
    _write_invoice(issued, outcome, tender)
    _pay_staff(sale, tender)
    if sale.number is None and sale.goods:
        move_stock(invoice_id=sale.id, actor_id=actor_id, now=now)
    _tell(issued, outcome, awards, salon, tender)
    _finish_visit(sale, tender)
    return outcome


def _taxed(draft: Sale, tender: Tender) -> Sale:
    """The draft with the tax of the day on which it is issued, whenever it was begun."""
    if draft.business_date == tender.today:
        return draft
    return locked_sale(draft.id) if tax_by_day(invoice_id=draft.id, day=tender.today) else draft


def _with_sessions(draft: Sale, tender: Tender) -> Sale:
    """The draft with its sessions at what they are worth now. Raises Invalid `package_used_up`, `package_expired`."""
    if not draft.using:
        return draft
    changed = take_sessions(invoice_id=draft.id, customer_id=draft.customer_id, today=tender.today)
    return locked_sale(draft.id) if changed else draft


def _check(sale: Sale, tender: Tender, salon: HouseRules, lots: Sequence[LotView], past: Before) -> None:
    if sale.status == InvoiceStatus.SETTLED:
        raise already_settled()
    if not has_lines(sale):
        raise invoice_empty()
    if sale.number is None:
        _check_lines(sale)
    withdrawable = balance_of(lots, Unit.RIAL, tender.now).balance
    bounds = CreditBounds(
        withdrawable, percent_of(sale.total - sale.sessions, salon.redeem_ceiling_bp) - past.credit_used
    )
    check_given(tender.payments, tender.credit, bounds)
    if tender.deposit < 0:
        raise deposit_negative()
    if sale.number is not None and not tender.amount:
        raise payment_missing()


def _laid(sale: Sale, tender: Tender, rest: Rest) -> Tender:
    """The tender with its boxes, and what is above the due taken out of it."""
    payments = placed(payments=tender.payments, branch_id=tender.branch_id, actor_id=tender.actor_id)
    over = tender.amount - sale.due
    keeps = rest.keep and not sale.is_nameless  # the next one without a name could spend it
    paying, kept, change = without_rest(payments, over, keep=keeps, gives_change=rest.give_change)
    return replace(tender, payments=paying, kept=kept, change=change)


def _check_lines(sale: Sale) -> None:
    """Refuse to issue what waits for its price, or services that nobody did."""
    if sale.unpriced is not None:
        raise price_missing(f"lines.{sale.unpriced - 1}")
    if sale.by_nobody is not None:
        raise staff_missing(sale.by_nobody - 1)


def _check_debt(sale: Sale, tender: Tender, salon: HouseRules, rest: Rest) -> None:
    left = tender.left_of(sale)
    if left and rest.promised_on is not None and rest.promised_on < tender.today:
        raise promise_past()
    if left and sale.number is None and not rest.may_pass_limit:
        limit = salon.debt_limit if sale.debt_limit is None else sale.debt_limit
        check_debt(receivable_of(sale.customer_id), left, limit)


def _held(sale: Sale, tender: Tender) -> list[Held]:
    """The deposits that may pay this invoice, when any shall."""
    if not tender.deposit:
        return []
    held = spendable(sale.customer_id, appointment_id=sale.appointment_id, today=tender.today)
    if tender.deposit > sum(deposit.remaining for deposit in held):
        raise deposit_exceeds_balance()
    return held


def _issue(sale: Sale, tender: Tender) -> Sale:
    """Give the draft its number and its day; what will be paid late earns by the offers of this day."""
    today = tender.today
    ensure_fiscal_year(today)
    number = next_number(kind="invoice", branch_id=sale.branch_id, year=jalali_year(today))
    if sale.packed:
        begin_packages(invoice_id=sale.id, day=today)
    kept = [terms.kept() for terms in active_terms()] if tender.left_of(sale) else None
    return replace(sale, number=number, business_date=today, offer_terms=kept)


def _awards(sale: Sale, paid_by_club: int, salon: HouseRules, today: date) -> list[Award]:
    net = sale.net - sale.sessions
    if sale.status == InvoiceStatus.OPEN:
        net -= returned_net(sale.id)
    purchase = Purchase(sale.customer_id, sale.is_member, sale.business_date, net, paid_by_club)
    return awards_for(purchase, terms_of(sale.offer_terms), club_starts_on=salon.club_starts_on, today=today)


def _post(draft: Sale, sale: Sale, tender: Tender, awards: Sequence[Award], spent: Spent) -> None:
    """Post sale, payment and award, each where there is one, and move lots and deposits with them."""
    entries = {
        "sale": sale_entry(sale, tips_of(sale)) if draft.number is None and is_booked(sale) else None,
        "payment": payment_entry(sale, tender) if tender.amount else None,
        "award": award_entry(sale, awards, tender.today) if awards else None,
    }
    wanted = {name: entry for name, entry in entries.items() if entry is not None}
    if wanted:
        ids = post_entries(entries=list(wanted.values()), actor_id=tender.actor_id, now=tender.now)
        posted = dict(zip(wanted, ids, strict=True))
        if spent.lots:
            take_from_lots(parts=spent.lots, entry_id=posted["payment"])
        if spent.deposits:
            use_deposits(parts=spent.deposits, entry_id=posted["payment"], purpose=SETTLED)
        if awards:
            keep_awards(customer_id=sale.customer_id, awards=awards, entry_id=posted["award"])
    _keep_rest(sale, tender)


def _pay_staff(sale: Sale, tender: Tender) -> None:
    """What its people earn is fixed when the sale is issued; club credit that pays later may take off it."""
    cause = Cause(sale.id, sale.id, sale.branch_id, tender.key, tender.actor_id, tender.now)
    if sale.number is None:
        fix_pay(cause, customer_id=sale.customer_id)
    elif tender.credit:
        count_pay_again(cause)


def _keep_rest(sale: Sale, tender: Tender) -> None:
    """What was given above the due stays on her account."""
    for place, payment in enumerate(tender.kept):
        lay_down(
            branch_id=tender.branch_id,
            customer_id=sale.customer_id,
            appointment_id=None,
            payment=payment,
            key=f"rest:{tender.key}:{place}",
            asked=tender.fingerprint,
            actor_id=tender.actor_id,
            now=tender.now,
        )


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
        deposit_used=tender.deposit,
        change=tender.change,
        kept=sum(payment.amount for payment in tender.kept),
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
        "promised_on": tender.promised_on if outcome.due else None,
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
    hers = (
        (PaymentMethod.CREDIT, tender.credit),
        (PaymentMethod.DEPOSIT, tender.deposit),
        (PaymentMethod.PACKAGE, tender.sessions),
    )
    parts = [*tender.payments, *(PaymentSpec(method, amount) for method, amount in hers if amount)]
    rows = [{**vars(part), "settlement_id": settlement_id, "method": part.method.value} for part in parts]
    if rows:
        connection.execute(_NEW_PAYMENTS, rows)


def _finish_visit(sale: Sale, tender: Tender) -> None:
    if sale.appointment_id is not None:
        finish_visit(appointment_id=sale.appointment_id, actor_id=tender.actor_id, now=tender.now)


def _sessions(sale: Sale, tender: Tender) -> list[str]:
    """What is left of her sessions, where this invoice sold or used some."""
    if not (sale.packed or sale.using):
        return []
    return [named_sentence(series) for series in sessions_left(sale.customer_id, tender.today)]


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
        text=message_text(told, Currency(salon.currency), _sessions(sale, tender)),
        dedupe_key=f"settlement:{tender.key}",
        due_at=tender.now,
    )
    enqueue(message, now=tender.now)
