"""Refusals about boxes, shifts, vouchers and deposits."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext

from ..core.errors import DomainError, Forbidden, Invalid, NotFound
from ..core.keys import KEY_REUSED

PERIOD_CLOSED = DomainError(
    "period_closed", lazy_gettext("این شیفت صندوق بسته شده است و در آن چیزی تغییر نمی‌کند."), "business_date"
)
SHIFT_OPEN = DomainError(
    "shift_open", lazy_gettext("این صندوق شیفت باز دارد؛ نخست همان را بشمارید و ببندید."), "cashbox_id"
)
VOUCHER_REVERSED = DomainError("voucher_reversed", lazy_gettext("این سند پیش‌تر برگشت خورده است."))
BOX_EXISTS = DomainError("cashbox_exists", lazy_gettext("صندوق یا حساب دیگری همین نام را دارد."), "name")
CATEGORY_EXISTS = DomainError("category_exists", lazy_gettext("دستهٔ دیگری همین نام را دارد."), "name")
REFUSALS = {
    "period_closed": PERIOD_CLOSED,
    "uq_deposit_idempotency_key": KEY_REUSED,
    "uq_shift_open": SHIFT_OPEN,
    "uq_shift_opening_key": KEY_REUSED,
    "uq_shift_closing_key": KEY_REUSED,
    "uq_voucher_idempotency_key": KEY_REUSED,
    "uq_voucher_reverses_id": VOUCHER_REVERSED,
    "uq_cashbox_branch_id_name": BOX_EXISTS,
    "uq_cash_category_direction_name": CATEGORY_EXISTS,
}


def cashbox_unknown(field: str = "cashbox_id") -> Invalid:
    """There is no such box here, or it takes no such money."""
    return Invalid("cashbox_unknown", _("این صندوق یا حساب در این شعبه نیست یا این پول را نمی‌گیرد."), field)


def cashbox_missing() -> NotFound:
    """There is no such box."""
    return NotFound("cashbox_unknown", _("این صندوق پیدا نشد."))


def not_a_till() -> Invalid:
    """Only what holds notes and coins is counted."""
    return Invalid("not_a_till", _("شیفت برای صندوق نقدی است؛ کارتخوان و بانک شمردنی نیست."), "cashbox_id")


def box_kind_unknown() -> Invalid:
    """Neither till nor terminal nor bank account."""
    return Invalid("kind_unknown", _("نوع صندوق را انتخاب کنید."), "kind")


def main_box_needed() -> DomainError:
    """Money of a kind has to lie somewhere."""
    return DomainError("main_box_needed", _("این صندوق اصلی است؛ نخست صندوق دیگری از همین نوع را اصلی کنید."), "active")


def box_not_empty() -> DomainError:
    """What still holds money is not put away."""
    return DomainError("cashbox_not_empty", _("این صندوق هنوز مانده یا شیفت باز دارد؛ نخست آن را خالی کنید."), "active")


def shift_missing() -> NotFound:
    """There is no such shift."""
    return NotFound("shift_unknown", _("این شیفت پیدا نشد."))


def counted_invalid(field: str = "counted") -> Invalid:
    """Less than nothing, or beyond all measure."""
    return Invalid("counted_invalid", _("پول شمرده‌شده را با رقم بنویسید؛ منفی یا بیش از اندازه بزرگ نمی‌شود."), field)


def explanation_missing() -> Invalid:
    """A till that is short or over, and nobody says why."""
    return Invalid("explanation_missing", _("صندوق کم یا زیاد دارد؛ بنویسید چرا."), "explanation")


def voucher_missing() -> NotFound:
    """There is no such voucher."""
    return NotFound("voucher_unknown", _("این سند پیدا نشد."))


def voucher_reverses() -> DomainError:
    """What takes a mistake back is not taken back itself."""
    return DomainError("voucher_reverses", _("این سند خودش برگشت سند دیگری است؛ سند تازه بنویسید."))


def amount_invalid() -> Invalid:
    """Nothing, less than nothing, or beyond all measure."""
    return Invalid("amount_invalid", _("مبلغ باید بیشتر از صفر باشد و بیش از اندازه بزرگ نمی‌شود."), "amount")


def same_box() -> Invalid:
    """A transfer that goes nowhere."""
    return Invalid("same_box", _("پول به همان صندوق نمی‌رود؛ مقصد دیگری انتخاب کنید."), "to_cashbox_id")


def category_unknown() -> Invalid:
    """No such category of money that comes, or goes."""
    return Invalid("category_unknown", _("دسته را انتخاب کنید."), "category_id")


def receiver_unknown() -> Invalid:
    """An advance to nobody."""
    return Invalid("staff_unknown", _("بنویسید مساعده را چه کسی گرفت."), "staff_id")


def voucher_kind_unknown() -> Invalid:
    """None of the things a voucher does."""
    return Invalid("kind_unknown", _("نوع سند را انتخاب کنید."), "kind")


def day_ahead() -> Invalid:
    """A day that is still to come."""
    return Invalid("day_ahead", _("این روز هنوز نیامده است."), "business_date")


def till_short(held: str) -> DomainError:
    """More than the till holds. `held`: what it holds, with its unit."""
    sentence = _("در این صندوق فقط %(held)s هست؛ مبلغ را کم کنید یا نخست صندوق را بشمارید.", held=held)
    return DomainError("till_short", sentence, "amount")


def till_empty(held: str) -> DomainError:
    """More cash is to be given back than the till holds. `held`: what it holds, with its unit."""
    sentence = _(
        "در این صندوق فقط %(held)s هست؛ از راه دیگری پس بدهید، یا نخست پول به صندوق بیاورید یا آن را بشمارید.",
        held=held,
    )
    return DomainError("till_short", sentence, "refund")


def pay_elsewhere() -> DomainError:
    """Pay is taken back where it was paid, so that the statement is due again."""
    return DomainError("pay_elsewhere", _("این پرداخت را در صورت کارکرد همان پرسنل برگشت بزنید."))


def voucher_forbidden() -> Forbidden:
    """The owner alone takes her money out, and pays the staff."""
    return Forbidden("not_permitted", _("این کار به اجازهٔ مدیر نیاز دارد."))


def reference_missing(at: str = "") -> Invalid:
    """Card-to-card money without its tracking number, or a cheque without its number."""
    return Invalid("reference_missing", _("شمارهٔ پیگیری یا شمارهٔ چک را بنویسید."), f"{at}reference")


def card_owner_missing(at: str = "") -> Invalid:
    """Money to somebody's own card, and nobody said whose."""
    return Invalid("staff_missing", _("بنویسید پول به کارت کدام پرسنل رفته است."), f"{at}staff_id")


def card_owner_unknown(at: str = "") -> Invalid:
    """Money to the card of somebody who does not work here."""
    return Invalid("staff_unknown", _("این پرسنل پیدا نشد."), f"{at}staff_id")


def due_on_missing(at: str = "") -> Invalid:
    """A cheque without its day."""
    return Invalid("due_on_missing", _("تاریخ سررسید چک را بنویسید."), f"{at}due_on")


def paper_unknown() -> Invalid:
    """A report on paper that no printer here has."""
    return Invalid("paper_unknown", _("کاغذ ۸۰ میلی‌متری یا A5 را انتخاب کنید."), "paper")
