"""The queue of those who came without a booking."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from ...core.db import Base, identity


class WalkInState(StrEnum):
    """Where somebody stands who came without a booking."""

    WAITING = "waiting"
    CALLED = "called"  # she has a booking of now
    LEFT = "left"


class WalkIn(Base):
    """Somebody who came without a booking (مراجع بی‌نوبت)."""

    __tablename__ = "walk_in"
    __table_args__ = (
        CheckConstraint("state IN ('waiting', 'called', 'left')", name="state"),
        Index("ix_walk_in_state", "state", "branch_id"),
    )

    id: Mapped[identity]
    branch_id: Mapped[int] = mapped_column(ForeignKey("branch.id"))
    customer_id: Mapped[int] = mapped_column(ForeignKey("customer.id"))
    state: Mapped[str] = mapped_column(String(8), default=WalkInState.WAITING)
    note: Mapped[str] = mapped_column(String(200), default="")
    came_at: Mapped[datetime]
    created_by: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    state_at: Mapped[datetime]
    appointment_id: Mapped[int | None] = mapped_column(ForeignKey("appointment.id"))
