"""Verbs about boxes and categories: those of a new salon, new ones, changed ones."""

from dataclasses import dataclass
from datetime import datetime

from flask_babel import gettext as _
from sqlalchemy import update
from sqlalchemy.dialects import postgresql, sqlite

from ...access.rules import Actor
from ...core.db import db, is_postgresql
from ...core.lengths import line_of, name_of
from ..errors import (
    BOX_EXISTS,
    CATEGORY_EXISTS,
    box_kind_unknown,
    box_not_empty,
    category_unknown,
    main_box_needed,
)
from ..models import BoxKind, Cashbox, CashCategory, Direction
from ..services import open_main_box
from .queries import box_named, box_of, category_named, category_of, has_main, held_in, is_counted, lock_box


@dataclass(frozen=True)
class BoxSpec:
    """What a box is: `number` is that of the account or the terminal."""

    name: str
    kind: str
    number: str = ""
    is_main: bool = False
    active: bool = True


def furnish(*, branch_id: int, actor: Actor | None, now: datetime) -> None:
    """Give a branch a main box of each kind, and the salon the usual categories; what is there already stays."""
    for kind in BoxKind:
        open_main_box(branch_id=branch_id, kind=kind)
    usual = {
        Direction.IN: [_("دریافت متفرقه")],
        Direction.OUT: [_("اجاره"), _("قبض‌ها"), _("مواد مصرفی"), _("پذیرایی"), _("تعمیرات"), _("متفرقه")],
    }
    rows = [
        {"name": name, "direction": direction.value, "active": True}
        for direction, names in usual.items()
        for name in names
    ]
    write = postgresql.insert if is_postgresql() else sqlite.insert
    db.session.connection().execute(write(CashCategory).on_conflict_do_nothing(), rows)


def add_box(*, branch_id: int, spec: BoxSpec, actor: Actor | None, now: datetime) -> Cashbox:
    """Open a box; the first of its kind is the main one. Raises Invalid, DomainError `cashbox_exists`."""
    if spec.kind not in set(BoxKind):
        raise box_kind_unknown()
    added = Cashbox(branch_id=branch_id, name=_named(spec.name, branch_id, None), kind=spec.kind, active=True)
    added.number = line_of(spec.number, Cashbox.number)
    added.is_main = _become_main(branch_id, spec)
    db.session.add(added)
    db.session.flush()
    return added


def change_box(*, branch_id: int, cashbox_id: int, spec: BoxSpec, actor: Actor | None, now: datetime) -> Cashbox:
    """Rename a box, make it the main one of its kind, put it away or take it back; its kind stays.

    Raises NotFound; Invalid; DomainError `cashbox_exists`, `main_box_needed`, `cashbox_not_empty`.
    """
    lock_box(cashbox_id)
    box = box_of(branch_id, cashbox_id)
    spec = BoxSpec(spec.name, box.kind, spec.number, spec.is_main, spec.active)
    if box.is_main and not (spec.is_main and spec.active):
        raise main_box_needed()
    if not spec.active and (held_in(box) or is_counted(box.id)):
        raise box_not_empty()
    box.name, box.number = _named(spec.name, branch_id, box.id), line_of(spec.number, Cashbox.number)
    box.is_main = box.is_main or _become_main(branch_id, spec)
    box.active = spec.active
    db.session.flush()
    return box


def add_category(*, name: str, direction: str, actor: Actor | None, now: datetime) -> CashCategory:
    """Name something that money comes in or goes out for. Raises Invalid, DomainError `category_exists`."""
    if direction not in set(Direction):
        raise category_unknown()
    kept = name_of(name, CashCategory.name)
    if category_named(kept, direction) is not None:
        raise CATEGORY_EXISTS.again()
    added = CashCategory(name=kept, direction=direction, active=True)
    db.session.add(added)
    db.session.flush()
    return added


def switch_category(*, category_id: int, actor: Actor | None, now: datetime) -> CashCategory:
    """Put a category away, or take it back. Raises Invalid `category_unknown`."""
    found = category_of(category_id)
    if found is None:
        raise category_unknown()
    found.active = not found.active
    db.session.flush()
    return found


def _named(typed: str, branch_id: int, besides: int | None) -> str:
    kept = name_of(typed, Cashbox.name)
    if box_named(branch_id, kept) not in {None, besides}:
        raise BOX_EXISTS.again()
    return kept


def _become_main(branch_id: int, spec: BoxSpec) -> bool:
    """Whether the box is the main one of its kind; if so, no other is."""
    if spec.is_main and spec.active:
        of_kind = Cashbox.branch_id == branch_id, Cashbox.kind == spec.kind
        db.session.execute(update(Cashbox).where(*of_kind).values(is_main=False))
        return True
    return not has_main(branch_id, spec.kind)
