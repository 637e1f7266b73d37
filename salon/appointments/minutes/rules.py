"""Stretches of minutes as the bits of a number, bit n for minute n of a window: whole days are compared at once."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from functools import cache

from ..rules import Span


def bits_of(spans: Iterable[Span]) -> int:
    """The minutes of these spans."""
    bits = 0
    for span in spans:
        if span.ends > max(span.starts, 0):
            bits |= (1 << span.ends) - (1 << max(span.starts, 0))
    return bits


def room_for(spans: Iterable[Span], capacity: int, window: int) -> tuple[int, ...]:
    """The minutes of the window in which one more fits beside these spans, two more, and so on up to the capacity."""
    return tuple(((1 << window) - 1) & ~layer for layer in reversed(layers_of(spans, capacity)))


def runs(free: int, minutes: int) -> int:
    """The minutes from which `minutes` in a row are free."""
    known = 1
    while known < minutes and free:
        step = min(known, minutes - known)
        free &= free >> step
        known += step
    return free


def on_grid(bits: int, step: int, first: int, before: int) -> Iterator[int]:
    """The minutes of the grid among these, from `first` to `before` (exclusive)."""
    bits &= grid_of(step, -(-before // step)) >> first << first
    while bits:
        lowest = bits & -bits
        yield lowest.bit_length() - 1
        bits ^= lowest


@cache
def grid_of(step: int, count: int) -> int:
    """So many minutes of a grid, from the first minute on."""
    return sum(1 << number * step for number in range(count))


def any_of(bits: Iterable[int]) -> int:
    """The minutes of any of these."""
    found = 0
    for some in bits:
        found |= some
    return found


def earlier_by(bits: int, minutes: int) -> int:
    """The minutes that lie so many minutes before these."""
    return bits >> minutes if minutes >= 0 else bits << -minutes


def up_to_earlier(bits: int, minutes: int) -> int:
    """These minutes and those up to so many before them."""
    known = 0
    while known < minutes:
        step = min(known + 1, minutes - known)
        bits |= bits >> step
        known += step
    return bits


def layers_of(spans: Iterable[Span], depth: int) -> list[int]:
    """The minutes in which at least one of the spans lies, two of them, and so on."""
    layers = [0] * depth
    for span in spans:
        carried = bits_of([span])
        for number in range(depth):
            layers[number], carried = layers[number] | carried, layers[number] & carried
    return layers


def length_below(bits: int, minute: int) -> int:
    """How many set bits lie in a row right below a minute."""
    under = ~bits & ((1 << minute) - 1)
    return minute - under.bit_length()


def length_above(bits: int, minute: int) -> int:
    """How many set bits lie in a row from a minute on."""
    above = ~(bits >> minute)
    return (above & -above).bit_length() - 1


def minutes_between(midnight: datetime, moment: datetime, *, up: bool = False) -> int:
    """Whole minutes from a midnight to a moment, down unless `up`."""
    between = moment - midnight
    seconds = between.days * 86_400 + between.seconds + (up and between.microseconds > 0)
    return -(-seconds // 60) if up else seconds // 60
