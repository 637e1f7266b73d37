"""A till with its shift, and the audits that end every example."""

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from salon.access.models import User
from salon.cashbox.audit.queries import verify_cashbox
from salon.cashbox.boxes.queries import boxes_of
from salon.cashbox.models import BoxKind, CashCategory, Shift, Voucher, VoucherKind
from salon.cashbox.shifts.services import close_shift, open_shift
from salon.cashbox.vouchers.rules import VoucherSpec
from salon.cashbox.vouchers.services import record_voucher
from salon.club.wallet.queries import verify_lots
from salon.core.db import db, transaction
from salon.invoices.audit.queries import verify_invoices
from salon.ledger.queries import verify_journal
from tests.factories import SmallSalon
from tests.invoices.conftest import Pay, Sell, pay, sell

Write = Callable[..., Voucher]
Open = Callable[..., Shift]
Close = Callable[..., Shift]
Boxes = dict[str, int]

__all__ = ["Pay", "Sell", "pay", "sell"]


def audits() -> list[str]:
    """What `salon ledger verify` finds."""
    db.session.rollback()
    return [*verify_journal(), *verify_lots(), *verify_invoices(), *verify_cashbox()]


@pytest.fixture
def in_order(app: Flask) -> Iterator[None]:
    """Whatever is done, the books stay in order."""
    yield
    assert audits() == []


@pytest.fixture
def boxes(salon: SmallSalon) -> Boxes:
    """The main box of each kind."""
    return {box.kind: box.id for box in boxes_of(salon.branch_id)}


@pytest.fixture
def till(boxes: Boxes) -> int:
    """The salon's till."""
    return boxes[BoxKind.CASH]


@pytest.fixture
def write(salon: SmallSalon, till: int, now: datetime) -> Write:
    """Write a voucher as the owner: a cash receipt unless said otherwise, by a key of its own."""
    keys = iter(range(1000))

    def record(
        amount: int, kind: str = "receipt", *, key: str = "", at: datetime = now, who: int = 0, **more: Any
    ) -> Voucher:
        spec = VoucherSpec(VoucherKind(kind), more.pop("cashbox_id", till), amount, **(_usual(kind) | more))
        with transaction():
            actor = db.session.get_one(User, who or salon.owner_id)
            return record_voucher(
                branch_id=salon.branch_id, spec=spec, key=key or f"voucher-{next(keys)}", actor=actor, now=at
            )

    return record


def _usual(kind: str) -> dict[str, Any]:
    if kind not in {"receipt", "payment", "expense"}:
        return {}
    direction = "in" if kind == "receipt" else "out"
    found = db.session.scalars(select(CashCategory.id).where(CashCategory.direction == direction)).first()
    return {"category_id": found}


@pytest.fixture
def opened(salon: SmallSalon, till: int, now: datetime) -> Open:
    """Open a shift on the till with counted money."""
    keys = iter(range(1000))

    def begin(counted: int = 0, *, key: str = "", at: datetime = now, cashbox_id: int = till) -> Shift:
        with transaction():
            return open_shift(
                branch_id=salon.branch_id,
                cashbox_id=cashbox_id,
                counted=counted,
                key=key or f"open-{next(keys)}",
                actor=db.session.get_one(User, salon.desk_id),
                now=at,
            )

    return begin


@pytest.fixture
def closed(salon: SmallSalon, now: datetime) -> Close:
    """Close a shift with counted money."""
    keys = iter(range(1000))

    def end(shift_id: int, counted: int, *, key: str = "", at: datetime = now, **more: Any) -> Shift:
        with transaction():
            return close_shift(
                branch_id=salon.branch_id,
                shift_id=shift_id,
                counted=counted,
                key=key or f"close-{next(keys)}",
                actor=db.session.get_one(User, salon.desk_id),
                now=at,
                **more,
            )

    return end
