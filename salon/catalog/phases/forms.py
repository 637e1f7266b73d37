"""The form of what a service is made of."""

from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import FieldList, Form, FormField, SelectField, SelectMultipleField
from wtforms.validators import InputRequired, NumberRange, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from ...core.forms import DigitsField, MobileField, SignedField
from ...core.hours import MINUTES_OF_DAY
from ..models import PhaseKind
from .rules import MOST_EXTRA, Phase

KINDS = {
    PhaseKind.BUSY.value: _l("کار با مشتری"),
    PhaseKind.PROCESSING.value: _l("ماندن مواد"),
    PhaseKind.BUFFER.value: _l("آماده‌سازی"),
}
MOST_PHASES = 12
SPARE_ROWS = 2  # empty ones to go on in


class _PhaseForm(Form):
    """A part of the service; one without minutes counts for nothing."""

    kind = SelectField(_l("مرحله"), choices=list(KINDS.items()))
    minutes = DigitsField(
        _l("دقیقه"), [Optional(), NumberRange(1, MINUTES_OF_DAY - 1, _l("بزرگ‌تر از صفر و کمتر از یک شبانه‌روز."))]
    )


_EXTRA = NumberRange(-MOST_EXTRA, MOST_EXTRA, _l("دقیقه‌ها از ۷۲۰ بیشتر نمی‌شود."))


class PhasesForm(FlaskForm):  # type: ignore[misc]  # flask-wtf ships no types
    """What a service is made of, who does it and what it needs."""

    phases = FieldList(FormField(_PhaseForm), max_entries=MOST_PHASES)
    staff_ids = SelectMultipleField(
        _l("چه کسی انجام می‌دهد"), coerce=int, widget=ListWidget(prefix_label=False), option_widget=CheckboxInput()
    )
    resource_ids = SelectMultipleField(
        _l("به چه نیاز دارد"), coerce=int, widget=ListWidget(prefix_label=False), option_widget=CheckboxInput()
    )

    by_staff = FieldList(SignedField(validators=[Optional(), _EXTRA]))
    by_level = FieldList(SignedField(validators=[Optional(), _EXTRA]))

    def said(self) -> list[Phase]:
        """The phases in their order."""
        return [
            Phase(PhaseKind(row.kind.data), row.minutes.data) for row in self.phases if row.minutes.data is not None
        ]


class CustomerExtraForm(FlaskForm):  # type: ignore[misc]  # flask-wtf ships no types
    """A customer with whom the service takes longer, or less."""

    mobile = MobileField(_l("موبایل مشتری"), [InputRequired(_l("موبایل مشتری را بنویسید."))])
    minutes = SignedField(_l("دقیقه"), [InputRequired(_l("چند دقیقه بیشتر؟")), _EXTRA])


def rows_of(phases: tuple[Phase, ...]) -> list[dict[str, Any]]:
    """Phases as the lines of the form, and empty ones after them."""
    rows: list[dict[str, Any]] = [{"kind": phase.kind.value, "minutes": phase.minutes} for phase in phases]
    spare = {"kind": PhaseKind.BUSY.value, "minutes": None}
    return rows + [spare] * min(SPARE_ROWS, MOST_PHASES - len(rows))
