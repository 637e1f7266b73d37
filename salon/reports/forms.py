"""Forms of the reports."""

from datetime import date
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms.validators import InputRequired, ValidationError

from ..core.forms import JalaliDateField

_NEEDED = InputRequired(_l("روز را بنویسید."))


class PeriodForm(FlaskForm):  # type: ignore[misc]  # flask-wtf ships no types
    """From a day to a day, both inclusive; it changes nothing, so it travels in the address."""

    class Meta:
        csrf = False

    starts_on = JalaliDateField(_l("از روز"), [_NEEDED])
    ends_on = JalaliDateField(_l("تا روز"), [_NEEDED])

    def validate_ends_on(self, field: Any) -> None:
        """A period ends after it begins."""
        starts: date | None = self.starts_on.data
        if starts and field.data and field.data < starts:
            raise ValidationError(_("پایان دوره پیش از آغاز آن است."))

    def period(self, *, check: bool) -> tuple[date, date] | None:
        """The first and the last day, or None when what was typed is none."""
        first: date | None = self.starts_on.data
        last: date | None = self.ends_on.data
        if (check and not self.validate()) or first is None or last is None:
            return None
        self.starts_on.typed = self.ends_on.typed = None  # shown in the salon's own way from here on
        return first, last
