"""Screens of the shelf."""

from collections.abc import Mapping
from http import HTTPStatus

from flask import Blueprint, flash, redirect, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_login import current_user
from werkzeug.wrappers import Response

from ..catalog.queries import product
from ..core.db import transaction
from ..core.errors import DomainError, NotFound
from ..core.keys import fresh_key
from ..core.pages import page, page_number, paginate, present
from ..core.permissions import Permission, requires
from .forms import pieces_typed
from .models import MovementKind
from .queries import history, how_many_low, shelf, stock_of
from .services import count_stock, receive, use

blueprint = Blueprint("stock", __name__)

VERBS = {MovementKind.IN: receive, MovementKind.USED: use, MovementKind.COUNTED: count_stock}
TITLES = {
    MovementKind.IN: _l("ورود کالا"),
    MovementKind.USED: _l("مصرف در سالن"),
    MovementKind.COUNTED: _l("شمارش موجودی"),
}
KIND_LABELS = {
    MovementKind.IN: _l("ورود"),
    MovementKind.SOLD: _l("فروش"),
    MovementKind.RETURNED: _l("مرجوعی"),
    MovementKind.USED: _l("مصرف در سالن"),
    MovementKind.COUNTED: _l("شمارش"),
}


@blueprint.get("/products/stock")
@requires(Permission.CATALOG_VIEW)
def shelf_page() -> Response:
    """What is there, what runs out; `low`: only what is to be bought."""
    asked, low_only = request.args.get("q", "").strip(), bool(request.args.get("low"))
    branch_id = current_user.branch_id
    rows = shelf(branch_id, looked_for=asked, low_only=low_only)
    return page("inventory/shelf.html", rows=rows, asked=asked, low_only=low_only, low=how_many_low(branch_id))


@blueprint.get("/products/<key:product_id>/stock")
@requires(Permission.CATALOG_VIEW)
def history_page(product_id: int) -> Response:
    """How the stock of a product came about."""
    shown = product(product_id)
    branch_id = current_user.branch_id
    return page(
        "inventory/history.html",
        product=shown,
        stock=stock_of(branch_id, [product_id])[product_id],
        shown=paginate(lambda limit, offset: history(branch_id, product_id, limit, offset), page_number()),
        labels=KIND_LABELS,
        here=lambda number: url_for("stock.history_page", product_id=product_id, page=number),
    )


@blueprint.get("/products/stock/move")
@requires(Permission.STOCK_WRITE)
def ask() -> Response:
    """A field for every product: what came, was used or was counted."""
    return _grid_page(_kind(request.args), {"key": fresh_key()}, {})


@blueprint.post("/products/stock/move")
@requires(Permission.STOCK_WRITE)
def move() -> Response:
    """Keep what came, was used or was counted; a refusal is shown at its field with everything typed still there."""
    kind = _kind(request.form)
    typed = pieces_typed(kind, request.form, [row.product.id for row in shelf(current_user.branch_id)])
    if typed.errors:
        return _grid_page(kind, request.form, typed.errors, HTTPStatus.UNPROCESSABLE_ENTITY)
    try:
        _move(kind, typed.pieces)
    except NotFound:
        raise
    except DomainError as error:
        return _grid_page(kind, request.form, {error.field or "": error.message}, HTTPStatus.UNPROCESSABLE_ENTITY)
    flash(_("ذخیره شد."))
    return redirect(url_for("stock.shelf_page"), HTTPStatus.SEE_OTHER)


def _move(kind: MovementKind, pieces: Mapping[int, int]) -> None:
    with transaction():
        VERBS[kind](
            branch_id=current_user.branch_id,
            pieces=pieces,
            note=request.form.get("note", ""),
            key=request.form.get("key", "") or fresh_key(),
            actor=current_user,
            now=present(),
        )


def _kind(said: Mapping[str, str]) -> MovementKind:
    """What is told; a count unless something else is named."""
    return next((kind for kind in VERBS if kind.value == said.get("kind")), MovementKind.COUNTED)


def _grid_page(kind: MovementKind, said: Mapping[str, str], errors: Mapping[str, str], status: int = 200) -> Response:
    return page(
        "inventory/move.html",
        status,
        kind=kind.value,
        title=TITLES[kind],
        rows=shelf(current_user.branch_id),
        said=said,
        errors=errors,
    )
