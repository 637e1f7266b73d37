"""A clock that was set is told from one that runs."""

from datetime import timedelta

import pytest

from salon.core.clock import Watch

HOUR = 3600.0


class Clocks:
    """The wall clock and the machine's own count of seconds."""

    def __init__(self) -> None:
        self.wall, self.count = 1_800_000_000.0, 50.0

    def run(self, seconds: float) -> None:
        """Time goes by on both."""
        self.wall += seconds
        self.count += seconds


@pytest.fixture
def clocks() -> Clocks:
    return Clocks()


@pytest.fixture
def watch(clocks: Clocks) -> Watch:
    return Watch(lambda: clocks.wall, lambda: clocks.count)


def test_a_clock_is_steady_for_as_long_as_it_is_watched(clocks: Clocks, watch: Watch) -> None:
    clocks.run(HOUR)
    assert watch.steady_for() == timedelta(hours=1)


@pytest.mark.parametrize("by", [-86_400.0, -61.0, 61.0, 400 * 86_400.0])
def test_from_the_moment_it_is_set_a_clock_is_steady_anew(clocks: Clocks, watch: Watch, by: float) -> None:
    clocks.run(HOUR)
    clocks.wall += by
    assert watch.steady_for() == timedelta(0)
    clocks.run(HOUR)
    assert watch.steady_for() == timedelta(hours=1)


def test_a_clock_that_is_put_right_bit_by_bit_stays_steady(clocks: Clocks, watch: Watch) -> None:
    for _minute in range(240):
        clocks.run(60)
        clocks.wall += 0.5
        watch.steady_for()
    assert watch.steady_for() == timedelta(hours=4)
