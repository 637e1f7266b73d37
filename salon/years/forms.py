"""What is typed about fiscal years."""

import uuid

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import BooleanField, HiddenField
from wtforms.validators import DataRequired, InputRequired, Length, Regexp

from ..core.forms import DigitsField, TextField


class _KeyForm(FlaskForm):  # type: ignore[misc]  # flask-wtf ships no types
    """A form that moves value: its key makes a second sending harmless."""

    key = HiddenField(validators=[Length(min=8, max=64), Regexp(r"^[0-9a-zA-Z-]+$")])


class YearForm(FlaskForm):  # type: ignore[misc]  # flask-wtf ships no types
    """A year whose books are to be opened."""

    year = DigitsField(_l("سال"), [InputRequired(_l("سال را بنویسید."))])


class ClosingForm(_KeyForm):
    """A year is closed; while it runs, by somebody who knows what that stops."""

    confirmed = BooleanField(_l("می‌دانم که این سال تمام نشده و فروش امروز متوقف می‌شود"))


class ReopeningForm(_KeyForm):
    """A closed year is opened again."""

    reason = TextField(_l("چرا"), [DataRequired(_l("بنویسید چرا این سال باز می‌شود."))])


def fresh_key() -> str:
    """The key a form carries, so that sending it twice moves nothing twice."""
    return uuid.uuid4().hex
