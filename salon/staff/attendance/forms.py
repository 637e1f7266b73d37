"""What is typed about who was here."""

from datetime import date, datetime, timedelta
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import ValidationError
from wtforms.validators import InputRequired, Length

from ...core.forms import JalaliDateField, TextField, TimeOfDayField
from ...core.jalali import start_of_day


class CorrectionForm(FlaskForm):  # type: ignore[misc]  # flask-wtf ships no types
    """When somebody really came and went, and why that was not written down then."""

    day = JalaliDateField(_l("روز"), [InputRequired(_l("روز را بنویسید."))])
    came_at = TimeOfDayField(_l("آمد"), [InputRequired(_l("ساعت را بنویسید."))])
    left_at = TimeOfDayField(_l("رفت"))
    reason = TextField(_l("دلیل"), [InputRequired(_l("بنویسید چرا اصلاح می‌شود.")), Length(max=200)])

    def validate_left_at(self, field: Any) -> None:
        """Nobody goes before she comes."""
        came_at: int | None = self.came_at.data
        if field.data is not None and came_at is not None and field.data <= came_at:
            raise ValidationError(_("ساعت رفتن باید پس از آمدن باشد."))

    def came(self) -> datetime:
        """The moment when she came."""
        return self._moment(self.came_at.data or 0)

    def left(self) -> datetime | None:
        """The moment when she left; None: she is here still."""
        return None if self.left_at.data is None else self._moment(self.left_at.data)

    def _moment(self, minutes: int) -> datetime:
        day = self.day.data
        assert day is not None  # the field is needed
        return start_of_day(day) + timedelta(minutes=minutes)


class MonthForm(FlaskForm):  # type: ignore[misc]  # flask-wtf ships no types
    """Which month is asked for; it changes nothing, so it travels in the address."""

    class Meta:
        csrf = False

    day = JalaliDateField(_l("ماهِ روز"))

    def asked(self, today: date) -> date:
        """A day of the month, today's when nothing fits."""
        if not self.validate() or self.day.data is None:
            return today
        return self.day.data
