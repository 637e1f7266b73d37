"""Groups, levels, lines, price lists and boxes of the demo. Basis points; days counted from today."""

from dataclasses import dataclass

from ...core.money import percent_of
from ..opening.rules import BROWS, COLOR, HAIR, LASHES, NAILS, PRODUCTS, SERVICES, SKIN

VIP, COLLEAGUE, FAMILY = "مشتریان ویژه", "همکاران صنف", "خانوادهٔ پرسنل"
GROUPS = (VIP, COLLEAGUE, FAMILY)

MASTER, SENIOR, JUNIOR = "استاد", "ارشد", "کارشناس"
LEVELS = {MASTER: ("negar", "parisa"), SENIOR: ("sara", "mahsa", "shirin"), JUNIOR: ("elham", "farnaz")}

SHOP, PHONED, AT_HOME = "فروشگاه", "تلفنی", "در منزل"  # of the usual kinds of sale
SOCIAL = "سفارش اینستاگرام"

SECOND_BRANCH = "شعبهٔ پاسداران"
SECOND_PHONE, SECOND_ADDRESS = "۰۲۱-۲۲۵۸۴۴۱۰", "تهران، پاسداران، بوستان دوم، پلاک ۱۸"
NEXT_TAX_BP = 1_000  # from the first day of the next year


@dataclass(frozen=True)
class Crew:
    """A line: its head, and by colleague the share of the head's part in basis points."""

    name: str
    head: str
    members: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True)
class PriceTerms:
    """A price list: by how much its things differ from their own price, for whom, and from which day to which."""

    name: str
    priority: int
    change_bp: int
    categories: tuple[str, ...]
    group: str | None = None
    level: str | None = None
    from_day: int | None = None  # days after today
    to_day: int | None = None
    other_branch: bool = False


CREWS = (
    Crew("لاین مو و رنگ", "negar", (("sara", 0),)),
    Crew("لاین ناخن و مژه", "mahsa", (("farnaz", 3_000),)),
    Crew("لاین پوست و ابرو", "shirin", (("elham", 2_500),)),
    Crew("لاین میکاپ و شینیون", "parisa"),
)

LISTS = (
    PriceTerms("جشنوارهٔ پوست پاییز", 5, -1_500, (SKIN,), from_day=-20, to_day=12),
    PriceTerms("همکاران صنف", 10, -2_000, (HAIR, COLOR, NAILS), group=COLLEAGUE),
    PriceTerms("خانوادهٔ پرسنل", 20, -3_000, (HAIR, NAILS, BROWS, SKIN), group=FAMILY),
    PriceTerms("مشتریان ویژه", 30, -1_000, (HAIR, NAILS, BROWS), group=VIP),
    PriceTerms("نرخ استاد", 40, 1_500, (HAIR,), level=MASTER),
    PriceTerms("پاسداران", 50, 1_000, (HAIR, NAILS, LASHES), other_branch=True),
)

TILL = "صندوق پذیرش"
PETTY = "تنخواه"
TERMINAL, TERMINAL_NUMBER = "کارتخوان به‌پرداخت ملت", "۳۳۸۴۱۲۰۷"
BANK, BANK_NUMBER = "حساب بانک ملت", "۶۱۰۴۳۳۷۸۱۲۰۴۵۵۱۹"

RAISED = (COLOR, NAILS)  # categories that cost more since the middle of the days that are told
BEFORE_RAISE_BP = 9_000
STEP = 100_000  # listed prices are whole tens of thousands of toman


def listed_price(price: int, change_bp: int) -> int:
    """A price as it stands on a list, in rials."""
    return percent_of(price, 10_000 + change_bp) // STEP * STEP


def fixed_of(categories: tuple[str, ...]) -> dict[str, int]:
    """The services of these categories that have one price, by name."""
    return {
        service.name: service.price
        for service in SERVICES
        if service.category in categories and service.price_to is None
    }


def goods_for_colleagues() -> dict[str, int]:
    """What colleagues buy for their own salons, by name."""
    return {goods.name: goods.price for goods in PRODUCTS if goods.category in {"مراقبت مو", "ناخن"}}
