"""Screens of the reports."""

from datetime import date, timedelta

from flask import Blueprint, request
from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString
from werkzeug.wrappers import Response

from ..core.jalali import month_range, week_range, year_range
from ..core.pages import page, today
from ..core.permissions import Permission, requires
from .forms import PeriodForm
from .queries import services_by_staff

blueprint = Blueprint("reports", __name__)

_DAY = timedelta(days=1)
Period = tuple[date, date]


@blueprint.get("/reports/services-by-staff")
@requires(Permission.REPORTS_VIEW)
def services_by_staff_page() -> Response:
    """Pieces and amounts by person; this month so far, unless the address asks for other days (both inclusive)."""
    asked = {"starts_on", "ends_on"} & request.args.keys()
    form = PeriodForm(request.args if asked else None, starts_on=month_range(today())[0], ends_on=today())
    shown = form.period(check=bool(asked))
    return page(
        "reports/services_by_staff.html",
        200 if shown else 422,
        form=form,
        shown=shown,
        report=None if shown is None else services_by_staff(shown[0], shown[1] + _DAY),
        periods=_usual_periods(today()),
    )


def _usual_periods(day: date) -> list[tuple[LazyString, Period]]:
    """What owners mostly ask for, first and last day."""
    month, before = month_range(day), month_range(month_range(day)[0] - _DAY)
    return [
        (_l("امروز"), (day, day)),
        (_l("این هفته"), _inclusive(week_range(day))),
        (_l("این ماه"), _inclusive(month)),
        (_l("ماه پیش"), _inclusive(before)),
        (_l("امسال"), _inclusive(year_range(day))),
    ]


def _inclusive(period: Period) -> Period:
    return period[0], period[1] - _DAY
