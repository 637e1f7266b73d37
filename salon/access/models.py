"""Users and API tokens."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from hashlib import sha256

from flask_login import UserMixin
from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from ..core.db import Base, identity


class Role(StrEnum):
    """What a user is in the salon."""

    OWNER = "owner"
    RECEPTIONIST = "receptionist"
    STYLIST = "stylist"  # one of the people, who sees what she is paid


class User(UserMixin, Base):  # type: ignore[misc]  # flask-login ships no types
    """Somebody who works with this program."""

    __tablename__ = "user_account"
    __table_args__ = (Index("uq_user_account_staff_id", "staff_id", unique=True),)

    id: Mapped[identity]
    name: Mapped[str] = mapped_column(String(60), unique=True)  # typed at login
    full_name: Mapped[str] = mapped_column(String(120))
    role: Mapped[str] = mapped_column(String(20))
    password_hash: Mapped[str] = mapped_column(String(200))
    active: Mapped[bool] = mapped_column(default=True)
    branch_id: Mapped[int] = mapped_column(ForeignKey("branch.id"))
    # The table of the people stands on a floor above; only the foreign key reaches over.
    staff_id: Mapped[int | None] = mapped_column(ForeignKey("staff_member.id"))  # who of them she is
    created_at: Mapped[datetime]

    @property
    def is_active(self) -> bool:
        """Whether she may log in (flask-login asks)."""
        return self.active

    def get_id(self) -> str:
        """What a session remembers of her."""
        return remembered_as(self.id, self.password_hash)


@dataclass(frozen=True, eq=False)
class KnownUser(UserMixin):  # type: ignore[misc]  # flask-login ships no types
    """Who asks, as every request reads her: plain values that outlive the request's transactions."""

    id: int
    full_name: str
    role: str
    password_hash: str
    branch_id: int
    staff_id: int | None

    def get_id(self) -> str:
        """What a session remembers of her."""
        return remembered_as(self.id, self.password_hash)


def remembered_as(user_id: int, password_hash: str) -> str:
    """What a session remembers of a user: a new password ends her other sessions."""
    return f"{user_id}.{sha256(password_hash.encode()).hexdigest()[:16]}"


class ApiToken(Base):
    """A bearer token; only its hash is kept."""

    __tablename__ = "api_token"

    id: Mapped[identity]
    user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    created_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]

    user: Mapped[User] = relationship(lazy="joined")
