"""The waitlist."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from ...core.db import Base, identity


class EntryState(StrEnum):
    """Where somebody on the waitlist stands."""

    WAITING = "waiting"
    TAKEN = "taken"  # she has a booking
    LEFT = "left"  # she was taken off


class WaitlistEntry(Base):
    """Who waits for a time (لیست انتظار): on which days and at which hours she can come."""

    __tablename__ = "waitlist_entry"
    __table_args__ = (
        CheckConstraint("state IN ('waiting', 'taken', 'left')", name="state"),
        CheckConstraint("starts_on < ends_before", name="days"),
        CheckConstraint("weekdays BETWEEN 1 AND 127", name="weekdays"),
        CheckConstraint("from_time >= 0 AND from_time < to_time AND to_time <= 1440", name="times"),
        Index("ix_waitlist_entry_state", "state", "branch_id"),
    )

    id: Mapped[identity]
    branch_id: Mapped[int] = mapped_column(ForeignKey("branch.id"))
    customer_id: Mapped[int] = mapped_column(ForeignKey("customer.id"), index=True)
    state: Mapped[str] = mapped_column(String(8), default=EntryState.WAITING)
    starts_on: Mapped[date]
    ends_before: Mapped[date]
    weekdays: Mapped[int] = mapped_column(default=127)  # bit 0 is Saturday
    from_time: Mapped[int] = mapped_column(default=0)  # minutes after midnight, local
    to_time: Mapped[int] = mapped_column(default=1440)
    note: Mapped[str] = mapped_column(String(500), default="")
    created_at: Mapped[datetime]
    created_by: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    state_at: Mapped[datetime]  # when the state last changed
    appointment_id: Mapped[int | None] = mapped_column(ForeignKey("appointment.id"))
