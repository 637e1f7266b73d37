"""The bride's file in the small salon."""

from dataclasses import dataclass
from datetime import date, datetime

import pytest

from salon.appointments.groups.rules import Party, Together
from salon.appointments.groups.services import add_member, open_group
from salon.appointments.rules import BookingItem
from salon.core.db import transaction
from salon.customers.services import CustomerSpec, add_customer
from tests.factories import SmallSalon

GREAT_DAY = date(2026, 11, 25)  # a Wednesday, 4 Azar


@dataclass(frozen=True)
class Bridal:
    """What tests name of a bride's file: Zahra with her sister and her mother."""

    salon: SmallSalon
    id: int
    sister: int
    mother: int

    def wants(self, *parties: tuple[int, list[tuple[int, int | None]]], **more: object) -> Together:
        """So many customers, each with her services and who does them."""
        return Together(
            self.salon.branch_id,
            tuple(Party(customer, tuple(BookingItem(*item) for item in items)) for customer, items in parties),
            **more,  # type: ignore[arg-type]  # order and own_items, as they are named there
        )


@pytest.fixture
def bridal(salon: SmallSalon, now: datetime) -> Bridal:
    """An open file of three for the coming Wednesday."""
    with transaction():
        opened = open_group(branch_id=salon.branch_id, head_id=salon.zahra, day=GREAT_DAY, actor=None, now=now)
        people = []
        for first_name, relation in (("مینا", "خواهر"), ("شهلا", "مادر")):
            person = add_customer(
                branch_id=salon.branch_id, spec=CustomerSpec(first_name, "کریمی"), actor=None, now=now
            )
            add_member(
                branch_id=salon.branch_id,
                group_id=opened.id,
                customer_id=person.id,
                relation=relation,
                actor=None,
                now=now,
            )
            people.append(person.id)
        return Bridal(salon, opened.id, *people)
