"""The trace of what is done with fiscal years; the years themselves are in the setup room."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from ..core.db import Base, identity


class ActKind(StrEnum):
    """What is done with a year."""

    CLOSED = "closed"
    REOPENED = "reopened"


class FiscalYearAct(Base):
    """Who closed or reopened a year, when and why. Never changed, never deleted."""

    __tablename__ = "fiscal_year_act"
    __table_args__ = (
        CheckConstraint("kind IN ('closed', 'reopened')", name="kind"),
        CheckConstraint("kind = 'closed' OR reason <> ''", name="reason"),
    )

    id: Mapped[identity]
    fiscal_year_id: Mapped[int] = mapped_column(ForeignKey("fiscal_year.id"), index=True)
    kind: Mapped[str] = mapped_column(String(10))
    at: Mapped[datetime]
    actor_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    reason: Mapped[str] = mapped_column(String(300), default="")  # of reopening
    entry_id: Mapped[int | None] = mapped_column(ForeignKey("entry.id"))  # None when there was nothing to carry
    idempotency_key: Mapped[str] = mapped_column(String(120), unique=True)
