"""The screen of messages."""

from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient

from salon.core.db import transaction
from salon.customers.services import CustomerSpec, add_customer
from salon.messaging import jobs
from tests.factories import SmallSalon
from tests.fakes.kavenegar import Provider

from .conftest import NOW, Put

LogIn = Callable[[str], FlaskClient]


def test_the_list_names_customer_text_state_time_and_why_a_message_failed(
    provider: Provider, put: Put, log_in: LogIn
) -> None:
    put("فاکتور شما تسویه شد")
    put("یادآوری فردا", kind="reminder")
    provider.refusals.append((411, "دریافت کننده نامعتبر است"))
    jobs.deliver_due(NOW)
    text = log_in("desk").get("/messages").text
    for shown in (
        "زهرا کریمی",
        "۰۹۱۲۳۴۵۶۷۸۹",
        "فاکتور شما تسویه شد",
        "فرستاده نشد",
        "دریافت کننده نامعتبر است",
        "۱۱:۳۰",
    ):
        assert shown in text
    assert text.index("یادآوری فردا") < text.index("فاکتور شما تسویه شد")


def test_the_list_is_narrowed_to_a_customer_and_to_a_state(salon: SmallSalon, put: Put, log_in: LogIn) -> None:
    with transaction():
        mina = add_customer(
            branch_id=salon.branch_id, spec=CustomerSpec("مینا", mobile="09120000001"), actor=None, now=NOW
        ).id
    put("برای زهرا")
    jobs.deliver_due(NOW)
    put("برای مینا", customer_id=mina)
    desk = log_in("desk")
    assert "برای زهرا" not in desk.get(f"/messages?customer_id={mina}").text
    sent = desk.get("/messages?state=sent").text
    assert "برای زهرا" in sent
    assert "برای مینا" not in sent
    assert f"customer_id={mina}" in desk.get(f"/messages?customer_id={mina}").text  # the filter stays with the states
    assert "پیامی نیست" in desk.get(f"/messages?customer_id={mina}&state=sent").text


@pytest.mark.parametrize("nonsense", ["state=lost", "customer_id=x", "customer_id=99999999999999999999", "page=-1"])
def test_nonsense_in_the_address_shows_everything(put: Put, log_in: LogIn, nonsense: str) -> None:
    put("سلام زهرا")
    answer = log_in("desk").get(f"/messages?{nonsense}")
    assert (answer.status_code, "سلام زهرا" in answer.text) == (200, True)


def test_an_unknown_customer_is_not_found(log_in: LogIn) -> None:
    assert log_in("desk").get("/messages?customer_id=987654").status_code == 404


def test_a_long_list_goes_on_to_the_next_page(put: Put, log_in: LogIn) -> None:
    for number in range(51):
        put(f"پیام شمارهٔ {number}.")
    desk = log_in("desk")
    assert "پیام شمارهٔ 0." not in desk.get("/messages").text
    assert "page=2" in desk.get("/messages").text
    assert "پیام شمارهٔ 0." in desk.get("/messages?page=2").text


def test_before_the_first_message_the_screen_says_where_they_come_from(log_in: LogIn) -> None:
    assert "هنوز پیامی نوشته نشده است" in log_in("desk").get("/messages").text


def test_a_stopped_gateway_is_told_above_the_list(provider: Provider, put: Put, log_in: LogIn) -> None:
    put("سلام")
    provider.refusals.append((418, "اعتبار حساب شما کافی نیست"))
    jobs.deliver_due(NOW)
    text = log_in("desk").get("/messages").text
    assert "اعتبار حساب شما کافی نیست (کد ۴۱۸)" in text
    assert "۱ پیام هنوز نرفته است" in text


def test_a_text_is_shown_as_text(put: Put, log_in: LogIn) -> None:
    put("<b>سلام</b>")
    assert "&lt;b&gt;سلام" in log_in("desk").get("/messages").text


def test_nobody_reads_messages_without_logging_in(house: Flask) -> None:
    assert house.test_client().get("/messages").status_code in {302, 401}
