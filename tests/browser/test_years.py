"""The owner ends a year by keys alone, and opens it again when something was forgotten."""

import pytest

from salon.years.audit.queries import verify_years
from salon.years.queries import fiscal_years
from tests.browser.conftest import Screen
from tests.factories import SmallSalon

pytestmark = pytest.mark.parametrize("engine", ["sqlite"], indirect=True)


def test_a_year_is_closed_and_reopened_by_keys(screen: Screen, salon: SmallSalon) -> None:
    owner = screen("owner", at="/settings/years")
    owner.page.on("dialog", lambda dialog: dialog.accept())
    owner.press("ArrowDown", "Enter")
    owner.goes_to("/settings/years/1$")
    owner.press("F10")
    owner.sees(".error", "فروش امروز متوقف می‌شود")
    owner.tab_to(owner.at("[name=confirmed]"))
    owner.press("Space")
    owner.press("F10")
    owner.is_told("سال بسته شد")
    owner.sees("main", "خانم گلی", "بازگشایی")
    owner.picture("year-closed")
    owner.tab_to(owner.at("[name=reason]"))
    owner.type("فاکتور جامانده")
    owner.press("Enter")
    owner.is_told("سال دوباره باز است")
    owner.sees("main", "فاکتور جامانده")
    owner.picture("year-reopened")
    owner.press("Escape")
    owner.goes_to("/settings/years$")
    assert [row.year.closed for row in fiscal_years()] == [False]
    assert verify_years() == []
