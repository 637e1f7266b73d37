"""Playing the demo's days through the services of booking, invoicing and settling."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from random import Random

from sqlalchemy import select, update

from ...appointments.models import AppointmentStatus as S
from ...appointments.queries import midnight_of
from ...appointments.rules import BookingItem
from ...appointments.services import book, set_status
from ...club.models import Lot
from ...club.wallet.queries import wallet_of
from ...club.wallet.services import write_off
from ...core.db import db
from ...core.jalali import local_date
from ...core.money import percent_of
from ...invoices.checkout.services import settle
from ...invoices.models import Invoice
from ...invoices.queries import invoice
from ...invoices.rules import LineSpec
from ...invoices.services import draft
from ...messaging.models import MessageState, OutboxMessage
from ..opening.rules import DEBT_LIMIT, REDEEM_CEILING_BP
from ..opening.services import OpenedSalon
from ..people.rules import Person
from .rules import (
    Hours,
    PlannedVisit,
    asked_price,
    draw_customer,
    paid_now,
    payments_for,
    plan_day,
    plan_today,
    status_of_past,
    status_today,
    weekday_of,
)

ROUND = 10_000  # rials: people spend round sums
STILL_WAITING = timedelta(minutes=45)  # younger messages of today are left for the worker


@dataclass(frozen=True)
class Booked:
    """A visit in the book, with the one it is for."""

    appointment_id: int
    customer_id: int
    plan: PlannedVisit
    starts_at: datetime
    ends_at: datetime


@dataclass
class Story:
    """What the days so far have come to."""

    salon: OpenedSalon
    chance: Random
    people: dict[int, Person] = field(default_factory=dict)
    last_visits: dict[int, date] = field(default_factory=dict)
    debts: dict[int, date] = field(default_factory=dict)  # invoice, and the day on which it will be paid
    debtors: set[int] = field(default_factory=set)

    def hours_on(self, day: date) -> Hours:
        """Who works on a day, and when."""
        weekday = weekday_of(day)
        return {person: hours[weekday] for person, hours in self.salon.hours.items() if weekday in hours}


def play_past_day(story: Story, day: date, newcomers: Iterable[int]) -> None:
    """Play a day that is over, from the first booking to the last message."""
    opening_work(story, day)
    plans = plan_day(story.chance, day, story.salon.services, story.hours_on(day))
    booked = _book_all(story, day, plans, list(newcomers))
    fates = [status_of_past(story.chance) for _ in booked]
    for visit, status in zip(booked, fates, strict=True):
        if status == S.CANCELLED:
            _step(story, visit, status, visit.starts_at - timedelta(hours=story.chance.randint(2, 40)))
    deliver_past(before=midnight_of(day + timedelta(days=1)))
    for visit, status in zip(booked, fates, strict=True):
        if status == S.NO_SHOW:
            _step(story, visit, status, visit.starts_at + timedelta(minutes=40))
        elif status == S.DONE:
            _serve(story, visit, visit.ends_at)


def play_today(story: Story, day: date, star: int, now: datetime) -> None:
    """Play today up to now: the star is about to come, others wait, are served or have gone."""
    opening_work(story, day)
    minute = _minute_of(day, now)
    plans = plan_today(story.chance, day, story.salon.services, story.hours_on(day), minute)
    story.last_visits.pop(star, None)
    booked = _book_all(story, day, plans, [star])
    deliver_past(before=now - STILL_WAITING)
    first_served = True
    for visit in sorted(booked, key=lambda visit: visit.starts_at):
        status = status_today(story.chance, visit.plan, minute)
        if status == S.DONE:
            _serve(story, visit, min(visit.ends_at, now))
        elif status != S.BOOKED:
            _step(story, visit, status, min(visit.starts_at, now))
        if status == S.IN_SERVICE and first_served:
            _write_draft(story, visit, now)
            first_served = False


def book_ahead(story: Story, day: date, share: float) -> None:
    """Fill a part of a day to come; some have said that they will come."""
    plans = plan_day(story.chance, day, story.salon.services, story.hours_on(day))
    kept = [plan for plan in plans if story.chance.random() < share]
    for visit in _book_all(story, day, kept, []):
        if story.chance.random() < 0.3:
            _step(story, visit, S.CONFIRMED, visit.starts_at - timedelta(days=9))


def deliver_past(*, before: datetime) -> None:
    """Mark messages that were due before a moment as sent then: nobody gets a text of last month."""
    past = update(OutboxMessage).where(OutboxMessage.state == MessageState.QUEUED, OutboxMessage.due_at < before)
    sent = past.values(state=MessageState.SENT.value, sent_at=OutboxMessage.due_at, attempts=1)
    db.session.execute(sent, execution_options={"synchronize_session": False})


def opening_work(story: Story, day: date) -> None:
    """What a day begins with: credit that has expired is written off, and old debts are paid."""
    opens = midnight_of(day) + timedelta(hours=10)
    expired = select(Lot.id).where(Lot.remaining > 0, Lot.expires_at <= opens)
    for lot_id in db.session.scalars(expired).all():
        write_off(lot_id=lot_id, now=opens)
    due = [invoice_id for invoice_id, paid_on in story.debts.items() if paid_on <= day]
    for invoice_id in due:
        del story.debts[invoice_id]
        _pay_debt(story, invoice_id, opens)


def _pay_debt(story: Story, invoice_id: int, now: datetime) -> None:
    owed = invoice(invoice_id)
    settle(
        branch_id=story.salon.branch_id,
        invoice_id=invoice_id,
        payments=payments_for(story.chance, owed.due),
        key=f"demo:{invoice_id}:debt",
        actor_id=story.salon.desk.id,
        now=now,
    )
    story.debtors.discard(owed.customer_id)


def _book_all(story: Story, day: date, plans: Sequence[PlannedVisit], expected: Sequence[int]) -> list[Booked]:
    """Book visits for those who are expected, then for whom chance brings."""
    booked = []
    waiting = list(expected)
    for plan in plans:
        customer_id = waiting.pop(0) if waiting else None
        if customer_id is None:
            customer_id = draw_customer(story.chance, story.people, story.last_visits, day)
        if customer_id is not None:
            story.last_visits[customer_id] = day
            booked.append(_book(story, day, plan, customer_id))
    return booked


def _book(story: Story, day: date, plan: PlannedVisit, customer_id: int) -> Booked:
    midnight = midnight_of(day)
    starts_at, ends_at = (midnight + timedelta(minutes=minute) for minute in (plan.starts, plan.ends))
    joined = midnight_of(story.people[customer_id].joined) + timedelta(hours=9)
    called = starts_at - timedelta(minutes=story.chance.randint(60, 9 * 24 * 60))
    appointment = book(
        branch_id=story.salon.branch_id,
        customer_id=customer_id,
        starts_at=starts_at,
        items=[BookingItem(item.offered.service_id, item.staff_id) for item in plan.items],
        actor=story.salon.desk,
        now=max(called, min(joined, starts_at - timedelta(minutes=5))),
    )
    return Booked(appointment.id, customer_id, plan, starts_at, ends_at)


def _step(story: Story, visit: Booked, status: S, now: datetime) -> None:
    set_status(appointment_id=visit.appointment_id, status=status.value, actor=story.salon.desk, now=now)


def _serve(story: Story, visit: Booked, now: datetime) -> None:
    """Write the invoice of a visit and take the money; the visit is done with it."""
    invoice_id = _write_draft(story, visit, now)
    total = db.session.execute(select(Invoice.total).where(Invoice.id == invoice_id)).scalar_one()
    credit = _credit_for(story, visit.customer_id, total, now)
    paid = total - credit
    may_owe = visit.customer_id not in story.debtors and not story.people[visit.customer_id].is_walk_in
    if may_owe:
        paid = paid_now(story.chance, paid, DEBT_LIMIT)
    settle(
        branch_id=story.salon.branch_id,
        invoice_id=invoice_id,
        payments=payments_for(story.chance, paid),
        credit=credit,
        key=f"demo:{invoice_id}",
        actor_id=story.salon.desk.id,
        now=now,
    )
    if paid + credit < total:
        _remember_debt(story, visit.customer_id, invoice_id, local_date(now))
    elif total == 0:
        _step(story, visit, S.DONE, now)


def _remember_debt(story: Story, customer_id: int, invoice_id: int, day: date) -> None:
    story.debtors.add(customer_id)
    if story.chance.random() < 0.7:
        story.debts[invoice_id] = day + timedelta(days=story.chance.randint(3, 25))


def _write_draft(story: Story, visit: Booked, now: datetime) -> int:
    return draft(
        branch_id=story.salon.branch_id,
        customer_id=visit.customer_id,
        appointment_id=visit.appointment_id,
        lines=_lines(story, visit.plan),
        actor_id=story.salon.desk.id,
        now=now,
    )


def _lines(story: Story, plan: PlannedVisit) -> list[LineSpec]:
    """What was done, sometimes with a discount, sometimes with something from the shelf."""
    lines = []
    for item in plan.items:
        price = asked_price(story.chance, item.offered)
        full = item.offered.price if price is None else price
        discount = full // 10 // 100_000 * 100_000 if story.chance.random() < 0.07 else 0
        lines.append(LineSpec(item.offered.service_id, None, item.staff_id, unit_price=price, discount=discount))
    if story.chance.random() < 0.08:
        product_id = story.chance.choice(story.salon.products)
        lines.append(LineSpec(product_id=product_id, staff_id=plan.items[-1].staff_id))
    return lines


def _credit_for(story: Story, customer_id: int, total: int, now: datetime) -> int:
    """The club credit she spends: all that she may, one time in four."""
    if story.people[customer_id].is_walk_in or story.chance.random() > 0.25:
        return 0
    spendable = min(wallet_of(customer_id, now).credit.balance, percent_of(total, REDEEM_CEILING_BP))
    return spendable // ROUND * ROUND


def _minute_of(day: date, now: datetime) -> int:
    return (now - midnight_of(day)) // timedelta(minutes=1)
