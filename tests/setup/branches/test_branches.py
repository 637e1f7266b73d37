"""Branches: opened, renamed, closed."""

from collections.abc import Callable
from datetime import datetime

import pytest
from flask.testing import FlaskClient

from salon.access.models import User
from salon.core.db import db, transaction
from salon.core.errors import DomainError
from salon.invoices.models import Invoice
from salon.invoices.rules import LineSpec
from salon.invoices.services import draft
from salon.setup.branches.queries import branch_of, branches_offered
from salon.setup.branches.services import BranchSpec, add_branch, bring_users, change_branch
from salon.staff.services import add_staff
from tests.factories import SmallSalon, pay_cash

LogIn = Callable[[str], FlaskClient]


@pytest.fixture
def east(salon: SmallSalon, now: datetime) -> int:
    """A branch that was just opened."""
    with transaction():
        return add_branch(spec=BranchSpec("شرق"), actor=None, now=now).id


def close(branch_id: int, now: datetime) -> None:
    """Close a branch."""
    with transaction():
        change_branch(branch_id=branch_id, spec=BranchSpec("شرق", active=False), actor=None, now=now)


def test_a_new_branch_needs_no_more_to_take_money(salon: SmallSalon, east: int, now: datetime) -> None:
    with transaction():
        mina = add_staff(branch_id=east, name="مینا", actor=None, now=now).id
        lines = [LineSpec(salon.cut, None, mina)]
        sold = draft(branch_id=east, customer_id=salon.zahra, lines=lines, actor_id=None, now=now)
        bring_users(branch_id=east, user_ids=[salon.desk_id], actor=None, now=now)
    pay_cash(salon, now, sold, 450_000, "east")
    found = db.session.get(Invoice, sold)
    assert found is not None
    assert (found.branch_id, found.number, found.status) == (east, 1, "settled")


def test_a_branch_where_nobody_works_can_be_closed(salon: SmallSalon, east: int, now: datetime) -> None:
    close(east, now)
    assert not branch_of(east).active
    assert branches_offered() == [(salon.branch_id, "شعبهٔ مرکزی")]
    assert len(branches_offered(east)) == 2


def test_the_last_branch_and_one_with_people_stay_open(salon: SmallSalon, now: datetime) -> None:
    for code in ("branch_last", "branch_in_use"):
        with pytest.raises(DomainError) as refusal:
            close(salon.branch_id, now)
        assert refusal.value.code == code
        with transaction():
            add_branch(spec=BranchSpec(f"شرق {code}"), actor=None, now=now)
    with pytest.raises(DomainError) as refusal, transaction():
        add_branch(spec=BranchSpec("شعبهٔ مرکزی"), actor=None, now=now)
    assert refusal.value.code == "branch_exists"


def test_the_owner_opens_a_branch_and_brings_the_receptionist(salon: SmallSalon, log_in: LogIn) -> None:
    owner = log_in("owner")
    said = {"name": "شرق", "phone": "۰۲۱", "address": "", "active": "y"}
    assert owner.post("/settings/branches/new", data=said).status_code == 303
    assert owner.post("/settings/branches/new", data=said).status_code == 422
    assert "سمیرا" in owner.get("/settings/branches/2").text
    assert owner.post("/settings/branches/2", data=said | {"user_ids": [str(salon.desk_id)]}).status_code == 303
    desk = db.session.get(User, salon.desk_id)
    assert desk is not None
    db.session.refresh(desk)
    assert desk.branch_id == 2
    refused = owner.post("/settings/branches/2", data={"name": "شرق", "phone": "", "address": ""})
    assert refused.status_code == 422
    assert "نخست آن‌ها را به شعبهٔ دیگری ببرید." in refused.text
