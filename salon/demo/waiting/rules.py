"""Who waits in the demo, and for what."""

from dataclasses import dataclass

from ...core.hours import MINUTES_OF_DAY

IN_QUEUE = (70, 25)  # so many minutes ago they came
REQUEST_NOTE = "اگر شد با همان خانم دفعهٔ پیش"


@dataclass(frozen=True)
class Wish:
    """What somebody waits for: which of the services, on which days from today on, at which hours; minutes."""

    service: int
    days: int
    weekdays: tuple[int, ...] = ()
    from_time: int = 0
    to_time: int = MINUTES_OF_DAY
    note: str = ""


# Late, early, or on a Friday: what the hours of the demo don't give.
WISHES = (
    Wish(0, 2, from_time=20 * 60 + 40, note="بعد از کار می‌آید"),
    Wish(2, 14, weekdays=(6,), note="فقط جمعه"),
    Wish(1, 1, to_time=9 * 60, note="پیش از مهدکودک بچه"),
)
