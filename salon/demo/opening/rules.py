"""The demo's people, price list and offers: rials of 1405, minutes, minutes after midnight, weekdays from Saturday."""

from dataclasses import dataclass

from ...club.models import Reward
from ...club.offers.services import OfferTerms

SALON = "سالن زیبایی گل‌نرگس"
BRANCH = "شعبهٔ سعادت‌آباد"
PHONE = "۰۲۱-۲۲۳۴۵۶۷۰"
ADDRESS = "تهران، سعادت‌آباد، خیابان سرو غربی، پلاک ۱۲۰، طبقهٔ دوم"
OPENS, CLOSES = 9 * 60, 21 * 60
DEBT_LIMIT = 80_000_000
REDEEM_CEILING_BP = 5_000
FRIDAY = 6
LOW_STOCK, FIRST_STOCK = 5, 40
SCARCE_EVERY, SCARCE_STOCK = 6, 16  # every so many products, fewer pieces are bought
ROUND_TO = 10_000
REASON_ABOVE = 8_000_000

HAIR, COLOR, STYLING = "کوتاهی و مو", "رنگ و لایت", "شینیون و آرایش"
NAILS, BROWS, SKIN, LASHES = "ناخن", "ابرو و اصلاح", "پوست", "مژه"


@dataclass(frozen=True)
class Colleague:
    """Somebody of the staff; `skills` are categories of the price list."""

    code: str
    name: str
    title: str
    mobile: str
    skills: tuple[str, ...]
    starts: int
    ends: int
    day_off: int


@dataclass(frozen=True)
class PricedService:
    """A service of the price list; `weight`: how often it is wanted beside the others."""

    name: str
    category: str
    price: int
    minutes: int
    weight: int
    price_to: int | None = None


@dataclass(frozen=True)
class Bundle:
    """Sessions sold together; `sessions`: of services by their names."""

    name: str
    price: int
    valid_days: int | None
    sessions: tuple[tuple[str, int], ...]


@dataclass(frozen=True)
class Goods:
    """A product on the shelf."""

    name: str
    category: str
    brand: str
    price: int


STAFF = (
    Colleague("sara", "سارا احمدی", "کوتاهی و براشینگ", "09121110101", (HAIR,), 9 * 60, 18 * 60, 6),
    Colleague("negar", "نگار رضایی", "رنگ و لایت", "09121110102", (COLOR, HAIR), 10 * 60, 20 * 60, 3),
    Colleague("mahsa", "مهسا کریمی", "ناخن‌کار", "09121110103", (NAILS,), 10 * 60, 20 * 60, 1),
    Colleague("elham", "الهام موسوی", "ابرو و اصلاح", "09121110104", (BROWS,), 9 * 60, 19 * 60, 6),
    Colleague("shirin", "شیرین قاسمی", "پوست و فیشیال", "09121110105", (SKIN,), 10 * 60, 20 * 60, 2),
    Colleague("parisa", "پریسا نوری", "میکاپ و شینیون", "09121110106", (STYLING,), 10 * 60, 21 * 60, 0),
    Colleague("farnaz", "فرناز حسینی", "اکستنشن مژه و ناخن", "09121110107", (LASHES, NAILS), 11 * 60, 21 * 60, 4),
)

SERVICES = (
    PricedService("کوتاهی مو", HAIR, 6_500_000, 45, 16),
    PricedService("کوتاهی مو (فرم مدرن)", HAIR, 9_000_000, 60, 7),
    PricedService("کوتاهی چتری", HAIR, 2_500_000, 15, 5),
    PricedService("کوتاهی موی کودک", HAIR, 4_000_000, 30, 4),
    PricedService("براشینگ", HAIR, 4_800_000, 30, 14, 7_500_000),
    PricedService("سشوار و حالت‌دهی", HAIR, 3_500_000, 30, 8),
    PricedService("بافت مو", HAIR, 5_000_000, 45, 3, 12_000_000),
    PricedService("ماسک و احیای مو", HAIR, 11_000_000, 60, 4),
    PricedService("کراتین مو", HAIR, 45_000_000, 180, 2, 90_000_000),
    PricedService("رنگ ریشه", COLOR, 13_000_000, 75, 12),
    PricedService("رنگ کامل مو", COLOR, 24_000_000, 120, 8, 42_000_000),
    PricedService("مش فویلی", COLOR, 38_000_000, 180, 3, 65_000_000),
    PricedService("هایلایت و لولایت", COLOR, 48_000_000, 210, 2, 85_000_000),
    PricedService("بالیاژ", COLOR, 60_000_000, 240, 2, 110_000_000),
    PricedService("دکلره", COLOR, 28_000_000, 120, 2, 50_000_000),
    PricedService("رنگ‌ساژ", COLOR, 12_000_000, 60, 4),
    PricedService("مانیکور", NAILS, 4_500_000, 45, 12),
    PricedService("پدیکور", NAILS, 6_500_000, 60, 8),
    PricedService("ژلیش دست", NAILS, 5_500_000, 60, 10),
    PricedService("ژلیش پا", NAILS, 5_000_000, 45, 4),
    PricedService("کاشت ناخن پودر", NAILS, 12_000_000, 120, 5, 16_000_000),
    PricedService("ترمیم ناخن", NAILS, 8_500_000, 90, 9),
    PricedService("لمینت ناخن", NAILS, 7_500_000, 75, 4),
    PricedService("طراحی ناخن", NAILS, 1_500_000, 15, 5, 6_000_000),
    PricedService("اصلاح ابرو", BROWS, 2_200_000, 20, 18),
    PricedService("اصلاح صورت و ابرو", BROWS, 3_500_000, 30, 14),
    PricedService("رنگ ابرو", BROWS, 1_800_000, 20, 6),
    PricedService("لیفت ابرو", BROWS, 9_000_000, 60, 4),
    PricedService("وکس صورت", BROWS, 2_800_000, 20, 5),
    PricedService("وکس دست و پا", BROWS, 9_500_000, 75, 5),
    PricedService("فیشیال پاک‌سازی پوست", SKIN, 15_000_000, 75, 8),
    PricedService("هیدرافیشیال", SKIN, 24_000_000, 90, 5),
    PricedService("میکرودرم", SKIN, 17_000_000, 60, 3),
    PricedService("ماسک طلا", SKIN, 8_000_000, 30, 3),
    PricedService("لیزر دست و پا", SKIN, 18_000_000, 60, 4),
    PricedService("میکاپ مهمانی", STYLING, 28_000_000, 90, 6, 45_000_000),
    PricedService("شینیون", STYLING, 22_000_000, 75, 5, 38_000_000),
    PricedService("میکاپ و شینیون نامزدی", STYLING, 75_000_000, 180, 1, 120_000_000),
    PricedService("میکاپ و شینیون عروس", STYLING, 250_000_000, 300, 1, 400_000_000),
    PricedService("کلاس خودآرایی", STYLING, 32_000_000, 120, 2),
    PricedService("اکستنشن مژهٔ کلاسیک", LASHES, 14_000_000, 120, 5),
    PricedService("اکستنشن مژهٔ والیوم", LASHES, 18_000_000, 150, 3),
    PricedService("ترمیم مژه", LASHES, 8_000_000, 75, 6),
    PricedService("لیفت و لمینت مژه", LASHES, 10_000_000, 60, 5),
)

PACKAGES = (
    Bundle("شش جلسه هیدرافیشیال", 120_000_000, 180, (("هیدرافیشیال", 6),)),
    Bundle(
        "بستهٔ عروس",
        286_900_000,
        365,
        (("میکاپ و شینیون عروس", 1), ("فیشیال پاک‌سازی پوست", 2), ("مانیکور", 2), ("پدیکور", 2)),
    ),
)

PRODUCTS = (
    Goods("شامپوی بدون سولفات", "مراقبت مو", "مای", 4_200_000),
    Goods("ماسک موی رنگ‌شده", "مراقبت مو", "لافارر", 5_600_000),
    Goods("روغن آرگان", "مراقبت مو", "سریتا", 6_800_000),
    Goods("سرم مو", "مراقبت مو", "کاپوس", 7_900_000),
    Goods("اسپری محافظ حرارت", "مراقبت مو", "شوارتسکف", 9_500_000),
    Goods("روغن کوتیکول", "ناخن", "آی‌بی‌دی", 2_400_000),
    Goods("لاک ژل", "ناخن", "بلوسکای", 3_900_000),
    Goods("کرم دست", "ناخن", "نئودرم", 2_100_000),
    Goods("کرم ضدآفتاب بی‌رنگ", "پوست", "سان‌سیف", 5_200_000),
    Goods("ژل شستشوی صورت", "پوست", "سراوی", 6_400_000),
    Goods("سرم ویتامین سی", "پوست", "اوردینری", 11_500_000),
    Goods("کرم دور چشم", "پوست", "پریم", 4_700_000),
    Goods("تقویت‌کنندهٔ مژه", "مژه و ابرو", "ادورا", 8_300_000),
    Goods("صابون لیفت ابرو", "مژه و ابرو", "شیگلم", 2_900_000),
    Goods("برس پدی", "ابزار", "لونا", 3_300_000),
)

OFFERS = (
    OfferTerms("هر ۵۰ هزار تومان، ۲ امتیاز", Reward.POINTS, category="همیشگی", step_amount=500_000, points_per_step=2),
    OfferTerms(
        "کش‌بک ۵٪",
        Reward.CREDIT,
        category="همیشگی",
        percent_bp=500,
        usable_after_days=1,
        expires_after_days=60,
    ),
)
