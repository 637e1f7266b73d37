"""Boxes, shifts, vouchers and deposits."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from ..core.db import Base, identity, rials


class PaymentMethod(StrEnum):
    """How money came in."""

    CASH = "cash"
    CARD = "card"  # the bank's terminal
    TRANSFER = "transfer"
    CARD_TO_CARD = "card_to_card"  # unconfirmed until it is seen in the account
    STAFF_CARD = "staff_card"  # to a stylist's own card: counts against her pay
    CHEQUE = "cheque"
    CREDIT = "credit"  # club credit
    DEPOSIT = "deposit"  # deposits (بیعانه) and on-account money (علی‌الحساب)
    PACKAGE = "package"  # sessions that were paid when the package was sold
    RETURN = "return"  # what a return takes off the debt of its sale; negative on the return itself
    PRIOR = "prior"  # taken before this program kept the books (imports only)


class BoxKind(StrEnum):
    """What a box is; also the kind of its account."""

    CASH = "cash"
    CARD_TERMINAL = "card_terminal"
    BANK = "bank"


class Cashbox(Base):
    """Where money lies: a till (صندوق), a card terminal, a bank account. Its balance is that of its account."""

    __tablename__ = "cashbox"
    __table_args__ = (
        UniqueConstraint("branch_id", "name"),
        # What is paid goes to the main box of its kind unless another is named.
        Index(
            "uq_cashbox_main",
            "branch_id",
            "kind",
            unique=True,
            sqlite_where=text("is_main = 1"),
            postgresql_where=text("is_main"),
        ),
        CheckConstraint("kind IN ('cash', 'card_terminal', 'bank')", name="kind"),
    )

    id: Mapped[identity]
    branch_id: Mapped[int] = mapped_column(ForeignKey("branch.id"))
    name: Mapped[str] = mapped_column(String(80))
    kind: Mapped[str] = mapped_column(String(20))
    number: Mapped[str] = mapped_column(String(40), default="")  # of the account, the card or the terminal
    is_main: Mapped[bool] = mapped_column(default=False)
    active: Mapped[bool] = mapped_column(default=True)


class Shift(Base):
    """From one counting of a till to the next; nothing changes in it once it is closed. Money in rials."""

    __tablename__ = "shift"
    __table_args__ = (
        Index(
            "uq_shift_open",
            "cashbox_id",
            unique=True,
            sqlite_where=text("closed_at IS NULL"),
            postgresql_where=text("closed_at IS NULL"),
        ),
        Index("ix_shift_business_date", "cashbox_id", "business_date"),
        CheckConstraint("opening_counted >= 0 AND (counted IS NULL OR counted >= 0)", name="counted"),
        CheckConstraint("(closed_at IS NULL) = (counted IS NULL)", name="closed"),
    )

    id: Mapped[identity]
    cashbox_id: Mapped[int] = mapped_column(ForeignKey("cashbox.id"))
    business_date: Mapped[date]  # of the opening
    opened_at: Mapped[datetime]
    opened_by: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    opening_counted: Mapped[rials]
    opening_difference: Mapped[rials] = mapped_column(default=0)  # counted less what the books held
    opened_after: Mapped[int] = mapped_column(default=0)  # the last entry of the books then; 0: none
    opening_key: Mapped[str] = mapped_column(String(120), unique=True)  # of the request
    closed_at: Mapped[datetime | None]
    closed_by: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    expected: Mapped[rials | None]
    counted: Mapped[rials | None]
    difference: Mapped[rials | None]  # counted less expected
    closed_after: Mapped[int | None]  # the last entry that is in it
    closing_key: Mapped[str | None] = mapped_column(String(120), unique=True)  # of the request
    explanation: Mapped[str] = mapped_column(String(300), default="")
    pieces: Mapped[dict[str, int] | None] = mapped_column(JSON(none_as_null=True))  # how many by denomination in rials
    terminals: Mapped[list[dict[str, Any]] | None] = mapped_column(JSON(none_as_null=True))  # books and slip of each


class Direction(StrEnum):
    """Whether money comes in or goes out."""

    IN = "in"
    OUT = "out"


class CashCategory(Base):
    """What money came in or went out for."""

    __tablename__ = "cash_category"
    __table_args__ = (
        UniqueConstraint("direction", "name"),
        CheckConstraint("direction IN ('in', 'out')", name="direction"),
    )

    id: Mapped[identity]
    name: Mapped[str] = mapped_column(String(80))
    direction: Mapped[str] = mapped_column(String(3))
    active: Mapped[bool] = mapped_column(default=True)


class VoucherKind(StrEnum):
    """What a voucher does."""

    RECEIPT = "receipt"  # دریافت نقدی
    PAYMENT = "payment"  # پرداخت نقدی
    EXPENSE = "expense"
    TRANSFER = "transfer"
    ADVANCE = "advance"  # to a member of staff, against her pay
    PAY = "pay"  # of a statement that was approved
    WITHDRAWAL = "withdrawal"  # by the owner


class Voucher(Base):
    """Money that comes or goes without an invoice. Never changed; a mistake is reversed by another."""

    __tablename__ = "voucher"
    __table_args__ = (
        CheckConstraint("amount > 0", name="amount"),
        CheckConstraint("(kind = 'transfer') = (to_cashbox_id IS NOT NULL)", name="to_cashbox"),
        Index("ix_voucher_business_date", "cashbox_id", "business_date"),
    )

    id: Mapped[identity]
    branch_id: Mapped[int] = mapped_column(ForeignKey("branch.id"))
    kind: Mapped[str] = mapped_column(String(10))
    cashbox_id: Mapped[int] = mapped_column(ForeignKey("cashbox.id"))
    to_cashbox_id: Mapped[int | None] = mapped_column(ForeignKey("cashbox.id"))
    category_id: Mapped[int | None] = mapped_column(ForeignKey("cash_category.id"))
    staff_id: Mapped[int | None] = mapped_column(ForeignKey("staff_member.id"))
    party: Mapped[str] = mapped_column(String(120), default="")
    note: Mapped[str] = mapped_column(String(300), default="")
    amount: Mapped[rials]
    business_date: Mapped[date]
    recorded_at: Mapped[datetime]
    actor_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    idempotency_key: Mapped[str] = mapped_column(String(120), unique=True)
    fingerprint: Mapped[str] = mapped_column(String(64))  # SHA-256 of what was asked
    entry_id: Mapped[int] = mapped_column(ForeignKey("entry.id"))
    reverses_id: Mapped[int | None] = mapped_column(ForeignKey("voucher.id"), unique=True)


class Deposit(Base):
    """Money of a customer that the salon holds: for a booking (بیعانه), or on account (علی‌الحساب) without one."""

    __tablename__ = "deposit"
    __table_args__ = (
        CheckConstraint("amount > 0", name="amount"),
        CheckConstraint("remaining BETWEEN 0 AND amount", name="remaining"),
        Index("ix_deposit_customer", "customer_id"),
        Index("ix_deposit_appointment", "appointment_id"),
    )

    id: Mapped[identity]
    branch_id: Mapped[int] = mapped_column(ForeignKey("branch.id"))
    customer_id: Mapped[int] = mapped_column(ForeignKey("customer.id"))
    # The table of the bookings stands on a higher floor; only the foreign key reaches over.
    appointment_id: Mapped[int | None] = mapped_column(ForeignKey("appointment.id"))
    amount: Mapped[rials]
    remaining: Mapped[rials]
    method: Mapped[str] = mapped_column(String(12))  # how it came in; on-account money of a return came by `return`
    cashbox_id: Mapped[int | None] = mapped_column(ForeignKey("cashbox.id"))
    reference: Mapped[str] = mapped_column(String(60), default="")
    taken_at: Mapped[datetime]
    business_date: Mapped[date]
    actor_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    idempotency_key: Mapped[str] = mapped_column(String(120), unique=True)
    fingerprint: Mapped[str] = mapped_column(String(64))
    entry_id: Mapped[int] = mapped_column(ForeignKey("entry.id"))


class DepositUse(Base):
    """What an entry took from a deposit; negative when a return gave it back."""

    __tablename__ = "deposit_use"
    __table_args__ = (CheckConstraint("amount <> 0", name="amount"), UniqueConstraint("deposit_id", "entry_id"))

    id: Mapped[identity]
    deposit_id: Mapped[int] = mapped_column(ForeignKey("deposit.id"))
    entry_id: Mapped[int] = mapped_column(ForeignKey("entry.id"), index=True)
    amount: Mapped[rials]
    purpose: Mapped[str] = mapped_column(String(10))  # settled, returned, kept
