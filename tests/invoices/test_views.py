"""The till and slips through the browser's door."""

import re
import zlib
from collections.abc import Callable
from datetime import datetime

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from salon.catalog.services import add_service
from salon.core.db import db, transaction
from salon.customers.models import Customer
from salon.invoices.checkout.rules import Outcome
from salon.invoices.models import Invoice, InvoiceStatus
from salon.invoices.queries import birth_of, invoice
from salon.ledger.models import AccountKind
from salon.ledger.queries import total
from salon.setup.queries import profile
from tests.factories import SmallSalon

Sell, Pay, LogIn = Callable[..., int], Callable[..., Outcome], Callable[[str], FlaskClient]
JSON = {"Accept": "application/json"}


@pytest.fixture
def desk(log_in: LogIn) -> FlaskClient:
    """The receptionist's browser."""
    return log_in("desk")


def press(desk: FlaskClient, invoice_id: int, **typed: str) -> object:
    form = {"key": "form-key-1", "seen_due": "1000000", "leave_debt": "", **typed}
    return desk.post(f"/invoices/{invoice_id}/settle", data=form, headers=JSON)


def test_strangers_are_asked_to_log_in(client: FlaskClient, sell: Sell) -> None:
    written = sell()
    for path in ("/invoices", "/invoices/new", f"/invoices/{written}", f"/invoices/{written}/slip", "/offers"):
        assert "/login" in client.get(path).headers["Location"]
    assert client.post(f"/invoices/{written}/settle", headers=JSON).status_code == 401
    assert invoice(written).status == InvoiceStatus.DRAFT


def test_the_list_shows_today_and_narrows(desk: FlaskClient, sell: Sell, pay: Pay) -> None:
    owed = sell(800_000)
    pay(owed)
    everything = desk.get("/invoices?day=1405/08/30").text
    assert "زهرا کریمی" in everything and "۸۰٬۰۰۰" in everything
    assert "این روز هنوز فاکتوری ندارد" in desk.get("/invoices?day=1404/01/01").text
    assert "فاکتوری با این نشانی نیست" in desk.get("/invoices?status=settled").text
    assert desk.get("/invoices?status=nonsense&page=x&day=abc&customer_id=q").status_code == 200
    assert desk.get(f"/invoices?customer_id={2**63}").status_code == 200
    assert desk.get(f"/invoices/receive?customer_id={2**63}").status_code == 200


def test_an_invoice_is_opened_for_a_customer_a_walk_in_or_nobody(desk: FlaskClient, salon: SmallSalon) -> None:
    opened = desk.post("/invoices/new", data={"customer_id": salon.zahra})
    assert opened.status_code == 303
    assert "زهرا کریمی" in desk.get(opened.headers["Location"]).text
    desk.post("/invoices/new", data={"walk_in": "1"})
    newest = db.session.scalars(select(Invoice).order_by(Invoice.id.desc())).first()
    assert db.session.get_one(Customer, newest.customer_id).is_walk_in
    assert desk.post("/invoices/new", data={}).status_code == 422
    assert desk.post("/invoices/new", data={"customer_id": 999}).status_code == 404


def test_typed_lines_are_kept_in_the_salons_unit(desk: FlaskClient, salon: SmallSalon, sell: Sell) -> None:
    written = sell()
    typed = {
        "service_id": salon.cut,
        "staff_id": salon.sara,
        "quantity": "۲",
        "unit_price": "۵۰٬۰۰۰",
        "discount": "۱۰٪",
    }
    answer = desk.put(f"/invoices/{written}/lines", json={"lines": [typed]}, headers=JSON)
    assert (answer.status_code, answer.json["due"]) == (200, 900_000)
    assert answer.json["lines"][0]["discount"] == 100_000


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"quantity": "دو"}, "lines.0.quantity"),
        ({"quantity": "۰"}, "lines.0.quantity"),
        ({"unit_price": "گران"}, "lines.0.unit_price"),
        ({"unit_price": "-۵"}, "lines.0.unit_price"),
        ({"discount": "خیلی"}, "lines.0.discount"),
        ({"discount": "۱۰۱٪"}, "lines.0.discount"),
        ({"staff_id": 999}, "lines.0.staff_id"),
        ({"staff_id": True}, "lines.0.staff_id"),
        ({"service_id": None}, "lines.0.service_id"),
    ],
)
def test_a_wrong_line_is_refused_at_its_field_and_the_draft_stays(
    desk: FlaskClient, salon: SmallSalon, sell: Sell, typed: dict[str, object], field: str
) -> None:
    written = sell()
    line = {"service_id": salon.cut, "quantity": "۱", "unit_price": "۵۰٬۰۰۰", "discount": "", **typed}
    answer = desk.put(f"/invoices/{written}/lines", json={"lines": [line]}, headers=JSON)
    assert (answer.status_code, answer.json["field"]) == (422, field)
    assert invoice(written).total == 1_000_000


@pytest.mark.parametrize("body", [None, [], {"lines": 3}, {"lines": [3]}, {"lines": [{}] * 201}])
def test_what_is_no_list_of_lines_is_refused(desk: FlaskClient, sell: Sell, body: object) -> None:
    assert desk.put(f"/invoices/{sell()}/lines", json=body, headers=JSON).status_code == 422


def test_the_price_of_a_range_is_asked(desk: FlaskClient, sell: Sell, now: datetime) -> None:
    with transaction():
        bridal = add_service(name="میکاپ عروس", price=100, price_to=200, duration=60, actor=None, now=now).id
    typed = {"lines": [{"service_id": bridal, "unit_price": ""}]}
    answer = desk.put(f"/invoices/{sell()}/lines", json=typed, headers=JSON)
    assert (answer.status_code, answer.json["code"], answer.json["field"]) == (
        422,
        "price_missing",
        "lines.0.unit_price",
    )


def test_settling_goes_to_the_slip_and_a_second_press_too(desk: FlaskClient, sell: Sell) -> None:
    written = sell()
    for _ in range(2):
        answer = press(desk, written, cash="۱۰۰٬۰۰۰")
        assert (answer.status_code, answer.json["location"]) == (200, f"/invoices/{written}/slip?print=1")
    assert total(AccountKind.CASH) == 1_000_000
    slip = desk.get(f"/invoices/{written}/slip").text
    for said in ("فاکتور شمارهٔ ۱", "کوتاهی", "سارا احمدی", "۱۰۰٬۰۰۰", "امتیاز این خرید: ۴۰", "در صف"):
        assert said in slip
    assert desk.get(f"/invoices/{written}").headers["Location"] == f"/invoices/{written}/slip"


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"cash": "صد"}, "cash"),
        ({"cash": "۱۰۰٬۰۰۰", "credit": "۱"}, "credit"),
        ({"key": "!"}, "key"),
        ({"seen_due": "x", "cash": "۱۰۰٬۰۰۰"}, "seen_due"),
    ],
)
def test_a_wrong_payment_is_shown_at_its_field(
    desk: FlaskClient, sell: Sell, typed: dict[str, str], field: str
) -> None:
    answer = press(desk, sell(), **typed)
    assert answer.status_code == 422 and field in answer.json["errors"]
    assert total(AccountKind.CASH) == 0


def test_without_a_script_a_refusal_comes_as_the_page_with_everything_typed(desk: FlaskClient, sell: Sell) -> None:
    written = sell()
    form = {"key": "form-key-1", "seen_due": "1000000", "transfer": "۶۰٬۰۰۰", "card": "۵۰٬۰۰۰"}
    answer = desk.post(f"/invoices/{written}/settle", data=form)
    assert answer.status_code == 422
    assert "بیشتر از ماندهٔ بدهی" in answer.text
    assert 'value="۶۰٬۰۰۰"' in answer.text and 'value="form-key-1"' in answer.text


def test_a_rest_is_left_as_debt_only_by_saying_so(desk: FlaskClient, sell: Sell) -> None:
    written = sell()
    assert "Shift+F10" in press(desk, written, cash="۶۰٬۰۰۰").json["detail"]
    assert press(desk, written, cash="۶۰٬۰۰۰", leave_debt="1").status_code == 200
    page = desk.get(f"/invoices/{written}").text
    assert "دریافت بدهی و چاپ" in page and "۴۰٬۰۰۰" in page


def test_a_promised_day_that_was_typed_stands_on_the_slip(desk: FlaskClient, sell: Sell) -> None:
    written = sell()
    assert press(desk, written, leave_debt="1", promised_on="۱۴۷۰/۰۱/۰۱").status_code == 200
    assert "۱۴۷۰/۰۱/۰۱" in desk.get(f"/invoices/{written}/slip").text


@pytest.mark.parametrize(("name", "status"), [("desk", 422), ("owner", 200)])
def test_the_owner_alone_lets_somebody_owe_more_than_her_limit(
    log_in: LogIn, sell: Sell, name: str, status: int
) -> None:
    with transaction():
        profile().debt_limit = 999_999
    assert press(log_in(name), sell(), leave_debt="1").status_code == status


def test_what_was_settled_elsewhere_is_shown_by_its_slip(desk: FlaskClient, sell: Sell, pay: Pay) -> None:
    written = sell()
    pay(written, 1_000_000)
    answer = press(desk, written, cash="۱۰۰٬۰۰۰")
    assert answer.json["location"] == f"/invoices/{written}/slip"
    assert "پیش‌تر تسویه شده" in desk.get(answer.json["location"]).text
    assert total(AccountKind.CASH) == 1_000_000


def test_old_debts_are_listed_and_received(desk: FlaskClient, salon: SmallSalon, sell: Sell, pay: Pay) -> None:
    pay(sell(500_000))
    pay(sell(300_000))
    assert "زهرا کریمی" in desk.get("/invoices/receive").text
    path = f"/invoices/receive?customer_id={salon.zahra}"
    assert "۸۰٬۰۰۰" in desk.get(path).text
    too_much = desk.post(path, data={"key": "receive-1", "cash": "۹۰٬۰۰۰"})
    assert too_much.status_code == 422 and 'value="۹۰٬۰۰۰"' in too_much.text
    for _ in range(2):
        assert desk.post(path, data={"key": "receive-1", "cash": "۶۰٬۰۰۰"}).status_code == 303
    assert total(AccountKind.CASH) == 600_000
    assert desk.post("/invoices/receive?customer_id=999", data={"key": "receive-2", "cash": "۱"}).status_code == 404


def test_the_preview_follows_the_credit_to_be_spent(desk: FlaskClient, sell: Sell) -> None:
    written = sell()
    assert "+۴۰ امتیاز" in desk.get(f"/invoices/{written}/preview").text
    assert "+۲۰ امتیاز" in desk.get(f"/invoices/{written}/preview?credit=500000").text
    assert desk.get(f"/invoices/{written}/preview?credit=-1").status_code == 200


def test_a_draft_is_thrown_away(desk: FlaskClient, sell: Sell) -> None:
    written = sell()
    assert desk.post(f"/invoices/{written}/discard").status_code == 303
    assert desk.get(f"/invoices/{written}").status_code == 404


def test_a_draft_has_no_slip(desk: FlaskClient, sell: Sell) -> None:
    assert desk.get(f"/invoices/{sell()}/slip").status_code == 409
    assert desk.get("/invoices/999/slip.pdf").status_code == 404


@pytest.mark.parametrize(("paper", "width", "most"), [("80mm", 226, 420), ("a5", 419, 596)])
def test_the_slip_is_printed_on_one_sheet_in_the_salons_font(
    desk: FlaskClient, sell: Sell, pay: Pay, paper: str, width: int, most: int
) -> None:
    written = sell()
    pay(written, 1_000_000)
    answer = desk.get(f"/invoices/{written}/slip.pdf?paper={paper}")
    assert answer.mimetype == "application/pdf" and answer.data.startswith(b"%PDF")
    parts = b"".join(_inflated(part) for part in re.findall(rb"stream\n(.*?)\nendstream", answer.data, re.DOTALL))
    assert b"Vazirmatn" in parts
    ((wide, high),) = re.findall(rb"/MediaBox ?\[0 0 (\d+)[\d.]* (\d+)", parts + answer.data)
    assert int(wide) == width and 250 < int(high) < most
    assert desk.get(f"/invoices/{written}/slip.pdf?paper=a0").status_code == 422


def _inflated(part: bytes) -> bytes:
    try:
        return zlib.decompress(part)
    except zlib.error:
        return b""


def test_a_way_that_lacks_its_number_is_refused_at_that_field(desk: FlaskClient, sell: Sell) -> None:
    typed = {"cash": "۵۰٬۰۰۰", "cheque": "۵۰٬۰۰۰", "cheque_reference": "۷۷۱"}
    answer = press(desk, sell(), **typed)
    assert (answer.status_code, list(answer.json["errors"])) == (422, ["cheque_due_on"])
    assert total(AccountKind.CASH) == 0


def test_a_page_of_a_discarded_draft_touches_no_other_that_was_given_its_number(
    desk: FlaskClient, sell: Sell, salon: SmallSalon
) -> None:
    written = sell()
    line = {"service_id": salon.cut, "staff_id": salon.sara, "unit_price": "۱", "quantity": "۱"}
    stale = "2026-01-01T00:00:00+00:00"
    typed = {"lines": [line], "born": stale}
    assert desk.put(f"/invoices/{written}/lines", json=typed, headers=JSON).status_code == 404
    assert press(desk, written, cash="۱۰۰٬۰۰۰", born=stale).status_code == 404
    assert desk.post(f"/invoices/{written}/discard", data={"born": stale}).status_code == 404
    assert (invoice(written).status, invoice(written).total) == (InvoiceStatus.DRAFT, 1_000_000)
    born = birth_of(invoice(written))
    assert press(desk, written, cash="۱۰۰٬۰۰۰", born=born).status_code == 200


def test_a_line_that_nobody_did_is_refused_at_the_line(desk: FlaskClient, sell: Sell, salon: SmallSalon) -> None:
    written = sell()
    typed = {"lines": [{"service_id": salon.cut, "unit_price": "۱۰۰٬۰۰۰"}]}
    assert desk.put(f"/invoices/{written}/lines", json=typed, headers=JSON).status_code == 200
    answer = press(desk, written, cash="۱۰۰٬۰۰۰")
    assert (answer.status_code, answer.json["field"]) == (422, "lines.0.staff_id")


def test_what_is_said_of_the_whole_is_kept_as_it_was_typed(desk: FlaskClient, sell: Sell, salon: SmallSalon) -> None:
    line = {"service_id": salon.cut, "staff_id": salon.sara, "unit_price": "۱۰۰٬۰۰۰", "discount": "۱۰٪"}
    shares = [[salon.sara, 6_000], [salon.negar, 4_000]]
    terms = {"discount": "۵٪", "discount_reason": "سالگرد", "tips": [{"staff_id": salon.negar, "amount": "۲٬۰۰۰"}]}
    typed = {"lines": [line | {"shares": shares}], "terms": terms}
    answer = desk.put(f"/invoices/{sell()}/lines", json=typed, headers=JSON).json
    assert (answer["total"], answer["terms"]["discount_bp"], answer["lines"][0]["discount_bp"]) == (875_000, 500, 1_000)
    assert answer["lines"][0]["shares"] == shares
    assert answer["terms"]["tips"] == [{"staff_id": salon.negar, "amount": 20_000}]


@pytest.mark.parametrize(
    ("terms", "field"),
    [
        ({"discount": "زیاد"}, "discount"),
        ({"discount": "۱۰۱٪"}, "discount"),
        ({"discount": "−۵"}, "discount"),
        ({"discount": "۱۰۰٬۰۰۱"}, "discount"),
        ({"tips": [{"staff_id": 1, "amount": "−۵"}]}, "tips.0.amount"),
        ({"tips": [{"staff_id": 1, "amount": "۲٫۵۵"}]}, "tips.0.amount"),
        ({"tips": [{"staff_id": 1, "amount": "۹" * 18}]}, "tips.0.amount"),
        ({"tips": [{"amount": "۵"}]}, "tips.0.amount"),
        ({"tips": "x"}, "terms"),
        ("x", "terms"),
    ],
)
def test_wrong_terms_are_refused_at_their_field(
    desk: FlaskClient, sell: Sell, salon: SmallSalon, terms: object, field: str
) -> None:
    typed = {"lines": [{"service_id": salon.cut, "staff_id": salon.sara, "unit_price": "۱۰۰٬۰۰۰"}], "terms": terms}
    answer = desk.put(f"/invoices/{sell()}/lines", json=typed, headers=JSON)
    assert (answer.status_code, answer.json["field"]) == (422, field)


def test_money_that_did_not_come_is_told_on_its_page(desk: FlaskClient, sell: Sell) -> None:
    written = sell()
    assert press(desk, written, card_to_card="۱۰۰٬۰۰۰", card_to_card_reference="۱۲۳").status_code == 200
    assert "۱۰۰٬۰۰۰" in desk.get("/invoices/awaited").text
    desk.post("/invoices/awaited/1", data={"came": ""})
    assert (invoice(written).status, total(AccountKind.UNCONFIRMED)) == ("open", 0)
    assert "چیزی در انتظار نیست" in desk.get("/invoices/awaited").text
