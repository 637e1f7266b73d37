"""Reads about users and tokens."""

from collections.abc import Sequence
from hashlib import sha256

from sqlalchemy import RowMapping, bindparam, select
from sqlalchemy.orm import make_transient_to_detached

from ..core.db import db
from .errors import user_unknown
from .models import ApiToken, Role, User
from .rules import login_name

_USERS = User.metadata.tables["user_account"]
_TOKENS = User.metadata.tables["api_token"]
# Asked by every call of the API: plain columns, one statement, nothing tracked by the session.
_USER_OF_TOKEN = (
    select(*_USERS.c)
    .join(_TOKENS, _TOKENS.c.user_id == _USERS.c.id)
    .where(_TOKENS.c.token_hash == bindparam("token_hash"), _TOKENS.c.revoked_at.is_(None), _USERS.c.active)
)

_USER_OF_SESSION = select(*_USERS.c).where(_USERS.c.id == bindparam("user_id"), _USERS.c.active)


def hash_of_token(token: str) -> str:
    """What is kept of a token: its SHA-256 (a token is random, so a plain hash cannot be reversed)."""
    return sha256(token.encode()).hexdigest()


def user_of_token(token: str) -> User | None:
    """The active user of a token that is not revoked; detached from the session."""
    asked = {"token_hash": hash_of_token(token)}
    return _detached(db.session.connection().execute(_USER_OF_TOKEN, asked).mappings().first())


def user_of_session(remembered: str) -> User | None:
    """The active user whom a session remembers, unless her password changed since; detached from the session."""
    number = remembered.partition(".")[0]
    if not (number.isascii() and number.isdecimal()):
        return None
    found = _detached(db.session.connection().execute(_USER_OF_SESSION, {"user_id": int(number)}).mappings().first())
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


def _detached(row: RowMapping | None) -> User | None:
    """A user who outlives the transactions of a request: nothing expires her, nothing writes her back."""
    if row is None:
        return None
    found = User(**row)
    make_transient_to_detached(found)
    return found
