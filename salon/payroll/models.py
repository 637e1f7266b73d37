"""Statements of staff pay, what they hold, and how they were paid."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from ..core.db import Base, identity, rials


class AdjustmentKind(StrEnum):
    """What is added to pay, or taken from it, for a reason."""

    BONUS = "bonus"
    FINE = "fine"


class PayAdjustment(Base):
    """A bonus (پاداش) or a fine (جریمه). Never changed; a mistake is put right by the other kind."""

    __tablename__ = "pay_adjustment"
    __table_args__ = (CheckConstraint("amount > 0", name="amount"),)

    id: Mapped[identity]
    branch_id: Mapped[int] = mapped_column(ForeignKey("branch.id"))
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff_member.id"), index=True)
    kind: Mapped[str] = mapped_column(String(8))
    amount: Mapped[rials]
    reason: Mapped[str] = mapped_column(String(200))
    business_date: Mapped[date]
    recorded_at: Mapped[datetime]
    actor_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    idempotency_key: Mapped[str] = mapped_column(String(120), unique=True)
    fingerprint: Mapped[str] = mapped_column(String(64))  # SHA-256 of what was asked
    entry_id: Mapped[int] = mapped_column(ForeignKey("entry.id"))


class PayStatement(Base):
    """What somebody is paid for some days (صورت کارکرد), frozen when it was approved. Never changed.

    It holds every movement of her account up to its last day that no earlier one holds; what comes later, even for
    the same days, is of the next one.
    """

    __tablename__ = "pay_statement"
    __table_args__ = (
        CheckConstraint("starts_on < ends_before", name="days"),
        UniqueConstraint("staff_id", "starts_on"),
        Index("ix_pay_statement_staff", "staff_id", "ends_before"),
    )

    id: Mapped[identity]
    branch_id: Mapped[int] = mapped_column(ForeignKey("branch.id"))
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff_member.id"))
    starts_on: Mapped[date]
    ends_before: Mapped[date]
    opening: Mapped[rials]  # left of earlier statements; negative when she owed
    total: Mapped[rials]  # opening and all that it holds: what was due when it was approved
    approved_at: Mapped[datetime]
    actor_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    idempotency_key: Mapped[str] = mapped_column(String(120), unique=True)
    fingerprint: Mapped[str] = mapped_column(String(64))  # SHA-256 of what was asked
    entry_id: Mapped[int | None] = mapped_column(ForeignKey("entry.id"))  # of salary and rent, when there are any


class PayStatementItem(Base):
    """A movement of her account that a statement holds."""

    __tablename__ = "pay_statement_item"

    id: Mapped[identity]
    statement_id: Mapped[int] = mapped_column(ForeignKey("pay_statement.id"), index=True)
    posting_id: Mapped[int] = mapped_column(ForeignKey("posting.id"), unique=True)


class PayPeriodAmount(Base):
    """Salary or rent of the days of a statement, by one scheme. Rent is negative."""

    __tablename__ = "pay_period_amount"
    __table_args__ = (CheckConstraint("starts_on < ends_before", name="days"),)

    id: Mapped[identity]
    statement_id: Mapped[int] = mapped_column(ForeignKey("pay_statement.id"), index=True)
    scheme_id: Mapped[int] = mapped_column(ForeignKey("pay_scheme.id"))
    kind: Mapped[str] = mapped_column(String(8))
    name: Mapped[str] = mapped_column(String(80))  # of the scheme, as it was
    starts_on: Mapped[date]
    ends_before: Mapped[date]
    amount: Mapped[rials]


class PayPayment(Base):
    """A voucher that paid a statement, or a part of it."""

    __tablename__ = "pay_payment"

    id: Mapped[identity]
    statement_id: Mapped[int] = mapped_column(ForeignKey("pay_statement.id"), index=True)
    voucher_id: Mapped[int] = mapped_column(ForeignKey("voucher.id"), unique=True)
