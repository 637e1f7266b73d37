"""Verbs about kinds of sale (نوع فروش)."""

from datetime import datetime

from flask_babel import gettext as _

from ...access.rules import Actor
from ...core.db import db
from ...core.lengths import name_of
from ..models import SaleKind
from .queries import sale_kind


def add_sale_kind(*, name: str, position: int = 0, active: bool = True, actor: Actor | None, now: datetime) -> SaleKind:
    """Begin a kind of sale. Raises DomainError sale_kind_exists, Invalid name_missing, text_long."""
    added = SaleKind(name=name_of(name, SaleKind.name), position=position, active=active)
    db.session.add(added)
    db.session.flush()
    return added


def change_sale_kind(
    *, kind_id: int, name: str, position: int, active: bool, actor: Actor | None, now: datetime
) -> SaleKind:
    """Rename a kind of sale, move it or lay it aside; invoices keep it. Raises NotFound, and as `add_sale_kind`."""
    changed = sale_kind(kind_id)
    changed.name, changed.position, changed.active = name_of(name, SaleKind.name), position, active
    db.session.flush()
    return changed


def add_usual_kinds(*, actor: Actor | None, now: datetime) -> None:
    """The kinds of sale that nearly every salon has."""
    names = (_("در سالن"), _("در منزل"), _("فروشگاه"), _("تلفنی"))
    db.session.add_all(SaleKind(name=name, position=position) for position, name in enumerate(names))
    db.session.flush()
