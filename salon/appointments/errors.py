"""Refusals about bookings."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext

from ..core.errors import DomainError, Invalid, NotFound

MEMBER_KNOWN = DomainError("member_known", lazy_gettext("او در این پرونده هست."), "customer_id")
OFFER_OPEN = DomainError("offer_open", lazy_gettext("پیشنهادی نزد اوست که هنوز پاسخ نداده است."))
# Where the database refuses and nothing more is known; a booking says the person and the nearest free times.
REFUSALS = {
    "slot_taken": DomainError("slot_taken", lazy_gettext("این زمان پر است؛ زمان دیگری برگزینید."), "starts_at"),
    "resource_full": DomainError(
        "slot_taken", lazy_gettext("اتاق یا دستگاه این خدمت در این زمان پر است."), "starts_at"
    ),
    "uq_slot_offer_open_entry_id": OFFER_OPEN,
    "uq_slot_offer_open_request_id": OFFER_OPEN,
    "booking_too_long": Invalid("booking_too_long", lazy_gettext("یک نوبت از یک شبانه‌روز کوتاه‌تر است."), "starts_at"),
    "uq_group_member_group_id_customer_id": MEMBER_KNOWN,
}


class SlotTaken(DomainError):
    """Somebody or something is taken at that time. `nearest`: when it would fit, the nearest first, in UTC."""

    def __init__(self, sentence: str, nearest: Sequence[datetime]) -> None:
        super().__init__("slot_taken", sentence, "starts_at")
        self.nearest = tuple(nearest)

    @property
    def facts(self) -> dict[str, Any]:
        """What a program may go by."""
        return {"nearest": [moment.isoformat().replace("+00:00", "Z") for moment in self.nearest]}


def taken(sentence: str, times: Sequence[str], nearest: Sequence[datetime]) -> SlotTaken:
    """A sentence that says what is in the way; `times`: the nearest as people read them, `nearest` for programs."""
    if not times:
        return SlotTaken(_("%(sentence)s؛ آن روز زمان آزاد دیگری نیست.", sentence=sentence), nearest)
    told = _("%(sentence)s؛ نزدیک‌ترین: %(times)s", sentence=sentence, times="، ".join(times))
    return SlotTaken(told, nearest)


def appointment_unknown() -> NotFound:
    """There is no such booking."""
    return NotFound("appointment_unknown", _("چنین نوبتی نیست."), "appointment_id")


def status_unknown() -> Invalid:
    """No visit is ever so."""
    return Invalid("status_unknown", _("چنین وضعیتی نیست."), "status")


def hold_lapsed() -> NotFound:
    """A time that is kept no more."""
    return NotFound("hold_lapsed", _("این زمان دیگر نگه داشته نیست؛ دوباره برگزینید."), "starts_at")


def items_missing() -> Invalid:
    """A booking of nothing."""
    return Invalid("items_missing", _("دست‌کم یک خدمت برگزینید."), "items")


def starts_at_invalid() -> Invalid:
    """A time no salon could mean."""
    return Invalid("starts_at_invalid", _("روز و ساعت نوبت را درست بنویسید."), "starts_at")


def status_refused(now_is: str, wanted: str) -> DomainError:
    """A step that a visit in this state does not take; both in the words of the desk."""
    sentence = _("نوبتی که «%(now_is)s» است «%(wanted)s» نمی‌شود.", now_is=now_is, wanted=wanted)
    return DomainError("wrong_status", sentence, "status")


def status_early(wanted: str) -> DomainError:
    """A step that nobody can take yet."""
    return DomainError("wrong_status", _("هنوز وقت این نوبت نرسیده است؛ «%(wanted)s» نمی‌شود.", wanted=wanted), "status")


def invoice_stands() -> DomainError:
    """A visit that is called off though what it sold was not taken back."""
    said = _("برای این نوبت فاکتور صادر شده است؛ نخست فاکتور را مرجوع کنید، سپس نوبت را لغو کنید.")
    return DomainError("wrong_status", said, "status")


def reopening_refused(now_is: str) -> DomainError:
    """A visit that is over, and somebody who may not begin it again."""
    sentence = _("نوبتی که «%(now_is)s» است فقط با اجازهٔ مدیر باز می‌شود.", now_is=now_is)
    return DomainError("wrong_status", sentence, "status")


def not_movable(now_is: str) -> DomainError:
    """A booking that is over stays where it was."""
    return DomainError("wrong_status", _("نوبتی که «%(now_is)s» است جابه‌جا نمی‌شود.", now_is=now_is), "starts_at")


def not_stretchable(now_is: str) -> DomainError:
    """A booking that is over stays as long as it was."""
    return DomainError("wrong_status", _("طول نوبتی که «%(now_is)s» است عوض نمی‌شود.", now_is=now_is), "ends_at")


def too_short(least: str) -> Invalid:
    """A service whose work would take no time; `least` is the earliest end, as people read it."""
    return Invalid("booking_too_short", _("این خدمت کوتاه‌تر نمی‌شود؛ دست‌کم تا %(least)s.", least=least), "ends_at")


def deposit_mismatch() -> Invalid:
    """A deposit for the booking of somebody else."""
    return Invalid("appointment_mismatch", _("این نوبت برای مشتری دیگری است."), "appointment_id")


def deposit_over() -> DomainError:
    """A deposit for a visit that does not take place."""
    return DomainError("appointment_over", _("این نوبت لغو شده یا مشتری نیامده است؛ علی‌الحساب بگیرید."))


def offer_unknown() -> NotFound:
    """There is no such offered time."""
    return NotFound("slot_offer_unknown", _("چنین پیشنهادی نیست."), "offer_id")


def offer_closed() -> DomainError:
    """An offered time that was answered or taken back."""
    return DomainError("offer_closed", _("این پیشنهاد پایان یافته است."))


def offer_expired() -> DomainError:
    """An offered time that nobody answered in time."""
    return DomainError("offer_expired", _("زمان پاسخ به این پیشنهاد گذشته است."))


def entry_unknown() -> NotFound:
    """Nobody of that number is on the waitlist."""
    return NotFound("entry_unknown", _("چنین کسی در لیست انتظار نیست."), "entry_id")


def entry_over() -> DomainError:
    """Somebody of the waitlist who waits no more."""
    return DomainError("wrong_status", _("او دیگر در لیست انتظار نیست."), "entry_id")


def days_invalid() -> Invalid:
    """Days on which nobody can come."""
    return Invalid("days_invalid", _("روزها را درست بنویسید؛ پایان پس از آغاز است و نگذشته."), "to")


def times_invalid() -> Invalid:
    """Hours that end before they begin."""
    return Invalid("times_invalid", _("ساعت پایان باید پس از ساعت آغاز باشد."), "to_time")


def nothing_free() -> DomainError:
    """No free time on the days and at the hours that somebody wants."""
    return DomainError("nothing_free", _("در روزها و ساعت‌هایی که خواسته، زمان آزادی نیست."), "starts_at")


def walk_in_unknown() -> NotFound:
    """Nobody of that number is in the queue."""
    return NotFound("walk_in_unknown", _("چنین کسی در صف نیست."), "walk_in_id")


def walk_in_over() -> DomainError:
    """Somebody of the queue who waits no more."""
    return DomainError("wrong_status", _("او دیگر در صف نیست."), "walk_in_id")


def queue_empty() -> DomainError:
    """Nobody to be called."""
    return DomainError("queue_empty", _("کسی در صف نیست."))


def request_unknown() -> NotFound:
    """There is no such request."""
    return NotFound("request_unknown", _("چنین درخواستی نیست."), "request_id")


def request_over() -> DomainError:
    """A request that was answered already."""
    return DomainError("wrong_status", _("به این درخواست پیش‌تر پاسخ داده شده است."), "request_id")


def self_booking_off(service: str) -> DomainError:
    """A service for which the salon takes bookings itself."""
    sentence = _("نوبت «%(service)s» را خود سالن می‌دهد؛ با سالن تماس بگیرید.", service=service)
    return DomainError("self_booking_off", sentence, "items")


def reason_missing() -> Invalid:
    """A refusal without a word why."""
    return Invalid("reason_missing", _("دلیل را بنویسید؛ برای مشتری پیامک می‌شود."), "reason")


def time_gone() -> Invalid:
    """A time that was chosen from a list, and is free no more."""
    return Invalid("time_gone", _("این زمان دیگر آزاد نیست؛ یکی دیگر برگزینید."), "starts_at")


def series_invalid() -> Invalid:
    """Bookings that repeat without an end, too often, or not at all."""
    sentence = _("هر چند هفته (۱ تا ۵۲) و تا کی را بنویسید: تعداد (تا ۶۰ بار) یا روز پایان.")
    return Invalid("series_invalid", sentence, "every_weeks")


def patch_test_missing(sentence: str) -> DomainError:
    """A service that wants a patch test, which isn't on file as it should be."""
    return DomainError("patch_test_missing", sentence, "items")


def patch_test_reaction(sentence: str) -> DomainError:
    """A service to which her skin reacted."""
    return DomainError("patch_test_reaction", sentence, "items")


def patch_test_unknown() -> Invalid:
    """A patch test shows one of two things."""
    return Invalid("result_unknown", _("نتیجهٔ تست یا «بی‌واکنش» است یا «واکنش داد»."), "result")


def tested_at_invalid() -> Invalid:
    """A patch test of the future, or of no time that could be meant."""
    return Invalid("tested_at_invalid", _("زمان تست نمی‌تواند در آینده باشد."), "tested_at")


def short_notice(sentence: str) -> DomainError:
    """A customer's own request that comes too late for the day."""
    return DomainError("short_notice", sentence, "starts_at")


def too_far(sentence: str) -> DomainError:
    """A customer's own request for a day for which is not booked yet."""
    return DomainError("too_far", sentence, "starts_at")
