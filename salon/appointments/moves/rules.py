"""Booked services made longer or shorter, without a database; minutes."""

from dataclasses import replace
from datetime import timedelta

from ...catalog.phases.rules import LEAST_MINUTES, Phase, is_workable, length_of, lengthened
from ...core.jalali import format_time
from ..availability.rules import Laid, Shape
from ..errors import REFUSALS, too_short

_LONGEST = 24 * 60


def with_length(laid: Laid, minutes: int) -> Laid:
    """The same from the same moment on, but so long: its longest busy phase changes.

    Raises Invalid `booking_too_short`, `booking_too_long`.
    """
    phases = laid.shape.phases
    changed = lengthened(phases, minutes - length_of(phases))
    if length_of(changed) > minutes:
        raise too_short(format_time(laid.starts_at + timedelta(minutes=length_of(_shortest(phases)))))
    if not is_workable(changed):
        raise REFUSALS["booking_too_long"]
    return replace(laid, shape=Shape(changed))


def _shortest(phases: tuple[Phase, ...]) -> tuple[Phase, ...]:
    """What is left when the longest busy phase takes as little time as work may."""
    return lengthened(phases, LEAST_MINUTES - _LONGEST)
