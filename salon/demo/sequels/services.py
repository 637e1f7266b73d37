"""Playing what happens beside the visits, through the services that the desk uses."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from sqlalchemy import select

from ...cashbox.deposits.services import take_deposit
from ...cashbox.models import PaymentMethod
from ...cashbox.rules import PaymentSpec
from ...core.db import db
from ...invoices.checkout.services import settle
from ...invoices.debts.queries import debtors
from ...invoices.debts.services import record_contact, remind_of_debts
from ...invoices.models import InvoiceLine
from ...invoices.outcomes.queries import Awaited, awaited, awaited_of
from ...invoices.outcomes.services import record_absence, record_arrival
from ...invoices.packages.queries import sessions_left
from ...invoices.packages.rules import Series
from ...invoices.returns.lines.rules import WantedLine
from ...invoices.returns.services import cancel_sale, correct_sale, return_sale
from ...invoices.rules import LineSpec
from ...invoices.services import draft
from ...invoices.terms.rules import NO_TERMS, Terms
from ..story.rules import Sold, Story
from ..terms.rules import PHONED, SHOP
from ..till.rules import by_card_to_card, partly_by_cheque, payments_for
from ..till.services import held_for, total_of
from .rules import (
    ABSENT,
    CANCEL_REASON,
    CANCELLING,
    CONTACT,
    CONTACTS,
    CORRECTION,
    CORRECTION_REASON,
    NOT_SEEN,
    ON_ACCOUNT,
    ON_ACCOUNT_AMOUNT,
    PACKAGE_SALE,
    PHONED_SALE,
    PROMISED_IN,
    REMIND_FROM,
    REMINDER,
    RETURN,
    RETURN_OF_UNPAID,
    RETURN_REASONS,
    RETURN_WITHIN,
    RETURNABLE,
    SESSION_EVERY,
    SHOP_SALE,
    UNUSED_BACK,
    falls_on,
    refund_of,
)

MANY = 1_000


def play_sequels(story: Story, day: date) -> None:
    """What happens on a day beside its visits."""
    number, now = story.number_of(day), story.moment(day, 20, 45)
    happenings = (
        (SHOP_SALE, _sell_goods),
        (PACKAGE_SALE, _sell_package),
        (ON_ACCOUNT, _leave_on_account),
        (UNUSED_BACK, _give_sessions_back),
        (RETURN, _return),
        (CORRECTION, _correct),
        (CANCELLING, _cancel),
        (CONTACT, _speak_with_debtors),
    )
    for often, happens in happenings:
        if falls_on(number, often):
            happens(story, day, now)
    _use_sessions(story, day, now)
    _look_at_account(story, day, now)
    if falls_on(number, REMINDER):
        remind_of_debts(branch_id=story.salon.branch_id, least=REMIND_FROM, actor=story.salon.desk, now=now)


def _sell_goods(story: Story, day: date, now: datetime) -> None:
    """Somebody buys from the shelf, every fourth by phone."""
    products = story.aside.sample(story.salon.products, 2)
    lines = [LineSpec(product_id=products[0], quantity=story.aside.randint(1, 2)), LineSpec(product_id=products[1])]
    number = story.number_of(day)
    kind = PHONED if falls_on(number, PHONED_SALE) else SHOP
    terms = Terms(sale_kind_id=story.salon.distinctions.sale_kinds[kind])
    invoice_id, total = _draft(story, customer_id := _somebody(story), lines, now, terms)
    pay = by_card_to_card if number % 2 == 0 else payments_for
    _settle(story, invoice_id, pay(story.aside, total), now)
    story.sold.append(Sold(invoice_id, customer_id, day, total, of_goods=True))


def _sell_package(story: Story, day: date, now: datetime) -> None:
    """The one with the known card buys the first, then others."""
    customer_id = _somebody(story) if story.series else min(story.people)
    package_id = story.salon.packages[story.number_of(day) // PACKAGE_SALE[0] % 3 // 2]
    invoice_id, total = _draft(story, customer_id, [LineSpec(package_id=package_id)], now)
    _settle(story, invoice_id, partly_by_cheque(story.aside, total, day), now)
    story.series[customer_id] = day


def _use_sessions(story: Story, day: date, now: datetime) -> None:
    """Who bought sessions comes for the next; half of them stay for the days to come."""
    for customer_id, last in story.series.items():
        left = [series for series in sessions_left(customer_id, day) if series.left > series.quantity // 2]
        if left and (day - last).days >= SESSION_EVERY:
            line = LineSpec(series_line_id=left[0].line_id, staff_id=_who_does(story, left[0]))
            invoice_id, _total = _draft(story, customer_id, [line], now)
            _settle(story, invoice_id, (), now)
            story.series[customer_id] = day


def _who_does(story: Story, series: Series) -> int:
    return next(service.people[0] for service in story.salon.services if service.service_id == series.service_id)


def _give_sessions_back(story: Story, day: date, now: datetime) -> None:
    """The last who bought sessions wants no more of them."""
    customer_id = max(story.series, key=lambda each: (story.series[each], each))
    left = sessions_left(customer_id, day)
    if customer_id == min(story.people) or not left:
        return
    sale = db.session.scalars(select(InvoiceLine.invoice_id).where(InvoiceLine.id == left[0].line_id)).one()
    lines = [WantedLine(series.line_id, series.left) for series in left if _is_on(series, sale)]
    refund = refund_of(0)
    return_sale(
        branch_id=story.salon.branch_id,
        invoice_id=sale,
        lines=lines,
        refund=refund,
        reason=RETURN_REASONS[refund],
        key=f"demo:{day.isoformat()}:sessions",
        actor_id=story.salon.desk.id,
        now=now,
    )


def _is_on(series: Series, invoice_id: int) -> bool:
    of_line = select(InvoiceLine.invoice_id).where(InvoiceLine.id == series.line_id)
    return db.session.scalars(of_line).one() == invoice_id


def _leave_on_account(story: Story, day: date, now: datetime) -> None:
    """Somebody leaves money for her next visit."""
    take_deposit(
        branch_id=story.salon.branch_id,
        customer_id=_somebody(story),
        payment=PaymentSpec(PaymentMethod.CASH, ON_ACCOUNT_AMOUNT),
        key=f"demo:{day.isoformat()}:on-account",
        actor=story.salon.desk,
        now=now,
    )


def _return(story: Story, day: date, now: datetime) -> None:
    """A line of an invoice comes back, if there is one that fits: goods rather than services."""
    recent = _recent(story, day)
    if not recent:
        return
    of_unpaid = falls_on(story.number_of(day), RETURN_OF_UNPAID)
    likely = [sold for sold in recent if (sold.rest if of_unpaid else sold.of_goods)]
    sold = _taken(story, likely or recent)
    refund = refund_of(story.number_of(day))
    return_sale(
        branch_id=story.salon.branch_id,
        invoice_id=sold.invoice_id,
        lines=[WantedLine(_last_line(sold), 1)],
        refund=refund,
        reason=RETURN_REASONS[refund],
        key=f"demo:{day.isoformat()}:return",
        actor_id=story.salon.desk.id,
        now=now,
    )


def _last_line(sold: Sold) -> int:
    lines = select(InvoiceLine.id).where(InvoiceLine.invoice_id == sold.invoice_id)
    return db.session.scalars(lines.order_by(InvoiceLine.position.desc())).first() or 0


def _correct(story: Story, day: date, now: datetime) -> None:
    """An invoice is written anew; what was paid for the wrong one pays the right one."""
    recent = _recent(story, day)
    if not recent:
        return
    sold = _taken(story, recent)
    corrected = correct_sale(
        branch_id=story.salon.branch_id,
        invoice_id=sold.invoice_id,
        reason=CORRECTION_REASON,
        key=f"demo:{day.isoformat()}:correction",
        actor_id=story.salon.desk.id,
        now=now,
    )
    total = total_of(corrected.draft_id)
    deposit = held_for(sold.customer_id, None, total, day)
    _settle(story, corrected.draft_id, payments_for(story.aside, total - deposit), now, deposit=deposit)


def _cancel(story: Story, day: date, now: datetime) -> None:
    """The owner calls an invoice of today off."""
    todays = [sold for sold in story.sold if sold.day == day and sold.total <= RETURNABLE]
    if not todays:
        return
    story.sold.remove(todays[-1])
    cancel_sale(
        branch_id=story.salon.branch_id,
        invoice_id=todays[-1].invoice_id,
        reason=CANCEL_REASON,
        key=f"demo:{day.isoformat()}:cancelling",
        actor_id=story.salon.owner.id,
        now=now,
    )


def _look_at_account(story: Story, day: date, now: datetime) -> None:
    """What was sent card to card is seen two days later, cheques on their day; some money never comes."""
    for waiting in awaited(story.salon.branch_id, MANY):
        if not _has_come(waiting, day):
            continue
        is_card, payment_id = waiting.due_on is None, waiting.payment.id
        if is_card and story.aside.random() < ABSENT and not waiting.customer.is_walk_in:
            record_absence(payment_id=payment_id, note=NOT_SEEN, actor_id=story.salon.desk.id, now=now)
        else:
            bank = story.salon.boxes.bank
            record_arrival(payment_id=payment_id, cashbox_id=bank, actor_id=story.salon.desk.id, now=now)


def _has_come(waiting: Awaited, day: date) -> bool:
    if waiting.due_on is not None:
        return waiting.due_on <= day
    return waiting.invoice.business_date <= day - timedelta(days=2)


def _speak_with_debtors(story: Story, day: date, now: datetime) -> None:
    """Who owes longest is called; some promise a day."""
    for debtor in debtors(day, 2, offset=story.number_of(day) // 3 % 3):
        note = story.aside.choice(CONTACTS)
        promised_on = day + timedelta(PROMISED_IN) if story.aside.random() < 0.4 else None
        record_contact(
            customer_id=debtor.customer.id, note=note, promised_on=promised_on, actor=story.salon.desk, now=now
        )


def _recent(story: Story, day: date) -> list[Sold]:
    """Invoices of the last days that may come back, all of their money seen."""
    return [
        sold
        for sold in story.sold
        if sold.total <= RETURNABLE
        and (day - sold.day).days <= RETURN_WITHIN
        and not story.people[sold.customer_id].is_walk_in
        and not awaited_of(sold.invoice_id)
    ]


def _taken(story: Story, sales: Sequence[Sold]) -> Sold:
    """One of these sales; it comes back once only."""
    sold = story.aside.choice(sales)
    story.sold.remove(sold)
    return sold


def _somebody(story: Story) -> int:
    known = [customer_id for customer_id, person in story.people.items() if not person.is_walk_in]
    return story.aside.choice(known)


def _draft(
    story: Story, customer_id: int, lines: Sequence[LineSpec], now: datetime, terms: Terms = NO_TERMS
) -> tuple[int, int]:
    """An invoice without a booking: its id and what it comes to."""
    invoice_id = draft(
        branch_id=story.salon.branch_id,
        customer_id=customer_id,
        lines=lines,
        terms=terms,
        actor_id=story.salon.desk.id,
        now=now,
    )
    return invoice_id, total_of(invoice_id)


def _settle(story: Story, invoice_id: int, payments: Sequence[PaymentSpec], now: datetime, *, deposit: int = 0) -> None:
    settle(
        branch_id=story.salon.branch_id,
        invoice_id=invoice_id,
        payments=payments,
        deposit=deposit,
        key=f"demo:{invoice_id}",
        actor_id=story.salon.desk.id,
        now=now,
    )
