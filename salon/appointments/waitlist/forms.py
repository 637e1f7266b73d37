"""The form of a wish, and what the booking dialog sends when there was no time."""

from datetime import date, timedelta
from typing import Any

from flask_babel import lazy_gettext as _l
from werkzeug.datastructures import MultiDict
from wtforms import SelectMultipleField
from wtforms.validators import Length, ValidationError
from wtforms.widgets import CheckboxInput, ListWidget

from ...core.errors import dates_reversed
from ...core.forms import DAY_NEEDED, JalaliDateField, NoteField, TimeOfDayField
from ...core.hours import MINUTES_OF_DAY
from ...core.jalali import parse_jalali, weekday_names
from ...core.pages import row_key
from ...customers.errors import customer_missing
from ..errors import days_invalid, items_missing
from ..rules import BookingItem
from ..wanted.forms import WantedForm
from .rules import WaitSpec, mask_of

_DAY = timedelta(days=1)


def _weekdays() -> list[tuple[int, str]]:
    return list(enumerate(weekday_names()))


class WaitForm(WantedForm):
    """When she can come, and for what. Both days are inclusive."""

    starts_on = JalaliDateField(_l("از روز"), [DAY_NEEDED])
    ends_on = JalaliDateField(_l("تا روز"), [DAY_NEEDED])
    weekdays = SelectMultipleField(
        _l("کدام روزها"),
        coerce=int,
        choices=_weekdays,
        option_widget=CheckboxInput(),
        widget=ListWidget(prefix_label=False),
    )
    from_time = TimeOfDayField(_l("از ساعت"))
    to_time = TimeOfDayField(_l("تا ساعت"))
    note = NoteField(_l("یادداشت"), [Length(max=500)])

    def validate_ends_on(self, field: Any) -> None:
        """It ends after it begins."""
        if self.starts_on.data and field.data and field.data < self.starts_on.data:
            raise ValidationError(dates_reversed().message)

    def spec(self) -> WaitSpec:
        """What was typed; hours that are left empty are any."""
        first, last = self.starts_on.data, self.ends_on.data
        if first is None or last is None:
            raise days_invalid()
        return WaitSpec(
            self.items(),
            first,
            last + _DAY,
            mask_of(self.weekdays.data),
            self.from_time.data or 0,
            MINUTES_OF_DAY if self.to_time.data is None else self.to_time.data,
            self.note.data or "",
        )


def wish_of(sent: MultiDict[str, str]) -> tuple[int, WaitSpec]:
    """Whose wish the booking dialog sends, and for what: its customer, parallel lists of services and people, its day.

    Raises Invalid for what is missing.
    """
    customer_id = row_key(sent.get("customer_id", ""))
    if customer_id is None:
        raise customer_missing()
    items = [
        BookingItem(service_id, row_key(staff))
        for service, staff in zip(sent.getlist("service_id"), sent.getlist("staff_id"), strict=False)
        if (service_id := row_key(service)) is not None
    ]
    if not items:
        raise items_missing()
    day = _day_of(sent.get("day", ""))
    return customer_id, WaitSpec(items, day, day + _DAY, note=sent.get("note", ""))


def _day_of(typed: str) -> date:
    day = parse_jalali(typed)
    if day is None:
        raise days_invalid()
    return day
