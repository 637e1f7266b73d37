"""Users, their passwords and their tokens."""

import threading
from datetime import datetime

import pytest
from sqlalchemy import select

from salon.access import queries, services
from salon.access.models import ApiToken, Role, User
from salon.core.db import db, transaction
from salon.core.errors import DomainError
from tests.conftest import Together
from tests.factories import SmallSalon


def _create(salon: SmallSalon, now: datetime, **changes: str) -> User:
    said = {"name": "mina", "full_name": "مینا", "role": Role.RECEPTIONIST.value, "password": "long-enough"} | changes
    kept = services.hash_of(said.pop("password"))
    with transaction():
        return services.create_user(**said, password_hash=kept, branch_id=salon.branch_id, actor=None, now=now)


def test_a_user_logs_in_with_her_own_password_only(salon: SmallSalon, now: datetime) -> None:
    user = _create(salon, now)
    assert services.check_password(user, "long-enough")
    assert not services.check_password(user, "long-enougH")
    assert not services.check_password(None, "long-enough")


def test_a_password_is_kept_as_an_argon2_hash(salon: SmallSalon, now: datetime) -> None:
    assert _create(salon, now).password_hash.startswith("$argon2id$")


@pytest.mark.parametrize(
    ("changes", "code", "field"),
    [
        ({"name": "DESK"}, "user_exists", "name"),
        ({"name": "two words"}, "user_name_invalid", "name"),
        ({"full_name": "  "}, "full_name_missing", "full_name"),
        ({"role": "janitor"}, "role_unknown", "role"),
        ({"password": "short"}, "password_short", "password"),
    ],
)
def test_what_cannot_be_is_refused_at_its_field(
    salon: SmallSalon, now: datetime, changes: dict[str, str], code: str, field: str
) -> None:
    with pytest.raises(DomainError) as refusal:
        _create(salon, now, **changes)
    assert (refusal.value.code, refusal.value.field) == (code, field)


def test_the_database_refuses_a_second_user_of_the_same_name(salon: SmallSalon, now: datetime) -> None:
    with pytest.raises(DomainError) as refusal, transaction() as session:
        twin = User(name="desk", full_name="x", role="owner", password_hash="x", branch_id=salon.branch_id)
        twin.created_at, twin.active = now, True
        session.add(twin)
    assert refusal.value.code == "user_exists"


def test_a_locked_user_has_no_password_no_token_and_no_session(salon: SmallSalon, now: datetime) -> None:
    remembered = queries.user(salon.desk_id).get_id()
    with transaction():
        user = queries.user(salon.desk_id)
        services.change_user(user=user, full_name="سمیرا", role=user.role, active=False, actor=None, now=now)
    assert not services.check_password(queries.user(salon.desk_id), salon.password)
    assert queries.user_of_token(salon.token) is None
    assert queries.user_of_session(remembered) is None


def test_the_last_owner_stays_owner(salon: SmallSalon, now: datetime) -> None:
    with pytest.raises(DomainError) as refusal, transaction():
        owner = queries.user(salon.owner_id)
        services.change_user(user=owner, full_name="x", role=Role.RECEPTIONIST, active=True, actor=None, now=now)
    assert refusal.value.code == "last_owner"


def test_two_owners_cannot_both_step_down_at_once(salon: SmallSalon, now: datetime, together: Together) -> None:
    other = _create(salon, now, role=Role.OWNER.value).id
    changed, ended = threading.Event(), threading.Event()

    def step_down(user_id: int) -> None:
        user = queries.user(user_id)
        services.change_user(user=user, full_name="x", role=Role.RECEPTIONIST, active=True, actor=None, now=now)

    def first() -> None:
        with transaction():
            step_down(salon.owner_id)
            changed.set()
            ended.wait(0.5)  # the other must wait for this transaction; it would end now if it did not

    def second() -> None:
        changed.wait()
        try:
            with transaction():
                step_down(other)
        finally:
            ended.set()

    answers = together(first, second)
    assert [answer.code for answer in answers if isinstance(answer, DomainError)] == ["last_owner"]
    with transaction():
        assert queries.owners_locked() == {other}


def test_a_token_names_its_user_and_is_kept_only_as_a_hash(salon: SmallSalon) -> None:
    user = queries.user_of_token(salon.token)
    assert user is not None
    assert (user.id, user.full_name) == (salon.desk_id, "سمیرا")
    assert queries.user_of_token(salon.token + "x") is None
    assert salon.token not in set(db.session.scalars(select(ApiToken.token_hash)))


def test_a_revoked_token_names_nobody(salon: SmallSalon, now: datetime) -> None:
    with transaction() as session:
        for token in session.scalars(select(ApiToken)):
            token.revoked_at = now
    assert queries.user_of_token(salon.token) is None


def test_a_new_password_ends_other_sessions(salon: SmallSalon, now: datetime) -> None:
    remembered = queries.user(salon.desk_id).get_id()
    known = queries.user_of_session(remembered)
    assert known is not None
    assert known.id == salon.desk_id
    kept = services.hash_of("another-1405")
    with transaction():
        services.change_password(user=queries.user(salon.desk_id), password_hash=kept, actor=None, now=now)
    assert queries.user_of_session(remembered) is None


@pytest.mark.parametrize("remembered", ["", "x", "99999", "1", "۱.abc"])
def test_a_forged_session_remembers_nobody(salon: SmallSalon, remembered: str) -> None:
    assert queries.user_of_session(remembered) is None
