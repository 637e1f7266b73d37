"""A salon whose people read English: the page says so and runs from the left, names of days and months too."""

from dataclasses import replace
from datetime import datetime

import pytest

from salon.config import Settings
from tests.factories import SmallSalon

from .conftest import Screen
from .looks import look_at

pytestmark = pytest.mark.parametrize("engine", ["sqlite"], indirect=True)


@pytest.fixture
def settings(settings: Settings) -> Settings:
    """The settings of an English salon."""
    return replace(settings, language="en")


def test_english_screens_run_from_the_left(screen: Screen, salon: SmallSalon, now: datetime) -> None:
    desk = screen("owner", at="")
    faults = []
    for name, path in (("desk", f"/desk?customer={salon.zahra}"), ("invoices", "/invoices"), ("settings", "/settings")):
        desk.page.goto(path)
        faults += look_at(desk, f"english-{name}", language="en", fits=name == "desk")
    assert not faults, "\n".join(faults)
    desk.sees(".top .date", "Saturday ۳۰ Aban ۱۴۰۵")
    desk.page.goto("/desk")
    desk.at("[data-board-day]").click()
    desk.sees(".picker-head", "Aban ۱۴۰۵")
