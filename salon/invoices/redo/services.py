"""Writing lines that do work again."""

from collections.abc import Sequence
from dataclasses import replace

from flask_babel import gettext as _
from sqlalchemy import select

from ...core.db import db
from ...core.money import WHOLE
from ..errors import redo_unknown
from ..models import Invoice
from ..rules import LineSpec
from .queries import services_done


def with_redo(lines: Sequence[LineSpec], *, customer_id: int) -> list[LineSpec]:
    """The lines that do work again given for nothing. Raises Invalid `redo_unknown` at `lines.N.redo_line_id`."""
    again = {line.redo_line_id for line in lines if line.redo_line_id is not None}
    if not again:
        return list(lines)
    done = services_done(again, customer_id)
    for position, line in enumerate(lines):
        if line.redo_line_id is not None and (
            line.service_id is None or done.get(line.redo_line_id) != line.service_id
        ):
            raise redo_unknown(f"lines.{position}.redo_line_id")
    return [_for_nothing(line) if line.redo_line_id is not None else line for line in lines]


def with_redo_on(invoice_id: int, lines: Sequence[LineSpec]) -> list[LineSpec]:
    """Likewise for the lines of a draft."""
    if not any(line.redo_line_id for line in lines):
        return list(lines)
    customer_id = db.session.scalar(select(Invoice.customer_id).where(Invoice.id == invoice_id))
    return with_redo(lines, customer_id=customer_id or 0)


def _for_nothing(line: LineSpec) -> LineSpec:
    return replace(line, discount_bp=WHOLE, discount_reason=line.discount_reason or _("کار مجدد"))
