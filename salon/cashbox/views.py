"""The cashbox on screen: what each box holds, what moved today, and new vouchers."""

from datetime import date
from http import HTTPStatus

from flask import Blueprint, flash, redirect, request, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from ..core.db import transaction
from ..core.forms import saved
from ..core.jalali import parse_jalali
from ..core.keys import fresh_key
from ..core.pages import may, page, page_number, paginate, present, today
from ..core.permissions import Permission, requires
from ..staff.queries import active_staff
from .boxes.queries import boxes_of, categories
from .errors import voucher_kind_unknown
from .forms import Choices, VoucherForm
from .models import VoucherKind
from .shifts.queries import shift_rows
from .vouchers.queries import movements, sums_of_day
from .vouchers.rules import DIRECTION_OF, LABELS, label_of
from .vouchers.services import record_voucher, reverse_voucher

blueprint = Blueprint("cashbox", __name__)

KEYS = {
    VoucherKind.RECEIPT: "F6",
    VoucherKind.PAYMENT: "F7",
    VoucherKind.EXPENSE: "F8",
    VoucherKind.TRANSFER: "F9",
    VoucherKind.ADVANCE: "Shift+F7",
    VoucherKind.WITHDRAWAL: "Shift+F9",
}


@blueprint.get("/cashbox")
@requires(Permission.CASHBOX_VIEW)
def overview() -> Response:
    """The boxes with what they hold, and the movements of a day; today's unless another is asked for."""
    day = parse_jalali(request.args.get("day", "")) or today()
    branch = current_user.branch_id
    boxes = boxes_of(branch)
    return page(
        "cashbox/overview.html",
        boxes=boxes,
        held=sum(box.balance for box in boxes),
        day=day,
        shown=paginate(lambda limit, offset: movements(branch, day, limit, offset), page_number()),
        sums=sums_of_day(branch, day),
        shifts=shift_rows(branch, 3),
        vouchers=_vouchers(),
        label=label_of,
        here=lambda number: url_for("cashbox.overview", day=day.isoformat(), page=number),
        fresh_key=fresh_key,
    )


def _vouchers() -> list[tuple[VoucherKind, str, str]]:
    """The kinds of voucher that this user may write, each with its name and key."""
    may_withdraw = may(Permission.OWNER_WITHDRAWALS)
    kinds = [kind for kind in KEYS if may_withdraw or kind != VoucherKind.WITHDRAWAL]
    return [(kind, str(LABELS[kind]), KEYS[kind]) for kind in kinds]


@blueprint.route("/cashbox/vouchers/new/<kind>", methods=["GET", "POST"])
@requires(Permission.CASHBOX_WRITE)
def new_voucher(kind: str) -> Response:
    """Write a voucher; a refusal is shown at its field with everything typed still there."""
    if kind not in KEYS:
        raise voucher_kind_unknown()
    wanted = VoucherKind(kind)
    boxes, *others = _choices(wanted)
    # What is moved between boxes most often goes from the till to the bank, which is the last of them.
    form = VoucherForm(key=fresh_key(), business_date=today(), to_cashbox_id=boxes[-1][0] if boxes else None)
    form.suit(wanted, boxes, *others)
    if saved(form, lambda: _write(wanted, form)):
        flash(_("%(what)s ثبت شد.", what=LABELS[wanted]))
        return redirect(url_for("cashbox.overview", day=_shown_day(form.business_date.data)), HTTPStatus.SEE_OTHER)
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.is_submitted() else HTTPStatus.OK
    return page("cashbox/voucher.html", status, form=form, kind=wanted, title=LABELS[wanted], vouchers=_vouchers())


def _shown_day(day: date | None) -> str | None:
    return None if day is None or day == today() else day.isoformat()


def _choices(kind: VoucherKind) -> tuple[Choices, Choices, Choices]:
    branch = current_user.branch_id
    direction = DIRECTION_OF.get(kind)
    return (
        [(box.id, box.name) for box in boxes_of(branch)],
        [(found.id, found.name) for found in (categories(direction) if direction else ())],
        [(member.id, member.name) for member in active_staff(branch)],
    )


def _write(kind: VoucherKind, form: VoucherForm) -> object:
    spec, key = form.spec(kind), form.key.data or ""
    return record_voucher(
        branch_id=current_user.branch_id, spec=spec, key=f"screen:{key}", actor=current_user, now=present()
    )


@blueprint.post("/cashbox/vouchers/<key:voucher_id>/reverse")
@requires(Permission.CASHBOX_WRITE)
def take_back(voucher_id: int) -> Response:
    """Take a voucher back by another of today."""
    key = request.form.get("key", "")[:64] or fresh_key()
    with transaction():
        reverse_voucher(
            branch_id=current_user.branch_id,
            voucher_id=voucher_id,
            key=f"screen:{key}",
            actor=current_user,
            now=present(),
        )
    flash(_("سند برگشت خورد."))
    return redirect(url_for("cashbox.overview"), HTTPStatus.SEE_OTHER)
