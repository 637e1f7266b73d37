"""Verbs about users: let in, change, give a token."""

import secrets
from datetime import datetime
from functools import cache
from typing import NewType

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from ..core.db import db
from ..core.lengths import line_of
from .errors import (
    USER_EXISTS,
    full_name_missing,
    last_owner,
    name_invalid,
    password_short,
    role_unknown,
    staff_missing,
)
from .models import ApiToken, Role, User
from .queries import hash_of_token, owners_locked, user_by_name
from .rules import LEAST_PASSWORD, Actor, is_login_name, login_name

_HASHER = PasswordHasher()
PasswordHash = NewType("PasswordHash", str)


def hash_of(password: str) -> PasswordHash:
    """What is kept of a password. It takes long on purpose: ask for it before a transaction. Raises password_short."""
    if len(password) < LEAST_PASSWORD:
        raise password_short(LEAST_PASSWORD)
    return PasswordHash(_HASHER.hash(password))


def create_user(
    *,
    name: str,
    full_name: str,
    role: str,
    password_hash: PasswordHash,
    branch_id: int,
    staff_id: int | None = None,
    actor: Actor | None,
    now: datetime,
) -> User:
    """Let somebody work with the program; `staff_id` says who of the people she is, if she is to see her own pay only.

    Raises DomainError user_exists, staff_has_user; Invalid for what was typed wrong.
    """
    kept = login_name(name)
    if not is_login_name(kept):
        raise name_invalid()
    if user_by_name(kept) is not None:
        raise USER_EXISTS.again()
    user = User(
        name=kept,
        full_name=_full_name(full_name),
        role=_role(role),
        password_hash=password_hash,
        branch_id=branch_id,
        staff_id=_staff_of(role, staff_id),
        created_at=now,
        active=True,
    )
    db.session.add(user)
    db.session.flush()
    return user


def change_user(
    *,
    user: User,
    full_name: str,
    role: str,
    active: bool,
    staff_id: int | None = None,
    actor: Actor | None,
    now: datetime,
) -> User:
    """Change who somebody is. Raises DomainError last_owner, staff_has_user; Invalid for what was typed wrong."""
    stays_owner = role == Role.OWNER and active
    if user.role == Role.OWNER and not stays_owner and not owners_locked() - {user.id}:
        raise last_owner()
    user.full_name = _full_name(full_name)
    user.role = _role(role)
    user.staff_id = _staff_of(role, staff_id)
    user.active = active
    db.session.flush()
    return user


def change_password(*, user: User, password_hash: PasswordHash, actor: Actor | None, now: datetime) -> None:
    """Give a user a new password, which ends her sessions."""
    user.password_hash = password_hash
    db.session.flush()


def check_password(user: User | None, password: str) -> bool:
    """Whether this is the password of an active user; takes as long for nobody as for somebody."""
    try:
        matches = _HASHER.verify(user.password_hash if user else _nobodys_hash(), password)
    except (VerificationError, InvalidHashError):
        return False
    return matches and user is not None and user.active


def create_token(*, user: User, actor: Actor | None, now: datetime) -> str:
    """A new bearer token, in plain; it is shown once and only its hash is kept."""
    token = secrets.token_urlsafe(32)
    db.session.add(ApiToken(user_id=user.id, token_hash=hash_of_token(token), created_at=now))
    db.session.flush()
    return token


def revoke_token(*, token: ApiToken, actor: Actor | None, now: datetime) -> None:
    """Take a token back for good; a second time changes nothing."""
    if token.revoked_at is None:
        token.revoked_at = now
        db.session.flush()


@cache
def _nobodys_hash() -> str:
    """Checked when there is no such user, so that a wrong name takes as long as a wrong password."""
    return _HASHER.hash(secrets.token_hex(16))


def _full_name(typed: str) -> str:
    kept = line_of(typed, User.full_name)
    if not kept:
        raise full_name_missing()
    return kept


def _role(role: str) -> str:
    if role not in set(Role):
        raise role_unknown()
    return role


def _staff_of(role: str, staff_id: int | None) -> int | None:
    """Who of the people a user is; only she who sees nothing but her own pay is one of them."""
    if role != Role.STYLIST:
        return None
    if staff_id is None:
        raise staff_missing()
    return staff_id
