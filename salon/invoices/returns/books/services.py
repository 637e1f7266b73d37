"""The rows that a return writes. What goes back is negative, as the invoice's own lines are positive."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import func, insert, select, update

from ....cashbox.deposits.services import write_deposit
from ....cashbox.models import PaymentMethod
from ....cashbox.rules import PaymentSpec
from ....core.db import db
from ....core.jalali import jalali_year
from ....setup.numbers.services import next_number
from ....setup.services import ensure_fiscal_year
from ...models import (
    Invoice,
    InvoiceKind,
    InvoiceLine,
    InvoiceStatus,
    LineNature,
    LineShare,
    Payment,
    Settlement,
)
from ...terms.queries import shares_of, tips_of
from ...terms.services import write_tips
from ..lines.rules import BackLine
from ..rules import Asked, ReturnPlan, Standing

_NEW_INVOICE = insert(Invoice).returning(Invoice.id)
_NEW_LINE = insert(InvoiceLine).returning(InvoiceLine.id)
_NEW_SETTLEMENT = insert(Settlement).returning(Settlement.id)
# What a line that goes back, or is written anew, keeps of the one that was sold.
_KEPT_OF_LINE = (
    "position", "service_id", "product_id", "staff_id", "description", "unit_price", "discount_bp", "discount_reason",
    "discount_by", "tax_bp", "list_id", "package_id", "usable_until", "series_line_id",
)  # fmt: skip
_KEPT_OF_SALE = ("sale_kind_id", "shared_discount_bp", "discount_reason", "discount_by")


def write_return(plan: ReturnPlan, asked: Asked) -> int:
    """The return's own invoice, numbered in the series of the sale's branch; gives its id."""
    ensure_fiscal_year(asked.today)
    year = jalali_year(asked.today)
    number = next_number(kind="invoice", branch_id=plan.sale.branch_id, year=year)
    row = {
        **_invoice_row(plan, asked, sign=-1),
        "kind": InvoiceKind.RETURN.value,
        "returns_id": plan.sale.id,
        "status": InvoiceStatus.SETTLED.value,
        "number": number,
        "jalali_year": year,
        "paid": -plan.worth.total,
        "issued_at": asked.now,
        "settled_at": asked.now,
    }
    return_id = int(db.session.connection().execute(_NEW_INVOICE, row).scalar_one())
    _write_lines(return_id, plan, sign=-1)
    if plan.last:
        _copy_tips(plan.sale.id, return_id, sign=-1)
    return return_id


def write_correction(plan: ReturnPlan, asked: Asked) -> int:
    """A draft of what was sold, to be changed and settled instead of it; gives its id."""
    appointment = db.session.scalar(select(Invoice.appointment_id).where(Invoice.id == plan.sale.id))
    row = {
        **_invoice_row(plan, asked, sign=1),
        "kind": InvoiceKind.SALE.value,
        "corrects_id": plan.sale.id,
        "appointment_id": appointment,
        "status": InvoiceStatus.DRAFT.value,
        "paid": 0,
    }
    draft_id = int(db.session.connection().execute(_NEW_INVOICE, row).scalar_one())
    _write_lines(draft_id, plan, sign=1)
    if plan.last:
        _copy_tips(plan.sale.id, draft_id, sign=1)
    return draft_id


def _invoice_row(plan: ReturnPlan, asked: Asked, *, sign: int) -> dict[str, Any]:
    kept = select(*(getattr(Invoice, name) for name in _KEPT_OF_SALE)).where(Invoice.id == plan.sale.id)
    worth = plan.worth
    return {
        **db.session.execute(kept).one()._mapping,
        "branch_id": plan.sale.branch_id,
        "customer_id": plan.sale.customer_id,
        "business_date": asked.today,
        "net": sign * worth.net,
        "discount": sign * worth.discount,
        "shared_discount": sign * worth.shared_discount,
        "tax": sign * worth.tax,
        "tips": sign * worth.tips,
        "rounding": sign * worth.rounding,
        "total": sign * worth.total,
        "reason": asked.reason,
        "created_at": asked.now,
        "created_by": asked.actor_id,
    }


def _write_lines(invoice_id: int, plan: ReturnPlan, *, sign: int) -> None:
    """The lines with their amounts; those of a return name what they take back."""
    wanted = [part.line.id for part in plan.back]
    columns = (InvoiceLine.id, InvoiceLine.redo_line_id, *(getattr(InvoiceLine, name) for name in _KEPT_OF_LINE))
    kept = {row.id: row for row in db.session.execute(select(*columns).where(InvoiceLine.id.in_(wanted)))}
    shares = shares_of(plan.sale.id)
    for part in plan.back:
        sold = {name: getattr(kept[part.line.id], name) for name in _KEPT_OF_LINE}
        row = {**sold, **_amounts(part, sign), "invoice_id": invoice_id, "nature": _nature(part, sign)}
        row["returns_line_id"] = part.line.id if sign < 0 else None
        row["redo_line_id"] = None if sign < 0 else kept[part.line.id].redo_line_id
        line_id = db.session.connection().execute(_NEW_LINE, row).scalar_one()
        rows = [{"line_id": line_id, "staff_id": who, "share_bp": share} for who, share in shares.get(part.line.id, ())]
        if rows:
            db.session.connection().execute(insert(LineShare), rows)


def _amounts(part: BackLine, sign: int) -> dict[str, int]:
    return {
        "quantity": sign * part.quantity,
        "discount": sign * part.discount,
        "shared_discount": sign * part.shared_discount,
        "tax": sign * part.tax,
        "net": sign * part.net,
    }


def _nature(part: BackLine, sign: int) -> str:
    """A debt from before stays one when it goes back: nothing of it is revenue of these books."""
    if sign > 0 or part.line.nature == LineNature.OPENING:
        return part.line.nature
    return LineNature.RETURN.value


def _copy_tips(sale_id: int, invoice_id: int, *, sign: int) -> None:
    tips = tuple((staff_id, sign * amount) for staff_id, amount in tips_of(sale_id))
    write_tips(invoice_id=invoice_id, tips=tips, afresh=False)


def write_settlement(invoice_id: int, payments: Sequence[PaymentSpec], asked: Asked, told: dict[str, Any]) -> None:
    """An act of paying, or of paying back, beside its key, and how it was done. `told`: the rest of its columns."""
    row = {
        "branch_id": asked.branch_id,
        "invoice_id": invoice_id,
        "idempotency_key": asked.key,
        "fingerprint": asked.fingerprint,
        "settled_at": asked.now,
        "actor_id": asked.actor_id,
        "paid": sum(part.amount for part in payments),
        "credit_used": _by(payments, PaymentMethod.CREDIT),
        "deposit_used": _by(payments, PaymentMethod.DEPOSIT),
        **told,
    }
    settlement_id = db.session.connection().execute(_NEW_SETTLEMENT, row).scalar_one()
    rows = [{**vars(part), "settlement_id": settlement_id, "method": part.method.value} for part in payments]
    if rows:
        db.session.connection().execute(insert(Payment), rows)


def _by(payments: Sequence[PaymentSpec], method: PaymentMethod) -> int:
    return sum(part.amount for part in payments if part.method == method)


def lessen_debt(sale: Standing, debt: int, asked: Asked) -> None:
    """Take what was returned off what is due of the sale."""
    settled = debt == sale.due
    db.session.connection().execute(
        update(Invoice)
        .where(Invoice.id == sale.id)
        .values(
            paid=Invoice.paid + debt,
            status=(InvoiceStatus.SETTLED if settled else InvoiceStatus.OPEN).value,
            settled_at=asked.now if settled else None,
        )
    )


def keep_on_account(plan: ReturnPlan, asked: Asked, entry_id: int) -> None:
    """What was paid stays with the salon as her on-account money (علی‌الحساب)."""
    write_deposit(
        branch_id=asked.branch_id,
        customer_id=plan.sale.customer_id,
        appointment_id=None,
        payment=PaymentSpec(PaymentMethod.RETURN, plan.refund.new_deposit),
        key=f"return:{asked.key}",
        asked=asked.fingerprint,
        entry_id=entry_id,
        actor_id=asked.actor_id,
        now=asked.now,
    )


def corrected_by(sale_id: int) -> int | None:
    """The newest draft or invoice that corrects a sale."""
    return db.session.scalar(select(func.max(Invoice.id)).where(Invoice.corrects_id == sale_id))
