"""Kinds of sale, and all else that is chosen by its name."""

from collections.abc import Callable
from datetime import datetime

import pytest
from flask.testing import FlaskClient

from salon.core.db import transaction
from salon.core.errors import DomainError
from salon.customers.groups.services import change_group
from salon.setup.sale_kinds.queries import sale_kinds
from salon.setup.sale_kinds.services import add_sale_kind, change_sale_kind
from salon.staff.levels.services import change_level, give_level
from tests.factories import SmallSalon

LogIn = Callable[[str], FlaskClient]


def test_a_new_salon_is_given_the_usual_kinds_of_sale(salon: SmallSalon) -> None:
    assert [kind.name for kind in sale_kinds()] == ["در سالن", "در منزل", "فروشگاه", "تلفنی"]


def test_kinds_of_sale_stand_in_their_order_and_those_laid_aside_last(salon: SmallSalon, now: datetime) -> None:
    with transaction():
        add_sale_kind(name="نمایشگاه", position=0, actor=None, now=now)
        change_sale_kind(kind_id=1, name="در سالن", position=5, active=True, actor=None, now=now)
        change_sale_kind(kind_id=2, name="در منزل", position=0, active=False, actor=None, now=now)
    assert [kind.name for kind in sale_kinds()] == ["نمایشگاه", "فروشگاه", "تلفنی", "در سالن", "در منزل"]


def test_what_is_not_there_cannot_be_changed(salon: SmallSalon, now: datetime) -> None:
    said = {"name": "تازه", "active": True, "actor": None, "now": now}
    for act, code in (
        (lambda: change_sale_kind(kind_id=99, position=0, **said), "sale_kind_unknown"),
        (lambda: change_group(group_id=99, **said), "group_unknown"),
        (lambda: change_level(level_id=99, position=0, **said), "level_unknown"),
        (lambda: give_level(staff_id=salon.sara, level_id=99, actor=None, now=now), "level_unknown"),
    ):
        with pytest.raises(DomainError) as refusal, transaction():
            act()
        assert refusal.value.code == code


@pytest.mark.parametrize("place", ["customer-groups", "staff-levels", "sale-kinds"])
def test_the_owner_names_renames_and_lays_aside(salon: SmallSalon, log_in: LogIn, place: str) -> None:
    owner, here = log_in("owner"), f"/settings/{place}"
    added = owner.post(f"{here}/new", data={"name": "ويژه", "position": "۷", "active": "y"})
    assert added.status_code == 303
    again = owner.post(f"{here}/new", data={"name": "ویژه", "position": "", "active": "y"})
    assert again.status_code == 422
    assert "همین نام را دارد." in again.text
    number = 5 if place == "sale-kinds" else 1
    assert 'value="ویژه"' in owner.get(f"{here}/{number}").text
    assert owner.post(f"{here}/{number}", data={"name": "طلایی", "position": "0"}).status_code == 303
    shown = owner.get(here).text
    assert "طلایی" in shown
    assert "کنار گذاشته" in shown
