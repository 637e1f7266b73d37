"""Customers' own requests without a database."""

from collections.abc import Iterable

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from ...catalog.self_booking.rules import SelfBooking
from ..slot_offers.rules import when
from .models import BookingRequest, RequestState

STATE_LABELS = {
    RequestState.OPEN: _l("بی‌پاسخ"),
    RequestState.PROPOSED: _l("پیشنهاد نزد مشتری"),
    RequestState.CONFIRMED: _l("پذیرفته"),
    RequestState.REFUSED: _l("رد شده"),
    RequestState.WITHDRAWN: _l("پس گرفته"),
}
MINUTES_TO_ANSWER = 12 * 60  # that a proposed time is kept


def strictest(ways: Iterable[str]) -> SelfBooking:
    """How a request for several services comes: by the one that allows least."""
    allowed = set(ways)
    return next(way for way in (SelfBooking.NONE, SelfBooking.APPROVAL, SelfBooking.CONFIRMED) if way in allowed)


def confirmed_text(first_name: str, services: str, asked_for: BookingRequest, salon: str) -> str:
    """The SMS to somebody whose request became a booking."""
    sentence = _(
        "%(name)s عزیز، نوبت %(services)s %(when)s برایتان ثبت شد.",
        name=first_name,
        services=services,
        when=when(asked_for.starts_at),
    )
    return f"{sentence}\n{salon}"


def refused_text(first_name: str, services: str, asked_for: BookingRequest, salon: str) -> str:
    """The SMS to somebody whose request was refused."""
    sentence = _(
        "%(name)s عزیز، برای %(services)s %(when)s نتوانستیم نوبت بدهیم: %(reason)s",
        name=first_name,
        services=services,
        when=when(asked_for.starts_at),
        reason=asked_for.reason,
    )
    return f"{sentence}\n{salon}"
