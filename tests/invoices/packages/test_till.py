"""Packages and sessions at the till, at the desk, on the slip and in the message."""

import json
import re
from collections.abc import Callable
from typing import Any

from flask.testing import FlaskClient
from sqlalchemy import select

from salon.core.db import db
from salon.invoices.queries import invoice
from salon.invoices.rules import LineSpec
from salon.messaging.models import OutboxMessage
from tests.factories import SmallSalon
from tests.invoices.packages.conftest import Write, prepaid, verify


def till_of(page: str) -> dict[str, Any]:
    """What the till's script works with."""
    found = re.search(r'id="till">(.*?)</script>', page)
    assert found
    kept: dict[str, Any] = json.loads(found[1])
    return kept


def thing(till: dict[str, Any], mark: str) -> dict[str, Any]:
    """The first thing that can be chosen and has this mark."""
    return next(one for one in till["things"] if mark in one)


def test_a_package_chosen_at_the_till_is_sold_and_a_session_settles_without_money(
    salon: SmallSalon, three_cuts: int, write: Write, log_in: Callable[[str], FlaskClient]
) -> None:
    desk = log_in("desk")
    sale = write()
    till = till_of(desk.get(f"/invoices/{sale}").text)
    lines = thing(till, "parts")["parts"]
    assert [line["package_id"] for line in lines] == [three_cuts]
    sent = [line | {"quantity": "3", "unit_price": "۳۳٬۳۳۳٫۴", "discount": "۰٫۲"} for line in lines]
    kept = desk.put(f"/invoices/{sale}/lines", json={"lines": sent}).json
    assert kept is not None
    assert kept["due"] == 1_000_000
    settled = {"key": "package-sold-1", "seen_due": str(kept["due"]), "cash": "100000"}
    assert desk.post(f"/invoices/{sale}/settle", data=settled).status_code == 303
    assert "۳ جلسه مانده، تا ۱۴۰۵/" in desk.get(f"/desk/panel/{salon.zahra}").text

    visit = write()
    session = thing(till_of(desk.get(f"/invoices/{visit}").text), "series_line_id")
    line = {"series_line_id": session["series_line_id"], "service_id": salon.cut, "staff_id": salon.sara}
    kept = desk.put(f"/invoices/{visit}/lines", json={"lines": [line]}).json
    assert kept is not None
    assert (kept["due"], kept["total"], kept["lines"][0]["unit_price"]) == (0, 333_333, 333_333)
    answer = desk.post(f"/invoices/{visit}/settle", data={"key": "session-used-1", "seen_due": "0"})
    assert answer.status_code == 303
    db.session.expire_all()  # the next request has a session of its own
    slip = desk.get(f"/invoices/{visit}/slip").text
    assert "۲ جلسه مانده، تا ۱۴۰۵/" in slip
    assert "جلسه‌های بسته" in slip
    message = db.session.scalars(select(OutboxMessage.text).order_by(OutboxMessage.id.desc())).first()
    assert message is not None
    assert "۲ جلسه مانده، تا ۱۴۰۵/" in message
    assert (prepaid(), verify()) == (666_667, [])


def test_a_session_that_is_used_up_is_said_at_its_line(
    salon: SmallSalon, sold: int, use: Callable[[], int], write: Write, log_in: Callable[[str], FlaskClient]
) -> None:
    desk, visit = log_in("desk"), write()
    for _visit in range(3):
        use()
    cut = {"service_id": salon.cut, "staff_id": salon.sara}
    answer = desk.put(
        f"/invoices/{visit}/lines",
        json={"lines": [cut, cut | {"series_line_id": sold}]},
        headers={"Accept": "application/json"},
    )
    assert answer.status_code == 422
    assert answer.json is not None
    assert answer.json["field"] == "lines.1.series_line_id"
    assert invoice(visit).lines == []


def test_the_receptionist_sees_what_is_due_beside_a_session(
    salon: SmallSalon, sold: int, write: Write, log_in: Callable[[str], FlaskClient]
) -> None:
    session = LineSpec(series_line_id=sold, staff_id=salon.sara)
    visit = write(session, LineSpec(service_id=salon.cut, staff_id=salon.sara))
    desk = log_in("desk")
    assert 'name="seen_due" value="450000"' in desk.get(f"/invoices/{visit}").text
    short = desk.post(f"/invoices/{visit}/settle", data={"key": "short-of-450", "seen_due": "450000", "cash": "40000"})
    assert short.status_code == 422
    paid = desk.post(f"/invoices/{visit}/settle", data={"key": "exactly-450", "seen_due": "450000", "cash": "45000"})
    assert paid.status_code == 303
    assert verify() == []
