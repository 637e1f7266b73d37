"""What is typed about fiscal years."""

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import BooleanField
from wtforms.validators import DataRequired, InputRequired

from ..core.forms import DigitsField, KeyForm, TextField


class YearForm(FlaskForm):  # type: ignore[misc]  # flask-wtf ships no types
    """A year whose books are to be opened."""

    year = DigitsField(_l("سال"), [InputRequired(_l("سال را بنویسید."))])


class ClosingForm(KeyForm):
    """A year is closed; while it runs, by somebody who knows what that stops."""

    confirmed = BooleanField(_l("می‌دانم که این سال تمام نشده و فروش امروز متوقف می‌شود"))


class ReopeningForm(KeyForm):
    """A closed year is opened again."""

    reason = TextField(_l("چرا"), [DataRequired(_l("بنویسید چرا این سال باز می‌شود."))])
