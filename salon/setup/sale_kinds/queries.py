"""Reads about kinds of sale."""

from collections.abc import Sequence

from sqlalchemy import select

from ...core.db import db
from ..errors import sale_kind_unknown
from ..models import SaleKind


def sale_kinds() -> Sequence[SaleKind]:
    """Every kind of sale in its order, those that are laid aside last; the first is proposed."""
    order = (SaleKind.active.desc(), SaleKind.position, SaleKind.id)
    return db.session.scalars(select(SaleKind).order_by(*order)).all()


def sale_kind(kind_id: int) -> SaleKind:
    """The kind of sale of this number. Raises NotFound sale_kind_unknown."""
    found = db.session.get(SaleKind, kind_id)
    if found is None:
        raise sale_kind_unknown()
    return found
