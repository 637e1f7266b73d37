"""A visit whose invoice stands is not called off; the money comes back first."""

from datetime import datetime, timedelta

import pytest

from salon.access.models import User
from salon.appointments.models import Appointment
from salon.appointments.models import AppointmentStatus as S
from salon.appointments.rules import BookingItem
from salon.appointments.services import book, set_status
from salon.appointments.steps.queries import steps_of
from salon.core.db import db, transaction
from salon.core.errors import DomainError
from salon.invoices.till.services import draft_of_visit
from tests.factories import SmallSalon
from tests.invoices.returns.conftest import Back, Pay


def _visit(salon: SmallSalon, starts_at: datetime, now: datetime, *services: int) -> tuple[int, int]:
    """A booking with its invoice, not paid yet."""
    items = [BookingItem(service, salon.sara) for service in services]
    with transaction():
        booked = book(
            branch_id=salon.branch_id, customer_id=salon.zahra, starts_at=starts_at, items=items, actor=None, now=now
        )
        return booked.id, draft_of_visit(appointment_id=booked.id, actor_id=salon.desk_id, now=now)


def _step(salon: SmallSalon, visit: int, status: S, now: datetime) -> str:
    with transaction():
        desk = db.session.get_one(User, salon.desk_id)
        return set_status(appointment_id=visit, status=status, actor=desk, now=now).status


def _offered(salon: SmallSalon, visit: int, now: datetime) -> list[S]:
    db.session.expire_all()
    return steps_of(db.session.get_one(Appointment, visit), actor=db.session.get_one(User, salon.desk_id), now=now)


def test_whoever_took_the_money_may_go_on_with_the_visit_but_not_call_it_off(
    salon: SmallSalon, now: datetime, pay: Pay, back: Back
) -> None:
    visit, sale = _visit(salon, now - timedelta(hours=1), now, salon.cut, salon.brushing)
    pay(sale, 830_000)
    assert _step(salon, visit, S.ARRIVED, now) == S.ARRIVED
    assert S.CANCELLED not in _offered(salon, visit, now)
    with pytest.raises(DomainError) as refused:
        _step(salon, visit, S.CANCELLED, now)
    assert (refused.value.code, "نخست فاکتور را مرجوع کنید" in refused.value.message) == ("wrong_status", True)
    back(sale, 1)
    assert S.CANCELLED not in _offered(salon, visit, now)  # the brushing is still sold
    back(sale)
    assert S.CANCELLED in _offered(salon, visit, now)
    assert _step(salon, visit, S.CANCELLED, now) == S.CANCELLED


def test_a_draft_keeps_nobody_from_calling_off(salon: SmallSalon, now: datetime) -> None:
    visit, _draft = _visit(salon, now + timedelta(days=1), now, salon.cut)
    assert _step(salon, visit, S.CANCELLED, now) == S.CANCELLED


def test_what_was_paid_on_a_day_before_may_be_called_off(salon: SmallSalon, now: datetime, pay: Pay) -> None:
    visit, sale = _visit(salon, now + timedelta(days=1), now, salon.cut)
    pay(sale, 450_000)
    assert S.CANCELLED in _offered(salon, visit, now)
    assert _step(salon, visit, S.CANCELLED, now) == S.CANCELLED
