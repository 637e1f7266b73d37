"""People who serve customers."""

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from ..core.db import Base, identity


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
    __table_args__ = (UniqueConstraint("branch_id", "code"),)

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
