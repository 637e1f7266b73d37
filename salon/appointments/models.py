"""Bookings."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from ..core.db import Base, identity, sparse_index


class AppointmentStatus(StrEnum):
    """Where a booking stands."""

    BOOKED = "booked"
    CONFIRMED = "confirmed"
    ARRIVED = "arrived"
    IN_SERVICE = "in_service"
    DONE = "done"
    NO_SHOW = "no_show"
    CANCELLED = "cancelled"


def _of_one(what: str) -> Index:
    """Finds what is held of one person or resource about a time."""
    given = text(f"{what}_id IS NOT NULL")
    return Index(f"ix_occupancy_{what}", f"{what}_id", "starts_at", sqlite_where=given, postgresql_where=given)


class Appointment(Base):
    """A customer's booking of one or more services, one after another."""

    __tablename__ = "appointment"
    __table_args__ = (Index("ix_appointment_customer", "customer_id", "starts_at"),)

    id: Mapped[identity]
    branch_id: Mapped[int] = mapped_column(ForeignKey("branch.id"))
    customer_id: Mapped[int] = mapped_column(ForeignKey("customer.id"))
    status: Mapped[str] = mapped_column(String(12), default=AppointmentStatus.BOOKED)
    starts_at: Mapped[datetime] = mapped_column(index=True)
    note: Mapped[str] = mapped_column(String(500), default="")
    created_at: Mapped[datetime]
    created_by: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    status_at: Mapped[datetime]  # when the status last changed
    import_key: Mapped[str | None] = mapped_column(String(120), unique=True)

    items: Mapped[list["AppointmentItem"]] = relationship(order_by="AppointmentItem.starts_at, AppointmentItem.id")


class AppointmentItem(Base):
    """One service by one person, from its first phase to its last. While `active` it has rows of what it holds."""

    __tablename__ = "appointment_item"
    __table_args__ = (
        CheckConstraint("starts_at < ends_at", name="order"),
        Index(
            "ix_appointment_item_slot",
            "staff_id",
            "starts_at",
            sqlite_where=text("active = 1"),
            postgresql_where=text("active"),
        ),
    )

    id: Mapped[identity]
    appointment_id: Mapped[int] = mapped_column(ForeignKey("appointment.id"), index=True)
    service_id: Mapped[int] = mapped_column(ForeignKey("service.id"))
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff_member.id"))
    starts_at: Mapped[datetime] = mapped_column(index=True)
    ends_at: Mapped[datetime]
    active: Mapped[bool] = mapped_column(default=True)
    phases: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)  # as they were booked; none: one, all busy
    overbooked: Mapped[bool] = mapped_column(default=False)  # allowed beside what was booked before


class SlotHold(Base):
    """A time kept for somebody while she is being booked; it is released by itself."""

    __tablename__ = "slot_hold"
    __table_args__ = (sparse_index("slot_hold", "offer_id"),)

    id: Mapped[identity]
    branch_id: Mapped[int] = mapped_column(ForeignKey("branch.id"))
    expires_at: Mapped[datetime] = mapped_column(index=True)
    created_at: Mapped[datetime]
    created_by: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    offer_id: Mapped[int | None] = mapped_column(ForeignKey("slot_offer.id"))  # while a customer answers it


class Occupancy(Base):
    """What a booked service or a held slot takes of a person or a resource.

    The database refuses a second of a person at the same time, and more of a resource than it has room for, unless
    the new one is overbooked.
    """

    __tablename__ = "occupancy"
    __table_args__ = (
        CheckConstraint("starts_at < ends_at", name="order"),
        CheckConstraint("(staff_id IS NULL) <> (resource_id IS NULL)", name="of"),
        CheckConstraint("(item_id IS NULL) <> (hold_id IS NULL)", name="by"),
        sparse_index("occupancy", "hold_id"),
        _of_one("staff"),
        _of_one("resource"),
    )

    id: Mapped[identity]
    staff_id: Mapped[int | None] = mapped_column(ForeignKey("staff_member.id"))
    resource_id: Mapped[int | None] = mapped_column(ForeignKey("resource.id"))
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    item_id: Mapped[int | None] = mapped_column(ForeignKey("appointment_item.id", ondelete="CASCADE"), index=True)
    hold_id: Mapped[int | None] = mapped_column(ForeignKey("slot_hold.id", ondelete="CASCADE"))
    overbooked: Mapped[bool] = mapped_column(default=False)
