"""Service invoices, their lines and settlements."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from ..core.db import Base, identity, rials


class InvoiceStatus(StrEnum):
    """Draft: may change, has no number. Open: issued, somebody owes. Settled: nothing is left to pay."""

    DRAFT = "draft"
    OPEN = "open"
    SETTLED = "settled"


class LineNature(StrEnum):
    """What a line is."""

    SALE = "sale"
    RETURN = "return"
    CORRECTION = "correction"
    OPENING = "opening"  # a debt from before this program kept the books; nothing was sold


class PaymentMethod(StrEnum):
    """How money came in."""

    CASH = "cash"
    CARD = "card"  # the bank's terminal
    TRANSFER = "transfer"
    CREDIT = "credit"  # club credit
    PRIOR = "prior"  # taken before this program kept the books (imports only)


class Invoice(Base):
    """A service invoice (فاکتور خدمات)."""

    __tablename__ = "invoice"
    __table_args__ = (
        UniqueConstraint("branch_id", "jalali_year", "number"),
        CheckConstraint("(status = 'draft') = (number IS NULL)", name="number"),
        CheckConstraint("total = net + tax", name="total"),
        Index("ix_invoice_customer", "customer_id", "business_date"),
        Index("ix_invoice_business_date", "business_date"),
    )

    id: Mapped[identity]
    branch_id: Mapped[int] = mapped_column(ForeignKey("branch.id"))
    customer_id: Mapped[int] = mapped_column(ForeignKey("customer.id"))
    appointment_id: Mapped[int | None] = mapped_column(ForeignKey("appointment.id"), index=True)
    status: Mapped[str] = mapped_column(String(8), default=InvoiceStatus.DRAFT)
    number: Mapped[int | None]  # without gaps per branch and Jalali year, given when it is issued
    jalali_year: Mapped[int | None]
    business_date: Mapped[date]  # of the draft; fixed when issued
    net: Mapped[rials] = mapped_column(default=0)  # lines after discounts, before tax
    discount: Mapped[rials] = mapped_column(default=0)
    tax: Mapped[rials] = mapped_column(default=0)
    total: Mapped[rials] = mapped_column(default=0)
    paid: Mapped[rials] = mapped_column(default=0)
    created_at: Mapped[datetime]
    created_by: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    issued_at: Mapped[datetime | None]
    settled_at: Mapped[datetime | None]
    import_key: Mapped[str | None] = mapped_column(String(120), unique=True)
    # The club's offers of the invoice's day, kept while somebody owes: paid late, it earns by these.
    offer_terms: Mapped[list[dict[str, Any]] | None] = mapped_column(JSON(none_as_null=True))

    lines: Mapped[list["InvoiceLine"]] = relationship(order_by="InvoiceLine.position, InvoiceLine.id")

    @property
    def due(self) -> int:
        """What is left to pay, in rials."""
        return self.total - self.paid


class InvoiceLine(Base):
    """One service or product on an invoice; the price it was sold at never changes afterwards."""

    __tablename__ = "invoice_line"
    __table_args__ = (
        CheckConstraint("net = quantity * unit_price - discount", name="net"),
        CheckConstraint("service_id IS NULL OR product_id IS NULL", name="one_thing"),
    )

    id: Mapped[identity]
    invoice_id: Mapped[int] = mapped_column(ForeignKey("invoice.id"), index=True)
    position: Mapped[int]
    nature: Mapped[str] = mapped_column(String(10), default=LineNature.SALE)
    service_id: Mapped[int | None] = mapped_column(ForeignKey("service.id"))
    product_id: Mapped[int | None] = mapped_column(ForeignKey("product.id"))
    staff_id: Mapped[int | None] = mapped_column(ForeignKey("staff_member.id"), index=True)
    description: Mapped[str] = mapped_column(String(160))  # the name as it was sold
    quantity: Mapped[int]
    unit_price: Mapped[rials]
    discount: Mapped[rials] = mapped_column(default=0)
    tax_bp: Mapped[int] = mapped_column(default=0)
    tax: Mapped[rials] = mapped_column(default=0)
    net: Mapped[rials]  # quantity × unit price − discount


class Settlement(Base):
    """One act of paying an invoice, with the answer that was given; its key makes a retry harmless."""

    __tablename__ = "settlement"

    id: Mapped[identity]
    branch_id: Mapped[int] = mapped_column(ForeignKey("branch.id"))  # where the money was taken
    invoice_id: Mapped[int] = mapped_column(ForeignKey("invoice.id"), index=True)
    idempotency_key: Mapped[str] = mapped_column(String(120), unique=True)
    fingerprint: Mapped[str] = mapped_column(String(64))  # SHA-256 of what was asked
    settled_at: Mapped[datetime]
    actor_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    status: Mapped[str] = mapped_column(String(8))  # of the invoice afterwards
    paid: Mapped[rials]  # by this act, club credit included
    due: Mapped[rials]  # left afterwards
    credit_used: Mapped[rials] = mapped_column(default=0)
    earned_points: Mapped[int] = mapped_column(default=0)
    earned_credit: Mapped[rials] = mapped_column(default=0)
    points_left: Mapped[int] = mapped_column(default=0)  # as the slip and the message said
    credit_left: Mapped[rials] = mapped_column(default=0)


class Payment(Base):
    """One part of a settlement by one method."""

    __tablename__ = "payment"
    __table_args__ = (CheckConstraint("amount <> 0", name="amount"),)

    id: Mapped[identity]
    settlement_id: Mapped[int] = mapped_column(ForeignKey("settlement.id"), index=True)
    method: Mapped[str] = mapped_column(String(10))
    amount: Mapped[rials]
