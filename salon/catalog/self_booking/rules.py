"""What customers may book themselves, without a database."""

from enum import StrEnum

from flask_babel import lazy_gettext as _l


class SelfBooking(StrEnum):
    """What becomes of a customer's own request for a service."""

    NONE = "none"
    APPROVAL = "approval"
    CONFIRMED = "confirmed"


LABELS = {
    SelfBooking.NONE: _l("نه؛ فقط سالن نوبت می‌دهد"),
    SelfBooking.APPROVAL: _l("بله، با تأیید سالن"),
    SelfBooking.CONFIRMED: _l("بله، همان دم ثبت می‌شود"),
}
