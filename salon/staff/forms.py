"""Forms of the people who serve."""

from collections.abc import Iterable

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import BooleanField, ColorField, FieldList, Form, FormField, ValidationError
from wtforms.validators import DataRequired, InputRequired, Length

from ..core.forms import DigitsField, MobileField, PercentField, RowField, TextField, TimeOfDayField
from .models import WorkingHours
from .rules import WEEK

WEEKDAYS = (
    _l("شنبه"),
    _l("یکشنبه"),
    _l("دوشنبه"),
    _l("سه‌شنبه"),
    _l("چهارشنبه"),
    _l("پنجشنبه"),
    _l("جمعه"),
)


class StaffForm(FlaskForm):  # type: ignore[misc]  # flask-wtf ships no types
    """Who somebody is."""

    name = TextField(_l("نام"), [DataRequired(_l("نام را بنویسید.")), Length(max=120)])
    title = TextField(_l("کارش"), [Length(max=80)], render_kw={"placeholder": _l("رنگ و مش")})
    mobile = MobileField(_l("موبایل"))
    color = ColorField(_l("رنگ در برنامهٔ روز"))
    level_id = RowField(_l("سطح"))
    line_id = RowField(_l("لاین"))
    share_bp = PercentField(_l("سهم دستیار از سرلاین"))


class NewStaffForm(StaffForm):
    """Somebody who begins to serve."""

    code = TextField(_l("کد"), [Length(max=40)], render_kw={"dir": "ltr"})


class EditStaffForm(StaffForm):
    """Somebody who serves already."""

    position = DigitsField(_l("جای ستون در برنامه"), [InputRequired(_l("یک عدد بنویسید؛ صفر اول است."))])
    active = BooleanField(_l("نوبت می‌گیرد"))


class _DayForm(Form):
    """Her work on one weekday; both empty is a day off."""

    starts_at = TimeOfDayField(_l("از"))
    ends_at = TimeOfDayField(_l("تا"))

    def validate_ends_at(self, field: TimeOfDayField) -> None:
        """Take both times in their order, or none."""
        if (self.starts_at.data is None) != (field.data is None):
            raise ValidationError(_("آغاز و پایان را هر دو بنویسید، یا هیچ‌کدام."))
        if self.starts_at.data is not None and field.data is not None and self.starts_at.data >= field.data:
            raise ValidationError(_("پایان کار باید پس از آغاز آن باشد."))


class WeekForm(FlaskForm):  # type: ignore[misc]  # flask-wtf ships no types
    """When somebody works, a line for each weekday from Saturday on."""

    days = FieldList(FormField(_DayForm), min_entries=len(WEEK), max_entries=len(WEEK))

    def spans(self) -> dict[int, tuple[int, int] | None]:
        """From and to of each weekday, None for a day off."""
        typed = [(day.starts_at.data, day.ends_at.data) for day in self.days]
        return {weekday: None if span[0] is None else span for weekday, span in zip(WEEK, typed, strict=True)}


def days_of(hours: Iterable[WorkingHours]) -> list[dict[str, int]]:
    """Working hours as the lines of the form."""
    lines: list[dict[str, int]] = [{} for _day in WEEK]
    for span in hours:
        lines[span.weekday] = lines[span.weekday] or {"starts_at": span.starts_at, "ends_at": span.ends_at}
    return lines
