"""One of the staff is let in to see her own pay: her user names who of the people she is."""

from collections.abc import Callable
from datetime import datetime

import pytest
from flask import Flask
from flask.testing import FlaskClient

from salon.access.models import Role, User
from salon.access.queries import user_by_name
from salon.access.services import PasswordHash, change_user, create_user
from salon.cli import salon as command
from salon.core.db import db, transaction
from salon.core.errors import DomainError
from tests.factories import SmallSalon


def let_in(salon: SmallSalon, now: datetime, name: str = "sara", staff_id: int | None = None) -> User:
    """A user of the role of a stylist."""
    with transaction():
        return create_user(
            name=name,
            full_name="سارا",
            role=Role.STYLIST,
            password_hash=PasswordHash("kept"),
            branch_id=salon.branch_id,
            staff_id=staff_id,
            actor=None,
            now=now,
        )


def test_a_stylist_is_somebody_of_the_staff(salon: SmallSalon, now: datetime) -> None:
    with pytest.raises(DomainError) as refused:
        let_in(salon, now)
    assert (refused.value.code, refused.value.field) == ("staff_missing", "staff_id")
    assert let_in(salon, now, staff_id=salon.sara).staff_id == salon.sara


def test_one_person_has_one_user(salon: SmallSalon, now: datetime) -> None:
    let_in(salon, now, staff_id=salon.sara)
    with pytest.raises(DomainError) as refused:
        let_in(salon, now, "another", staff_id=salon.sara)
    assert (refused.value.code, refused.value.field) == ("staff_has_user", "staff_id")


def test_who_becomes_a_receptionist_is_none_of_the_staff_any_more(salon: SmallSalon, now: datetime) -> None:
    user = let_in(salon, now, staff_id=salon.sara)
    with transaction():
        change_user(
            user=db.session.get_one(User, user.id),
            full_name="سارا",
            role=Role.RECEPTIONIST,
            active=True,
            staff_id=salon.sara,
            actor=None,
            now=now,
        )
    assert db.session.get_one(User, user.id).staff_id is None


def test_the_owner_lets_her_in_on_screen(salon: SmallSalon, log_in: Callable[[str], FlaskClient]) -> None:
    asked = {"full_name": "سارا", "name": "sara", "role": "stylist", "password": "golabi-1405", "again": "golabi-1405"}
    owner = log_in("owner")
    refused = owner.post("/settings/users/new", data=asked)
    assert (refused.status_code, "کدام پرسنل" in refused.text) == (422, True)
    assert owner.post("/settings/users/new", data=asked | {"staff_id": salon.sara}).status_code == 303
    found = user_by_name("sara")
    assert found is not None
    assert found.staff_id == salon.sara
    kept = {"full_name": "سارا", "role": "stylist", "staff_id": salon.negar, "active": "y"}
    assert owner.post(f"/settings/users/{found.id}/edit", data=kept).status_code == 303
    db.session.rollback()
    assert db.session.get_one(User, found.id).staff_id == salon.negar


def test_the_command_lets_her_in_by_her_code(app: Flask, salon: SmallSalon) -> None:
    asked = ["user", "create", "sara", "--role", "stylist", "--password", "golabi-1405"]
    run = app.test_cli_runner()
    assert run.invoke(command, [*asked, "--staff", "nobody"]).exit_code == 1
    assert run.invoke(command, [*asked, "--staff", "sara"]).exit_code == 0
    found = user_by_name("sara")
    assert found is not None
    assert found.staff_id == salon.sara
