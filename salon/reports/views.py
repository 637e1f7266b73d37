"""Screens of the reports."""

from datetime import timedelta

from flask import Blueprint, request
from werkzeug.wrappers import Response

from ..core.jalali import month_range
from ..core.pages import page, today
from ..core.permissions import Permission, requires
from .forms import PeriodForm
from .queries import services_by_staff
from .rules import usual_periods

blueprint = Blueprint("reports", __name__)

_DAY = timedelta(days=1)


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
        periods=usual_periods(today()),
    )
