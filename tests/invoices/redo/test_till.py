"""Work done again at the till: what may be chosen, and that it is free."""

from collections.abc import Callable
from datetime import datetime

from flask.testing import FlaskClient

from salon.invoices.queries import invoice
from tests.factories import SmallSalon
from tests.invoices.pay.conftest import Back, Pay, Sell, back, lines_of, pay, sell

__all__ = ["back", "pay", "sell"]

Login = Callable[[str], FlaskClient]
JSON = {"Accept": "application/json"}


def test_the_till_offers_what_was_done_for_her_lately(
    salon: SmallSalon, log_in: Login, sell: Sell, pay: Pay, back: Back, now: datetime
) -> None:
    done, returned = sell(1_000_000), sell(500_000)
    pay(done, 1_000_000)
    pay(returned, 500_000)
    back(returned)
    page = log_in("desk").get(f"/invoices/{sell()}").text
    assert page.count('"redo_line_id": ') - page.count('"redo_line_id": null') == 1
    assert f'"redo_line_id": {lines_of(done)[0]}' in page


def test_a_line_that_does_work_again_is_free_and_says_why(
    salon: SmallSalon, log_in: Login, sell: Sell, pay: Pay
) -> None:
    done, written = sell(1_000_000), sell()
    pay(done, 1_000_000)
    first = lines_of(done)[0]
    typed = {"service_id": salon.cut, "staff_id": salon.negar, "quantity": "۱", "redo_line_id": first}
    answer = log_in("desk").put(f"/invoices/{written}/lines", json={"lines": [typed]}, headers=JSON)
    assert (answer.status_code, answer.json["due"]) == (200, 0)
    line = answer.json["lines"][0]
    assert (line["redo_line_id"], line["discount"], line["discount_reason"]) == (first, 450_000, "کار مجدد")
    assert invoice(written).lines[0].redo_line_id == first


def test_another_service_is_no_work_done_again(salon: SmallSalon, log_in: Login, sell: Sell, pay: Pay) -> None:
    done, written = sell(1_000_000), sell()
    pay(done, 1_000_000)
    typed = {"service_id": salon.color, "staff_id": salon.negar, "redo_line_id": lines_of(done)[0]}
    answer = log_in("desk").put(f"/invoices/{written}/lines", json={"lines": [typed]}, headers=JSON)
    assert (answer.status_code, answer.json["field"]) == (422, "lines.0.redo_line_id")
