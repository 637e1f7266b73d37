"""Forms of the days on which a branch is closed."""

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import SelectMultipleField, StringField
from wtforms.validators import DataRequired, Length

from ...core.forms import DAY_NEEDED, JalaliDateField, TextField
from .rules import HOLIDAYS


class HolidaysForm(FlaskForm):  # type: ignore[misc]  # flask-wtf ships no types
    """On which official days off the branch is closed; a button beside may shift one by a day."""

    codes = SelectMultipleField(
        _l("تعطیل‌های رسمی"), choices=[(holiday.code, holiday.name) for holiday in HOLIDAYS], validate_choice=False
    )
    shift = StringField()


class ClosedDayForm(FlaskForm):  # type: ignore[misc]  # flask-wtf ships no types
    """A day of the branch's own."""

    day = JalaliDateField(_l("روز"), [DAY_NEEDED])
    name = TextField(_l("چرا"), [DataRequired(_l("بنویسید چرا؛ مثلاً «تعمیرات».")), Length(max=120)])
