"""Reads about users and tokens."""

from collections.abc import Sequence
from hashlib import sha256

from sqlalchemy import bindparam, select
from sqlalchemy.orm import make_transient_to_detached

from ..core.db import db
from .errors import user_unknown
from .models import ApiToken, Role, User
from .rules import login_name

_USERS = User.metadata.tables["user_account"]
# Asked by every call of the API: plain columns, one statement, nothing tracked by the session.
_USER_OF_TOKEN = (
    select(*_USERS.c)
    .join(ApiToken, ApiToken.user_id == _USERS.c.id)
    .where(ApiToken.token_hash == bindparam("token_hash"), ApiToken.revoked_at.is_(None), _USERS.c.active)
)


def hash_of_token(token: str) -> str:
    """What is kept of a token: its SHA-256 (a token is random, so a plain hash cannot be reversed)."""
    return sha256(token.encode()).hexdigest()


def user_of_token(token: str) -> User | None:
    """The active user of a token that is not revoked; detached from the session."""
    row = db.session.execute(_USER_OF_TOKEN, {"token_hash": hash_of_token(token)}).mappings().first()
    if row is None:
        return None
    user = User(**row)
    make_transient_to_detached(user)
    return user


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


def other_owner_exists(user_id: int) -> bool:
    """Whether somebody else, active, owns the salon."""
    others = select(User.id).where(User.role == Role.OWNER, User.active, User.id != user_id)
    return db.session.scalar(others.limit(1)) is not None
