"""Refusals about the people who serve."""

from datetime import date

from flask_babel import gettext as _
from flask_babel import lazy_gettext

from ..core.errors import DomainError, Invalid, NotFound
from ..core.jalali import format_date

CODE_TAKEN = DomainError("staff_exists", lazy_gettext("این کد را یکی دیگر از پرسنل دارد."), "code")
LEVEL_EXISTS = DomainError("level_exists", lazy_gettext("سطح دیگری همین نام را دارد."), "name")
LINE_EXISTS = DomainError("line_exists", lazy_gettext("لاین دیگری همین نام را دارد."), "name")
ALREADY_HERE = DomainError(
    "already_here", lazy_gettext("او همین حالا در سالن ثبت است؛ نخست «رفت» را بزنید."), "staff_id"
)
REFUSALS = {
    "uq_attendance_staff_id": ALREADY_HERE,
    "uq_staff_member_branch_id_code": CODE_TAKEN,
    "uq_staff_level_name": LEVEL_EXISTS,
    "uq_line_branch_id_name": LINE_EXISTS,
}


def staff_unknown() -> NotFound:
    """Nobody serves here under this number."""
    return NotFound("staff_unknown", _("چنین کسی در پرسنل نیست."), "staff_id")


def staff_inactive() -> Invalid:
    """She serves here no more."""
    return Invalid("staff_inactive", _("این همکار دیگر نوبت نمی‌گیرد؛ کس دیگری را انتخاب کنید."), "staff_id")


def color_invalid() -> Invalid:
    """Not a colour."""
    return Invalid("color_invalid", _("رنگ را برگزینید."), "color")


def hours_invalid(field: str = "ends_at") -> Invalid:
    """A day's work that ends before it begins."""
    return Invalid("hours_invalid", _("پایان کار باید پس از آغاز آن باشد."), field)


def level_unknown() -> NotFound:
    """The salon has no such level."""
    return NotFound("level_unknown", _("چنین سطحی نیست."), "level_id")


def line_unknown() -> NotFound:
    """The salon has no such line."""
    return NotFound("line_unknown", _("چنین لاینی نیست."), "line_id")


def share_invalid() -> Invalid:
    """An assistant's share outside nought to one hundred percent."""
    return Invalid("share_invalid", _("سهم، درصدی از صفر تا صد است."), "share_bp")


def scheme_unknown() -> NotFound:
    """The salon has no such scheme of pay."""
    return NotFound("scheme_unknown", _("چنین الگوی پرداختی نیست."), "scheme_id")


def shares_above_whole() -> Invalid:
    """Assistants who would have more of their head's part than there is."""
    sentence = _("سهم دستیارهای یک لاین روی هم از ۱۰۰٪ بیشتر شده است.")
    return Invalid("shares_above_whole", sentence, "share_bp")


def scheme_kind_invalid() -> Invalid:
    """No way of paying that the salon knows."""
    return Invalid("scheme_kind_invalid", _("روش پرداخت را انتخاب کنید."), "kind")


def scheme_target_invalid() -> Invalid:
    """Neither services nor goods, or steps over nothing."""
    return Invalid("scheme_target_invalid", _("خدمت یا کالا را انتخاب کنید."), "target")


def scheme_whom_invalid() -> Invalid:
    """A person and a line or level beside her."""
    sentence = _("یا یک نفر را نام ببرید، یا لاین و سطح را.")
    return Invalid("scheme_whom_invalid", sentence, "staff_id")


def scheme_whom_missing() -> Invalid:
    """Salary or rent of nobody in particular."""
    sentence = _("حقوق و اجاره برای یک نفر، یک لاین یا یک سطح است؛ یکی را انتخاب کنید.")
    return Invalid("scheme_whom_missing", sentence, "staff_id")


def scheme_days_invalid() -> Invalid:
    """A scheme that ends before it begins."""
    return Invalid("scheme_days_invalid", _("پایان الگو پیش از آغاز آن است."), "ends_on")


def scheme_percent_invalid(field: str) -> Invalid:
    """More than everything, or less than nothing."""
    return Invalid("scheme_percent_invalid", _("درصد عددی از صفر تا صد است."), field)


def scheme_amount_invalid() -> Invalid:
    """A fixed amount, a salary or a rent of nothing or less."""
    return Invalid("scheme_amount_invalid", _("مبلغ را بنویسید؛ بزرگ‌تر از صفر."), "amount")


def scheme_steps_invalid() -> Invalid:
    """Steps that don't rise, or leave out the first rial."""
    sentence = _("پله‌ها باید از صفر آغاز شوند و هر کدام از پلهٔ پیش بزرگ‌تر باشد.")
    return Invalid("scheme_steps_invalid", sentence, "steps")


def scheme_overlaps(other: str, starts_on: date) -> DomainError:
    """Two schemes would pay for the same, as clearly, on the same days."""
    sentence = _(
        "الگوی «%(name)s» (از %(day)s) برای همین افراد و همین کارها در همین روزها هست؛ اول آن را پایان دهید.",
        name=other,
        day=format_date(starts_on, "numeric"),
    )
    return DomainError("scheme_overlaps", sentence, "starts_on")


def scheme_in_use() -> DomainError:
    """Somebody was paid by it already."""
    sentence = _("با این الگو پرداخت حساب شده است؛ فقط نام و پایانش عوض می‌شود. پایانش دهید و یکی تازه بسازید.")
    return DomainError("scheme_in_use", sentence)


def attendance_unknown() -> NotFound:
    """Nobody was here under this number."""
    return NotFound("attendance_unknown", _("چنین حضوری ثبت نشده است."), "attendance_id")


def already_here() -> DomainError:
    """She came and has not left since."""
    return ALREADY_HERE.again()


def not_here() -> DomainError:
    """She goes who never came."""
    return DomainError("not_here", _("آمدن او ثبت نشده است؛ نخست «آمد» را بزنید."), "staff_id")


def moment_ahead(field: str) -> Invalid:
    """A moment that is still to come."""
    return Invalid("moment_ahead", _("این ساعت هنوز نرسیده است."), field)


def left_before_came() -> Invalid:
    """She goes before she comes."""
    return Invalid("left_before_came", _("ساعت رفتن باید پس از آمدن باشد."), "left_at")


def stay_overlaps(field: str) -> DomainError:
    """She would be here twice at once."""
    return DomainError("stay_overlaps", _("در این ساعت‌ها حضور دیگری از او ثبت است."), field)


def note_missing() -> Invalid:
    """A correction without a reason."""
    return Invalid("note_missing", _("بنویسید چرا اصلاح می‌شود."), "reason")


def absence_invalid() -> Invalid:
    """An absence that ends before it begins."""
    return Invalid("absence_invalid", _("پایان غیبت باید پس از آغاز آن باشد."), "ends_at")


def absence_unknown() -> NotFound:
    """There is no such absence."""
    return NotFound("absence_unknown", _("چنین غیبتی نیست."), "absence_id")


def feed_unknown() -> NotFound:
    """An address of a calendar that leads nowhere."""
    return NotFound("feed_unknown", _("چنین تقویمی نیست."))
