"""What the demo's services are made of and need, when its people rest and are away; minutes."""

from dataclasses import dataclass

from ...catalog.models import PhaseKind
from ...catalog.phases.rules import Phase

_B, _P, _U = PhaseKind.BUSY, PhaseKind.PROCESSING, PhaseKind.BUFFER
REST = 30  # minutes of a break


@dataclass(frozen=True)
class Place:
    """A room, chair or device; `services` need it."""

    name: str
    kind: str
    capacity: int
    services: tuple[str, ...]


@dataclass(frozen=True)
class Leave:
    """Somebody is away so many days after today, from one minute after midnight to another."""

    code: str
    after: int
    starts: int
    ends: int
    reason: str


PLACES = (
    Place("اتاق پوست", "room", 1, ("فیشیال پاک‌سازی پوست", "هیدرافیشیال", "میکرودرم", "ماسک طلا")),
    Place("اتاق لیزر", "room", 1, ("لیزر دست و پا",)),
    Place("دستگاه لیزر", "device", 1, ("لیزر دست و پا",)),
    Place("سرشور", "chair", 2, ("ماسک و احیای مو", "براشینگ", "سشوار و حالت‌دهی")),
    Place(
        "صندلی رنگ",
        "chair",
        3,
        ("رنگ ریشه", "رنگ کامل مو", "مش فویلی", "هایلایت و لولایت", "بالیاژ", "دکلره", "رنگ‌ساژ"),
    ),
    Place("صندلی پدیکور", "chair", 1, ("پدیکور", "ژلیش پا")),
)

# A service that isn't here is one busy phase.
PHASES = {
    "رنگ ریشه": ((_B, 25), (_P, 35), (_B, 15)),
    "رنگ کامل مو": ((_B, 45), (_P, 45), (_B, 30)),
    "مش فویلی": ((_B, 90), (_P, 50), (_B, 40)),
    "هایلایت و لولایت": ((_B, 110), (_P, 55), (_B, 45)),
    "بالیاژ": ((_B, 130), (_P, 60), (_B, 50)),
    "دکلره": ((_B, 45), (_P, 45), (_B, 30)),
    "رنگ‌ساژ": ((_B, 20), (_P, 25), (_B, 15)),
    "ماسک و احیای مو": ((_B, 20), (_P, 25), (_B, 15)),
    "کراتین مو": ((_B, 90), (_P, 40), (_B, 50)),
    "پدیکور": ((_B, 50), (_U, 10)),
    "رنگ ابرو": ((_B, 5), (_P, 10), (_B, 5)),
    "لیفت ابرو": ((_B, 20), (_P, 25), (_B, 15)),
    "فیشیال پاک‌سازی پوست": ((_B, 30), (_P, 20), (_B, 15), (_U, 10)),
    "هیدرافیشیال": ((_B, 80), (_U, 10)),
    "میکرودرم": ((_B, 50), (_U, 10)),
    "لیزر دست و پا": ((_U, 5), (_B, 45), (_U, 10)),
    "میکاپ و شینیون عروس": ((_U, 15), (_B, 285)),
    "لیفت و لمینت مژه": ((_B, 20), (_P, 25), (_B, 15)),
}

# When everybody's break begins, by her code.
RESTS = {
    "sara": 13 * 60 + 30,
    "negar": 14 * 60,
    "mahsa": 14 * 60 + 30,
    "elham": 13 * 60,
    "shirin": 13 * 60 + 30,
    "parisa": 15 * 60,
    "farnaz": 16 * 60,
}

LEAVES = (
    Leave("mahsa", 1, 10 * 60, 13 * 60, "دندان‌پزشکی"),
    Leave("shirin", 3, 0, 24 * 60, "مرخصی"),
    Leave("elham", 4, 16 * 60, 19 * 60, "کلاس میکروبلیدینگ"),
    Leave("sara", 9, 0, 24 * 60, "سفر"),
)
CLOSED_AFTER, CLOSED_FOR = 12, "سم‌پاشی و نظافت"  # days after today


def phases_of(service: str, minutes: int) -> tuple[Phase, ...]:
    """What a service of the price list is made of."""
    return tuple(Phase(*phase) for phase in PHASES.get(service, ((_B, minutes),)))


def around(starts: int, ends: int, rest: int) -> list[tuple[int, int]]:
    """Hours of a day with a break, if it lies within them."""
    if not starts < rest < rest + REST < ends:
        return [(starts, ends)]
    return [(starts, rest), (rest + REST, ends)]
