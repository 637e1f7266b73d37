"""The widest report on the owner's screen."""

from collections.abc import Callable
from datetime import datetime

import pytest

from tests.factories import SmallSalon, pay_cash

from .conftest import Screen

pytestmark = pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
HIDDEN = "() => { const wrap = document.querySelector('.table-wrap'); return wrap.scrollWidth - wrap.clientWidth; }"


def test_all_columns_of_the_daily_close_stand_on_the_screen(
    screen: Screen, salon: SmallSalon, now: datetime, written: Callable[..., int]
) -> None:
    pay_cash(salon, now, written(), 330_000, "close")
    page = screen("owner", at="/reports/daily-close").page
    assert page.get_by_role("columnheader").count() == 13
    assert page.evaluate(HIDDEN) == 0
