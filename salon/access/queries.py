"""Reads about users and tokens."""

from collections.abc import Sequence
from dataclasses import fields
from hashlib import sha256
from typing import Any

from sqlalchemy import Select, bindparam, select

from ..core.db import db
from .errors import user_unknown
from .models import ApiToken, KnownUser, Role, User
from .rules import login_name

# Asked by every request: one statement of plain columns, nothing that the session would track.
_KNOWN = select(*(User.__table__.c[field.name] for field in fields(KnownUser))).where(User.active)
_USER_OF_TOKEN = _KNOWN.join(ApiToken, ApiToken.user_id == User.id).where(
    ApiToken.token_hash == bindparam("token_hash"), ApiToken.revoked_at.is_(None)
)
_USER_OF_SESSION = _KNOWN.where(User.id == bindparam("user_id"))


def hash_of_token(token: str) -> str:
    """What is kept of a token: its SHA-256 (a token is random, so a plain hash cannot be reversed)."""
    return sha256(token.encode()).hexdigest()


def user_of_token(token: str) -> KnownUser | None:
    """The active user of a token that is not revoked."""
    return _known(_USER_OF_TOKEN, token_hash=hash_of_token(token))


def user_of_session(remembered: str) -> KnownUser | None:
    """The active user whom a session remembers, unless her password changed since."""
    number = remembered.partition(".")[0]
    if not (number.isascii() and number.isdecimal()):
        return None
    found = _known(_USER_OF_SESSION, user_id=int(number))
    return found if found is not None and found.get_id() == remembered else None


def user(user_id: int) -> User:
    """The user of this number. Raises NotFound user_unknown."""
    found = db.session.get(User, user_id)
    if found is None:
        raise user_unknown()
    return found


def user_by_name(name: str) -> User | None:
    """The user who logs in under this name, however it was typed."""
    return db.session.scalar(select(User).where(User.name == login_name(name)))


def users() -> Sequence[User]:
    """Everybody who may or could log in, active ones first."""
    return db.session.scalars(select(User).order_by(User.active.desc(), User.full_name)).all()


def tokens(user_id: int | None = None) -> Sequence[ApiToken]:
    """All tokens or those of one user, in the order in which they were made."""
    statement = select(ApiToken).order_by(ApiToken.id)
    if user_id is not None:
        statement = statement.where(ApiToken.user_id == user_id)
    return db.session.scalars(statement).all()


def token_of(number: int) -> ApiToken | None:
    """The token of this number."""
    return db.session.get(ApiToken, number)


def owners_locked() -> set[int]:
    """The ids of the active owners, none of whom another transaction can change until this one ends."""
    owners = select(User.id).where(User.role == Role.OWNER, User.active).order_by(User.id)
    return set(db.session.scalars(owners.with_for_update()))


def _known(question: Select[Any], **asked: object) -> KnownUser | None:
    row = db.session.connection().execute(question, asked).first()
    return None if row is None else KnownUser(*row)
