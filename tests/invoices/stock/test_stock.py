"""What an invoice takes off the shelf, and how the audit sees it."""

import re
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import insert, text, update

from salon.catalog.services import add_product
from salon.cli import salon as command
from salon.core.db import db, transaction
from salon.core.errors import DomainError
from salon.core.jalali import local_date
from salon.inventory.models import StockMovement
from salon.inventory.queries import history, stock_of
from salon.inventory.services import receive
from salon.invoices.models import Invoice
from salon.invoices.queries import invoice
from salon.invoices.rules import LineSpec
from salon.invoices.services import draft
from salon.invoices.stock.queries import verify_stock
from salon.invoices.stock.services import move_stock
from tests.factories import SmallSalon, pay_cash


@pytest.fixture
def serum(salon: SmallSalon, now: datetime) -> int:
    """A serum at 600,000 rials, of which five came."""
    with transaction():
        made = add_product(name="سرم مو", price=600_000, actor=None, now=now).id
        receive(branch_id=salon.branch_id, pieces={made: 5}, key="box", actor=None, now=now)
    return made


def sold(salon: SmallSalon, now: datetime, *lines: LineSpec) -> int:
    """A draft for Zahra."""
    with transaction():
        return draft(branch_id=salon.branch_id, customer_id=salon.zahra, lines=lines, actor_id=None, now=now)


def test_goods_leave_the_shelf_when_the_invoice_is_issued_and_once(
    salon: SmallSalon, serum: int, now: datetime
) -> None:
    cut = LineSpec(salon.cut, None, salon.sara)
    written = sold(salon, now, cut, LineSpec(None, serum, quantity=2), LineSpec(None, serum))
    assert stock_of(salon.branch_id, [serum]) == {serum: 5}
    pay_cash(salon, now, written, 100_000, "first")
    pay_cash(salon, now + timedelta(days=1), written, 200_000, "second")
    assert stock_of(salon.branch_id, [serum]) == {serum: 2}
    told = [(row.kind.value, row.quantity, row.business_date) for row in history(salon.branch_id, serum, 2, 0)]
    assert told == [("sold", -1, local_date(now)), ("sold", -2, local_date(now))]
    assert verify_stock() == []


def test_more_is_sold_than_is_there_and_the_books_say_so(salon: SmallSalon, serum: int, now: datetime) -> None:
    pay_cash(salon, now, sold(salon, now, LineSpec(None, serum, quantity=7)), 4_200_000, "all")
    assert stock_of(salon.branch_id, [serum]) == {serum: -2}
    assert verify_stock() == []


@pytest.fixture
def line(salon: SmallSalon, serum: int, now: datetime) -> int:
    """An issued line of two serums."""
    written = sold(salon, now, LineSpec(None, serum, quantity=2))
    pay_cash(salon, now, written, 1_200_000, "paid")
    return int(db.session.execute(text("SELECT max(id) FROM invoice_line")).scalar_one())


def test_an_invoice_moves_its_goods_once(salon: SmallSalon, line: int, now: datetime) -> None:
    with pytest.raises(DomainError) as refusal, transaction():
        move_stock(invoice_id=1, actor_id=None, now=now)
    assert refusal.value.code == "stock_moved"


def forge(salon: SmallSalon, now: datetime, product: int, line_id: int | None, **row: object) -> None:
    """A movement that nobody should have written."""
    kept = {"kind": "sold", "quantity": -1, "business_date": local_date(now), "branch_id": salon.branch_id} | row
    with transaction():
        values = {**kept, "product_id": product, "line_id": line_id, "recorded_at": now, "note": ""}
        db.session.execute(insert(StockMovement), {**values, "idempotency_key": "forged"})


def test_a_second_movement_of_a_line_is_found(salon: SmallSalon, serum: int, line: int, now: datetime) -> None:
    forge(salon, now, serum, line)
    assert verify_stock() == [f"line {line} of invoice 1: 2 pieces on it, the stock moved by -3"]


@pytest.mark.parametrize(
    "wrong",
    [
        {"kind": "returned", "quantity": -1},
        {"business_date": local_date(datetime.fromisoformat("2026-11-20T00:00:00+00:00"))},
    ],
)
def test_a_movement_that_its_line_does_not_tell_is_found(
    salon: SmallSalon, serum: int, line: int, now: datetime, wrong: dict[str, object]
) -> None:
    forge(salon, now, serum, line, **wrong)
    assert any(found.endswith(f"not what line {line} says") for found in verify_stock())


def test_a_movement_of_another_product_is_found(salon: SmallSalon, line: int, now: datetime) -> None:
    with transaction():
        mask = add_product(name="ماسک", price=1, actor=None, now=now).id
    forge(salon, now, mask, line)
    assert any(found.endswith(f"not what line {line} says") for found in verify_stock())


@pytest.mark.parametrize(("kind", "has_line"), [("sold", False), ("returned", False), ("in", True)])
def test_what_was_sold_names_its_line_and_nothing_else_does(
    salon: SmallSalon, serum: int, line: int, now: datetime, kind: str, has_line: bool
) -> None:
    forge(salon, now, serum, line if has_line else None, kind=kind)
    assert any(found.startswith("stock movement") and kind in found for found in verify_stock())


def test_a_sale_that_moved_nothing_is_found_but_not_what_was_brought_in(
    app: Flask, salon: SmallSalon, serum: int, now: datetime
) -> None:
    written = sold(salon, now, LineSpec(None, serum, quantity=2))
    with transaction():
        issued = {"number": 1, "jalali_year": 1405, "status": "open", "issued_at": now}
        db.session.execute(update(Invoice).where(Invoice.id == written).values(**issued, import_key="old"))
    assert verify_stock() == []
    another = sold(salon, now, LineSpec(None, serum, quantity=3))
    with transaction():
        db.session.execute(update(Invoice).where(Invoice.id == another).values(**issued | {"number": 2}))
    assert [found.partition(":")[2] for found in verify_stock()] == [" 3 pieces on it, the stock moved by 0"]
    assert "3 pieces on it" in app.test_cli_runner().invoke(command, ["ledger", "verify"]).output


def test_what_was_issued_before_stock_was_kept_moved_nothing(salon: SmallSalon, now: datetime) -> None:
    with transaction():
        made = add_product(name="سرم مو", price=600_000, actor=None, now=now).id
    written = sold(salon, now, LineSpec(None, made))
    with transaction():
        issued = {"number": 1, "jalali_year": 1405, "status": "open", "issued_at": now}
        db.session.execute(update(Invoice).where(Invoice.id == written).values(**issued))
    assert verify_stock() == []
    later = now + timedelta(hours=1)
    with transaction():
        receive(branch_id=salon.branch_id, pieces={made: 5}, key="box", actor=None, now=later)
    assert verify_stock() == []


def test_from_a_movement_of_goods_one_comes_to_the_slip_that_sold_them(
    salon: SmallSalon, serum: int, now: datetime, log_in: Callable[[str], FlaskClient]
) -> None:
    written = sold(salon, now, LineSpec(None, serum, quantity=2))
    pay_cash(salon, now, written, invoice(written).total, "serum")
    desk = log_in("desk")
    (line_id,) = re.findall(r'href="(/invoices/lines/\d+)"', desk.get(f"/products/{serum}/stock").text)
    assert desk.get(line_id).headers["Location"] == f"/invoices/{written}/slip"
    assert desk.get("/invoices/lines/999").status_code == 404
