"""Screens of the reports, their files, and the documents behind their figures."""

from datetime import date, timedelta
from typing import Any

from flask import Blueprint, Response, abort, redirect, request, url_for
from werkzeug.wrappers import Response as Answer

from ..appointments.rules import STATUS_LABELS
from ..core.forms import PeriodForm
from ..core.jalali import month_range
from ..core.pages import currency, page, page_number, paginate, row_key, today
from ..core.permissions import Permission, requires
from ..core.sheets import XLSX
from ..setup.queries import profile
from .bookings.lists.queries import Wanted, offered_filters, wanted_bookings
from .books.rules import account_labels
from .documents.queries import Asked, figure, lines, movements
from .documents.rules import name_of
from .files.services import as_csv_for_people, as_pdf, as_xlsx
from .queries import REPORTS, Kind
from .rules import Report, usual_periods

blueprint = Blueprint("reports", __name__)

_DAY = timedelta(days=1)


@blueprint.get("/reports")
@requires(Permission.REPORTS_VIEW)
def reports() -> Answer:
    """The report that is mostly asked for."""
    return redirect(url_for("reports.report", name=next(iter(REPORTS))))


@blueprint.get("/reports/<name>")
@requires(Permission.REPORTS_VIEW)
def report(name: str) -> Answer:
    """A report of this month so far, unless the address asks for other days (both inclusive)."""
    kind, form = _kind(name), _period_form()
    shown = kind.days(_shown(form))
    return page(
        "reports/report.html",
        200 if shown else 422,
        name=name,
        kind=kind,
        kinds=REPORTS,
        form=form,
        shown=shown,
        report=None if shown is None else kind.read(shown[0], shown[1] + _DAY).for_people(),
        periods=usual_periods(today()),
    )


@blueprint.get("/reports/<name>.<any(csv, xlsx, pdf):form>")
@requires(Permission.REPORTS_VIEW)
def report_file(name: str, form: str) -> Answer:
    """The same report as a file."""
    kind = _kind(name)
    period = kind.days(_shown(_period_form()))
    if period is None:
        abort(404)
    found = kind.read(period[0], period[1] + _DAY).for_people()
    body, mimetype = _written(found, kind, period, form)
    said = f'attachment; filename="{name}-{period[0]}-{period[1]}.{form}"'
    return Response(body, mimetype=mimetype, headers={"Content-Disposition": said})


@blueprint.get("/reports/documents/<any(lines, movements):what>")
@requires(Permission.REPORTS_VIEW)
def documents(what: str) -> Answer:
    """The lines or the movements behind a figure, the newest first."""
    asked = _asked()
    read = lines if what == "lines" else movements
    shown = paginate(lambda limit, offset: read(asked, limit, offset), page_number())
    last, here = asked.ends_before - _DAY, _page_here(what)
    told = figure(asked) if what == "lines" and shown.rows else None
    names: dict[str, Any] = {"labels": account_labels(), "name_of": name_of}
    return page(f"reports/{what}.html", asked=asked, last=last, shown=shown, here=here, total=told, **names)


@blueprint.get("/reports/documents/bookings")
@requires(Permission.REPORTS_VIEW)
def bookings() -> Answer:
    """The bookings behind a figure, and any others: by days, person, service and status."""
    form = _period_form()
    period = _shown(form)
    wanted = _wanted(period or (today(), today()))
    found = wanted_bookings(wanted)
    return page(
        "reports/bookings.html",
        200 if period else 422,
        wanted=wanted,
        form=form,
        found=found,
        shown=paginate(found.page, page_number()),
        here=_page_here("bookings"),
        labels=STATUS_LABELS,
        filters=offered_filters(),
    )


def _wanted(period: tuple[date, date]) -> Wanted:
    said: dict[str, Any] = {key: request.args.get(key, type=row_key) for key in ("staff", "service", "resource")}
    said |= {key: request.args.get(key) == "1" for key in ("late", "held", "done")}
    return Wanted(period[0], period[1] + _DAY, status=request.args.get("status", ""), **said)


def _written(found: Report, kind: Kind, period: tuple[date, date], form: str) -> tuple[str | bytes, str]:
    if form == "csv":
        return as_csv_for_people(found, currency()), "text/csv"
    if form == "xlsx":
        return as_xlsx(found, str(kind.title), currency(), period), XLSX
    return as_pdf(report=found, kind=kind, salon=profile().name, period=period), "application/pdf"


def _kind(name: str) -> Kind:
    if name not in REPORTS:
        abort(404)
    return REPORTS[name]


def _period_form() -> PeriodForm:
    asked = {"starts_on", "ends_on"} & request.args.keys()
    return PeriodForm(request.args if asked else None, starts_on=month_range(today())[0], ends_on=today())


def _shown(form: PeriodForm) -> tuple[date, date] | None:
    return form.period(check=bool({"starts_on", "ends_on"} & request.args.keys()))


def _asked() -> Asked:
    period = _shown(_period_form())
    if period is None:
        abort(404)
    keys = ("staff", "line", "customer", "sale_kind", "giver", "owner", "branch")
    numbers = {key: request.args.get(key, type=int) for key in keys}
    return Asked(period[0], period[1] + _DAY, kind=request.args.get("kind"), **numbers)


def _page_here(what: str) -> Any:
    """The address of another page of this list."""

    def here(number: int) -> str:
        kept: dict[str, Any] = {**request.args.to_dict(), "page": number}
        if what == "bookings":
            return url_for("reports.bookings", **kept)
        return url_for("reports.documents", what=what, **kept)

    return here
