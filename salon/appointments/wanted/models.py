"""Services that are wanted."""

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from ...core.db import Base, identity, sparse_index

OWNERS = ("entry_id", "walk_in_id", "request_id")


def exactly_one(*columns: str) -> str:
    """The condition that one of these columns has a value, and no other."""
    return " + ".join(f"CASE WHEN {column} IS NULL THEN 0 ELSE 1 END" for column in columns) + " = 1"


class WantedItem(Base):
    """A service that is wanted of a person, or without one of anybody who does it."""

    __tablename__ = "wanted_item"
    __table_args__ = (
        CheckConstraint(exactly_one(*OWNERS), name="whose"),
        *(sparse_index("wanted_item", owner) for owner in OWNERS),
    )

    id: Mapped[identity]
    entry_id: Mapped[int | None] = mapped_column(ForeignKey("waitlist_entry.id", ondelete="CASCADE"))
    walk_in_id: Mapped[int | None] = mapped_column(ForeignKey("walk_in.id", ondelete="CASCADE"))
    request_id: Mapped[int | None] = mapped_column(ForeignKey("booking_request.id", ondelete="CASCADE"))
    position: Mapped[int]
    service_id: Mapped[int] = mapped_column(ForeignKey("service.id"))
    staff_id: Mapped[int | None] = mapped_column(ForeignKey("staff_member.id"))
