"""Who the demo's customers are, drawn by chance: names, mobiles, days, notes, and when each came first."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import Random

from ...core.jalali import add_months
from ..terms.rules import COLLEAGUE, FAMILY, VIP

# fmt: off
FIRST_NAMES = (
    "زهرا", "فاطمه", "مریم", "سارا", "نرگس", "مینا", "لیلا", "نازنین", "الهه", "شیما", "مهسا", "نیلوفر", "پریسا",
    "سمیه", "شیرین", "رؤیا", "آزاده", "هانیه", "مهناز", "فرزانه", "سحر", "ندا", "بهاره", "یگانه", "آیدا", "کیمیا",
    "ترانه", "ملیکا", "پگاه", "غزل", "رها", "هستی", "نگین", "مهرناز", "سپیده", "شقایق", "الناز", "ریحانه", "طاهره",
    "معصومه", "اعظم", "پروین", "مهین", "شهلا", "فریبا", "ژاله", "منیژه", "سودابه", "نسرین", "ناهید", "هدیه", "آرزو",
    "یلدا", "دریا", "باران", "ستاره", "مژگان", "شبنم", "گلناز", "ساناز",
)
LAST_NAMES = (
    "محمدی", "حسینی", "احمدی", "رضایی", "موسوی", "کریمی", "جعفری", "صادقی", "رحیمی", "قاسمی", "ابراهیمی", "هاشمی",
    "اکبری", "نوری", "حیدری", "مرادی", "عباسی", "کاظمی", "شریفی", "یوسفی", "باقری", "سلیمانی", "نجفی", "طاهری",
    "امینی", "فراهانی", "زارع", "ملکی", "رستمی", "بهرامی", "توکلی", "خسروی", "صالحی", "مقدم", "افشار", "جلالی",
    "پوررضا", "دهقان", "سلطانی", "شفیعی", "عزیزی", "غلامی", "فلاح", "کیانی", "گودرزی", "لطفی", "مهدوی", "ناصری",
    "وحیدی", "یزدانی", "تهرانی", "اصفهانی", "شیرازی", "قنبری",
)
# fmt: on
PREFIXES = ("0912", "0912", "0912", "0935", "0936", "0919", "0910", "0921", "0990", "0937", "0902")
NOTES = (
    "قهوهٔ تلخ دوست دارد",
    "معمولاً ده دقیقه دیر می‌رسد",
    "رنگ ۷.۱ لورآل، اکسیدان ۶٪",
    "ترجیح می‌دهد پیش سارا بنشیند",
    "پیش از نوبت تلفنی یادآوری شود",
    "با دختر کوچکش می‌آید",
    "موهایش کم‌پشت است؛ سشوار با حرارت کم",
    "فرم ناخن بادامی، رنگ‌های روشن",
    "معرف: خانم رحیمی",
    "پنجشنبه‌ها وقت بیشتری دارد",
)
ALLERGIES = (
    "آمونیاک؛ رنگ بدون آمونیاک",
    "لاتکس",
    "پوست حساس؛ پیش از اپیلاسیون تست شود",
    "چسب مژه",
    "استون",
)
WALK_IN = "مشتری گذری"
OLDEST, YOUNGEST = 62, 16  # years
KNOWN_BEFORE = 0.6  # of the customers came before the days that are told
CARD_PREFIX = "99001405"  # no bank's


@dataclass(frozen=True)
class Person:
    """A customer to be; `weight`: how often she comes beside the others."""

    first_name: str
    last_name: str
    mobile: str | None
    joined: date
    weight: float
    shares_mobile: bool = False
    birthday: date | None = None
    wedding_day: date | None = None
    note: str = ""
    allergies: str = ""
    is_walk_in: bool = False
    card: str | None = None  # the number on her member card
    group: str | None = None


# Swiped by whoever tries the demo: the text her card's reader types.
STAR = Person(
    first_name="زهرا",
    last_name="کریمی",
    mobile="09123456789",
    joined=date.min,
    weight=12,
    note="قهوهٔ تلخ دوست دارد؛ ناخن بادامی با رنگ‌های روشن",
    allergies=ALLERGIES[0],
    card=CARD_PREFIX + "00000017",
    group=VIP,
)
STAR_SWIPE = f"%B{STAR.card}^KARIMI/ZAHRA^3012?;{STAR.card}=3012?"


def swipe_of(card: str) -> str:
    """What a reader types for a member card without a name."""
    return f";{card}=3012?"


def draw_people(chance: Random, count: int, *, first_day: date, today: date) -> list[Person]:
    """So many customers in the order they came, the one with the known card first."""
    star = replace(STAR, joined=first_day, birthday=add_months(today, -12 * 29), wedding_day=today - timedelta(2000))
    names = _names(chance, count)
    mobiles = _mobiles(chance, count)
    drawn = [
        _person(chance, name, mobile, first_day, today) for name, mobile in zip(names[1:], mobiles[1:], strict=True)
    ]
    shared = _with_shared_mobiles(chance, drawn)
    grouped = _with_groups(shared)
    return [star, *sorted(_with_walk_ins(grouped), key=lambda person: person.joined)]


def _names(chance: Random, count: int) -> list[tuple[str, str]]:
    """Names of which none comes twice."""
    pairs = [(first, last) for first in FIRST_NAMES for last in LAST_NAMES]
    pairs.remove((STAR.first_name, STAR.last_name))
    return chance.sample(pairs, count)


def _mobiles(chance: Random, count: int) -> list[str]:
    endings = chance.sample(range(4_000_000, 9_999_999), count)
    return [f"{chance.choice(PREFIXES)}{ending}" for ending in endings]


def _person(chance: Random, name: tuple[str, str], mobile: str, first_day: date, today: date) -> Person:
    told = (today - first_day).days
    joined = first_day if chance.random() < KNOWN_BEFORE else first_day + timedelta(chance.randint(1, max(1, told - 1)))
    birthday = _day_of_age(chance, today, YOUNGEST, OLDEST) if chance.random() < 0.8 else None
    has_card = chance.random() < 0.25
    return Person(
        first_name=name[0],
        last_name=name[1],
        mobile=mobile,
        joined=joined,
        weight=min(8.0, chance.paretovariate(1.3)),
        birthday=birthday,
        wedding_day=_wedding_day(chance, birthday, today),
        note=chance.choice(NOTES) if chance.random() < 0.2 else "",
        allergies=chance.choice(ALLERGIES) if chance.random() < 0.07 else "",
        card=CARD_PREFIX + mobile[-8:] if has_card else None,
    )


def _day_of_age(chance: Random, today: date, least: int, most: int) -> date:
    return today - timedelta(chance.randint(least * 365, most * 365))


def _wedding_day(chance: Random, birthday: date | None, today: date) -> date | None:
    """A day since she was twenty, for some of those whose birthday is known."""
    if birthday is None or chance.random() > 0.35:
        return None
    grown_for = (today - birthday).days - 20 * 365
    return today - timedelta(chance.randint(60, min(grown_for, 25 * 365))) if grown_for > 365 else None


def _with_shared_mobiles(chance: Random, people: Sequence[Person]) -> list[Person]:
    """Let every fortieth be the daughter of somebody who came before her, without a mobile of her own."""
    family = list(people)
    for place in range(20, len(family), 40):
        mother = family[place - 1]
        family[place] = replace(
            family[place],
            mobile=mother.mobile,
            shares_mobile=True,
            joined=max(mother.joined, family[place].joined),
            birthday=family[place].joined - timedelta(chance.randint(12 * 365, 17 * 365)),
            wedding_day=None,
            note=f"دختر {mother.first_name} {mother.last_name}",
            card=None,
        )
    return family


def _with_groups(people: Sequence[Person]) -> list[Person]:
    """Let every twelfth be one of those whom the salon honours, some be colleagues or of the staff's families."""
    groups = {5: VIP, 17: VIP, 29: COLLEAGUE, 41: FAMILY, 53: VIP}
    return [replace(person, group=groups.get(place % 60)) for place, person in enumerate(people)]


def _with_walk_ins(people: Sequence[Person]) -> list[Person]:
    """Let every fiftieth be somebody who walked in and left no mobile."""
    family = list(people)
    for place in range(7, len(family), 50):
        family[place] = Person(WALK_IN, family[place].last_name, None, family[place].joined, 1.0, is_walk_in=True)
    return family
