"""The shelf on screen."""

import re
from collections.abc import Callable

from flask.testing import FlaskClient

from salon.inventory.queries import stock_of
from tests.factories import SmallSalon

LogIn = Callable[[str], FlaskClient]
MOVE = "/products/stock/move"


def test_the_owner_counts_and_a_second_press_counts_no_more(salon: SmallSalon, serum: int, log_in: LogIn) -> None:
    owner = log_in("owner")
    assert "شمرده نشده" in owner.get("/products/stock").text
    key = re.findall(r'name="key" value="(\w+)"', owner.get(f"{MOVE}?kind=in").text)[0]
    said = {"kind": "in", "key": key, f"pieces.{serum}": "۱۲", "note": "کارتن"}
    assert owner.post(MOVE, data=said).status_code == 303
    assert owner.post(MOVE, data=said).status_code == 303
    assert stock_of(salon.branch_id, [serum]) == {serum: 12}
    assert owner.post(MOVE, data={"kind": "counted", "key": "c" * 32, f"pieces.{serum}": "2"}).status_code == 303
    assert "رو به پایان" in owner.get("/products/stock?low=1").text
    shown = owner.get(f"/products/{serum}/stock").text
    assert "کارتن" in shown
    assert "−۱۰" in shown


def test_wrong_numbers_are_refused_at_their_fields_and_nothing_typed_is_lost(
    salon: SmallSalon, serum: int, log_in: LogIn
) -> None:
    owner = log_in("owner")
    refused = owner.post(MOVE, data={"kind": "used", "key": "k", f"pieces.{serum}": "یکی", "note": "شست‌وشو"})
    assert refused.status_code == 422
    assert 'value="یکی"' in refused.text
    assert 'value="شست‌وشو"' in refused.text
    empty = owner.post(MOVE, data={"kind": "used", "key": "k"})
    assert empty.status_code == 422
    assert "برای هیچ کالایی عددی ننوشته‌اید." in empty.text
    assert stock_of(salon.branch_id, [serum]) == {serum: 0}


def test_the_receptionist_looks_but_counts_nothing(salon: SmallSalon, serum: int, log_in: LogIn) -> None:
    desk = log_in("desk")
    shown = desk.get("/products/stock?q=سرم")
    assert shown.status_code == 200
    assert MOVE not in shown.text
    assert desk.get(f"/products/{serum}/stock").status_code == 200
    assert desk.post(MOVE, data={"kind": "in", f"pieces.{serum}": "1"}).status_code == 403
