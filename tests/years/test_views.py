"""Fiscal years on screen: what keeps one open is listed with links, closing asks, reopening wants a reason."""

import re
from collections.abc import Callable
from datetime import date, datetime

import pytest
from flask.testing import FlaskClient

from salon.cashbox.models import PaymentMethod
from salon.cashbox.rules import PaymentSpec
from salon.core import clock
from salon.core.db import db, transaction
from salon.invoices.checkout.services import settle
from salon.setup.models import Branch
from salon.staff.models import PayKind, PayScheme
from salon.years.queries import acts_of
from tests.factories import SmallSalon, open_second_branch
from tests.years.conftest import Act, Open, Pay, Sell, YearOf

pytestmark = [pytest.mark.usefixtures("in_order"), pytest.mark.parametrize("engine", ["sqlite"], indirect=True)]

LogIn = Callable[[str], FlaskClient]
KEY = "k" * 32


@pytest.fixture(autouse=True)
def _in_spring(monkeypatch: pytest.MonkeyPatch, spring: datetime) -> None:
    monkeypatch.setattr(clock, "now", lambda: spring)


def address(year_of: YearOf, jalali_year: int = 1405) -> str:
    """Where a year is shown."""
    return f"/settings/years/{year_of(jalali_year).id}"


def test_the_list_says_what_is_open_and_what_a_closed_year_left_over(
    log_in: LogIn, sell: Sell, pay: Pay, close: Act
) -> None:
    pay(sell(), 1_000_000)
    close()
    shown = log_in("owner").get("/settings/years").text
    assert ("۱۴۰۶" in shown, "۱۴۰۵" in shown, "۹۵٬۰۰۰" in shown, "خانم گلی" in shown) == (True, True, True, True)
    assert 'value="۱۴۰۷"' in shown, "the next year is proposed"


def test_a_year_is_opened_on_screen_and_refused_at_its_field(log_in: LogIn, year_of: YearOf) -> None:
    year_of()
    owner = log_in("owner")
    assert owner.post("/settings/years", data={"year": "۱۴۰۷"}).status_code == 303
    for typed, said in {
        "۱۴۰۷": "این سال مالی پیش‌تر باز شده است.",
        "99999": "سال را از ۱۳۰۰ تا ۱۴۹۹ بنویسید.",
        "امسال": "فقط رقم بنویسید.",
        "۱۴۰۵٫۵": "فقط رقم بنویسید.",
        "-1": "فقط رقم بنویسید.",
        "": "سال را بنویسید.",
    }.items():
        answer = owner.post("/settings/years", data={"year": typed})
        assert (answer.status_code, said in answer.text) == (422, True), typed


def test_what_keeps_a_year_open_is_listed_with_links(
    log_in: LogIn, salon: SmallSalon, sell: Sell, opened: Open, year_of: YearOf
) -> None:
    written, shift = sell(), opened(0)
    owner = log_in("owner")
    shown = owner.get(address(year_of)).text
    for link in (f"/cashbox/shifts/{shift.id}", f"/invoices/{written}"):
        assert f'href="{link}"' in shown
        assert owner.get(link).status_code == 200
    refused = owner.post(f"{address(year_of)}/close", data={"key": KEY})
    assert refused.status_code == 422
    assert "۱ شیفت باز، ۱ پیش‌نویس فاکتور" in refused.text


def test_money_that_nobody_saw_and_pay_that_nobody_approved_are_listed_with_links(
    log_in: LogIn, salon: SmallSalon, sell: Sell, year_of: YearOf, now: datetime
) -> None:
    terms = {"kind": PayKind.PERCENT, "percent_bp": 4_000, "starts_on": date(2026, 3, 21), "created_at": now}
    with transaction() as session:
        session.add(PayScheme(name="سهم", staff_id=salon.sara, **terms))
    written = sell()
    with transaction():
        sent = [PaymentSpec(PaymentMethod.CARD_TO_CARD, 1_000_000, reference="۱۲۳")]
        settle(branch_id=salon.branch_id, invoice_id=written, payments=sent, key="sent", actor_id=None, now=now)
    owner = log_in("owner")
    shown = owner.get(address(year_of)).text
    for link in ("/invoices/awaited", f"/staff/{salon.sara}/statement"):
        assert f'href="{link}"' in shown
        assert owner.get(link).status_code == 200
    assert all(said in shown for said in ("زهرا کریمی", "سارا احمدی", "۱۰۰٬۰۰۰", "۴۰٬۰۰۰"))
    refused = owner.post(f"{address(year_of)}/close", data={"key": KEY})
    assert "۱ کارت به کارت تأییدنشده، ۱ صورت کارکرد تأییدنشده" in refused.text


def test_a_till_of_another_branch_is_named_without_a_link(
    log_in: LogIn, salon: SmallSalon, opened: Open, year_of: YearOf, now: datetime
) -> None:
    open_second_branch(now)
    shift = opened(0)
    with transaction():
        from_east = db.session.query(Branch).filter_by(name="شعبهٔ شرق").one()
        db.session.execute(
            db.text("UPDATE user_account SET branch_id = :branch WHERE id = :owner"),
            {"branch": from_east.id, "owner": salon.owner_id},
        )
    shown = log_in("owner").get(address(year_of)).text
    assert "شعبهٔ مرکزی" in shown
    assert f"/cashbox/shifts/{shift.id}" not in shown


def test_a_year_is_closed_sent_twice_and_stands_closed_once(
    log_in: LogIn, sell: Sell, pay: Pay, year_of: YearOf
) -> None:
    pay(sell(), 1_000_000)
    owner = log_in("owner")
    for _twice in range(2):
        assert owner.post(f"{address(year_of)}/close", data={"key": KEY}).status_code == 303
    again = owner.post(f"{address(year_of)}/close", data={"key": "x" * 32})
    assert (again.status_code, "این سال مالی پیش‌تر بسته شده است." in again.text) == (422, True)
    assert [row.act.kind for row in acts_of(year_of().id)] == ["closed"]
    shown = owner.get(address(year_of)).text
    assert ("بسته شد" in shown, "خانم گلی" in shown, "۹۵٬۰۰۰" in shown) == (True, True, True)


def test_a_running_year_is_closed_only_with_the_box_ticked(log_in: LogIn, year_of: YearOf) -> None:
    owner, here = log_in("owner"), address(year_of, 1406)
    assert 'name="confirmed"' in owner.get(here).text
    refused = owner.post(f"{here}/close", data={"key": KEY})
    assert (refused.status_code, "فروش امروز متوقف می‌شود" in refused.text) == (422, True)
    assert owner.post(f"{here}/close", data={"key": KEY, "confirmed": "y"}).status_code == 303
    assert year_of(1406).closed


def test_a_year_that_is_over_asks_for_no_tick(log_in: LogIn, year_of: YearOf) -> None:
    assert 'name="confirmed"' not in log_in("owner").get(address(year_of)).text


def test_an_earlier_year_is_named_with_a_link(log_in: LogIn, sell: Sell, pay: Pay, year_of: YearOf) -> None:
    pay(sell(), 1_000_000)
    shown = log_in("owner").get(address(year_of, 1406)).text
    assert "نخست سال ۱۴۰۵ را ببندید." in shown
    assert f'href="{address(year_of)}"' in shown


def test_a_year_is_reopened_with_a_reason_that_stays(
    log_in: LogIn, sell: Sell, pay: Pay, close: Act, year_of: YearOf
) -> None:
    pay(sell(), 1_000_000)
    close()
    owner, here = log_in("owner"), address(year_of)
    refused = owner.post(f"{here}/reopen", data={"key": KEY, "reason": "  "})
    assert (refused.status_code, "بنویسید چرا این سال باز می‌شود." in refused.text) == (422, True)
    assert owner.post(f"{here}/reopen", data={"key": KEY, "reason": "فاکتور جامانده"}).status_code == 303
    shown = owner.get(here).text
    assert ("فاکتور جامانده" in shown, "بازگشایی" in shown) == (True, True)
    assert not year_of().closed


def test_the_receptionist_sees_and_closes_nothing(log_in: LogIn, year_of: YearOf) -> None:
    desk, here = log_in("desk"), address(year_of)
    assert desk.get("/settings/years").status_code == 403
    assert desk.get(here).status_code == 403
    assert desk.post(f"{here}/close", data={"key": KEY}).status_code == 403
    assert desk.post(f"{here}/reopen", data={"key": KEY, "reason": "چرا"}).status_code == 403
    assert not year_of().closed


def test_a_year_that_is_not_there_is_not_found(log_in: LogIn, salon: SmallSalon) -> None:
    owner = log_in("owner")
    assert owner.get("/settings/years/987").status_code == 404
    assert owner.post("/settings/years/987/close", data={"key": KEY}).status_code == 404


def test_each_opened_page_carries_a_key_of_its_own(log_in: LogIn, year_of: YearOf) -> None:
    owner, here = log_in("owner"), address(year_of)
    keys = {re.findall(r'name="key"[^>]*value="(\w+)"', owner.get(here).text)[0] for _ in range(2)}
    assert len(keys) == 2
