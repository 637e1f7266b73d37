"""Fiscal years on screen: their list, what keeps one open, closing, reopening and the trace."""

from http import HTTPStatus

from flask import Blueprint, flash, redirect, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from ..core.forms import answered, saved
from ..core.jalali import jalali_year
from ..core.keys import fresh_key
from ..core.pages import present, today
from ..core.permissions import Permission, requires
from ..core.text import persian_digits
from .checks.queries import pending_in
from .checks.rules import MATTER_LABELS, Matter, Pending
from .forms import ClosingForm, ReopeningForm, YearForm
from .queries import acts_of, first_open_before, fiscal_year, fiscal_years, last_known
from .services import close_year, open_year, reopen_year

blueprint = Blueprint("years", __name__)


@blueprint.get("/settings/years")
@requires(Permission.LEDGER_VIEW)
def listing() -> Response:
    """All years, and a form for another one."""
    return _list(YearForm(formdata=None, year=_proposed()))


@blueprint.post("/settings/years")
@requires(Permission.YEARS_CLOSE)
def new() -> Response:
    """Open the books of another year."""
    form = YearForm()
    if saved(form, lambda: open_year(year=form.year.data or 0, actor=current_user, now=present())):
        flash(_("سال %(year)s باز شد.", year=persian_digits(str(form.year.data))))
        return redirect(url_for("years.listing"), HTTPStatus.SEE_OTHER)
    return _list(form)


@blueprint.get("/settings/years/<key:year_id>")
@requires(Permission.LEDGER_VIEW)
def show(year_id: int) -> Response:
    """A year: what keeps it open, or who closed it; and what was done with it."""
    return _page(year_id, _closing())


@blueprint.post("/settings/years/<key:year_id>/close")
@requires(Permission.YEARS_CLOSE)
def close(year_id: int) -> Response:
    """Close a year when nothing of it is pending."""
    form = ClosingForm()
    if saved(form, lambda: _close(year_id, form)):
        flash(_("سال بسته شد و مانده‌ها به سال بعد رفت."))
        return _back(year_id)
    return _page(year_id, form)


@blueprint.post("/settings/years/<key:year_id>/reopen")
@requires(Permission.YEARS_REOPEN)
def reopen(year_id: int) -> Response:
    """Open a closed year again, for a reason."""
    form = ReopeningForm()
    if saved(form, lambda: _reopen(year_id, form)):
        flash(_("سال دوباره باز است؛ سند بستن آن برگشت خورد."), "warn")
        return _back(year_id)
    return _page(year_id, form)


def _close(year_id: int, form: ClosingForm) -> object:
    return close_year(
        year_id=year_id,
        confirmed=bool(form.confirmed.data),
        key=f"screen:{form.key.data}",
        actor=current_user,
        now=present(),
    )


def _reopen(year_id: int, form: ReopeningForm) -> object:
    return reopen_year(
        year_id=year_id,
        reason=form.reason.data or "",
        key=f"screen:{form.key.data}",
        actor=current_user,
        now=present(),
    )


def _list(form: YearForm) -> Response:
    return answered("years/years.html", form, years=fiscal_years())


def _page(year_id: int, form: ClosingForm | ReopeningForm) -> Response:
    year = fiscal_year(year_id)
    found = [] if year.closed else pending_in(year, today())
    return answered(
        "years/year.html",
        form,
        closing=form if isinstance(form, ClosingForm) else _closing(),
        reopening=form if isinstance(form, ReopeningForm) else ReopeningForm(formdata=None, key=fresh_key()),
        year=year,
        began=year.starts_on <= today(),
        runs=year.ends_before > today(),
        earlier=None if year.closed else first_open_before(year.starts_on),
        pending=[(of, _address_of(of)) for of in found],
        matters=MATTER_LABELS,
        acts=acts_of(year_id),
    )


def _closing() -> ClosingForm:
    """As it is opened; what was sent to the other form is not its own."""
    return ClosingForm(formdata=None, key=fresh_key())


def _address_of(pending: Pending) -> str:
    """Where it is finished; tills and payments of another branch only by somebody who works there."""
    if pending.matter == Matter.DRAFT:
        return url_for("invoices.checkout", invoice_id=pending.key)
    if pending.branch_id != current_user.branch_id:
        return ""
    if pending.matter == Matter.SHIFT:
        return url_for("shifts.report", shift_id=pending.key)
    if pending.matter == Matter.PAY:
        return url_for("statements.one", staff_id=pending.key)
    return url_for("outcomes.awaited_page")


def _proposed() -> int:
    """The year after the latest one."""
    return (last_known() or jalali_year(today()) - 1) + 1


def _back(year_id: int) -> Response:
    return redirect(url_for("years.show", year_id=year_id), HTTPStatus.SEE_OTHER)
