"""Hours present and absent against working hours."""

from datetime import date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from salon.core.jalali import start_of_day, weekday_of
from salon.staff.attendance.rules import Stay, hours_of_day, hours_over, overlaps

SATURDAY = date(2026, 11, 21)
NINE_TO_FIVE = ((9 * 60, 17 * 60),)


def at(hour: int, minute: int = 0, day: date = SATURDAY) -> datetime:
    """A time on the salon's wall clock."""
    return start_of_day(day) + timedelta(hours=hour, minutes=minute)


def stay(came: datetime, left: datetime | None) -> Stay:
    """Somebody was here."""
    return Stay(1, 1, came, left)


def test_late_and_gone_early_is_absent_and_more_than_her_hours_is_present() -> None:
    here = [stay(at(9, 30), at(12)), stay(at(13), at(18))]
    found = hours_of_day(SATURDAY, NINE_TO_FIVE, here, at(23))
    assert (found.planned, found.present, found.absent) == (480, 150 + 300, 30 + 60)


def test_hours_that_are_still_to_come_are_no_absence() -> None:
    found = hours_of_day(SATURDAY, NINE_TO_FIVE, [stay(at(9, 20), None)], at(11, 20))
    assert (found.present, found.absent) == (120, 20)
    assert hours_of_day(SATURDAY, NINE_TO_FIVE, [], at(8)).absent == 0


def test_a_night_counts_on_both_its_days() -> None:
    night = [stay(at(22), at(2, day=SATURDAY + timedelta(days=1)))]
    found = hours_over(SATURDAY, SATURDAY + timedelta(days=2), {}, night, at(23, day=SATURDAY + timedelta(days=1)))
    assert [(day.present, day.absent) for day in found.days] == [(120, 0), (120, 0)]
    assert (found.present, found.planned) == (240, 0)


def test_a_day_off_without_a_stay_is_nothing() -> None:
    assert weekday_of(SATURDAY) == 0
    found = hours_over(SATURDAY, SATURDAY + timedelta(days=7), {0: NINE_TO_FIVE}, [], at(23, day=date(2026, 11, 28)))
    assert (found.planned, found.absent) == (480, 480)


def test_nobody_is_here_twice_at_once() -> None:
    known = [stay(at(9), at(12))]
    assert overlaps(at(11), at(13), known)
    assert overlaps(at(8), None, known)
    assert not overlaps(at(12), at(13), known)
    assert overlaps(at(23), at(24), [stay(at(22), None)])


@given(cuts=st.lists(st.integers(0, 1440), min_size=2, max_size=8, unique=True).map(sorted))
def test_presence_and_absence_within_her_hours_are_her_hours(cuts: list[int]) -> None:
    here = [stay(at(0, one), at(0, other)) for one, other in zip(cuts[::2], cuts[1::2], strict=False)]
    found = hours_of_day(SATURDAY, ((0, 1440),), here, at(24))
    assert found.present + found.absent == 1440
