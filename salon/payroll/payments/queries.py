"""Payments of statements as they are read."""

from sqlalchemy import select

from ...core.db import db
from ..errors import payment_unknown
from ..models import PayPayment, PayStatement


def payment_of_voucher(voucher_id: int) -> PayPayment | None:
    """The payment that a voucher is."""
    return db.session.scalar(select(PayPayment).where(PayPayment.voucher_id == voucher_id))


def payment_of(staff_id: int, payment_id: int) -> PayPayment:
    """A payment of hers. Raises NotFound `payment_unknown`."""
    question = (
        select(PayPayment)
        .join(PayStatement, PayStatement.id == PayPayment.statement_id)
        .where(PayPayment.id == payment_id, PayStatement.staff_id == staff_id)
    )
    found = db.session.scalar(question)
    if found is None:
        raise payment_unknown()
    return found
