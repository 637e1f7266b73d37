"""What the demo's salon spends and takes beside its invoices, and how its till is counted. Rials."""

from collections.abc import Iterator
from dataclasses import dataclass
from random import Random

from ...cashbox.models import VoucherKind as V
from ...cashbox.shifts.rules import COINS, NOTES

FLOAT = 20_000_000  # change that stays in the till over night
PETTY_FLOAT = 10_000_000
STEP = 1_000_000


@dataclass(frozen=True)
class Outlay:
    """Something written every so many days, from the day `on`; between `least` and `most`."""

    every: int
    on: int
    kind: V
    least: int
    most: int
    category: str = ""
    party: str = ""
    note: str = ""
    box: str = "till"  # a field of Boxes


OUTLAYS = (
    Outlay(3, 1, V.EXPENSE, 1_000_000, 3_000_000, "پذیرایی", "سوپرمارکت سرو", "چای، قهوه و شیرینی"),
    Outlay(4, 2, V.EXPENSE, 1_000_000, 2_000_000, "متفرقه", "پیک بادپا", "کرایهٔ پیک", "petty"),
    Outlay(7, 2, V.EXPENSE, 18_000_000, 45_000_000, "مواد مصرفی", "پخش آرایشی رز", "رنگ، اکسیدان و لاک", "bank"),
    Outlay(30, 3, V.EXPENSE, 650_000_000, 650_000_000, "اجاره", "آقای صفوی", "اجارهٔ ماهانه", "bank"),
    Outlay(30, 5, V.EXPENSE, 12_000_000, 25_000_000, "قبض‌ها", "", "آب، برق و گاز", "bank"),
    Outlay(40, 8, V.EXPENSE, 4_000_000, 9_000_000, "تعمیرات", "تعمیرات صندلی آرین", "سرویس صندلی‌ها و سشوار"),
    Outlay(15, 6, V.RECEIPT, 6_000_000, 9_000_000, "دریافت متفرقه", "خانم شکیبا", "اجارهٔ قفسهٔ زیورآلات"),
    Outlay(9, 7, V.PAYMENT, 1_000_000, 4_000_000, "متفرقه", "خشک‌شویی پاکان", "شست‌وشوی حوله و پیش‌بند"),
    Outlay(14, 7, V.ADVANCE, 20_000_000, 50_000_000, note="مساعدهٔ میان ماه", box="bank"),
    Outlay(7, 5, V.WITHDRAWAL, 50_000_000, 150_000_000, note="برداشت هفتگی", box="bank"),
)

# By the day's number of nine: what the count was off by, and why.
DIFFERENCES = {
    4: (-200_000, "باقی پول اشتباه پس داده شد"),
    7: (50_000, "مشتری باقی پولش را نگرفت"),
}
# By the day's number of thirteen: what the terminal's slip was off by, and why.
SLIPS_OFF = {6: (-1_500_000, "یک تراکنش کارتخوان ناموفق بود؛ پیگیری از بانک")}


def outlays_of(number: int) -> Iterator[Outlay]:
    """What is written on the day of this number."""
    return (outlay for outlay in OUTLAYS if number % outlay.every == outlay.on)


def drawn_amount(chance: Random, outlay: Outlay) -> int:
    """What it comes to this time."""
    return chance.randint(outlay.least // STEP, outlay.most // STEP) * STEP


def pieces_of(amount: int) -> dict[int, int]:
    """Notes that come to an amount, the greatest first; the small change as coins."""
    pieces = {}
    for note in NOTES:
        pieces[note], amount = divmod(amount, note)
    return pieces | {COINS: amount}
