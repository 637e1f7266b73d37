"""People who serve customers, and how they are paid."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from ..core.db import Base, Id, identity, rials


class StaffLevel(Base):
    """How experienced a person is; prices and pay may go by it."""

    __tablename__ = "staff_level"

    id: Mapped[identity]
    name: Mapped[str] = mapped_column(String(80), unique=True)
    position: Mapped[int] = mapped_column(default=0)
    active: Mapped[bool] = mapped_column(default=True)


class StaffMember(Base):
    """Somebody who serves customers; has a column on the board."""

    __tablename__ = "staff_member"
    __table_args__ = (UniqueConstraint("branch_id", "code"), Index("uq_staff_member_feed_key", "feed_key", unique=True))

    id: Mapped[identity]
    branch_id: Mapped[int] = mapped_column(ForeignKey("branch.id"))
    code: Mapped[str] = mapped_column(String(40))  # short code, the key of imports
    name: Mapped[str] = mapped_column(String(120))
    title: Mapped[str] = mapped_column(String(80), default="")  # what she does, under her name on the board
    mobile: Mapped[str | None] = mapped_column(String(11))
    color: Mapped[str] = mapped_column(String(7), default="#7b2d5e")
    level_id: Mapped[int | None] = mapped_column(ForeignKey("staff_level.id"))
    position: Mapped[int] = mapped_column(default=0)  # order on the board
    active: Mapped[bool] = mapped_column(default=True)
    feed_key: Mapped[str | None] = mapped_column(String(43))  # of the secret address of her calendar


class Line(Base):
    """A line (لاین): a head with her people."""

    __tablename__ = "line"
    __table_args__ = (UniqueConstraint("branch_id", "name"),)

    id: Mapped[identity]
    branch_id: Mapped[int] = mapped_column(ForeignKey("branch.id"))
    name: Mapped[str] = mapped_column(String(80))
    head_id: Mapped[int | None] = mapped_column(ForeignKey("staff_member.id"))
    active: Mapped[bool] = mapped_column(default=True)


class LineMember(Base):
    """Somebody of a line; an assistant has a share of what her head earns."""

    __tablename__ = "line_member"
    __table_args__ = (CheckConstraint("share_bp BETWEEN 0 AND 10000", name="share"),)

    id: Mapped[identity]
    line_id: Mapped[int] = mapped_column(ForeignKey("line.id", ondelete="CASCADE"), index=True)
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff_member.id", ondelete="CASCADE"), unique=True)
    share_bp: Mapped[int] = mapped_column(default=0)  # basis points of the head's part; 0: no assistant


class WorkingHours(Base):
    """When a person works on a weekday; without a row she is not offered that day."""

    __tablename__ = "working_hours"
    __table_args__ = (
        UniqueConstraint("staff_id", "weekday", "starts_at"),
        CheckConstraint("starts_at < ends_at", name="order"),
        CheckConstraint("weekday BETWEEN 0 AND 6", name="weekday"),
    )

    id: Mapped[identity]
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff_member.id", ondelete="CASCADE"))
    weekday: Mapped[int]  # 0 is Saturday
    starts_at: Mapped[int]  # minutes after midnight, local
    ends_at: Mapped[int]


class StaffDay(Base):
    """Other hours of a person on a date, instead of those of its weekday; a row without hours: she is off."""

    __tablename__ = "staff_day"
    __table_args__ = (
        UniqueConstraint("staff_id", "day", "starts_at"),
        CheckConstraint(
            "(starts_at IS NULL AND ends_at IS NULL) OR (starts_at >= 0 AND starts_at < ends_at AND ends_at <= 1440)",
            name="order",
        ),
    )

    id: Mapped[identity]
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff_member.id", ondelete="CASCADE"))
    day: Mapped[date] = mapped_column(index=True)
    starts_at: Mapped[int | None]  # minutes after midnight
    ends_at: Mapped[int | None]


class Absence(Base):
    """A time in which somebody is away: leave, illness, a course."""

    __tablename__ = "absence"
    __table_args__ = (CheckConstraint("starts_at < ends_at", name="order"),)

    id: Mapped[identity]
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff_member.id", ondelete="CASCADE"))
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime] = mapped_column(index=True)
    reason: Mapped[str] = mapped_column(String(120), default="")
    created_at: Mapped[datetime]
    created_by: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))


class Attendance(Base):
    """Somebody came in, and went (حضور و غیاب)."""

    __tablename__ = "attendance"
    __table_args__ = (
        CheckConstraint("left_at IS NULL OR left_at > came_at", name="order"),
        Index("ix_attendance_staff", "staff_id", "came_at"),
        # She is here once only.
        Index(
            "uq_attendance_staff_id",
            "staff_id",
            unique=True,
            sqlite_where=text("left_at IS NULL"),
            postgresql_where=text("left_at IS NULL"),
        ),
    )

    id: Mapped[identity]
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff_member.id"))
    came_at: Mapped[datetime]
    left_at: Mapped[datetime | None]
    note: Mapped[str] = mapped_column(String(200), default="")


class PayKind(StrEnum):
    """How a scheme pays. The first three pay for work, line by line; the others by the month."""

    PERCENT = "percent"
    FIXED = "fixed"  # so many rials a piece
    STEPS = "steps"  # a percentage that rises with what is done in the month
    SALARY = "salary"
    RENT = "rent"  # of a chair or a line: she pays the salon


class PayTarget(StrEnum):
    """What a scheme that pays for work is about."""

    SERVICES = "services"
    GOODS = "goods"


class StepsOver(StrEnum):
    """What the percentage of a step is taken of."""

    WHOLE = "whole"  # all of the month
    PART = "part"  # what is above the step


class PayScheme(Base):
    """How people are paid (الگوی پرداخت): whom, for what, from when, and how. None is anybody, anything.

    The one that says most clearly whom it means counts, and of these the one that says most clearly what for.
    """

    __tablename__ = "pay_scheme"
    __table_args__ = (
        CheckConstraint("ends_on IS NULL OR starts_on <= ends_on", name="days"),
        CheckConstraint("percent_bp BETWEEN 0 AND 10000", name="percent"),
        CheckConstraint("own_bp IS NULL OR own_bp BETWEEN 0 AND 10000", name="own"),
        CheckConstraint("amount >= 0", name="amount"),
        CheckConstraint("discount_bp IS NULL OR discount_bp BETWEEN 0 AND 10000", name="discount"),
        CheckConstraint("credit_bp IS NULL OR credit_bp BETWEEN 0 AND 10000", name="credit"),
        CheckConstraint("redo_bp BETWEEN 0 AND 10000", name="redo"),
        CheckConstraint("service_id IS NULL OR product_id IS NULL", name="one_thing"),
    )

    id: Mapped[identity]
    name: Mapped[str] = mapped_column(String(80))
    kind: Mapped[str] = mapped_column(String(8))
    staff_id: Mapped[int | None] = mapped_column(ForeignKey("staff_member.id"), index=True)
    line_id: Mapped[int | None] = mapped_column(ForeignKey("line.id"))
    level_id: Mapped[int | None] = mapped_column(ForeignKey("staff_level.id"))
    target: Mapped[str] = mapped_column(String(8), default=PayTarget.SERVICES)
    # What is sold stands in a sibling room; only the foreign keys reach over.
    service_id: Mapped[int | None] = mapped_column(ForeignKey("service.id"))
    product_id: Mapped[int | None] = mapped_column(ForeignKey("product.id"))
    category: Mapped[str] = mapped_column(String(80), default="")  # of services or goods
    starts_on: Mapped[date]
    ends_on: Mapped[date | None]  # inclusive
    percent_bp: Mapped[int] = mapped_column(default=0)
    own_bp: Mapped[int | None]  # of her own clients' work; None: as of the salon's
    amount: Mapped[rials] = mapped_column(default=0)  # a piece, or a Jalali month
    steps_over: Mapped[str] = mapped_column(String(5), default=StepsOver.PART)
    after_materials: Mapped[bool] = mapped_column(default=False)
    discount_bp: Mapped[int | None]  # her part of its cost; None: the percentage is of what is left after it
    # Likewise of club credit that paid; None that is said stays None, and is not taken for what is left unsaid.
    credit_bp: Mapped[int | None] = mapped_column(Id.evaluates_none(), default=0)
    redo_bp: Mapped[int] = mapped_column(default=0)  # her part of the cost when her work is done again
    created_at: Mapped[datetime]
    created_by: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))

    steps: Mapped[list["PayStep"]] = relationship(order_by="PayStep.above", cascade="all, delete-orphan")


class PayStep(Base):
    """From so much work in a Jalali month on, this percentage."""

    __tablename__ = "pay_step"
    __table_args__ = (
        UniqueConstraint("scheme_id", "above"),
        CheckConstraint("above >= 0", name="above"),
        CheckConstraint("percent_bp BETWEEN 0 AND 10000", name="percent"),
    )

    id: Mapped[identity]
    scheme_id: Mapped[int] = mapped_column(ForeignKey("pay_scheme.id", ondelete="CASCADE"))
    above: Mapped[rials]
    percent_bp: Mapped[int]
