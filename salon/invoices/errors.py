"""Refusals about invoices that more than one room of theirs has."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext

from ..core.errors import DomainError, Invalid, NotFound
from ..core.keys import KEY_REUSED

INVOICE_ISSUED = DomainError("invoice_issued", lazy_gettext("این فاکتور صادر شده است و دیگر تغییر نمی‌کند."))
OUTCOME_KNOWN = DomainError("outcome_known", lazy_gettext("نتیجهٔ این پرداخت پیش‌تر ثبت شده است."))
RETURN_EXCEEDS_SALE = Invalid(
    "return_exceeds_sale", lazy_gettext("بیشتر از آنچه از این فاکتور مانده است برگشت نمی‌خورد."), "lines"
)
REFUSALS = {
    "uq_settlement_idempotency_key": KEY_REUSED,
    "uq_receipt_idempotency_key": KEY_REUSED,
    "invoice_issued": INVOICE_ISSUED,
    "uq_payment_outcome_payment_id": OUTCOME_KNOWN,
    "return_exceeds_sale": RETURN_EXCEEDS_SALE,
}


def invoice_unknown() -> NotFound:
    """There is no such invoice."""
    return NotFound("invoice_unknown", _("این فاکتور پیدا نشد."))


def staff_missing(position: int) -> Invalid:
    """A service that nobody did."""
    return Invalid("staff_missing", _("بنویسید این خدمت را چه کسی انجام داده است."), f"lines.{position}.staff_id")


def payment_missing() -> Invalid:
    """Nothing was given to be received."""
    return Invalid("payment_missing", _("مبلغی برای دریافت وارد نشده است."), "payments")


def amount_invalid(position: int) -> Invalid:
    """A payment of nothing, of less, or beyond all measure."""
    sentence = _("مبلغ باید بیشتر از صفر باشد و بیش از اندازه بزرگ نمی‌شود.")
    return Invalid("amount_invalid", sentence, f"payments.{position}.amount")


def credit_negative() -> Invalid:
    """Club credit below nought."""
    return Invalid("amount_invalid", _("اعتبار نمی‌تواند منفی باشد."), "credit")


def credit_exceeds_limit() -> Invalid:
    """More club credit than she may withdraw, or than the salon lets be spent on one invoice."""
    sentence = _("اعتبار خواسته‌شده بیشتر از اعتبار قابل برداشت یا سقف این فاکتور است.")
    return Invalid("credit_exceeds_limit", sentence, "credit")


def overpaid() -> Invalid:
    """More than is due."""
    return Invalid("overpaid", _("مبلغ پرداخت‌ها بیشتر از ماندهٔ بدهی است؛ یکی از مبلغ‌ها را کم کنید."), "payments")


def unpaid() -> Invalid:
    """Less than is due, and nobody said that the rest may be owed."""
    return Invalid("unpaid", _("هنوز مانده دارد؛ بقیه را بگیرید یا با Shift+F10 به حساب بدهی بگذارید."), "payments")


def debt_limit() -> DomainError:
    """She would owe more than she may."""
    sentence = _("بدهی مشتری از سقف مجاز او بیشتر می‌شود؛ بخشی از مبلغ را همین حالا بگیرید.")
    return DomainError("debt_limit", sentence, "payments")


def promise_past() -> Invalid:
    """She can't promise to have paid."""
    return Invalid("promise_past", _("وعدهٔ پرداخت امروز یا روزی پس از آن است."), "promised_on")


def nothing_owed() -> DomainError:
    """There is no debt to be paid."""
    return DomainError("nothing_owed", _("این مشتری بدهی ندارد."))


def contact_empty() -> Invalid:
    """Nothing was said and nothing promised."""
    return Invalid("contact_empty", _("بنویسید چه گفت، یا وعدهٔ پرداختش را."), "note")


def already_settled() -> DomainError:
    """Nothing is left to pay."""
    return DomainError("already_settled", _("این فاکتور پیش‌تر تسویه شده است."))


def invoice_changed() -> DomainError:
    """Another amount is due than the receptionist saw."""
    return DomainError(
        "invoice_changed", _("این فاکتور جای دیگری تغییر کرده است؛ صفحه را تازه کنید و مبلغ‌ها را ببینید.")
    )


def invoice_draft() -> DomainError:
    """A draft has no slip."""
    return DomainError("invoice_draft", _("این فاکتور هنوز پیش‌نویس است؛ نخست آن را تسویه کنید."))


def invoice_empty() -> Invalid:
    """An invoice that sells nothing."""
    return Invalid("invoice_empty", _("فاکتور ردیفی ندارد؛ نخست یک خدمت یا کالا بنویسید."), "lines")


def paper_unknown() -> Invalid:
    """A slip on paper that no printer here has."""
    return Invalid("paper_unknown", _("کاغذ ۸۰ میلی‌متری یا A5 را انتخاب کنید."), "paper")


def appointment_mismatch() -> Invalid:
    """The booking of somebody else."""
    return Invalid("appointment_mismatch", _("این نوبت برای مشتری دیگری است."), "appointment_id")


def appointment_over() -> DomainError:
    """A visit that does not take place."""
    return DomainError("appointment_over", _("این نوبت لغو شده یا مشتری نیامده است؛ فاکتور را بدون نوبت بنویسید."))


def appointment_invoiced() -> DomainError:
    """A booking has one invoice."""
    return DomainError("appointment_invoiced", _("برای این نوبت پیش‌تر فاکتور نوشته شده است."), "appointment_id")


def lines_invalid(at: str = "lines") -> Invalid:
    """Lines that no page of ours has sent."""
    return Invalid("lines_invalid", _("ردیف‌ها خوانده نشد؛ صفحه را تازه کنید."), at)


def lines_too_many() -> Invalid:
    """More lines than an invoice takes."""
    return Invalid("lines_invalid", _("یک فاکتور بیش از ۲۰۰ ردیف نمی‌گیرد."), "lines")


def line_empty(at: str) -> Invalid:
    """A line that sells nothing, or two things. `at`: the line, as `lines.N`."""
    return Invalid("line_empty", _("برای این ردیف یک خدمت یا کالا انتخاب کنید."), f"{at}.service_id")


def thing_unknown(at: str, kind: str) -> Invalid:
    """A line that sells what the salon does not have. `kind`: service or product."""
    return Invalid(f"{kind}_unknown", _("این خدمت یا کالا پیدا نشد."), f"{at}.{kind}_id")


def seller_unknown(at: str) -> Invalid:
    """A line by somebody who does not serve here."""
    return Invalid("staff_unknown", _("این پرسنل پیدا نشد."), f"{at}.staff_id")


def quantity_invalid(at: str) -> Invalid:
    """Not a number of pieces."""
    return Invalid("quantity_invalid", _("تعداد را با رقم بنویسید، از ۱ تا ۱۰٬۰۰۰."), f"{at}.quantity")


def price_given_away(at: str) -> Invalid:
    """Nothing, typed as a price: a discount, with its reason, says who gave it away and why."""
    sentence = _("قیمت صفر نمی‌شود؛ برای رایگان، قیمت را بنویسید و تخفیف ۱۰۰٪ بدهید با دلیلش.")
    return Invalid("price_invalid", sentence, f"{at}.unit_price")


def price_missing(at: str) -> Invalid:
    """A service whose price has to be asked."""
    return Invalid("price_missing", _("قیمت این خدمت را بنویسید."), f"{at}.unit_price")


def price_invalid(at: str) -> Invalid:
    """Not a price, or one below nought or beyond all measure."""
    sentence = _("قیمت را با رقم بنویسید؛ منفی یا بیش از اندازه بزرگ نمی‌شود.")
    return Invalid("price_invalid", sentence, f"{at}.unit_price")


def discount_invalid(at: str) -> Invalid:
    """Not a discount, or one of more than the line."""
    sentence = _("تخفیف را به مبلغ یا درصد بنویسید، مانند ۱۰٪؛ بیشتر از مبلغ ردیف نمی‌شود.")
    return Invalid("discount_invalid", sentence, f"{at}.discount")


def tax_invalid(at: str) -> Invalid:
    """Not a share."""
    return Invalid("tax_invalid", _("درصد مالیات باید بین ۰ و ۱۰۰ باشد."), f"{at}.tax")


def reason_missing(at: str = "") -> Invalid:
    """A discount so great that somebody has to say why. `at`: the line, as `lines.N.`; of the whole without it."""
    return Invalid("reason_missing", _("برای تخفیف بیش از سقف، دلیل آن را بنویسید."), f"{at}discount_reason")


def shares_invalid(at: str) -> Invalid:
    """Parts that are not one whole, or of one person twice."""
    sentence = _("سهم‌ها باید بیشتر از صفر، برای پرسنل جدا از هم، و روی هم ۱۰۰٪ باشد.")
    return Invalid("shares_invalid", sentence, f"{at}.staff_id")


def whole_discount_invalid() -> Invalid:
    """Not a discount, or one of more than all lines together."""
    sentence = _("تخفیف را به مبلغ یا درصد بنویسید، مانند ۱۰٪؛ بیشتر از جمع فاکتور نمی‌شود.")
    return Invalid("discount_invalid", sentence, "discount")


def tip_invalid(at: str = "tips") -> Invalid:
    """A tip of nothing, of less or beyond all measure, for nobody, or twice for one."""
    return Invalid("tip_invalid", _("انعام را با مبلغ و نام گیرنده بنویسید، برای هر نفر یک بار."), at)


def sale_kind_unknown() -> Invalid:
    """No such kind of sale."""
    return Invalid("sale_kind_unknown", _("این نوع فروش پیدا نشد."), "sale_kind_id")


def redo_unknown(field: str) -> Invalid:
    """Work that was not done for her, or another service."""
    return Invalid("redo_unknown", _("این کار پیش‌تر برای این مشتری انجام نشده است؛ همان خدمت را انتخاب کنید."), field)
