"""What customers ask for themselves."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from ...core.db import Base, identity


class RequestState(StrEnum):
    """Where a customer's own request stands."""

    OPEN = "open"  # the salon has to answer
    PROPOSED = "proposed"  # the salon proposed another time, she has to answer
    CONFIRMED = "confirmed"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


class BookingRequest(Base):
    """A time that a customer asks for herself (درخواست نوبت)."""

    __tablename__ = "booking_request"
    __table_args__ = (
        CheckConstraint("state IN ('open', 'proposed', 'confirmed', 'refused', 'withdrawn')", name="state"),
        Index("ix_booking_request_state", "state", "branch_id"),
    )

    id: Mapped[identity]
    branch_id: Mapped[int] = mapped_column(ForeignKey("branch.id"))
    customer_id: Mapped[int] = mapped_column(ForeignKey("customer.id"))
    state: Mapped[str] = mapped_column(String(10), default=RequestState.OPEN)
    starts_at: Mapped[datetime]  # as she asked for it
    note: Mapped[str] = mapped_column(String(500), default="")
    reason: Mapped[str] = mapped_column(String(300), default="")  # why it was refused
    created_at: Mapped[datetime]
    created_by: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    state_at: Mapped[datetime]
    decided_by: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    appointment_id: Mapped[int | None] = mapped_column(ForeignKey("appointment.id"))
