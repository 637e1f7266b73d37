"""What accounts are called. No database."""

from flask_babel import gettext as _

from ...ledger.models import AccountKind


def account_labels() -> dict[str, str]:
    """What owners call the kinds of account."""
    return {
        AccountKind.CASH: _("صندوق"),
        AccountKind.CARD_TERMINAL: _("کارتخوان"),
        AccountKind.BANK: _("حساب بانکی"),
        AccountKind.RECEIVABLE: _("بدهی مشتریان"),
        AccountKind.CLUB_CREDIT: _("اعتبار باشگاه"),
        AccountKind.POINTS: _("امتیاز مشتریان"),
        AccountKind.POINTS_ISSUED: _("امتیاز داده‌شده"),
        AccountKind.CLUB_COST: _("هزینهٔ باشگاه"),
        AccountKind.REVENUE: _("فروش خدمات"),
        AccountKind.PRODUCT_REVENUE: _("فروش کالا"),
        AccountKind.DISCOUNT: _("تخفیف"),
        AccountKind.TAX_PAYABLE: _("مالیات پرداختنی"),
        AccountKind.STAFF_PAYABLE: _("حساب پرسنل"),
        AccountKind.STAFF_COST: _("هزینهٔ پرسنل"),
        AccountKind.CHAIR_RENT: _("اجارهٔ صندلی و لاین"),
        AccountKind.UNCONFIRMED: _("کارت به کارت تأییدنشده"),
        AccountKind.CHEQUES: _("چک‌های دریافتی"),
        AccountKind.DEPOSIT: _("بیعانه و علی‌الحساب"),
        AccountKind.PREPAID: _("جلسه‌های پیش‌فروش"),
        AccountKind.OFFSET: _("تهاتر مرجوعی"),
        AccountKind.ROUNDING: _("گرد کردن"),
        AccountKind.OTHER_INCOME: _("درآمد دیگر"),
        AccountKind.DEPOSIT_KEPT: _("بیعانهٔ ضبط‌شده"),
        AccountKind.EXPENSE: _("هزینه"),
        AccountKind.CASH_DIFFERENCE: _("کسری و اضافی صندوق"),
        AccountKind.OWNER: _("برداشت مالک"),
        AccountKind.PRIOR_TAKINGS: _("دریافتی پیش از این برنامه"),
        AccountKind.OPENING: _("افتتاحیه"),
        AccountKind.RETAINED: _("سود و زیان انباشته"),
    }
