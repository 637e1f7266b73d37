"""Days on which a branch is closed: its own, official ones that it keeps, and those the moon shifts."""

from datetime import date, datetime

import pytest

from salon.core.db import transaction
from salon.core.errors import DomainError
from salon.setup.days.queries import closed_days
from salon.setup.days.services import close_day, keep_holidays, open_day, shift_holiday
from tests.factories import SmallSalon, open_second_branch

SUMMER = (date(2026, 6, 22), date(2026, 7, 22))
TASUA, ASHURA = "hijri-01-09", "hijri-01-10"
NOBODY = {"actor": None}


def test_a_salon_works_on_official_days_off_until_it_keeps_them(salon: SmallSalon, now: datetime) -> None:
    assert closed_days(salon.branch_id, *SUMMER) == {}
    with transaction():
        keep_holidays(branch_id=salon.branch_id, codes=[TASUA, ASHURA], **NOBODY, now=now)
    assert closed_days(salon.branch_id, *SUMMER) == {date(2026, 6, 25): "تاسوعا", date(2026, 6, 26): "عاشورا"}
    with transaction():
        keep_holidays(branch_id=salon.branch_id, codes=[ASHURA], **NOBODY, now=now)
    assert set(closed_days(salon.branch_id, *SUMMER)) == {date(2026, 6, 26)}


def test_each_branch_keeps_its_own(salon: SmallSalon, now: datetime) -> None:
    east = open_second_branch(now)
    with transaction():
        keep_holidays(branch_id=salon.branch_id, codes=[ASHURA], **NOBODY, now=now)
        close_day(branch_id=salon.branch_id, day=date(2026, 7, 1), name="تعمیرات", **NOBODY, now=now)
    assert closed_days(east.branch_id, *SUMMER) == {}
    assert closed_days(salon.branch_id, *SUMMER)[date(2026, 7, 1)] == "تعمیرات"


def test_the_moon_shifts_a_day_for_a_year_and_back(salon: SmallSalon, now: datetime) -> None:
    with transaction():
        keep_holidays(branch_id=salon.branch_id, codes=[ASHURA], **NOBODY, now=now)
    for days, expected in ((1, 27), (-1, 25), (0, 26)):
        with transaction():
            shift_holiday(code=ASHURA, year=1448, days=days, **NOBODY, now=now)
        assert set(closed_days(salon.branch_id, *SUMMER)) == {date(2026, 6, expected)}


def test_a_day_is_closed_once_and_can_be_opened_again(salon: SmallSalon, now: datetime) -> None:
    day = date(2026, 12, 1)
    with transaction():
        closed = close_day(branch_id=salon.branch_id, day=day, name="تعمیرات", **NOBODY, now=now)
    with pytest.raises(DomainError) as refused, transaction():
        close_day(branch_id=salon.branch_id, day=day, name="دوباره", **NOBODY, now=now)
    assert refused.value.code == "closed_day_exists"
    with transaction():
        open_day(branch_id=salon.branch_id, closed_day_id=closed.id, **NOBODY, now=now)
    assert closed_days(salon.branch_id, day, date(2026, 12, 2)) == {}


@pytest.mark.parametrize(
    ("code", "days", "refusal"),
    [(ASHURA, 3, "holiday_shift_invalid"), ("jalali-01-01", 1, "holiday_unknown"), ("x", 1, "holiday_unknown")],
)
def test_what_the_moon_does_not_do_is_refused(
    salon: SmallSalon, now: datetime, code: str, days: int, refusal: str
) -> None:
    with pytest.raises(DomainError) as refused, transaction():
        shift_holiday(code=code, year=1448, days=days, **NOBODY, now=now)
    assert refused.value.code == refusal
