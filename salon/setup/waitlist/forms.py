"""The form of how the waitlist works."""

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import RadioField
from wtforms.validators import InputRequired, Length

from ...core.forms import DigitsField, TextField
from .rules import WaitlistTerms

RULES = (
    ("first_come", _l("هر که زودتر نامش را نوشته")),
    ("value", _l("هر که در یک سال گذشته بیشتر خرید کرده")),
)


class WaitlistForm(FlaskForm):  # type: ignore[misc]  # flask-wtf ships no types
    """Who goes first, how long an offered time is kept, and where its links lead."""

    waitlist_rule = RadioField(_l("وقتی جایی باز شد، اول به که پیشنهاد شود؟"), choices=RULES)
    offer_minutes = DigitsField(_l("پیشنهاد نگه داشته می‌شود"), [InputRequired(_l("این را پر کنید."))])
    web_address = TextField(_l("نشانی سالن روی اینترنت"), [Length(max=200)], render_kw={"dir": "ltr"})

    def terms(self) -> WaitlistTerms:
        """What was typed."""
        return WaitlistTerms(
            str(self.waitlist_rule.data), int(self.offer_minutes.data or 0), str(self.web_address.data or "")
        )
