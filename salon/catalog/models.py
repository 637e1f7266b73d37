"""What the salon sells."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from ..core.db import Base, identity, rials


class Service(Base):
    """A service with its price and duration."""

    __tablename__ = "service"
    __table_args__ = (
        CheckConstraint("duration > 0 AND duration < 1440", name="duration"),
        CheckConstraint("price >= 0", name="price"),
        CheckConstraint("price_to IS NULL OR price_to >= price", name="price_to"),
        CheckConstraint("materials >= 0", name="materials"),
        CheckConstraint("self_booking IN ('none', 'approval', 'confirmed')", name="self_booking"),
    )

    id: Mapped[identity]
    code: Mapped[str] = mapped_column(String(80), unique=True)  # the key of imports
    name: Mapped[str] = mapped_column(String(160))
    category: Mapped[str] = mapped_column(String(80), default="")
    price: Mapped[rials]
    price_to: Mapped[rials | None]  # upper end of a price range, asked at the till
    duration: Mapped[int]  # minutes
    materials: Mapped[rials] = mapped_column(default=0)  # what a piece takes of them, in rials
    active: Mapped[bool] = mapped_column(default=True)
    self_booking: Mapped[str] = mapped_column(String(12), default="approval")  # what customers may ask for themselves


class ServiceStaff(Base):
    """Who does a service. A service that names nobody is done by everybody."""

    __tablename__ = "service_staff"
    __table_args__ = (UniqueConstraint("service_id", "staff_id"),)

    id: Mapped[identity]
    service_id: Mapped[int] = mapped_column(ForeignKey("service.id", ondelete="CASCADE"))
    # The table of the people stands in a sibling room; only the foreign key reaches over.
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff_member.id", ondelete="CASCADE"))


class PhaseKind(StrEnum):
    """What a phase of a service holds."""

    BUSY = "busy"  # the person works on the customer
    PROCESSING = "processing"  # it works by itself: the chair is held, the person is free
    BUFFER = "buffer"  # to prepare or to clean up: the customer isn't there


class ServicePhase(Base):
    """A part of a service, in order; a service without any is one busy phase as long as itself."""

    __tablename__ = "service_phase"
    __table_args__ = (
        UniqueConstraint("service_id", "position"),
        CheckConstraint("minutes > 0 AND minutes < 1440", name="minutes"),
        CheckConstraint("kind IN ('busy', 'processing', 'buffer')", name="kind"),
    )

    id: Mapped[identity]
    service_id: Mapped[int] = mapped_column(ForeignKey("service.id", ondelete="CASCADE"))
    position: Mapped[int]
    kind: Mapped[str] = mapped_column(String(10))
    minutes: Mapped[int]


class Resource(Base):
    """A room, chair or device that services need; so many customers at a time."""

    __tablename__ = "resource"
    __table_args__ = (
        UniqueConstraint("branch_id", "name"),
        CheckConstraint("capacity BETWEEN 1 AND 100", name="capacity"),
        CheckConstraint("kind IN ('room', 'chair', 'device')", name="kind"),
    )

    id: Mapped[identity]
    branch_id: Mapped[int] = mapped_column(ForeignKey("branch.id"))
    name: Mapped[str] = mapped_column(String(80))
    kind: Mapped[str] = mapped_column(String(8))
    capacity: Mapped[int] = mapped_column(default=1)
    position: Mapped[int] = mapped_column(default=0)  # order on the board
    active: Mapped[bool] = mapped_column(default=True)


class ServiceResource(Base):
    """What a service needs from its first phase to its last."""

    __tablename__ = "service_resource"
    __table_args__ = (UniqueConstraint("service_id", "resource_id"),)

    id: Mapped[identity]
    service_id: Mapped[int] = mapped_column(ForeignKey("service.id", ondelete="CASCADE"))
    resource_id: Mapped[int] = mapped_column(ForeignKey("resource.id", ondelete="CASCADE"))


class ServiceExtra(Base):
    """Minutes more (or fewer) that a service takes a person, a level, or with a customer; of its longest busy phase."""

    __tablename__ = "service_extra"
    __table_args__ = (
        *(UniqueConstraint("service_id", f"{whose}_id") for whose in ("staff", "level", "customer")),
        CheckConstraint("minutes <> 0 AND minutes BETWEEN -720 AND 720", name="minutes"),
    )

    id: Mapped[identity]
    service_id: Mapped[int] = mapped_column(ForeignKey("service.id", ondelete="CASCADE"))
    staff_id: Mapped[int | None] = mapped_column(ForeignKey("staff_member.id", ondelete="CASCADE"))
    level_id: Mapped[int | None] = mapped_column(ForeignKey("staff_level.id", ondelete="CASCADE"))
    customer_id: Mapped[int | None] = mapped_column(ForeignKey("customer.id", ondelete="CASCADE"))
    minutes: Mapped[int]


class BookingRule(Base):
    """What a service asks of its bookings; what is None goes by the salon's settings, or is not asked."""

    __tablename__ = "booking_rule"
    __table_args__ = (
        CheckConstraint("least_notice >= 0", name="least_notice"),
        CheckConstraint("furthest_days > 0", name="furthest_days"),
        CheckConstraint("patch_hours >= 0", name="patch_hours"),
        CheckConstraint("patch_months IS NULL OR (patch_months > 0 AND patch_hours IS NOT NULL)", name="patch_months"),
    )

    id: Mapped[identity]
    service_id: Mapped[int] = mapped_column(ForeignKey("service.id", ondelete="CASCADE"), unique=True)
    least_notice: Mapped[int | None]  # minutes between booking and visit
    furthest_days: Mapped[int | None]  # days ahead
    patch_hours: Mapped[int | None]  # a patch test is needed so long before; None: none is
    patch_months: Mapped[int | None]  # and not older than this; None: however old


class FollowUp(Base):
    """A touch-up (ترمیم): what a service costs within so many days of another, in rials."""

    __tablename__ = "follow_up"
    __table_args__ = (
        UniqueConstraint("service_id", "of_service_id"),
        CheckConstraint("within_days BETWEEN 1 AND 730", name="within_days"),
        CheckConstraint("price >= 0", name="price"),
    )

    id: Mapped[identity]
    service_id: Mapped[int] = mapped_column(ForeignKey("service.id", ondelete="CASCADE"))
    of_service_id: Mapped[int] = mapped_column(ForeignKey("service.id", ondelete="CASCADE"))
    within_days: Mapped[int]
    price: Mapped[rials]


class OwnPrice(Base):
    """What a service costs by one person, or for one customer; it goes before all price lists. Rials."""

    __tablename__ = "own_price"
    __table_args__ = (
        *(UniqueConstraint("service_id", f"{whose}_id") for whose in ("staff", "customer")),
        CheckConstraint("price >= 0", name="price"),
        CheckConstraint("(staff_id IS NULL) <> (customer_id IS NULL)", name="whose"),
    )

    id: Mapped[identity]
    service_id: Mapped[int] = mapped_column(ForeignKey("service.id", ondelete="CASCADE"))
    staff_id: Mapped[int | None] = mapped_column(ForeignKey("staff_member.id", ondelete="CASCADE"))
    customer_id: Mapped[int | None] = mapped_column(ForeignKey("customer.id", ondelete="CASCADE"))
    price: Mapped[rials]


class Product(Base):
    """A product that is sold over the counter."""

    __tablename__ = "product"

    id: Mapped[identity]
    code: Mapped[str] = mapped_column(String(80), unique=True)
    name: Mapped[str] = mapped_column(String(160))
    category: Mapped[str] = mapped_column(String(80), default="")
    brand: Mapped[str] = mapped_column(String(80), default="")
    price: Mapped[rials]
    counted: Mapped[bool] = mapped_column(default=True)  # its stock is kept
    low_stock: Mapped[int] = mapped_column(default=0)  # pieces; warned of when there are no more than these
    active: Mapped[bool] = mapped_column(default=True)


class PriceList(Base):
    """Other prices (لیست قیمت) for a group of customers, a branch, a level of staff, or some days; None is any."""

    __tablename__ = "price_list"
    __table_args__ = (CheckConstraint("starts_on IS NULL OR ends_on IS NULL OR starts_on <= ends_on", name="days"),)

    id: Mapped[identity]
    name: Mapped[str] = mapped_column(String(80), unique=True)
    priority: Mapped[int] = mapped_column(default=100)  # lower goes first, then the older list
    # The tables of groups and levels stand in sibling rooms; only the foreign keys reach over.
    group_id: Mapped[int | None] = mapped_column(ForeignKey("customer_group.id"))
    branch_id: Mapped[int | None] = mapped_column(ForeignKey("branch.id"))
    level_id: Mapped[int | None] = mapped_column(ForeignKey("staff_level.id"))
    starts_on: Mapped[date | None]
    ends_on: Mapped[date | None]  # inclusive
    active: Mapped[bool] = mapped_column(default=True)


class ListedPrice(Base):
    """The price of a service or product on a list."""

    __tablename__ = "listed_price"
    __table_args__ = (
        UniqueConstraint("list_id", "service_id"),
        UniqueConstraint("list_id", "product_id"),
        CheckConstraint("(service_id IS NULL) <> (product_id IS NULL)", name="one_thing"),
        CheckConstraint("price >= 0 AND (price_to IS NULL OR price_to >= price)", name="price"),
    )

    id: Mapped[identity]
    list_id: Mapped[int] = mapped_column(ForeignKey("price_list.id", ondelete="CASCADE"))
    service_id: Mapped[int | None] = mapped_column(ForeignKey("service.id"), index=True)
    product_id: Mapped[int | None] = mapped_column(ForeignKey("product.id"), index=True)
    price: Mapped[rials]
    price_to: Mapped[rials | None]  # upper end of a range, asked at the till


class PriceChange(Base):
    """A price as it was set: the history of a service or product, on a list or its own."""

    __tablename__ = "price_change"
    __table_args__ = (
        Index("ix_price_change_service", "service_id", "changed_at"),
        Index("ix_price_change_product", "product_id", "changed_at"),
    )

    id: Mapped[identity]
    service_id: Mapped[int | None] = mapped_column(ForeignKey("service.id"))
    product_id: Mapped[int | None] = mapped_column(ForeignKey("product.id"))
    list_id: Mapped[int | None] = mapped_column(ForeignKey("price_list.id", ondelete="SET NULL"))
    price: Mapped[rials | None]  # None: taken off the list
    price_to: Mapped[rials | None]
    changed_at: Mapped[datetime]
    changed_by: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))


class Package(Base):
    """Sessions sold together at one price: a bridal package, ten visits of laser."""

    __tablename__ = "package"
    __table_args__ = (
        CheckConstraint("price >= 0", name="price"),
        CheckConstraint("valid_days IS NULL OR valid_days > 0", name="valid_days"),
    )

    id: Mapped[identity]
    name: Mapped[str] = mapped_column(String(120), unique=True)
    price: Mapped[rials]
    valid_days: Mapped[int | None]  # from the day of the sale; None: for ever
    active: Mapped[bool] = mapped_column(default=True)


class PackageItem(Base):
    """So many sessions of a service within a package."""

    __tablename__ = "package_item"
    __table_args__ = (UniqueConstraint("package_id", "service_id"), CheckConstraint("sessions > 0", name="sessions"))

    id: Mapped[identity]
    package_id: Mapped[int] = mapped_column(ForeignKey("package.id", ondelete="CASCADE"))
    service_id: Mapped[int] = mapped_column(ForeignKey("service.id"))
    sessions: Mapped[int]
