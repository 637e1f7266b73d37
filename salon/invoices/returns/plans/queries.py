"""What a return would do now, and what one did."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy import select

from ....cashbox.models import PaymentMethod
from ....cashbox.rules import AWAITED
from ....core.db import db
from ....core.keys import KEY_REUSED
from ....ledger.models import Unit
from ...models import Invoice, InvoiceKind, Payment, Settlement
from ...outcomes.queries import awaited_of
from ...packages.queries import series_of_sale
from ..errors import customer_nameless, draft_returned, payment_awaited, return_of_return
from ..lines.rules import WantedLine, at_series, leaves_nothing, taken_back
from ..queries import (
    award_of,
    credit_taken,
    deposits_taken,
    paid_by,
    refunded_by,
    sold_lines,
    standing,
    turned_money,
)
from ..rules import (
    Asked,
    Refund,
    Returned,
    ReturnPlan,
    Standing,
    back_in_kind,
    clawed,
    exceeds,
    last_taken,
    left_to_refund,
    refund_plan,
    worth_of,
)


def plan_of(invoice_id: int, lines: Sequence[WantedLine] | None, refund: Refund, now: datetime) -> ReturnPlan:
    """What a return would do now; writes nothing. Raises what `return_sale` raises."""
    sale = standing(invoice_id)
    _check(sale, refund)
    sold = sold_lines(invoice_id)
    back = at_series(taken_back(sold, lines), series_of_sale(invoice_id))
    last = leaves_nothing(sold, back)
    worth = worth_of(sale, sold, back, last=last)
    let_go = _let_go(sale, worth.total) if last else {}
    sale = replace(sale, paid=sale.paid - sum(let_go.values()))
    paid, refunded, turned = paid_by(invoice_id), refunded_by(invoice_id), turned_money(invoice_id)
    # What nobody has seen is no money to pay back, nor is a cheque that is given back to her.
    seen = {way: amount for way, amount in paid.items() if way.method not in AWAITED}
    sources = left_to_refund(seen, refunded, turned)
    if sum(paid.values()) > sum(seen.values()) and exceeds(worth, sale.due, sources):
        raise payment_awaited()
    money = refund_plan(worth, sale.due, sources, refund)
    clawback, lots = _clawback(sale, sale.returned_net + worth.net - worth.sessions, now)
    return ReturnPlan(
        sale,
        tuple(back),
        last,
        worth,
        money,
        _last_of(credit_taken, invoice_id, back_in_kind(PaymentMethod.CREDIT, refunded, turned), money.spent_credit),
        _last_of(deposits_taken, invoice_id, back_in_kind(PaymentMethod.DEPOSIT, refunded, turned), money.used_deposit),
        clawback,
        lots,
        tuple(let_go),
    )


def _let_go(sale: Standing, total: int) -> dict[int, int]:
    """Payments that nobody waits for any more, as her whole sale goes back: a cheque is given back to her.

    Only when all of them are: the debt that they leave is then what was returned.
    """
    waiting = awaited_of(sale.id)
    return waiting if sale.due + sum(waiting.values()) <= total else {}


def _last_of(
    taken: Callable[[int], list[tuple[int, int]]], sale_id: int, before: int, amount: int
) -> tuple[tuple[int, int], ...]:
    """Which lots or deposits an amount goes back to."""
    return tuple(last_taken(taken(sale_id), before, amount)) if amount else ()


def _check(sale: Standing, refund: Refund) -> None:
    if sale.kind == InvoiceKind.RETURN:
        raise return_of_return()
    if sale.number is None:
        raise draft_returned()
    if refund == Refund.CREDIT and sale.is_nameless:
        raise customer_nameless()


def _clawback(sale: Standing, returned: int, now: datetime) -> tuple[dict[Unit, int], tuple[int, ...]]:
    """What is taken back by unit, and the lots that the sale made."""
    award = award_of(sale.id, now)
    if award is None:
        return {}, ()
    before = award.returned_before
    amounts = {
        part.unit: clawed(part.amount, part.clawed, returned - before, sale.net - before) for part in award.earned
    }
    lots = tuple(lot for part in award.earned for lot in part.lots)
    return {unit: amount for unit, amount in amounts.items() if amount}, lots


def known_return(asked: Asked) -> Returned | None:
    """The answer that was given under the key, if it was used. Raises Invalid `key_reused` for another body."""
    row = db.session.execute(
        select(Settlement.fingerprint, Settlement.invoice_id).where(Settlement.idempotency_key == asked.key)
    ).one_or_none()
    if row is None:
        return None
    if row.fingerprint != asked.fingerprint:
        raise KEY_REUSED.again()
    return returned_of(row.invoice_id)


def returned_of(return_id: int) -> Returned:
    """What a return did, by its own books."""
    found = db.session.execute(
        select(
            Settlement.id, Invoice.returns_id, Invoice.number, Invoice.total,
            Settlement.earned_points, Settlement.earned_credit,
        )
        .join(Invoice, Invoice.id == Settlement.invoice_id)
        .where(Invoice.id == return_id, Invoice.kind == InvoiceKind.RETURN.value)
    ).one()  # fmt: skip
    rows = db.session.execute(
        select(Payment.method, Payment.amount).where(Payment.settlement_id == found.id).order_by(Payment.id)
    ).all()
    amounts: dict[PaymentMethod, int] = {}
    for method, amount in rows:
        amounts[PaymentMethod(method)] = amounts.get(PaymentMethod(method), 0) - amount
    debt = amounts.pop(PaymentMethod.RETURN, 0)
    refunded = tuple(amounts.items())
    sale_id, number = int(found.returns_id), int(found.number)
    taken = (-found.earned_points, -found.earned_credit)
    return Returned(return_id, sale_id, number, -found.total, debt, refunded, *taken)
