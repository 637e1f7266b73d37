"""Whose token may do what."""

from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import update

from salon.access.models import ApiToken, Role, User
from salon.access.rules import permissions_of
from salon.cli import salon as command
from salon.core import clock
from salon.core.db import db, transaction

from .good import GOOD
from .table import CALLS
from .till import Asked, Till

GUARDED = [call for call in CALLS if call.permission is not None]


def test_the_permission_of_a_call_is_enough_for_it_and_for_nothing_else(
    till: Till, allow: Callable[[set[str]], None]
) -> None:
    asked = {str(call): GOOD[str(call)](till) for call in GUARDED}
    for permission in {str(call.permission) for call in GUARDED}:
        allow({permission})
        for call in GUARDED:
            answer = till.send(asked[str(call)])
            assert answer.status_code == (call.status if call.permission == permission else 403), answer.text


def test_whoever_may_nothing_learns_no_more_than_that_the_salon_answers(
    till: Till, allow: Callable[[set[str]], None]
) -> None:
    asked = [GOOD[str(call)](till) for call in GUARDED]
    allow(set())
    assert {till.send(call).status_code for call in asked} == {403}
    assert till.send(Asked("GET", "/health")).status_code == 200


@pytest.mark.parametrize("role", [*Role])
def test_each_role_may_make_the_calls_that_it_has_the_right_to(till: Till, role: Role) -> None:
    asked = {str(call): GOOD[str(call)](till) for call in GUARDED}
    with transaction():
        db.session.execute(update(User).where(User.id == till.salon.desk_id).values(role=role))
    for call in GUARDED:
        answer = till.send(asked[str(call)])
        assert (answer.status_code == 403) == (call.permission not in permissions_of(role)), call
        assert answer.status_code != 401


def test_a_token_ends_when_it_is_revoked_and_when_its_user_leaves(till: Till) -> None:
    staff = Asked("GET", "/staff")
    for table, ended, back in (
        (ApiToken, {"revoked_at": clock.now()}, {"revoked_at": None}),
        (User, {"active": False}, {"active": True}),
    ):
        assert till.send(staff).status_code == 200
        with transaction():
            db.session.execute(update(table).values(**ended))
        assert till.send(staff).status_code == 401
        with transaction():
            db.session.execute(update(table).values(**back))


def test_a_token_is_said_as_bearer_and_nothing_else(till: Till) -> None:
    for said in (
        *("", "Bearer", "Bearer ", "Bearer nonsense", f"Basic {till.token}", till.token),
        *(f"Bearer {till.token}x", f"Bearer {till.token[:-1]}", f"Bearer x {till.token}", f"Token {till.token}"),
    ):
        answer = till.send(Asked("GET", "/staff", headers={"Authorization": said}))
        assert answer.status_code == 401, said
    assert till.got(Asked("GET", "/staff", headers={"Authorization": f"bearer {till.token}"}))


def test_a_command_prints_a_token_alone_on_its_line(app: Flask, till: Till) -> None:
    printed = app.test_cli_runner().invoke(command, ["token", "create", "--user", "owner"]).output
    till.token = printed.removesuffix("\n")
    assert till.token.split() == [till.token]
    assert till.got(Asked("GET", "/staff"))["items"]
