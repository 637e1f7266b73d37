"""Service invoices, their lines and settlements."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from ..core.db import Base, identity, rials, sparse_index


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


class InvoiceKind(StrEnum):
    """A sale, or a return (مرجوعی), which takes back what a sale sold."""

    SALE = "sale"
    RETURN = "return"


class Invoice(Base):
    """A service invoice (فاکتور خدمات)."""

    __tablename__ = "invoice"
    __table_args__ = (
        UniqueConstraint("branch_id", "jalali_year", "number"),
        CheckConstraint("(status = 'draft') = (number IS NULL)", name="number"),
        CheckConstraint("total = net + tax + tips + rounding", name="total"),
        CheckConstraint("(kind = 'return') = (returns_id IS NOT NULL)", name="returns"),
        Index("ix_invoice_customer", "customer_id", "business_date"),
        Index("ix_invoice_business_date", "business_date"),
        sparse_index("invoice", "returns_id"),
        sparse_index("invoice", "corrects_id"),
    )

    id: Mapped[identity]
    branch_id: Mapped[int] = mapped_column(ForeignKey("branch.id"))
    customer_id: Mapped[int] = mapped_column(ForeignKey("customer.id"))
    appointment_id: Mapped[int | None] = mapped_column(ForeignKey("appointment.id"), index=True)
    kind: Mapped[str] = mapped_column(String(8), default=InvoiceKind.SALE)
    returns_id: Mapped[int | None] = mapped_column(ForeignKey("invoice.id"))  # the sale that this return takes back
    corrects_id: Mapped[int | None] = mapped_column(ForeignKey("invoice.id"))  # the sale that this one is instead of
    sale_kind_id: Mapped[int | None] = mapped_column(ForeignKey("sale_kind.id"))
    status: Mapped[str] = mapped_column(String(8), default=InvoiceStatus.DRAFT)
    number: Mapped[int | None]  # without gaps per branch and Jalali year, given when it is issued
    jalali_year: Mapped[int | None]
    business_date: Mapped[date]  # of the draft; fixed when issued
    net: Mapped[rials] = mapped_column(default=0)  # lines after discounts, before tax
    discount: Mapped[rials] = mapped_column(default=0)  # of the lines and of the whole
    shared_discount: Mapped[rials] = mapped_column(default=0)  # what of it was given on the whole
    shared_discount_bp: Mapped[int | None]  # as it was typed, when it was a percentage
    discount_reason: Mapped[str] = mapped_column(String(200), default="")  # of the discount on the whole
    discount_by: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    tax: Mapped[rials] = mapped_column(default=0)
    tips: Mapped[rials] = mapped_column(default=0)
    rounding: Mapped[rials] = mapped_column(default=0)  # negative when the total was rounded down
    total: Mapped[rials] = mapped_column(default=0)
    paid: Mapped[rials] = mapped_column(default=0)
    created_at: Mapped[datetime]
    created_by: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    issued_at: Mapped[datetime | None]
    settled_at: Mapped[datetime | None]
    promised_on: Mapped[date | None]  # when she said that she would pay the rest
    reason: Mapped[str] = mapped_column(String(200), default="")  # of a return or a correction
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
        CheckConstraint("net = quantity * unit_price - discount - shared_discount", name="net"),
        CheckConstraint("service_id IS NULL OR product_id IS NULL", name="one_thing"),
        sparse_index("invoice_line", "returns_line_id"),
        sparse_index("invoice_line", "series_line_id"),
        sparse_index("invoice_line", "redo_line_id"),
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
    discount: Mapped[rials] = mapped_column(default=0)  # of this line alone
    discount_bp: Mapped[int | None]  # as it was typed, when it was a percentage
    discount_reason: Mapped[str] = mapped_column(String(200), default="")
    discount_by: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    shared_discount: Mapped[rials] = mapped_column(default=0)  # its part of the discount on the whole invoice
    tax_bp: Mapped[int] = mapped_column(default=0)
    tax: Mapped[rials] = mapped_column(default=0)
    net: Mapped[rials]  # quantity × unit price − both discounts
    list_id: Mapped[int | None] = mapped_column(ForeignKey("price_list.id"))  # where its price came from
    returns_line_id: Mapped[int | None] = mapped_column(ForeignKey("invoice_line.id"))
    package_id: Mapped[int | None] = mapped_column(ForeignKey("package.id"))  # sessions sold ahead: `quantity` of them
    usable_until: Mapped[date | None]  # the last day of sessions sold ahead
    series_line_id: Mapped[int | None] = mapped_column(ForeignKey("invoice_line.id"))  # sessions used here
    redo_line_id: Mapped[int | None] = mapped_column(ForeignKey("invoice_line.id"))  # work done again

    shares: Mapped[list["LineShare"]] = relationship(order_by="LineShare.id")


class LineShare(Base):
    """The part of somebody in a line that several did; together they are the whole. A line of one has no rows."""

    __tablename__ = "line_share"
    __table_args__ = (
        UniqueConstraint("line_id", "staff_id"),
        CheckConstraint("share_bp BETWEEN 1 AND 10000", name="share"),
    )

    id: Mapped[identity]
    line_id: Mapped[int] = mapped_column(ForeignKey("invoice_line.id", ondelete="CASCADE"))
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff_member.id"))
    share_bp: Mapped[int]  # basis points


class PayRole(StrEnum):
    """Why somebody is paid for a line, or pays for it."""

    WORK = "work"
    ASSISTANT = "assistant"  # a part of what her head earns on it
    HEAD = "head"  # what her assistants take of hers; negative
    REDO = "redo"  # her work was done again by this line; negative


class PayTerms(Base):
    """By what terms somebody is paid for a line: fixed when it is issued, so that later schemes never change it."""

    __tablename__ = "pay_terms"
    __table_args__ = (
        UniqueConstraint("line_id", "staff_id", "role", "of_staff_id"),
        CheckConstraint("part_bp BETWEEN 0 AND 10000", name="part"),
    )

    id: Mapped[identity]
    line_id: Mapped[int] = mapped_column(ForeignKey("invoice_line.id"))
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff_member.id"), index=True)
    role: Mapped[str] = mapped_column(String(10))
    of_staff_id: Mapped[int] = mapped_column(default=0)  # whose earnings an assistant has a part of; 0: nobody's
    part_bp: Mapped[int]  # of the line, of the head's earnings, of the cost of doing it again
    scheme_id: Mapped[int | None] = mapped_column(ForeignKey("pay_scheme.id"))
    month: Mapped[date]  # the first day of the sale's Jalali month: steps count by it
    terms: Mapped[dict[str, Any]] = mapped_column(JSON)  # of the scheme, as they were


class PayShare(Base):
    """What a sale, a return or a payment by club credit changes in somebody's pay for a line. Rials, never changed."""

    __tablename__ = "pay_share"

    id: Mapped[identity]
    terms_id: Mapped[int] = mapped_column(ForeignKey("pay_terms.id"), index=True)
    invoice_id: Mapped[int] = mapped_column(ForeignKey("invoice.id"), index=True)  # the sale, or its return
    entry_id: Mapped[int | None] = mapped_column(ForeignKey("entry.id"), index=True)  # None: nothing was earned
    base: Mapped[rials]  # what the percentage is taken of
    share: Mapped[rials]  # hers, after the costs that she bears
    discount_cost: Mapped[rials] = mapped_column(default=0)  # what of the discount she bears
    credit_cost: Mapped[rials] = mapped_column(default=0)  # what of the club credit she bears


class PayTally(Base):
    """What somebody has done in a Jalali month under a scheme with steps: the sum of the bases."""

    __tablename__ = "pay_tally"
    __table_args__ = (UniqueConstraint("scheme_id", "staff_id", "month"),)

    id: Mapped[identity]
    scheme_id: Mapped[int] = mapped_column(ForeignKey("pay_scheme.id"))
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff_member.id"))
    month: Mapped[date]  # its first day
    base: Mapped[rials]


class Tip(Base):
    """A tip (انعام) on an invoice: it goes to the person. Negative on a return."""

    __tablename__ = "tip"
    __table_args__ = (UniqueConstraint("invoice_id", "staff_id"), CheckConstraint("amount <> 0", name="amount"))

    id: Mapped[identity]
    invoice_id: Mapped[int] = mapped_column(ForeignKey("invoice.id"))
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff_member.id"))
    amount: Mapped[rials]


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
    deposit_used: Mapped[rials] = mapped_column(default=0)
    change: Mapped[rials] = mapped_column(default=0)  # cash given back
    kept: Mapped[rials] = mapped_column(default=0)  # what was given above the due and stays on account
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
    method: Mapped[str] = mapped_column(String(12))
    amount: Mapped[rials]
    cashbox_id: Mapped[int | None] = mapped_column(ForeignKey("cashbox.id"))
    staff_id: Mapped[int | None] = mapped_column(ForeignKey("staff_member.id"))  # whose card took it
    reference: Mapped[str] = mapped_column(String(60), default="")  # tracking number, number of the cheque
    due_on: Mapped[date | None]  # of a cheque


class PaymentOutcome(Base):
    """What became of card-to-card money or of a cheque: seen in the account, or never came. Written once."""

    __tablename__ = "payment_outcome"

    id: Mapped[identity]
    payment_id: Mapped[int] = mapped_column(ForeignKey("payment.id"), unique=True)
    came: Mapped[bool]
    cashbox_id: Mapped[int | None] = mapped_column(ForeignKey("cashbox.id"))  # the bank account it came to
    note: Mapped[str] = mapped_column(String(200), default="")
    recorded_at: Mapped[datetime]
    actor_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    entry_id: Mapped[int] = mapped_column(ForeignKey("entry.id"))


class Receipt(Base):
    """Money received for old debts, laid over open invoices (دریافت از بدهکار)."""

    __tablename__ = "receipt"

    id: Mapped[identity]
    branch_id: Mapped[int] = mapped_column(ForeignKey("branch.id"))
    customer_id: Mapped[int] = mapped_column(ForeignKey("customer.id"), index=True)
    amount: Mapped[rials]
    received_at: Mapped[datetime]
    actor_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    idempotency_key: Mapped[str] = mapped_column(String(120), unique=True)
    fingerprint: Mapped[str] = mapped_column(String(64))
    allocated: Mapped[list[dict[str, int]]] = mapped_column(JSON)  # what each invoice took, in order


class DebtContact(Base):
    """Somebody spoke with a customer about her debt."""

    __tablename__ = "debt_contact"

    id: Mapped[identity]
    customer_id: Mapped[int] = mapped_column(ForeignKey("customer.id"), index=True)
    contacted_at: Mapped[datetime]
    actor_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    note: Mapped[str] = mapped_column(String(300), default="")
    promised_on: Mapped[date | None]
