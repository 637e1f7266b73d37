"""Offers, lots of club value, member cards."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, BigInteger, CheckConstraint, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from ..core.db import Base, identity, rials


class StackMode(StrEnum):
    """How the offers of a stack come together."""

    FIRST_MATCH = "first_match"
    ALL = "all"


class Reward(StrEnum):
    """What an offer gives."""

    POINTS = "points"  # `points_per_step` for every full `step_amount`
    CREDIT = "credit"  # `percent_bp` of the basis


class OfferStack(Base):
    """Offers that are weighed against each other. `main` always exists."""

    __tablename__ = "offer_stack"

    id: Mapped[identity]
    name: Mapped[str] = mapped_column(String(60), unique=True)
    mode: Mapped[str] = mapped_column(String(12), default=StackMode.ALL)


class Offer(Base):
    """A rule by which a settled invoice earns points or credit (آفر)."""

    __tablename__ = "offer"
    __table_args__ = (
        CheckConstraint("percent_bp BETWEEN 0 AND 10000", name="percent"),
        CheckConstraint("step_amount >= 0 AND points_per_step >= 0", name="steps"),
        CheckConstraint("usable_after_days >= 0", name="usable_after"),
    )

    id: Mapped[identity]
    name: Mapped[str] = mapped_column(String(120))
    category: Mapped[str] = mapped_column(String(60), default="")
    stack_id: Mapped[int] = mapped_column(ForeignKey("offer_stack.id"))
    priority: Mapped[int] = mapped_column(default=100)  # lower goes first, then the older offer
    reward: Mapped[str] = mapped_column(String(8))
    step_amount: Mapped[rials] = mapped_column(default=0)  # rials per step, for points
    points_per_step: Mapped[int] = mapped_column(default=0)
    percent_bp: Mapped[int] = mapped_column(default=0)  # for credit
    min_amount: Mapped[rials] = mapped_column(default=0)  # of the whole invoice
    usable_after_days: Mapped[int] = mapped_column(default=0)
    expires_after_days: Mapped[int | None]  # from the day of earning; that day counts to its last second. None: never
    starts_on: Mapped[date | None]
    ends_on: Mapped[date | None]  # inclusive, to its last second
    active: Mapped[bool] = mapped_column(default=True)


class Lot(Base):
    """An award of points or credit, with its own days and the terms it was given by."""

    __tablename__ = "lot"
    __table_args__ = (
        CheckConstraint("remaining BETWEEN 0 AND amount", name="remaining"),
        CheckConstraint("unit IN ('IRR', 'PTS')", name="unit"),
        Index("ix_lot_customer", "customer_id", "unit"),
        Index(
            "ix_lot_expires_at",
            "expires_at",
            sqlite_where=text("remaining > 0"),
            postgresql_where=text("remaining > 0"),
        ),
    )

    id: Mapped[identity]
    customer_id: Mapped[int] = mapped_column(ForeignKey("customer.id"))
    unit: Mapped[str] = mapped_column(String(3))
    amount: Mapped[int] = mapped_column(BigInteger)  # as awarded
    remaining: Mapped[int] = mapped_column(BigInteger)
    valid_from: Mapped[datetime]  # pending until then
    expires_at: Mapped[datetime | None]  # first moment it can no longer be used
    entry_id: Mapped[int] = mapped_column(ForeignKey("entry.id"), index=True)
    offer_id: Mapped[int | None] = mapped_column(ForeignKey("offer.id"))
    terms: Mapped[dict[str, Any]] = mapped_column(JSON)  # the offer as it was, and the basis


class LotSpend(Base):
    """What an entry took from a lot: redemption, expiry, clawback; negative when a return gave it back."""

    __tablename__ = "lot_spend"
    __table_args__ = (CheckConstraint("amount <> 0", name="amount"), UniqueConstraint("lot_id", "entry_id"))

    id: Mapped[identity]
    lot_id: Mapped[int] = mapped_column(ForeignKey("lot.id"))
    entry_id: Mapped[int] = mapped_column(ForeignKey("entry.id"), index=True)
    amount: Mapped[int] = mapped_column(BigInteger)


class MemberCard(Base):
    """A card that opens a customer's file. Its number is kept as a keyed hash and the last four digits."""

    __tablename__ = "member_card"
    __table_args__ = (
        Index(
            "uq_member_card_number_hash",
            "number_hash",
            unique=True,
            sqlite_where=text("active = 1"),
            postgresql_where=text("active"),
        ),
    )

    id: Mapped[identity]
    customer_id: Mapped[int] = mapped_column(ForeignKey("customer.id"), index=True)
    number_hash: Mapped[str] = mapped_column(String(64))  # HMAC-SHA-256 by the salon's card key
    last_four: Mapped[str] = mapped_column(String(4))
    active: Mapped[bool] = mapped_column(default=True)
    issued_at: Mapped[datetime]
    issued_by: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))


class PackageBalance(Base):
    """Sessions of a service that older software said a customer had left; what became of them stands on invoices."""

    __tablename__ = "package_balance"
    __table_args__ = (
        UniqueConstraint("customer_id", "service_id"),
        CheckConstraint("sessions_left >= 0", name="sessions_left"),
    )

    id: Mapped[identity]
    customer_id: Mapped[int] = mapped_column(ForeignKey("customer.id"))
    service_id: Mapped[int] = mapped_column(ForeignKey("service.id"))
    sessions_left: Mapped[int]  # on the day they were brought in
    import_key: Mapped[str] = mapped_column(String(120), unique=True)
