"""Forms of when people work."""

from collections.abc import Iterable
from datetime import date, datetime

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import FieldList
from wtforms.validators import Length

from ...core.forms import DAY_NEEDED, JalaliDateField, SpansField, TextField, TimeOfDayField
from ...core.hours import MINUTES_OF_DAY
from ...core.jalali import wall_clock
from ..models import WorkingHours
from ..rules import WEEK

WEEKDAYS = (
    _l("شنبه"),
    _l("یکشنبه"),
    _l("دوشنبه"),
    _l("سه‌شنبه"),
    _l("چهارشنبه"),
    _l("پنجشنبه"),
    _l("جمعه"),
)


class WeekForm(FlaskForm):  # type: ignore[misc]  # flask-wtf ships no types
    """When somebody works, a line for each weekday from Saturday on; an empty one is a day off."""

    days = FieldList(SpansField(), min_entries=len(WEEK), max_entries=len(WEEK))

    def week(self) -> dict[int, list[tuple[int, int]]]:
        """The spans of each weekday."""
        return {weekday: field.data or [] for weekday, field in zip(WEEK, self.days, strict=True)}


class DateForm(FlaskForm):  # type: ignore[misc]  # flask-wtf ships no types
    """Other hours on a date; none: she is off."""

    day = JalaliDateField(_l("روز"), [DAY_NEEDED])
    spans = SpansField(_l("ساعت‌ها"))


class AbsenceForm(FlaskForm):  # type: ignore[misc]  # flask-wtf ships no types
    """From a time to another; whole days unless hours are named, one day unless its end is."""

    starts_on = JalaliDateField(_l("از روز"), [DAY_NEEDED])
    starts_at = TimeOfDayField(_l("ساعت"))
    ends_on = JalaliDateField(_l("تا روز"))
    ends_at = TimeOfDayField(_l("ساعت"))
    reason = TextField(_l("برای"), [Length(max=120)], render_kw={"placeholder": _l("مرخصی")})

    def stretch(self) -> tuple[datetime, datetime]:
        """From when until when, in UTC."""
        first: date | None = self.starts_on.data
        assert first is not None  # as the field asks for it
        last: date = self.ends_on.data or first
        ends_at = MINUTES_OF_DAY if self.ends_at.data is None else self.ends_at.data
        return wall_clock(first, self.starts_at.data or 0), wall_clock(last, ends_at)


def week_of(hours: Iterable[WorkingHours]) -> list[list[tuple[int, int]]]:
    """Working hours as the lines of the form."""
    lines: list[list[tuple[int, int]]] = [[] for _day in WEEK]
    for span in hours:
        lines[span.weekday].append((span.starts_at, span.ends_at))
    return lines
