"""Movements of stock. What is there is their sum."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from ..core.db import Base, identity


class MovementKind(StrEnum):
    """Why pieces came or went."""

    IN = "in"
    SOLD = "sold"
    RETURNED = "returned"
    USED = "used"  # at work, not sold
    COUNTED = "counted"  # the difference that a stock-taking found


class StockMovement(Base):
    """Pieces of a product that came to a branch or went. Never changed, never deleted."""

    __tablename__ = "stock_movement"
    __table_args__ = (
        CheckConstraint("quantity <> 0 OR kind = 'counted'", name="quantity"),  # a count may find all as it should be
        Index("ix_stock_movement_product", "product_id", "branch_id"),
    )

    id: Mapped[identity]
    branch_id: Mapped[int] = mapped_column(ForeignKey("branch.id"))
    product_id: Mapped[int] = mapped_column(ForeignKey("product.id"))
    kind: Mapped[str] = mapped_column(String(10))
    quantity: Mapped[int]  # pieces; negative when they went
    business_date: Mapped[date]
    recorded_at: Mapped[datetime]
    actor_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    note: Mapped[str] = mapped_column(String(300), default="")
    # The table of the invoices stands on a higher floor; only the foreign key reaches over.
    line_id: Mapped[int | None] = mapped_column(ForeignKey("invoice_line.id"), index=True)
    idempotency_key: Mapped[str] = mapped_column(String(120), unique=True)
