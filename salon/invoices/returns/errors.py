"""What a return refuses."""

from flask_babel import gettext as _

from ...core.errors import DomainError, Invalid
from ..errors import RETURN_EXCEEDS_SALE


def return_exceeds_sale(field: str = "lines") -> Invalid:
    """More is returned than is left of what was sold."""
    return Invalid(RETURN_EXCEEDS_SALE.code, RETURN_EXCEEDS_SALE.sentence, field)


def line_unknown(field: str) -> Invalid:
    """A line that the sale does not have."""
    return Invalid("line_unknown", _("این ردیف در فاکتور نیست."), field)


def quantity_invalid(field: str) -> Invalid:
    """Nothing, or less, is returned."""
    return Invalid("quantity_invalid", _("تعداد مرجوعی را با رقم بنویسید، دست‌کم ۱."), field)


def nothing_chosen() -> Invalid:
    """No piece of any line."""
    return Invalid("nothing_chosen", _("بنویسید از کدام ردیف چند تا برمی‌گردد."), "lines")


def return_of_return() -> DomainError:
    """What came back does not go back again."""
    return DomainError("return_of_return", _("این خودش مرجوعی است؛ مرجوعی دوباره برگشت نمی‌خورد."))


def draft_returned() -> DomainError:
    """Nothing was sold yet."""
    sentence = _("این فاکتور هنوز پیش‌نویس است؛ ردیف‌هایش را ویرایش کنید یا دورش بیندازید.")
    return DomainError("invoice_draft", sentence)


def customer_nameless() -> Invalid:
    """Credit for somebody whom nobody will know again."""
    sentence = _("مشتری گذری کیف اعتبار ندارد؛ پول را به همان راه یا نقد پس بدهید.")
    return Invalid("customer_nameless", sentence, "refund")


def cancel_late() -> DomainError:
    """Another day than that of the sale."""
    sentence = _("ابطال تنها در همان روز فاکتور ممکن است؛ برای روزهای پیش مرجوعی ثبت کنید.")
    return DomainError("cancel_late", sentence)


def opening_kept() -> DomainError:
    """A debt from before has no lines to be written anew."""
    sentence = _("این بدهی از پیش از این برنامه است و اصلاح نمی‌شود؛ آن را برگردانید.")
    return DomainError("opening_kept", sentence)


def payment_awaited() -> DomainError:
    """More is to be paid back than anybody has seen of what was paid."""
    sentence = _(
        "کارت‌به‌کارت یا چک این فاکتور هنوز وصول نشده است و پولی که نیامده پس داده نمی‌شود؛"
        " اول در «در انتظار وصول» بگویید آمد یا نیامد."
    )
    return DomainError("payment_awaited", sentence)


def return_changed() -> DomainError:
    """Another amount would go back than the receptionist saw."""
    return DomainError("invoice_changed", _("این فاکتور جای دیگری تغییر کرده است؛ مبلغ‌ها را دوباره ببینید."))
