"""People who wait in the small salon."""

from datetime import date, timedelta

import pytest

from salon.appointments.rules import BookingItem
from salon.appointments.waitlist.rules import WaitSpec
from salon.appointments.waitlist.services import join
from salon.core.db import transaction
from salon.customers.services import CustomerSpec, add_customer
from salon.staff.models import WorkingHours

SUNDAY = date(2026, 11, 22)


@pytest.fixture
def let_in(salon, now):
    """Let a customer in."""

    def let(name, mobile="09121110000"):
        with transaction():
            spec = CustomerSpec(name, mobile=mobile)
            return add_customer(branch_id=salon.branch_id, spec=spec, actor=None, now=now).id

    return let


@pytest.fixture
def wait(salon, now):
    """Let a customer wait for a cut by Sara on Sunday."""

    def waits(customer_id=None, later=timedelta(), **more):
        spec = {
            "items": [BookingItem(salon.cut, salon.sara)],
            "starts_on": SUNDAY,
            "ends_before": SUNDAY + timedelta(days=1),
        }
        with transaction():
            return join(
                branch_id=salon.branch_id,
                customer_id=customer_id or salon.zahra,
                spec=WaitSpec(**spec | more),
                actor=None,
                now=now + later,
            ).id

    return waits


@pytest.fixture
def full_sunday(salon):
    """On Sunday Sara works from ten to a quarter to eleven: one cut."""
    with transaction() as session:
        session.query(WorkingHours).filter_by(staff_id=salon.sara, weekday=1).delete()
        session.add(WorkingHours(staff_id=salon.sara, weekday=1, starts_at=600, ends_at=645))
