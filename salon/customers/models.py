"""The salon's customers."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from ..core.db import Base, identity, rials
from .rules import full_name


class CustomerGroup(Base):
    """Customers who are treated alike: own prices, own offers."""

    __tablename__ = "customer_group"

    id: Mapped[identity]
    name: Mapped[str] = mapped_column(String(80), unique=True)
    active: Mapped[bool] = mapped_column(default=True)


class Customer(Base):
    """A customer. A walk-in (مشتری گذری) may have no mobile and is no member of the club."""

    __tablename__ = "customer"
    __table_args__ = (
        # A mobile belongs to one customer, unless it is knowingly shared (mother and daughter).
        Index(
            "uq_customer_mobile",
            "mobile",
            unique=True,
            sqlite_where=text("mobile IS NOT NULL AND NOT shared_mobile"),
            postgresql_where=text("mobile IS NOT NULL AND NOT shared_mobile"),
        ),
        Index("ix_customer_mobile", "mobile"),
        Index("ix_customer_mobile_reversed", "mobile_reversed", postgresql_ops={"mobile_reversed": "text_pattern_ops"}),
    )

    id: Mapped[identity]
    branch_id: Mapped[int] = mapped_column(ForeignKey("branch.id"))
    code: Mapped[str] = mapped_column(String(40), unique=True)  # کد اشتراک
    first_name: Mapped[str] = mapped_column(String(80))
    last_name: Mapped[str] = mapped_column(String(80), default="")
    mobile: Mapped[str | None] = mapped_column(String(11))
    mobile_reversed: Mapped[str | None] = mapped_column(String(11))  # a mobile is asked for by its ending
    shared_mobile: Mapped[bool] = mapped_column(default=False)
    birthday: Mapped[date | None]
    wedding_day: Mapped[date | None]
    allergies: Mapped[str] = mapped_column(String(300), default="")
    note: Mapped[str] = mapped_column(String(1000), default="")
    is_walk_in: Mapped[bool] = mapped_column(default=False)
    is_member: Mapped[bool] = mapped_column(default=True)
    debt_limit: Mapped[rials | None]  # None: the salon's own limit
    group_id: Mapped[int | None] = mapped_column(ForeignKey("customer_group.id"))
    # The table of the people stands in a sibling room; only the foreign key reaches over.
    own_staff_id: Mapped[int | None] = mapped_column(ForeignKey("staff_member.id"))  # whose own client she is
    search_key: Mapped[str] = mapped_column(String(260), default="")  # core.text.search_key of code, names and mobile
    created_at: Mapped[datetime]

    @property
    def full_name(self) -> str:
        """First and last name as they are said."""
        return full_name(self.first_name, self.last_name)
