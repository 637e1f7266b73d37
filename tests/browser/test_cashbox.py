"""The cashbox in the browser: what is typed as an amount is an amount, or is refused."""

import pytest
from playwright.sync_api import expect
from sqlalchemy import select

from salon.cashbox.models import BoxKind, Shift
from salon.cashbox.services import open_main_box
from salon.core.db import db, transaction
from tests.factories import SmallSalon

from .conftest import Screen

pytestmark = pytest.mark.parametrize("engine", ["sqlite"], indirect=True)


def test_a_dot_groups_thousands_and_makes_no_greater_amount_of_a_fraction(salon: SmallSalon, screen: Screen) -> None:
    with transaction():
        till = open_main_box(branch_id=salon.branch_id, kind=BoxKind.CASH)
    desk = screen(at=f"/cashbox/{till}/open")
    counted = desk.at("#counted")
    counted.focus()
    desk.page.keyboard.type("1.5")
    expect(counted).to_have_value("۱.۵")
    desk.press("F10")
    desk.sees("form.card", "مبلغ را با رقم بنویسید.")
    assert db.session.scalars(select(Shift)).all() == []
    counted.fill("")
    desk.page.keyboard.type("1.400.000")
    expect(counted).to_have_value("۱٬۴۰۰٬۰۰۰")
    desk.press("F10")
    desk.goes_to("/cashbox$")
    db.session.rollback()
    assert [shift.opening_counted for shift in db.session.scalars(select(Shift))] == [14_000_000]
