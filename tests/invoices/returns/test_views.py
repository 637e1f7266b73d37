"""Returning, correcting and cancelling on screen."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select, update

from salon.core import clock
from salon.core.db import db, transaction
from salon.customers.models import Customer
from salon.invoices.models import Invoice
from tests.factories import SmallSalon

from .conftest import Back, Pay, Sell, balances, lines_of, verify

LogIn = Callable[[str], FlaskClient]


@pytest.fixture
def sale(sell: Sell, pay: Pay) -> int:
    """Two cuts of today, paid in cash."""
    today = clock.now()
    found = sell(500_000, at=today, quantity=2)
    pay(found, 1_000_000, at=today)
    return found


def key_in(text: str) -> str:
    found = re.search(r'name="key"[^>]*value="([0-9a-f]+)"', text)
    assert found is not None, text
    return found[1]


def asked(client: FlaskClient, sale: int, **more: str) -> dict[str, str]:
    text = client.get(f"/invoices/{sale}/return").text
    return {"key": key_in(text), "refund": "original", "seen_total": "", **more}


def box(sale: int) -> str:
    return f"pieces-{lines_of(sale)[0]}"


@pytest.mark.parametrize(("name", "cancels"), [("desk", False), ("owner", True)])
def test_the_slip_offers_to_take_back_to_correct_and_to_the_owner_to_cancel(
    log_in: LogIn, sale: int, name: str, cancels: bool
) -> None:
    slip = log_in(name).get(f"/invoices/{sale}/slip").text
    for place in ("return", "correct"):
        assert f"/invoices/{sale}/{place}" in slip
    assert (f"/invoices/{sale}/cancel" in slip) == cancels


def test_what_goes_back_is_shown_before_it_does(log_in: LogIn, sale: int) -> None:
    client = log_in("desk")
    page = client.get(f"/invoices/{sale}/return").text
    assert f'name="{box(sale)}" value="۲"' in page
    fragment = client.get(f"/invoices/{sale}/return/plan?{box(sale)}=۱&refund=original").text
    assert 'name="seen_total" value="500000"' in fragment
    assert "۲۰ امتیاز" in fragment
    assert "ماندهٔ باشگاهش منفی" not in fragment
    assert "برگشت نمی‌خورد" in client.get(f"/invoices/{sale}/return/plan?{box(sale)}=3&refund=cash").text
    assert "از هر ردیف چند تا" in client.get(f"/invoices/{sale}/return/plan").text


def test_a_piece_goes_back_and_sale_and_return_point_at_each_other(log_in: LogIn, sale: int) -> None:
    client = log_in("desk")
    body = asked(client, sale, **{box(sale): "۱", "reason": "ناراضی", "seen_total": "500000"})
    answer = client.post(f"/invoices/{sale}/return", data=body)
    made = db.session.scalars(select(Invoice).where(Invoice.returns_id == sale)).one()
    assert answer.location == f"/invoices/{made.id}/slip?print=1"
    slip = client.get(answer.location).text
    for told in ("مرجوعی شمارهٔ ۲", "از فاکتور شمارهٔ ۱", "ناراضی", "امتیاز پس‌گرفته: ۲۰", f'href="/invoices/{sale}"'):
        assert told in slip
    assert f'href="/invoices/{made.id}"' in client.get(f"/invoices/{sale}/slip").text
    listing = client.get("/invoices?day=").text
    assert "مرجوعی فاکتور ۱" in listing
    assert "مرجوعی دارد" in listing
    assert client.get(f"/invoices/{made.id}/slip.pdf").data.startswith(b"%PDF")
    again = client.post(f"/invoices/{sale}/return", data=body)
    assert again.location == answer.location
    assert verify() == []


@pytest.mark.parametrize(
    ("typed", "told"),
    [("۳", "برگشت نمی‌خورد"), ("دو", "تعداد مرجوعی را با رقم"), ("", "از کدام ردیف چند تا"), ("-۱", "با رقم")],
)
def test_a_refusal_keeps_what_was_typed(log_in: LogIn, sale: int, typed: str, told: str) -> None:
    client = log_in("desk")
    before = balances()
    body = asked(client, sale, **{box(sale): typed, "reason": "ناراضی", "refund": "cash"})
    answer = client.post(f"/invoices/{sale}/return", data=body)
    assert answer.status_code == 422
    for kept in (told, "ناراضی", body["key"], f'value="{typed}"', "checked"):
        assert kept in answer.text
    assert balances() == before


def test_another_total_than_was_seen_is_refused(log_in: LogIn, sale: int) -> None:
    client = log_in("desk")
    answer = client.post(f"/invoices/{sale}/return", data=asked(client, sale, **{box(sale): "1", "seen_total": "7"}))
    assert answer.status_code == 422
    assert "مبلغ‌ها را دوباره ببینید" in answer.text


def test_credit_is_not_offered_to_somebody_without_a_name(salon: SmallSalon, log_in: LogIn, sale: int) -> None:
    client = log_in("desk")
    assert 'value="credit"' in client.get(f"/invoices/{sale}/return").text
    with transaction() as session:
        session.execute(update(Customer).where(Customer.id == salon.zahra).values(is_walk_in=True, mobile=None))
    assert 'value="credit"' not in client.get(f"/invoices/{sale}/return").text


def test_a_correction_leads_to_the_draft(log_in: LogIn, sale: int) -> None:
    client = log_in("desk")
    page = client.get(f"/invoices/{sale}/correct").text
    assert "علی‌الحساب" in page
    answer = client.post(f"/invoices/{sale}/correct", data={"key": key_in(page), "reason": "پرسنل"})
    draft = db.session.scalars(select(Invoice).where(Invoice.corrects_id == sale)).one()
    assert answer.location == f"/invoices/{draft.id}"
    assert client.get(answer.location).status_code == 200
    assert verify() == []
    assert client.post(f"/invoices/{sale}/correct", data={"key": "another-key-1"}).status_code == 422


def test_the_owner_cancels(log_in: LogIn, sale: int) -> None:
    owner = log_in("owner")
    page = owner.get(f"/invoices/{sale}/cancel").text
    answer = owner.post(f"/invoices/{sale}/cancel", data={"key": key_in(page), "reason": "اشتباه"})
    assert answer.status_code == 303
    assert balances() == {}
    assert "همهٔ این فاکتور برگشته است" in owner.get(f"/invoices/{sale}/slip").text


@pytest.mark.parametrize("act", ["correct", "cancel"])
def test_a_whole_sale_goes_back_for_a_reason(log_in: LogIn, sale: int, act: str) -> None:
    owner = log_in("owner")
    typed = {"key": key_in(owner.get(f"/invoices/{sale}/{act}").text), "reason": " "}
    answer = owner.post(f"/invoices/{sale}/{act}", data=typed)
    assert answer.status_code == 422
    assert "علت را بنویسید." in answer.text
    assert db.session.scalars(select(Invoice.id).where(Invoice.id != sale)).all() == []


def test_the_receptionist_may_not_cancel(log_in: LogIn, sale: int) -> None:
    desk = log_in("desk")
    assert desk.get(f"/invoices/{sale}/cancel").status_code == 403
    assert desk.post(f"/invoices/{sale}/cancel", data={"key": "some-key-1"}).status_code == 403


def test_a_sale_of_another_day_is_not_cancelled_on_screen(log_in: LogIn, sell: Sell, pay: Pay) -> None:
    earlier = clock.now() - timedelta(days=2)
    old = sell(at=earlier)
    pay(old, 1_000_000, at=earlier)
    owner = log_in("owner")
    assert f"/invoices/{old}/cancel" not in owner.get(f"/invoices/{old}/slip").text
    page = owner.get(f"/invoices/{old}/cancel").text
    answer = owner.post(f"/invoices/{old}/cancel", data={"key": key_in(page), "reason": "اشتباه"})
    assert answer.status_code == 422
    assert "تنها در همان روز" in answer.text


def test_nothing_is_offered_of_what_went_back_and_of_returns(log_in: LogIn, sale: int, back: Back) -> None:
    client = log_in("desk")
    made = back(sale, at=clock.now()).id
    assert "چیزی برای برگشت نمانده" in client.get(f"/invoices/{sale}/return").text
    assert "مرجوعی دوباره برگشت نمی‌خورد" in client.get(f"/invoices/{made}/correct").text
    assert client.get("/invoices/999999/return").status_code == 404
