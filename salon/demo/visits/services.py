"""Playing the demo's days through the services of booking, invoicing and settling."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta

from sqlalchemy import select, update

from ...appointments.models import AppointmentStatus as S
from ...appointments.queries import midnight_of
from ...appointments.rules import BookingItem
from ...appointments.services import book, set_status
from ...club.models import Lot
from ...club.wallet.services import write_off
from ...core.db import db
from ...messaging.models import MessageState, OutboxMessage
from ..story.rules import Booked, Story
from ..till.services import ask_deposit, serve, take_debts, write_draft
from .rules import PlannedVisit, draw_customer, plan_day, plan_today, status_of_past, status_today

STILL_WAITING = timedelta(minutes=45)  # younger messages of today are left for the worker


def play_past_day(story: Story, day: date, newcomers: Iterable[int]) -> None:
    """Play a day that is over, from the first booking to the last message."""
    opening_work(story, day)
    plans = plan_day(story.chance, day, story.salon.services, story.hours_on(day), story.away_on(day))
    booked = _book_all(story, day, plans, list(newcomers))
    fates = [status_of_past(story.chance) for _ in booked]
    for visit, status in zip(booked, fates, strict=True):
        if status == S.CANCELLED:
            _step(story, visit, status, visit.starts_at - timedelta(hours=story.chance.randint(2, 40)))
    deliver_past(before=midnight_of(day + timedelta(days=1)))
    for visit, status in sorted(zip(booked, fates, strict=True), key=lambda fate: fate[0].ends_at):
        if status == S.NO_SHOW:
            _step(story, visit, status, visit.starts_at + timedelta(minutes=40))
        elif status == S.DONE:
            serve(story, visit, visit.ends_at)


def play_today(story: Story, day: date, star: int, now: datetime) -> None:
    """Play today up to now: the star is about to come, others wait, are served or have gone."""
    opening_work(story, day)
    minute = _minute_of(day, now)
    plans = plan_today(story.chance, day, story.salon.services, story.hours_on(day), story.away_on(day), minute)
    story.last_visits.pop(star, None)
    booked = _book_all(story, day, plans, [star])
    deliver_past(before=now - STILL_WAITING)
    first_served = True
    for visit in sorted(booked, key=lambda visit: visit.ends_at):
        status = status_today(story.chance, visit.plan, minute)
        if status == S.DONE:
            serve(story, visit, min(visit.ends_at, now))
        elif status != S.BOOKED:
            _step(story, visit, status, min(visit.starts_at, now))
        if status == S.IN_SERVICE and first_served:
            write_draft(story, visit, now)
            first_served = False


def book_ahead(story: Story, day: date, share: float) -> None:
    """Fill a part of a day to come; some have said that they will come."""
    plans = plan_day(story.chance, day, story.salon.services, story.hours_on(day), story.away_on(day))
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
    opens = story.moment(day, 10)
    expired = select(Lot.id).where(Lot.remaining > 0, Lot.expires_at <= opens)
    for lot_id in db.session.scalars(expired).all():
        write_off(lot_id=lot_id, now=opens)
    take_debts(story, day)


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
    now = min(story.until, max(called, min(joined, starts_at - timedelta(minutes=5))))
    appointment = book(
        branch_id=story.salon.branch_id,
        customer_id=customer_id,
        starts_at=starts_at,
        items=[BookingItem(item.offered.service_id, item.staff_id) for item in plan.items],
        actor=story.salon.desk,
        now=now,
    )
    booked = Booked(appointment.id, customer_id, plan, starts_at, ends_at)
    ask_deposit(story, booked, now)
    return booked


def _step(story: Story, visit: Booked, status: S, now: datetime) -> None:
    set_status(appointment_id=visit.appointment_id, status=status.value, actor=story.salon.desk, now=now)


def _minute_of(day: date, now: datetime) -> int:
    return (now - midnight_of(day)) // timedelta(minutes=1)
