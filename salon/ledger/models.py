"""Accounts, entries, postings and the seal that keeps an entry balanced."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from ..core.db import Base, Id, identity


class Unit(StrEnum):
    """What is counted."""

    RIAL = "IRR"
    POINT = "PTS"


class AccountKind(StrEnum):
    """What an account stands for. Debit is positive: what the salon has or is owed."""

    CASH = "cash"
    CARD_TERMINAL = "card_terminal"
    BANK = "bank"
    RECEIVABLE = "receivable"  # of a customer
    CLUB_CREDIT = "club_credit"  # of a customer; negative is what she may spend
    POINTS = "points"  # of a customer; negative is what she has
    POINTS_ISSUED = "points_issued"
    CLUB_COST = "club_cost"
    REVENUE = "revenue"  # of services, before discounts
    PRODUCT_REVENUE = "product_revenue"  # of goods, before discounts
    DISCOUNT = "discount"  # what was taken off prices
    TAX_PAYABLE = "tax_payable"
    STAFF_PAYABLE = "staff_payable"  # of a member of staff; negative is what the salon owes her
    STAFF_COST = "staff_cost"  # what the work of a member of staff costs: shares, salary, bonuses less fines
    CHAIR_RENT = "chair_rent"  # what a member of staff pays for her chair or line
    UNCONFIRMED = "unconfirmed"  # card-to-card money not yet seen, by the bank account it was sent to
    CHEQUES = "cheques"  # cheques in hand
    DEPOSIT = "deposit"  # of a customer: deposits for bookings and on-account money
    PREPAID = "prepaid"  # of a customer: sessions that were sold and not yet used
    OFFSET = "offset"  # between a return and the debt of its sale; comes to nothing for each customer
    ROUNDING = "rounding"
    OTHER_INCOME = "other_income"  # by category
    DEPOSIT_KEPT = "deposit_kept"  # what cancelled too late left in the salon
    EXPENSE = "expense"  # by category
    CASH_DIFFERENCE = "cash_difference"  # what a till was short or over
    OWNER = "owner"  # what the owner took out or put in
    PRIOR_TAKINGS = "prior_takings"  # money taken before this program kept the books
    OPENING = "opening"
    RETAINED = "retained"  # what the years that were closed left over, by branch


# What tells of one year: carried to RETAINED when it is closed, so that the next one begins with nothing.
TEMPORARY = frozenset(
    {
        AccountKind.REVENUE,
        AccountKind.PRODUCT_REVENUE,
        AccountKind.DISCOUNT,
        AccountKind.CLUB_COST,
        AccountKind.ROUNDING,
        AccountKind.OTHER_INCOME,
        AccountKind.DEPOSIT_KEPT,
        AccountKind.EXPENSE,
        AccountKind.CASH_DIFFERENCE,
        AccountKind.STAFF_COST,
        AccountKind.CHAIR_RENT,
    }
)
# What the salon has and owes, and what its owner put in: runs on from year to year. Points are no rials, so that
# what was issued of them is no cost of a year.
PERMANENT = frozenset(
    {
        AccountKind.CASH,
        AccountKind.CARD_TERMINAL,
        AccountKind.BANK,
        AccountKind.RECEIVABLE,
        AccountKind.CLUB_CREDIT,
        AccountKind.POINTS,
        AccountKind.POINTS_ISSUED,
        AccountKind.TAX_PAYABLE,
        AccountKind.STAFF_PAYABLE,
        AccountKind.UNCONFIRMED,
        AccountKind.CHEQUES,
        AccountKind.DEPOSIT,
        AccountKind.PREPAID,
        AccountKind.OFFSET,
        AccountKind.OWNER,
        AccountKind.PRIOR_TAKINGS,
        AccountKind.OPENING,
        AccountKind.RETAINED,
    }
)


class Account(Base):
    """A place where value is counted, in one unit."""

    __tablename__ = "account"
    __table_args__ = (
        UniqueConstraint("kind", "owner_id", "branch_id", "unit"),
        CheckConstraint("unit IN ('IRR', 'PTS')", name="unit"),
    )

    id: Mapped[identity]
    kind: Mapped[str] = mapped_column(String(20))
    owner_id: Mapped[int] = mapped_column(default=0)  # a customer, staff, a box, a category; 0: the salon
    branch_id: Mapped[int] = mapped_column(ForeignKey("branch.id"))
    unit: Mapped[str] = mapped_column(String(3))


class EntrySeal(Base):
    """Closes an entry; the database refuses the seal of an unbalanced entry, and postings to a sealed one."""

    __tablename__ = "entry_seal"

    entry_id: Mapped[int] = mapped_column(Id, primary_key=True, autoincrement=False)


class Entry(Base):
    """One movement of value. Never changed, never deleted; a mistake is reversed by another entry."""

    __tablename__ = "entry"
    __table_args__ = (
        Index("ix_entry_source", "source_kind", "source_id"),
        Index("ix_entry_business_date", "business_date"),
    )

    # Checked at commit: an entry without its seal never lands.
    id: Mapped[int] = mapped_column(
        Id,
        ForeignKey("entry_seal.entry_id", deferrable=True, initially="DEFERRED"),
        primary_key=True,
        autoincrement=True,
    )
    branch_id: Mapped[int] = mapped_column(ForeignKey("branch.id"))
    business_date: Mapped[date]
    recorded_at: Mapped[datetime]
    actor_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    kind: Mapped[str] = mapped_column(String(20))  # sale, payment, award, opening, reversal…
    source_kind: Mapped[str] = mapped_column(String(20))  # invoice, customer, import
    source_id: Mapped[int]
    idempotency_key: Mapped[str] = mapped_column(String(120), unique=True)
    reverses_id: Mapped[int | None] = mapped_column(ForeignKey("entry.id"), unique=True)


class Posting(Base):
    """A signed, non-zero amount on an account."""

    __tablename__ = "posting"
    __table_args__ = (CheckConstraint("amount <> 0", name="amount"), Index("ix_posting_account_id", "account_id"))

    id: Mapped[identity]
    entry_id: Mapped[int] = mapped_column(ForeignKey("entry.id"), index=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    amount: Mapped[int] = mapped_column(BigInteger)
