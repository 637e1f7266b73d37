"""All reports, by the name in their address."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

from .bookings import queries as bookings
from .books import queries as books
from .pay import queries as pay
from .rules import Column, Period, Report, whole_year
from .sales import queries as sales
from .staff import queries as staff
from .years import queries as years


@dataclass(frozen=True)
class Kind:
    """A report: its title and columns, what reads it over half-open days, and what its reader should know."""

    title: LazyString
    columns: tuple[Column, ...]
    read: Callable[[date, date], Report]
    note: LazyString
    of_years: bool = False  # it tells of the whole Jalali year of the last day that is asked for

    def days(self, asked: Period | None) -> Period | None:
        """The first and the last day that it tells of."""
        return whole_year(asked[1]) if asked and self.of_years else asked


_SOLD = _l("فاکتورهای صادرشده، خدمت و کالا با هم؛ برگشتی‌ها و اصلاحی‌ها کم شده‌اند.")
_GIVEN = _l("تخفیف ردیف‌ها و تخفیف کل فاکتور، به نام کسی که داد.")
_DONE = _l("برگشتی: از مبلغ فروش؛ کار مجدد: از شمار خدماتش؛ ساعت پر: نوبت‌ها و کارهای بی‌نوبت از ساعت کار این روزها.")
_BORNE = _l("تخفیف و اعتباری که در این روزها داده شد، و این که از سهم چه کسی کم شد؛ بقیه با سالن است.")
_PAID = _l("حساب هر نفر؛ حقوق و اجاره با تأیید صورت کارکرد نوشته می‌شود. آنچه از او کم شده در ستون خودش مثبت است.")
_HELD = _l("ورودی و خروجی این روزها و موجودی در پایان آن‌ها.")
_TAKEN = _l(
    "فروش هر روز و راهی که پول آن رسید؛ برگشتی‌ها کم شده‌اند. جمع ستون‌های فروش تا «دیگر» با جمع نقد تا بدهی برابر است."
)
_OWED = _l("بدهی در پایان این روزها.")
_BALANCED = _l("به ریال و امتیاز؛ جمع مانده‌ها در هر واحد صفر است.")
_EARNED = _l("هزینه‌ها منفی‌اند و جمع هر ردیف سود یا زیان آن ماه و شعبه است؛ سند بستن سال در آن نیست.")
_OF_YEAR = _l("همهٔ سالِ روز پایان، بدون امتیازها و پیش از سند بستن سال؛ جمع مانده‌ها صفر است.")
_STANDS = _l("نیامدن: از نوبت‌هایی که آمدند یا باید می‌آمدند. لغو دیر: پس از مهلت لغو در تنظیمات آن روز، از همهٔ نوبت‌ها.")
_EACH = _l("شمارش در این جدول به خدمت است، نه به نوبت؛ نوبتی با دو خدمت دو بار می‌آید.")
_FULL = _l("دقیقه‌هایی که نوبت دارد (نه زمان ماندن مواد) از ساعت کار، بی تعطیلی و مرخصی؛ نوبت لغوشده و نیامده نمی‌آید.")
_HELD_OF = _l("دقیقه‌هایی که پر است از ساعت باز بودن سالن در روزهای باز، به شمار جا.")
_AGAIN = _l(
    "مراجعه‌هایی که تا پایان همان روز، مشتری‌شان نوبتی برای روزی دیرتر داشت."
    " لغو یا جابه‌جایی پس از آن روز این عدد را عوض نمی‌کند."
)
_BOOKING_REPORTS = {
    "bookings-by-day": Kind(_l("گزارش رزرو وقت"), bookings.BY_DAY, bookings.by_day, _STANDS),
    "bookings-by-staff": Kind(_l("رزرو به تفکیک پرسنل"), bookings.BY_STAFF, bookings.by_staff, _EACH),
    "bookings-by-service": Kind(_l("رزرو به تفکیک خدمت"), bookings.BY_SERVICE, bookings.by_service, _EACH),
    "bookings-by-status": Kind(_l("رزرو به تفکیک وضعیت"), bookings.BY_STATUS, bookings.by_status, _STANDS),
    "staff-utilisation": Kind(_l("پر بودن پرسنل"), bookings.OF_STAFF, bookings.utilisation_of_staff, _FULL),
    "resource-utilisation": Kind(
        _l("پر بودن اتاق و دستگاه"), bookings.OF_RESOURCES, bookings.utilisation_of_resources, _HELD_OF
    ),
    "rebooking": Kind(_l("نرخ نوبت بعدی"), bookings.OF_REBOOKING, bookings.rebooking, _AGAIN),
}
REPORTS = {
    "services-by-staff": Kind(_l("خدمات به تفکیک پرسنل"), sales.BY_STAFF, sales.services_by_staff, _SOLD),
    "services-by-line": Kind(_l("خدمات به تفکیک لاین"), sales.BY_LINE, sales.services_by_line, _SOLD),
    "staff-statements": Kind(_l("صورت کارکرد پرسنل"), pay.OF_STATEMENTS, pay.staff_statements, _PAID),
    "productivity": Kind(_l("بهره‌وری پرسنل"), staff.OF_WORK, sales.productivity, _DONE),
    "discount-costs": Kind(_l("هزینهٔ تخفیف و اعتبار"), staff.OF_BEARERS, staff.discount_costs, _BORNE),
    "services-by-customer": Kind(_l("خدمات به تفکیک مشتری"), sales.BY_CUSTOMER, sales.services_by_customer, _SOLD),
    "sales-by-kind": Kind(_l("فروش به تفکیک نوع"), sales.BY_SALE_KIND, sales.sales_by_kind, _SOLD),
    "discounts": Kind(_l("تخفیف‌های داده‌شده"), sales.BY_GIVER, sales.discounts, _GIVEN),
    "cash-balance": Kind(_l("موجودی صندوق"), books.OF_BOXES, books.cash_balance, _HELD),
    "daily-close": Kind(_l("بستن روزانه"), books.OF_DAYS, books.daily_close, _TAKEN),
    "debtors": Kind(_l("مشتریان بدهکار"), books.OF_DEBTORS, books.debtors, _OWED),
    "trial-balance": Kind(_l("تراز آزمایشی"), books.OF_ACCOUNTS, books.trial_balance, _BALANCED),
    "profit-and-loss": Kind(_l("سود و زیان"), years.OF_MONTHS, years.profit_and_loss, _EARNED),
    "year-trial-balance": Kind(
        _l("تراز آزمایشی سال"), years.OF_OWNERS, years.year_trial_balance, _OF_YEAR, of_years=True
    ),
    **_BOOKING_REPORTS,
}
