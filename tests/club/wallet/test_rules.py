"""The arithmetic of lots."""

from datetime import UTC, datetime, timedelta

import pytest

from salon.club.wallet.rules import Balance, LotView, balance_of, expired, take
from salon.ledger.models import Unit

NOW = datetime(2026, 11, 21, 7, 50, tzinfo=UTC)
SECOND = timedelta(seconds=1)


def lot(
    number: int,
    remaining: int = 100,
    *,
    unit: Unit = Unit.RIAL,
    since: timedelta = -SECOND,
    until: timedelta | None = None,
) -> LotView:
    return LotView(number, unit, remaining, NOW + since, None if until is None else NOW + until, "")


def test_the_current_value_is_what_can_be_used_now_and_later() -> None:
    assert Balance(70, 30).current == 100


def test_a_lot_can_be_used_from_its_first_moment_until_just_before_its_last() -> None:
    now = timedelta()
    assert [expired(lot(1, until=until), NOW) for until in (None, -SECOND, now, SECOND)] == [False, True, True, False]
    lots = [lot(1, 1, since=now), lot(2, 10, since=SECOND), lot(3, 100, until=now), lot(4, 1000, until=SECOND)]
    assert balance_of(lots, Unit.RIAL, NOW) == Balance(1001, 10)
    assert take(lots, Unit.RIAL, 1001, NOW) == [(4, 1000), (1, 1)]
    with pytest.raises(ValueError, match="1 short of 1002"):
        take(lots, Unit.RIAL, 1002, NOW)


def test_points_are_not_credit() -> None:
    lots = [lot(1, 5, unit=Unit.POINT), lot(2, 7)]
    assert balance_of(lots, Unit.POINT, NOW) == Balance(5, 0)
    assert take(lots, Unit.RIAL, 7, NOW) == [(2, 7)]


def test_what_never_expires_goes_last_and_of_equals_the_older() -> None:
    week = timedelta(days=7)
    lots = [
        lot(1, since=-week),
        lot(2, until=week),
        lot(3, until=week - SECOND),
        lot(4, until=week, since=-week),
        lot(6),
        lot(5),
    ]
    assert [part[0] for part in take(lots, Unit.RIAL, 600, NOW)] == [3, 4, 2, 1, 5, 6]


def test_no_more_is_taken_than_is_asked_and_no_lot_is_named_for_nothing() -> None:
    lots = [lot(1, 100), lot(2, 100), lot(3, 100)]
    assert take(lots, Unit.RIAL, 150, NOW) == [(1, 100), (2, 50)]
    assert take(lots, Unit.RIAL, 100, NOW) == [(1, 100)]
    assert take(lots, Unit.RIAL, 0, NOW) == []
