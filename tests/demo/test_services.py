"""The demo is a salon like any other, and its books hold."""

from datetime import datetime, timedelta
from itertools import pairwise

import pytest
from flask import Flask
from sqlalchemy import func, select

from salon.appointments.displaced.queries import displaced
from salon.appointments.models import Appointment, AppointmentStatus, Occupancy
from salon.catalog.models import Resource
from salon.club.cards.queries import customer_of_swipe
from salon.club.wallet.queries import verify_lots, wallet_of
from salon.core.db import db, transaction
from salon.core.jalali import day_range, local_date
from salon.core.text import normalise_mobile
from salon.customers.models import Customer
from salon.customers.queries import customer
from salon.demo.bridal.rules import GUESTS
from salon.demo.people.rules import STAR, STAR_SWIPE
from salon.demo.services import make_demo
from salon.demo.visits.services import STILL_WAITING
from salon.invoices.audit.queries import verify_invoices
from salon.invoices.models import Invoice, InvoiceStatus, PayRole, PayTerms
from salon.ledger.queries import verify_journal
from salon.messaging.models import MessageState, OutboxMessage
from salon.payroll.audit.queries import verify_payroll
from salon.payroll.models import PayPayment, PayStatement
from salon.staff.models import Absence, Attendance, WorkingHours
from tests.demo.facts import CARD_KEY, CUSTOMERS, DAYS


def test_its_journal_lots_and_invoices_agree(told: datetime) -> None:
    assert [*verify_journal(), *verify_lots(), *verify_invoices()] == []
    assert db.session.scalar(select(func.count()).where(Invoice.status == InvoiceStatus.SETTLED)) > DAYS * 8


def test_its_customers_can_be_called_and_told_apart(told: datetime) -> None:
    people = db.session.scalars(select(Customer)).all()
    assert len(people) == CUSTOMERS + len(GUESTS)
    assert all(
        person.mobile is None if person.is_walk_in else normalise_mobile(person.mobile or "") for person in people
    )
    assert any(person.shared_mobile for person in people)
    assert any(person.is_walk_in for person in people)
    assert all(person.wedding_day > person.birthday for person in people if person.wedding_day and person.birthday)


def test_nobody_serves_two_customers_at_once_but_some_while_a_colour_develops(told: datetime) -> None:
    held = db.session.scalars(select(Occupancy).where(Occupancy.staff_id.is_not(None)))
    by_person: dict[int, list[Occupancy]] = {}
    for row in sorted(held, key=lambda row: row.starts_at):
        by_person.setdefault(row.staff_id or 0, []).append(row)
    for served in by_person.values():
        assert all(before.ends_at <= after.starts_at for before, after in pairwise(served))
    between = (
        before.item_id == after.item_id and middle.item_id != before.item_id
        for served in by_person.values()
        for before, middle, after in zip(served, served[1:], served[2:], strict=False)
    )
    assert any(between)


def test_no_room_holds_more_than_it_takes_and_nothing_has_to_be_moved(told: datetime) -> None:
    capacities = {room.id: room.capacity for room in db.session.scalars(select(Resource))}
    held = list(db.session.scalars(select(Occupancy).where(Occupancy.resource_id.is_not(None))))
    assert {row.resource_id for row in held} == set(capacities)
    for row in held:
        there = [
            other
            for other in held
            if other.resource_id == row.resource_id and other.starts_at <= row.starts_at < other.ends_at
        ]
        assert len(there) <= capacities[row.resource_id or 0]
    assert db.session.scalars(select(Absence)).all()
    assert displaced(1, told) == []


def test_its_known_card_opens_a_member_who_is_about_to_come(told: datetime) -> None:
    star = customer(customer_of_swipe(STAR_SWIPE, CARD_KEY))
    assert star.full_name == f"{STAR.first_name} {STAR.last_name}"
    first, before = day_range(local_date(told))
    visit = db.session.scalars(
        select(Appointment).where(
            Appointment.customer_id == star.id, Appointment.starts_at >= first, Appointment.starts_at < before
        )
    ).one()
    assert visit.status == AppointmentStatus.CONFIRMED
    assert told < visit.starts_at < told + timedelta(hours=1)
    assert wallet_of(star.id, told).points.balance > 0


def test_its_messages_of_the_past_are_not_sent_again(told: datetime) -> None:
    waiting = select(OutboxMessage).where(OutboxMessage.state == MessageState.QUEUED)
    assert all(message.due_at >= told - STILL_WAITING for message in db.session.scalars(waiting))
    assert db.session.scalar(select(func.count()).where(OutboxMessage.state == MessageState.SENT)) > DAYS


@pytest.mark.parametrize("hour", [0, 9, 13, 18, 22])
def test_its_desk_is_busy_whenever_it_is_opened(app: Flask, now: datetime, hour: int) -> None:
    midnight, after = day_range(local_date(now))
    with transaction():
        make_demo(card_key=CARD_KEY, now=midnight + timedelta(hours=hour), days=3, customers=CUSTOMERS)
    today = select(Appointment.status).where(Appointment.starts_at >= midnight, Appointment.starts_at < after)
    statuses = list(db.session.scalars(today))
    assert {status: statuses.count(status) >= 1 for status in ("arrived", "in_service", "confirmed")} == {
        "arrived": True,
        "in_service": True,
        "confirmed": True,
    }


@pytest.mark.parametrize("days_on", range(1, 7))
def test_it_can_be_opened_on_every_weekday(app: Flask, now: datetime, days_on: int) -> None:
    with transaction():
        make_demo(card_key=CARD_KEY, now=now + timedelta(days=days_on), days=2, customers=CUSTOMERS)
    arrived = select(func.count()).where(Appointment.status == AppointmentStatus.ARRIVED)
    assert db.session.scalar(arrived) == 2


def test_it_tells_the_same_story_every_time(told: datetime) -> None:
    moments = select(Appointment.starts_at, Appointment.status).order_by(Appointment.id)
    once = db.session.execute(moments).all()
    assert len(once) > DAYS * 12
    assert once[0].starts_at - told < timedelta(0)
    names = db.session.scalars(select(Customer.first_name).order_by(Customer.id)).all()
    assert names[0] == STAR.first_name
    assert len(set(names)) > CUSTOMERS / 3


def test_its_people_are_paid_and_come_and_go(told: datetime) -> None:
    kinds = {terms["kind"] for terms in db.session.scalars(select(PayTerms.terms))}
    assert kinds >= {"percent", "steps", "fixed"}
    roles = set(db.session.scalars(select(PayTerms.role)))
    assert roles >= {PayRole.WORK, PayRole.ASSISTANT, PayRole.HEAD}
    assert db.session.scalar(select(func.count()).where(Attendance.left_at.is_not(None))) > DAYS
    assert db.session.scalar(select(func.count()).where(Customer.own_staff_id.is_not(None)))


def test_last_month_is_approved_and_paid_in_parts_and_its_books_hold(told: datetime) -> None:
    statements = db.session.scalars(select(PayStatement)).all()
    assert {statement.staff_id for statement in statements} == set(db.session.scalars(select(WorkingHours.staff_id)))
    parts = select(func.count(PayPayment.id)).group_by(PayPayment.statement_id)
    assert set(db.session.scalars(parts)) >= {1, 2}
    assert verify_payroll() == []
