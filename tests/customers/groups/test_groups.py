"""Groups of customers, and the group of one."""

from collections.abc import Callable
from datetime import datetime

import pytest
from flask.testing import FlaskClient

from salon.core.db import transaction
from salon.core.errors import DomainError
from salon.customers.groups.queries import group_sizes, groups_offered
from salon.customers.groups.services import add_group, change_group
from salon.customers.queries import customer
from salon.customers.services import CustomerSpec, add_customer
from tests.factories import SmallSalon

LogIn = Callable[[str], FlaskClient]
SAID = {"first_name": "زهرا", "last_name": "کریمی", "mobile": "09123456789", "is_member": "y"}


def test_a_group_is_chosen_on_the_customer_s_form_and_left_again(
    salon: SmallSalon, log_in: LogIn, now: datetime
) -> None:
    desk = log_in("desk")
    assert 'name="group_id"' not in desk.get(f"/customers/{salon.zahra}/edit").text
    with transaction():
        friends = add_group(name="دوستان", actor=None, now=now).id
    assert desk.post(f"/customers/{salon.zahra}/edit", data=SAID | {"group_id": str(friends)}).status_code == 303
    assert customer(salon.zahra).group_id == friends
    assert group_sizes() == {friends: 1}
    assert "دوستان" in desk.get(f"/customers/{salon.zahra}").text
    assert desk.post(f"/customers/{salon.zahra}/edit", data=SAID | {"group_id": "99"}).status_code == 422
    assert desk.post(f"/customers/{salon.zahra}/edit", data=SAID | {"group_id": ""}).status_code == 303
    assert customer(salon.zahra).group_id is None


def test_a_group_that_is_laid_aside_is_offered_to_nobody_new(salon: SmallSalon, now: datetime) -> None:
    with transaction():
        friends = add_group(name="دوستان", actor=None, now=now).id
        change_group(group_id=friends, name="دوستان", active=False, actor=None, now=now)
    assert groups_offered() == []
    assert groups_offered(friends) == [(friends, "دوستان")]


def test_nobody_is_in_a_group_that_is_not_there(salon: SmallSalon, now: datetime) -> None:
    with pytest.raises(DomainError) as refusal, transaction():
        add_customer(branch_id=salon.branch_id, spec=CustomerSpec("مینا", group_id=99), actor=None, now=now)
    assert refusal.value.code == "group_unknown"
