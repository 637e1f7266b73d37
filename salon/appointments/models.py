"""Bookings."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from ..core.db import Base, identity, rials, sparse_index


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
    __table_args__ = (
        Index("ix_appointment_customer", "customer_id", "starts_at"),
        sparse_index("appointment", "series_id"),
        sparse_index("appointment", "group_id"),
    )

    id: Mapped[identity]
    branch_id: Mapped[int] = mapped_column(ForeignKey("branch.id"))
    customer_id: Mapped[int] = mapped_column(ForeignKey("customer.id"))
    status: Mapped[str] = mapped_column(String(12), default=AppointmentStatus.BOOKED)
    starts_at: Mapped[datetime] = mapped_column(index=True)
    booked_for: Mapped[datetime | None]  # when it was first to begin, once it was moved
    group_id: Mapped[int | None] = mapped_column(ForeignKey("group_visit.id"))
    trial: Mapped[bool] = mapped_column(default=False)  # of a group visit: tried out on a day before
    note: Mapped[str] = mapped_column(String(500), default="")
    created_at: Mapped[datetime]
    created_by: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    status_at: Mapped[datetime]  # when the status last changed
    import_key: Mapped[str | None] = mapped_column(String(120), unique=True)
    late: Mapped[bool] = mapped_column(default=False)  # called off too late, by what counted as late at that moment
    series_id: Mapped[int | None] = mapped_column(ForeignKey("booking_series.id"))  # of bookings that repeat

    items: Mapped[list["AppointmentItem"]] = relationship(order_by="AppointmentItem.starts_at, AppointmentItem.id")


class AppointmentItem(Base):
    """One service by one person, from its first phase to its last. While `active` it has rows of what it holds."""

    __tablename__ = "appointment_item"
    __table_args__ = (
        CheckConstraint("starts_at < ends_at", name="order"),
        CheckConstraint("price >= 0", name="price"),
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
    price: Mapped[rials | None]  # as it was agreed at booking; None: what the price lists say when it is invoiced


class GroupState(StrEnum):
    """Where a group visit stands."""

    OPEN = "open"
    DONE = "done"
    CANCELLED = "cancelled"


class GroupVisit(Base):
    """The file (پرونده) of several customers who come together: a head, mostly the bride, and her companions."""

    __tablename__ = "group_visit"
    __table_args__ = (
        CheckConstraint("state IN ('open', 'done', 'cancelled')", name="state"),
        Index("ix_group_visit_day", "branch_id", "day"),
    )

    id: Mapped[identity]
    branch_id: Mapped[int] = mapped_column(ForeignKey("branch.id"))
    name: Mapped[str] = mapped_column(String(120))
    head_id: Mapped[int] = mapped_column(ForeignKey("customer.id"))
    day: Mapped[date]  # the great day; a trial is before it
    state: Mapped[str] = mapped_column(String(10), default=GroupState.OPEN)
    note: Mapped[str] = mapped_column(String(1000), default="")
    created_at: Mapped[datetime]
    created_by: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))


class GroupMember(Base):
    """Somebody of a group visit, its head too."""

    __tablename__ = "group_member"
    __table_args__ = (UniqueConstraint("group_id", "customer_id"),)

    id: Mapped[identity]
    group_id: Mapped[int] = mapped_column(ForeignKey("group_visit.id"))
    customer_id: Mapped[int] = mapped_column(ForeignKey("customer.id"), index=True)
    relation: Mapped[str] = mapped_column(String(60), default="")  # to the head, as «خواهر»


class GroupTask(Base):
    """Something to be done for a group visit until a day."""

    __tablename__ = "group_task"

    id: Mapped[identity]
    group_id: Mapped[int] = mapped_column(ForeignKey("group_visit.id"), index=True)
    title: Mapped[str] = mapped_column(String(200))
    due_on: Mapped[date | None]
    staff_id: Mapped[int | None] = mapped_column(ForeignKey("staff_member.id"))  # who is to do it
    done_at: Mapped[datetime | None]
    done_by: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    created_at: Mapped[datetime]


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


class BookingSeries(Base):
    """Bookings of one customer that repeat every so many weeks."""

    __tablename__ = "booking_series"
    __table_args__ = (CheckConstraint("every_weeks BETWEEN 1 AND 52", name="every_weeks"),)

    id: Mapped[identity]
    branch_id: Mapped[int] = mapped_column(ForeignKey("branch.id"))
    customer_id: Mapped[int] = mapped_column(ForeignKey("customer.id"))
    every_weeks: Mapped[int]
    created_at: Mapped[datetime]
    created_by: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))


class AppointmentChange(Base):
    """Something that happened to a booking; nobody changes it afterwards (the database refuses)."""

    __tablename__ = "appointment_change"

    id: Mapped[identity]
    appointment_id: Mapped[int] = mapped_column(ForeignKey("appointment.id"), index=True)
    at: Mapped[datetime]
    by: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    what: Mapped[str] = mapped_column(String(20))
    before: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    after: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    reason: Mapped[str] = mapped_column(String(200), default="")


class PatchResult(StrEnum):
    """What a patch test of a service showed on a customer's skin."""

    CLEAR = "clear"
    REACTION = "reaction"


class PatchTest(Base):
    """A patch test (تست حساسیت) of a service on a customer."""

    __tablename__ = "patch_test"
    __table_args__ = (
        CheckConstraint("result IN ('clear', 'reaction')", name="result"),
        Index("ix_patch_test_customer", "customer_id", "tested_at"),
    )

    id: Mapped[identity]
    customer_id: Mapped[int] = mapped_column(ForeignKey("customer.id"))
    service_id: Mapped[int] = mapped_column(ForeignKey("service.id"))
    tested_at: Mapped[datetime]
    result: Mapped[str] = mapped_column(String(10))
    note: Mapped[str] = mapped_column(String(200), default="")
    created_at: Mapped[datetime]
    created_by: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))


class StandingItem(Base):
    """A booked service that stays where it is though she doesn't work then: somebody looked at it and left it."""

    __tablename__ = "standing_item"

    id: Mapped[identity]
    item_id: Mapped[int] = mapped_column(ForeignKey("appointment_item.id", ondelete="CASCADE"), unique=True)
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff_member.id"))  # with this person at this time only
    starts_at: Mapped[datetime]
    why: Mapped[str] = mapped_column(String(8))  # and for this reason
    kept_at: Mapped[datetime]
    kept_by: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
