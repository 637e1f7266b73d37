"""What the salon sells."""

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from ..core.db import Base, identity, rials


class Service(Base):
    """A service with its price and duration."""

    __tablename__ = "service"
    __table_args__ = (
        CheckConstraint("duration > 0 AND duration < 1440", name="duration"),
        CheckConstraint("price >= 0", name="price"),
        CheckConstraint("price_to IS NULL OR price_to >= price", name="price_to"),
    )

    id: Mapped[identity]
    code: Mapped[str] = mapped_column(String(80), unique=True)  # the key of imports
    name: Mapped[str] = mapped_column(String(160))
    category: Mapped[str] = mapped_column(String(80), default="")
    price: Mapped[rials]
    price_to: Mapped[rials | None]  # upper end of a price range, asked at the till
    duration: Mapped[int]  # minutes
    active: Mapped[bool] = mapped_column(default=True)


class ServiceStaff(Base):
    """Who does a service. A service that names nobody is done by everybody."""

    __tablename__ = "service_staff"
    __table_args__ = (UniqueConstraint("service_id", "staff_id"),)

    id: Mapped[identity]
    service_id: Mapped[int] = mapped_column(ForeignKey("service.id", ondelete="CASCADE"))
    # The table of the people stands in a sibling room; only the foreign key reaches over.
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff_member.id", ondelete="CASCADE"))


class Product(Base):
    """A product that is sold over the counter."""

    __tablename__ = "product"

    id: Mapped[identity]
    code: Mapped[str] = mapped_column(String(80), unique=True)
    name: Mapped[str] = mapped_column(String(160))
    category: Mapped[str] = mapped_column(String(80), default="")
    brand: Mapped[str] = mapped_column(String(80), default="")
    price: Mapped[rials]
    active: Mapped[bool] = mapped_column(default=True)
