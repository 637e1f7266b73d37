"""Which boxes there are."""

from sqlalchemy import bindparam, case, select

from ..core.db import db
from .models import BoxKind, Cashbox, Shift

# Of each kind the box of her own open shift, else the main one, comes first.
_BOXES = (
    select(Cashbox.id, Cashbox.kind)
    .outerjoin(Shift, (Shift.cashbox_id == Cashbox.id) & Shift.closed_at.is_(None))
    .where(Cashbox.branch_id == bindparam("branch"), Cashbox.active)
    .order_by(case((Shift.opened_by == bindparam("actor"), 0), (Cashbox.is_main, 1), else_=2), Cashbox.id)
    # Whoever counts a till locks it: its money is placed before the counting, or after.
    .with_for_update(read=True, key_share=True, of=Cashbox)
)
_MAIN = select(Cashbox.id).where(
    Cashbox.branch_id == bindparam("branch"), Cashbox.kind == bindparam("kind"), Cashbox.is_main
)


def boxes_for(branch_id: int, actor_id: int | None) -> dict[int, str]:
    """The boxes of a branch with their kinds; of each kind the one that takes what she is paid comes first."""
    rows = db.session.connection().execute(_BOXES, {"branch": branch_id, "actor": actor_id or 0})
    return {row.id: row.kind for row in rows}


def main_box(branch_id: int, kind: BoxKind) -> int:
    """The main box of a kind in a branch, which has been opened."""
    return int(db.session.connection().execute(_MAIN, {"branch": branch_id, "kind": kind.value}).scalar_one())
