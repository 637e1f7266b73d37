"""Calls about vouchers and transfers."""

import uuid
from typing import Any

from flask_login import current_user

from ...cashbox.boxes.queries import categories
from ...cashbox.models import Direction, Voucher, VoucherKind
from ...cashbox.vouchers.rules import VoucherSpec
from ...cashbox.vouchers.services import record_voucher, reverse_voucher
from ...core.db import transaction
from ...core.pages import present
from ...core.permissions import Permission, requires
from ..calls import Calls
from ..invoices.schemas import IdempotencyHeaderSchema
from . import schemas as s

calls = Calls("vouchers", __name__, "Money that comes, goes or changes boxes without an invoice.")


@calls.get("/cash-categories")
@calls.answers(200, s.CategoriesSchema)
@requires(Permission.CASHBOX_VIEW)
def list_categories() -> dict[str, Any]:
    """What money comes in or goes out for."""
    return {"items": [*categories(Direction.IN), *categories(Direction.OUT)]}


@calls.post("/vouchers")
@calls.takes(IdempotencyHeaderSchema, "headers")
@calls.takes(s.NewVoucherSchema, example=s.NEW_VOUCHER)
@calls.answers(
    201,
    s.VoucherSchema,
    till_short=409,
    period_closed=409,
    invalid=422,
    cashbox_unknown=422,
    category_unknown=422,
    staff_unknown=422,
    day_ahead=422,
    key_reused=422,
)
@requires(Permission.CASHBOX_WRITE)
def create_voucher(headers: dict[str, Any], asked: dict[str, Any]) -> Voucher:
    """Write a voucher; the same Idempotency-Key gives the same one. A withdrawal needs the owner's right."""
    return _recorded(headers, VoucherSpec(**asked | {"kind": VoucherKind(asked["kind"])}))


@calls.post("/transfers")
@calls.takes(IdempotencyHeaderSchema, "headers")
@calls.takes(s.NewTransferSchema, example=s.NEW_TRANSFER)
@calls.answers(
    201,
    s.VoucherSchema,
    till_short=409,
    period_closed=409,
    invalid=422,
    cashbox_unknown=422,
    same_box=422,
    day_ahead=422,
    key_reused=422,
)
@requires(Permission.CASHBOX_WRITE)
def create_transfer(headers: dict[str, Any], asked: dict[str, Any]) -> Voucher:
    """Move money from one box to another in one entry; the same Idempotency-Key moves nothing twice."""
    return _recorded(headers, VoucherSpec(kind=VoucherKind.TRANSFER, **asked))


@calls.post("/vouchers/<key:voucher_id>/reversals")
@calls.takes(IdempotencyHeaderSchema, "headers")
@calls.takes(s.NewReversalSchema, example=s.NEW_REVERSAL)
@calls.answers(
    201,
    s.VoucherSchema,
    not_found=404,
    voucher_unknown=404,
    voucher_reversed=409,
    voucher_reverses=409,
    pay_elsewhere=409,
    till_short=409,
    period_closed=409,
    invalid=422,
    key_reused=422,
)
@requires(Permission.CASHBOX_WRITE)
def take_voucher_back(headers: dict[str, Any], asked: dict[str, Any], voucher_id: int) -> Voucher:
    """Take a voucher or a transfer back by another of today; the same Idempotency-Key gives the same one."""
    with transaction():
        return reverse_voucher(
            branch_id=current_user.branch_id,
            voucher_id=voucher_id,
            **asked,
            key=_key(headers),
            actor=current_user,
            now=present(),
        )


def _recorded(headers: dict[str, Any], spec: VoucherSpec) -> Voucher:
    with transaction():
        return record_voucher(
            branch_id=current_user.branch_id, spec=spec, key=_key(headers), actor=current_user, now=present()
        )


def _key(headers: dict[str, Any]) -> str:
    return f"api:{headers['key'] or uuid.uuid4().hex}"
