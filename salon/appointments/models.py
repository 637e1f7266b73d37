"""Bookings."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from ..core.db import Base, identity


class AppointmentStatus(StrEnum):
    """Where a booking stands."""

    BOOKED = "booked"
    CONFIRMED = "confirmed"
    ARRIVED = "arrived"
    IN_SERVICE = "in_service"
    DONE = "done"
    NO_SHOW = "no_show"
    CANCELLED = "cancelled"


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
    """One service by one person. While `active` it holds the person: the database refuses an overlap."""

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
