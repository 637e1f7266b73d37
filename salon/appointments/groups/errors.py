"""Refusals about group visits."""

from flask_babel import gettext as _

from ...core.errors import DomainError, Invalid, NotFound


def group_visit_unknown() -> NotFound:
    """There is no such file."""
    return NotFound("group_visit_unknown", _("چنین پرونده‌ای نیست."), "group_id")


def task_unknown() -> NotFound:
    """There is no such task in this file."""
    return NotFound("task_unknown", _("چنین کاری در این پرونده نیست."), "task_id")


def group_over() -> DomainError:
    """Nothing is added to a file that was closed."""
    return DomainError("group_over", _("این پرونده بسته است؛ نخست آن را باز کنید."), "state")


def group_cancelled() -> DomainError:
    """What was called off is not done."""
    return DomainError("wrong_status", _("پرونده‌ای که لغو شده پایان نمی‌یابد؛ نخست آن را باز کنید."), "state")


def member_unknown() -> Invalid:
    """Somebody who is not of the group."""
    return Invalid("member_unknown", _("او در این پرونده نیست؛ نخست او را بیفزایید."), "customer_id")


def member_booked() -> DomainError:
    """Somebody of the group who has bookings in its file, or who is its head, stays in it."""
    return DomainError(
        "member_booked", _("سرگروه و کسی که در این پرونده نوبت دارد از آن برداشته نمی‌شود."), "customer_id"
    )


def parties_twice() -> Invalid:
    """One customer named twice among those who come together."""
    return Invalid("parties_twice", _("هر کس یک بار نوشته شود، با همهٔ خدمت‌هایش."), "parties")


def nothing_booked() -> DomainError:
    """A file without a booking that could be moved."""
    return DomainError("group_unbooked", _("در این پرونده نوبتی نیست که جابه‌جا شود."), "minutes")


def head_unbooked() -> DomainError:
    """A deposit is taken for a booking, and the head of the group has none."""
    return DomainError("group_unbooked", _("نخست برای سرگروه نوبت بگذارید، سپس بیعانه بگیرید."), "amount")


def day_too_far() -> Invalid:
    """A move by nothing, or by more than anybody means."""
    return Invalid("shift_invalid", _("روز و ساعت تازه را درست بنویسید."), "minutes")


def group_state_unknown() -> Invalid:
    """No file is ever so."""
    return Invalid("status_unknown", _("چنین وضعیتی نیست."), "state")


def member_missing() -> Invalid:
    """A companion who was not chosen."""
    return Invalid("customer_missing", _("نخست مشتری را برگزینید."), "customer_id")
