"""Writing tips and shares of a draft."""

from collections.abc import Sequence

from sqlalchemy import delete, insert

from ...core.db import db
from ..models import LineShare, Tip
from ..rules import LineSpec
from .queries import ids_by_position
from .rules import Tips


def write_tips(*, invoice_id: int, tips: Tips, afresh: bool) -> None:
    """Put tips on a draft; `afresh`: instead of those that it has."""
    connection = db.session.connection()
    if afresh:
        connection.execute(delete(Tip).where(Tip.invoice_id == invoice_id))
    if tips:
        rows = [{"invoice_id": invoice_id, "staff_id": staff_id, "amount": amount} for staff_id, amount in tips]
        connection.execute(insert(Tip), rows)


def write_shares(*, invoice_id: int, lines: Sequence[LineSpec]) -> None:
    """Say who shares which line of a draft whose lines were just written."""
    if not any(line.shares for line in lines):
        return
    ids = ids_by_position(invoice_id)
    rows = [
        {"line_id": ids[position], "staff_id": staff_id, "share_bp": part}
        for position, line in enumerate(lines, start=1)
        for staff_id, part in line.shares
    ]
    db.session.connection().execute(insert(LineShare), rows)
