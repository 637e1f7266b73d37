"""Agreeing on the demo's pay, and writing down who came and went."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from random import Random

from sqlalchemy import update

from ...access.models import User
from ...appointments.queries import midnight_of
from ...catalog.models import Service
from ...core.db import db
from ...core.jalali import local_date, month_range, weekday_of
from ...core.money import percent_of
from ...customers.models import Customer
from ...staff.attendance.services import come_in, go_out
from ...staff.queries import by_code
from ...staff.schemes.services import add_scheme
from ...staff.schemes.terms.rules import SchemeSpec
from .rules import CHAIR_RENTER, MATERIALS_BP, SCHEMES

OWN_EVERY = 9  # of so many customers one is the chair renter's own
SEED = 1405
Hours = Mapping[int, Mapping[int, tuple[int, int]]]


def agree_on_pay(branch_id: int, *, actor: User, now: datetime) -> None:
    """Say what services take of materials, and how everybody is paid from this month on."""
    for category, part in MATERIALS_BP.items():
        for known in db.session.query(Service).filter(Service.category == category):
            known.materials = percent_of(known.price, part)
    starts_on = month_range(local_date(now))[0]
    for scheme in SCHEMES:
        staff_id = None if scheme.code is None else _of_code(branch_id, scheme.code)
        spec = SchemeSpec(scheme.name, scheme.kind.value, starts_on, staff_id=staff_id, **scheme.said)
        add_scheme(spec=spec, actor=actor, now=now)


def bring_own_clients(branch_id: int, customer_ids: Iterable[int]) -> None:
    """Some of these came with the chair renter."""
    own = [customer_id for customer_id in customer_ids if customer_id % OWN_EVERY == 0]
    if own:
        renter = _of_code(branch_id, CHAIR_RENTER)
        db.session.execute(update(Customer).where(Customer.id.in_(own)).values(own_staff_id=renter))


def write_attendance(hours: Hours, days: Iterable[date], now: datetime) -> None:
    """Let everybody come a little early or late on these days and go likewise; today's people are still here."""
    chance = Random(SEED)
    for day in days:
        for staff_id in sorted(hours):
            span = hours[staff_id].get(weekday_of(day))
            if span is not None and chance.random() < 0.96:
                _be_here(staff_id, midnight_of(day), span, (chance.randint(-8, 25), chance.randint(-20, 30)), now)


def _be_here(staff_id: int, midnight: datetime, span: tuple[int, int], off: tuple[int, int], now: datetime) -> None:
    came, left = (midnight + timedelta(minutes=minute + late) for minute, late in zip(span, off, strict=True))
    if came <= now:
        come_in(staff_id=staff_id, at=came, actor=None, now=now)
    if left <= now:
        go_out(staff_id=staff_id, at=left, actor=None, now=now)


def _of_code(branch_id: int, code: str) -> int:
    found = by_code(branch_id, code)
    assert found is not None, code
    return found.id
