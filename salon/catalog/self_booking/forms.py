"""The small form on a service's page."""

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import RadioField

from .rules import LABELS


class SelfBookingForm(FlaskForm):  # type: ignore[misc]  # flask-wtf ships no types
    """What customers may book themselves."""

    self_booking = RadioField(
        _l("مشتری خودش هم نوبت بگیرد؟"), choices=[(way.value, label) for way, label in LABELS.items()]
    )
