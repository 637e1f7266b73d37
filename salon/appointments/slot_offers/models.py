"""Times that are kept for a customer while she answers."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from ...core.db import Base, identity
from ..wanted.models import exactly_one


class OfferState(StrEnum):
    """Where an offered time stands."""

    OPEN = "open"
    TAKEN = "taken"
    DECLINED = "declined"
    LAPSED = "lapsed"  # nobody answered in time
    WITHDRAWN = "withdrawn"  # the salon took it back


def _one_open(column: str) -> Index:
    """Nobody has two offers to answer at a time."""
    one = text(f"state = 'open' AND {column} IS NOT NULL")
    return Index(f"uq_slot_offer_open_{column}", column, unique=True, sqlite_where=one, postgresql_where=one)


_STILL = text("state = 'open'")


class SlotOffer(Base):
    """A time offered to somebody on the waitlist, or proposed to somebody who asked for another; held meanwhile.

    `staff_id`, `opens_at`, `closes_at`: the opening it lies in, so that nobody is offered the same one twice.
    """

    __tablename__ = "slot_offer"
    __table_args__ = (
        CheckConstraint(exactly_one("entry_id", "request_id"), name="whose"),
        CheckConstraint("starts_at < ends_at", name="order"),
        CheckConstraint("state IN ('open', 'taken', 'declined', 'lapsed', 'withdrawn')", name="state"),
        _one_open("entry_id"),
        _one_open("request_id"),
        Index("ix_slot_offer_expires_at", "expires_at", sqlite_where=_STILL, postgresql_where=_STILL),
    )

    id: Mapped[identity]
    branch_id: Mapped[int] = mapped_column(ForeignKey("branch.id"))
    customer_id: Mapped[int] = mapped_column(ForeignKey("customer.id"))
    entry_id: Mapped[int | None] = mapped_column(ForeignKey("waitlist_entry.id"), index=True)
    request_id: Mapped[int | None] = mapped_column(ForeignKey("booking_request.id"))
    state: Mapped[str] = mapped_column(String(10), default=OfferState.OPEN)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)  # SHA-256 of what the link ends in
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    items: Mapped[list[dict[str, Any]]] = mapped_column(JSON)  # service_id, staff_id, starts_at in UTC
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff_member.id"))
    opens_at: Mapped[datetime]
    closes_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    created_at: Mapped[datetime]
    created_by: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    state_at: Mapped[datetime]
    appointment_id: Mapped[int | None] = mapped_column(ForeignKey("appointment.id"))
