"""Statements on screen: the owner approves and pays, the person herself looks, nobody else does either."""

import io
import re
import subprocess
from collections.abc import Callable
from datetime import datetime, timedelta

import openpyxl
import pytest
from flask import Flask
from flask.testing import FlaskClient

from salon.access.models import Role
from salon.access.services import create_user, hash_of
from salon.core import clock
from salon.core.db import transaction
from salon.payroll.queries import statements_of, sums_of
from tests.factories import SmallSalon
from tests.test_routes import guarded_routes, path_of

from .conftest import AZAR, Adjust, Advance, Approve, Back, Pay, PayOut, Scheme, Sell, fill

LogIn = Callable[[str], FlaskClient]
KEY = "a" * 32
ABAN_SHOWN = {"starts_on": "2026-10-23", "ends_on": "2026-11-21"}


@pytest.fixture(autouse=True)
def the_clock(monkeypatch: pytest.MonkeyPatch, now: datetime) -> None:
    """The screens are looked at in the moment of the tests."""
    monkeypatch.setattr(clock, "now", lambda: now)


@pytest.fixture
def sara(salon: SmallSalon, now: datetime, log_in: LogIn) -> FlaskClient:
    """Sara, who may see her own pay."""
    kept = hash_of(salon.password)
    with transaction():
        create_user(
            name="sara",
            full_name="سارا احمدی",
            role=Role.STYLIST,
            password_hash=kept,
            branch_id=salon.branch_id,
            staff_id=salon.sara,
            actor=None,
            now=now,
        )
    return log_in("sara")


def test_the_list_shows_what_is_due_and_what_is_not_approved(
    salon: SmallSalon, log_in: LogIn, adjust: Adjust, approve: Approve, scheme: Scheme, now: datetime
) -> None:
    adjust("bonus", 500_000)
    approve(at=now)
    adjust("bonus", 200_000)
    shown = log_in("owner").get("/staff/pay").text
    assert all(amount in shown for amount in ("۵۰٬۰۰۰", "۲۰٬۰۰۰", "۷۰٬۰۰۰"))
    assert f'<td class="num wide"><a class="btn" href="/staff/{salon.sara}/payment"' in shown  # no room on a phone


def test_the_owner_approves_what_she_saw_and_pays_it_in_parts(
    salon: SmallSalon, log_in: LogIn, till: int, scheme: Scheme, sell: Sell, pay: Pay, now: datetime
) -> None:
    scheme(4_000)
    pay(sell(1_000_000), 1_000_000)
    owner = log_in("owner")
    assert "زهرا کریمی" in owner.get(f"/staff/{salon.sara}/statement").text
    asked = {"key": KEY, "seen": "400000", **ABAN_SHOWN}
    answer = owner.post(f"/staff/{salon.sara}/statement", data=asked)
    assert (answer.status_code, "starts_on=2026-10-23" in answer.location) == (303, True)
    paid = {"key": KEY, "amount": "۱۵٬۰۰۰", "cashbox_id": till, "note": ""}
    assert owner.post(f"/staff/{salon.sara}/payment", data=paid).status_code == 303
    assert owner.post(f"/staff/{salon.sara}/payment", data=paid).status_code == 303  # sent twice, paid once
    assert sums_of(salon.sara).due == 250_000
    shown = owner.get(answer.location).text
    assert "صورت ۱" in shown
    assert "۲۵٬۰۰۰" in shown


def test_what_is_left_of_an_earlier_statement_is_said_to_be_in_the_next(
    salon: SmallSalon, log_in: LogIn, adjust: Adjust, approve: Approve, now: datetime
) -> None:
    adjust("bonus", 500_000)
    earlier = f"/staff/{salon.sara}/statement?starts_on=2026-10-23&ends_on=2026-11-21"
    approve(at=now)
    owner = log_in("owner")
    assert "این مانده به صورت بعدی رفته است." not in owner.get(earlier).text
    approve(AZAR, AZAR + timedelta(days=1), at=now + timedelta(days=1))
    assert "این مانده به صورت بعدی رفته است." in owner.get(earlier).text


def test_what_changed_since_she_looked_is_shown_again(
    salon: SmallSalon, log_in: LogIn, adjust: Adjust, now: datetime
) -> None:
    adjust("bonus", 500_000)
    answer = log_in("owner").post(f"/staff/{salon.sara}/statement", data={"key": KEY, "seen": "400000", **ABAN_SHOWN})
    assert (answer.status_code, statements_of(salon.sara)) == (409, [])


def test_paying_more_than_is_due_is_refused_at_the_amount(
    salon: SmallSalon, log_in: LogIn, till: int, adjust: Adjust, approve: Approve, now: datetime
) -> None:
    fill(salon, till, now, 1_000_000)
    adjust("bonus", 500_000)
    approve(at=now)
    paid = {"key": KEY, "amount": "۵۰٬۰۰۱", "cashbox_id": till, "note": ""}
    answer = log_in("owner").post(f"/staff/{salon.sara}/payment", data=paid)
    assert (answer.status_code, "پرداختنی" in answer.text) == (422, True)
    assert sums_of(salon.sara).due == 500_000


def test_a_fine_without_a_reason_is_refused(salon: SmallSalon, log_in: LogIn) -> None:
    owner = log_in("owner")
    answer = owner.post(f"/staff/{salon.sara}/fine", data={"key": KEY, "amount": "۱۰۰۰", "reason": " "})
    assert (answer.status_code, "دلیل را بنویسید" in answer.text) == (422, True)
    assert (
        owner.post(f"/staff/{salon.sara}/fine", data={"key": KEY, "amount": "۱۰۰۰", "reason": "تأخیر"}).status_code
        == 303
    )
    assert sums_of(salon.sara).waiting == -10_000


def test_a_payment_is_taken_back_at_the_statement_and_not_at_the_cashbox(
    salon: SmallSalon, log_in: LogIn, till: int, adjust: Adjust, approve: Approve, pay_out: PayOut, now: datetime
) -> None:
    fill(salon, till, now, 1_000_000)
    adjust("bonus", 500_000)
    approve(at=now)
    paid = pay_out(500_000)
    owner = log_in("owner")
    cashbox = owner.get("/cashbox").text
    assert "پرداخت کارکرد" in cashbox
    assert owner.post("/cashbox/vouchers/2/reverse", data={"key": KEY}).status_code == 409
    assert owner.get("/cashbox/vouchers/new/pay").status_code == 422
    answer = owner.post(f"/staff/{salon.sara}/payments/{paid.id}/take-back", data={"key": KEY})
    assert (answer.status_code, sums_of(salon.sara).due) == (303, 500_000)


def test_days_that_end_before_they_begin_are_refused_at_the_field(salon: SmallSalon, log_in: LogIn) -> None:
    answer = log_in("owner").get(f"/staff/{salon.sara}/statement?starts_on=1405/08/02&ends_on=1405/08/01")
    assert (answer.status_code, "پایان دوره پیش از آغاز آن است" in answer.text) == (422, True)


def test_the_steps_lead_from_period_to_period(
    salon: SmallSalon, log_in: LogIn, approve: Approve, now: datetime
) -> None:
    approve(at=now)
    owner = log_in("owner")
    shown = owner.get(f"/staff/{salon.sara}/statement?starts_on=1405/09/01&ends_on=1405/09/05").text
    assert "starts_on=2026-10-23&amp;ends_on=2026-11-21" in shown
    frozen = owner.get(f"/staff/{salon.sara}/statement?starts_on=1405/08/01&ends_on=1405/08/30").text
    assert "starts_on=2026-09-23&amp;ends_on=2026-10-22" in frozen


def test_a_statement_is_a_document_and_a_sheet(
    salon: SmallSalon, log_in: LogIn, scheme: Scheme, sell: Sell, pay: Pay, adjust: Adjust
) -> None:
    scheme(4_000)
    pay(sell(1_000_000), 1_000_000)
    adjust("fine", 100_000, "تأخیر")
    owner = log_in("owner")
    document = owner.get(f"/staff/{salon.sara}/statement.pdf")
    assert (document.mimetype, document.data[:5]) == ("application/pdf", b"%PDF-")
    told = subprocess.run(["pdftotext", "-", "-"], input=document.data, capture_output=True, check=True).stdout.decode()
    assert re.search("[۱-۹] ?/ ?[۱-۹]", told)
    sheet = openpyxl.load_workbook(io.BytesIO(owner.get(f"/staff/{salon.sara}/statement.xlsx").data)).active
    assert sheet is not None
    rows = [tuple(cell.value for cell in row) for row in sheet.iter_rows(min_row=2)]
    assert ("۱۴۰۵/۰۸/۳۰", "سهم از کارها", 1, "کوتاهی، زهرا کریمی", 100_000, 40_000) in rows
    assert ("۱۴۰۵/۰۸/۳۰", "جریمه", None, "تأخیر", None, -10_000) in rows
    assert rows[-1][-1] == 30_000


def test_the_files_hold_every_return_advance_and_payment(
    salon: SmallSalon,
    till: int,
    scheme: Scheme,
    sell: Sell,
    pay: Pay,
    back: Back,
    advance: Advance,
    approve: Approve,
    pay_out: PayOut,
    sara: FlaskClient,
    now: datetime,
) -> None:
    fill(salon, till, now, 1_000_000)
    scheme(4_000)
    sold = sell(1_000_000, quantity=2)
    pay(sold, 2_000_000)
    back(sold, 1)
    advance(100_000, note="سفر")
    approve(at=now)
    pay_out(250_000)
    asked = "starts_on=2026-10-23&ends_on=2026-11-21"
    sheet = openpyxl.load_workbook(io.BytesIO(sara.get(f"/pay/statement.xlsx?{asked}").data)).active
    assert sheet is not None
    assert [tuple(cell.value for cell in row)[1:] for row in sheet.iter_rows(min_row=2)] == [
        ("مانده از پیش", None, None, None, 0),
        ("سهم از کارها", 1, "کوتاهی، زهرا کریمی", 200_000, 80_000),
        ("مرجوعی", 2, "کوتاهی، زهرا کریمی", -100_000, -40_000),
        ("مساعده", None, "سفر", None, -10_000),
        ("قابل پرداخت", 1, None, None, 30_000),
        ("پرداخت", 3, "صندوق", None, -25_000),
        ("مانده", None, None, None, 5_000),
    ]
    shown = sara.get(f"/pay?{asked}").text
    assert all(said in shown for said in ("مرجوعی", "سفر", "۲۵٬۰۰۰", "۵٬۰۰۰"))


def test_she_sees_her_own_statement_and_nothing_else(
    app: Flask, salon: SmallSalon, sara: FlaskClient, adjust: Adjust
) -> None:
    adjust("bonus", 500_000, "شب عید")
    own = sara.get("/pay")
    assert (own.status_code, "شب عید" in own.text, "سارا احمدی" in own.text) == (200, True, True)
    assert "data-confirm" not in own.text
    assert sara.get("/pay/statement.pdf").data[:5] == b"%PDF-"
    assert sara.get("/pay/statement.xlsx").status_code == 200
    hers = {"/", "/pay", "/pay/statement.<any(pdf, xlsx):form>"}
    for rule, method in guarded_routes(app):
        if rule.rule not in hers:
            assert sara.open(path_of(app, rule), method=method).status_code == 403, f"{method} {rule.rule}"


def test_she_lands_at_her_own_statement(sara: FlaskClient) -> None:
    assert (sara.get("/login").location, sara.get("/").location) == ("/pay", "/pay")
    refused = sara.get("/desk")
    assert (refused.status_code, 'href="/pay"' in refused.text) == (403, True)


def test_whoever_is_none_of_the_staff_has_no_statement(salon: SmallSalon, log_in: LogIn) -> None:
    assert log_in("owner").get("/pay").status_code == 403


def test_the_receptionist_sees_nobody_s_pay(salon: SmallSalon, log_in: LogIn) -> None:
    desk = log_in("desk")
    assert {desk.get(path).status_code for path in ("/staff/pay", "/pay", f"/staff/{salon.sara}/statement")} == {403}


def test_a_bonus_is_seen_where_it_stands(salon: SmallSalon, log_in: LogIn, approve: Approve, now: datetime) -> None:
    owner = log_in("owner")
    given = {"key": KEY, "amount": "۵۰٬۰۰۰", "reason": "شب عید"}
    answer = owner.post(f"/staff/{salon.sara}/bonus", data=given)
    assert answer.location.endswith("?starts_on=2026-10-23&ends_on=2026-11-21")
    assert "شب عید" in owner.get(answer.location).text
    approve(at=now)  # the month is over for her, a day before its end
    answer = owner.post(f"/staff/{salon.sara}/bonus", data=given | {"key": "b" * 32, "reason": "خوش‌قولی"})
    assert "خوش‌قولی" in owner.get(answer.location).text


def test_days_that_end_before_they_begin_are_not_approved(salon: SmallSalon, log_in: LogIn) -> None:
    owner = log_in("owner")
    usual = owner.get(f"/staff/{salon.sara}/statement")
    wrong = owner.get(f"/staff/{salon.sara}/statement?starts_on=1405/08/20&ends_on=1405/08/10")
    assert (wrong.status_code, "پایان دوره پیش از آغاز آن است." in wrong.text) == (422, True)
    assert ('data-key="F10"' in usual.text, 'data-key="F10"' in wrong.text) == (True, False)
