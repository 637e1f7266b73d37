"""Statements on screen: everybody's, one person's, and her own."""

from datetime import date
from http import HTTPStatus
from typing import Any

from flask import Blueprint, Response, flash, redirect, request, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response as Answer

from ...core.db import transaction
from ...core.forms import PeriodForm
from ...core.keys import fresh_key
from ...core.money import Currency
from ...core.pages import page, present, profile_shown, today
from ...core.permissions import Permission, requires
from ...core.sheets import XLSX
from ...staff.models import StaffMember
from ..errors import statement_changed
from ..files.services import as_pdf, as_xlsx
from ..forms import ApproveForm
from ..queries import last_statement, person, statements_of, sums_of
from .queries import days_after, days_before, next_days, notes_on, people_paid, statement
from .rules import ADDED, DAY, LABELS, ROLES, TAKEN, Statement, hours_of
from .services import approve_statement

blueprint = Blueprint("statements", __name__)


@blueprint.get("/staff/pay")
@requires(Permission.PAY_VIEW)
def listing() -> Answer:
    """Everybody with what is due to her, and what is not approved yet."""
    rows = people_paid(current_user.branch_id, today())
    return page("payroll/list.html", rows=rows)


@blueprint.get("/staff/<key:staff_id>/statement")
@requires(Permission.PAY_VIEW)
def one(staff_id: int) -> Answer:
    """What somebody is paid for some days; those that are to be approved next unless the address asks for others."""
    return _page(person(current_user.branch_id, staff_id), own=False)


@blueprint.get("/pay")
@requires(Permission.PAY_OWN)
def own() -> Answer:
    """What she who asks is paid herself."""
    return _page(person(current_user.branch_id, current_user.staff_id or 0), own=True)


@blueprint.post("/staff/<key:staff_id>/statement")
@requires(Permission.PAY_WRITE)
def approve(staff_id: int) -> Answer:
    """Approve the days that were looked at, if they still are what was seen."""
    form = ApproveForm()
    if not form.validate_on_submit() or form.starts_on.data is None or form.ends_on.data is None:
        raise statement_changed()
    first, last = form.starts_on.data, form.ends_on.data
    with transaction():
        approved = approve_statement(
            branch_id=current_user.branch_id,
            staff_id=staff_id,
            starts_on=first,
            ends_before=last + DAY,
            seen_total=int(form.seen.data or 0),
            key=f"screen:{form.key.data}",
            actor=current_user,
            now=present(),
        )
    flash(_("کارکرد تأیید شد و دیگر تغییر نمی‌کند."))
    return redirect(address(staff_id, approved.starts_on, approved.ends_before), HTTPStatus.SEE_OTHER)


@blueprint.get("/staff/<key:staff_id>/statement.<any(pdf, xlsx):form>")
@requires(Permission.PAY_VIEW)
def one_file(staff_id: int, form: str) -> Answer:
    """The same as a file."""
    return _file(person(current_user.branch_id, staff_id), form)


@blueprint.get("/pay/statement.<any(pdf, xlsx):form>")
@requires(Permission.PAY_OWN)
def own_file(form: str) -> Answer:
    """Her own as a file."""
    return _file(person(current_user.branch_id, current_user.staff_id or 0), form)


def address(staff_id: int, starts_on: date, ends_before: date) -> str:
    """Where a statement of these days is seen by whoever may see everybody's."""
    return url_for("statements.one", staff_id=staff_id, **_asked(starts_on, ends_before))


def _asked(starts_on: date, ends_before: date) -> dict[str, Any]:
    return {"starts_on": starts_on.isoformat(), "ends_on": (ends_before - DAY).isoformat()}


def _days(staff_id: int) -> tuple[PeriodForm, tuple[date, date]]:
    """The days that the address asks for, half-open; those to be approved next where it asks for none or nonsense."""
    usual = next_days(staff_id, today())
    asked = {"starts_on", "ends_on"} & request.args.keys()
    form = PeriodForm(request.args if asked else None, starts_on=usual[0], ends_on=usual[1] - DAY)
    period = form.period(check=bool(asked))
    return form, usual if period is None else (period[0], period[1] + DAY)


def _page(member: StaffMember, *, own: bool) -> Answer:
    form, days = _days(member.id)
    shown = statement(member.id, *days)

    def here(other: tuple[date, date] | None) -> str | None:
        if other is None:
            return None
        return url_for("statements.own", **_asked(*other)) if own else address(member.id, *other)

    return page(
        "payroll/statement.html",
        HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK,
        form=form,
        own=own,
        key=fresh_key(),
        earlier=here(days_before(member.id, days[0])),
        later=here(days_after(member.id, days[1], today())),
        approved=[(of, here((of.starts_on, of.ends_before))) for of in statements_of(member.id)],
        due=sums_of(member.id).due,
        may_be_approved=not (own or form.errors) and shown.number is None and days[1] <= today() + DAY,
        files={kind: _file_address(member.id, kind, days, own=own) for kind in ("pdf", "xlsx")},
        **_facts(member, shown),
    )


def _file_address(staff_id: int, kind: str, days: tuple[date, date], *, own: bool) -> str:
    if own:
        return url_for("statements.own_file", form=kind, **_asked(*days))
    return url_for("statements.one_file", staff_id=staff_id, form=kind, **_asked(*days))


def _file(member: StaffMember, form: str) -> Answer:
    days = _days(member.id)[1]
    facts = _facts(member, statement(member.id, *days))
    if form == "pdf":
        body, mimetype = as_pdf(**facts), "application/pdf"
    else:
        currency = Currency(profile_shown().currency)
        body = as_xlsx(shown=facts["shown"], notes=facts["notes"], title=member.name, currency=currency)
        mimetype = XLSX
    said = f'{"inline" if form == "pdf" else "attachment"}; filename="pay-{member.id}-{days[0]}-{days[1] - DAY}.{form}"'
    return Response(body, mimetype=mimetype, headers={"Content-Disposition": said})


def _facts(member: StaffMember, shown: Statement) -> dict[str, Any]:
    return {
        "member": member,
        "shown": shown,
        "notes": notes_on(shown.others),
        "labels": LABELS,
        "roles": ROLES,
        "day": DAY,
        "added": ADDED,
        "taken": TAKEN,
        "present_hours": hours_of(shown.minutes),
        "is_carried": shown.number is not None and shown.due != 0 and not _is_last(member.id, shown),
        "salon": profile_shown().name,
    }


def _is_last(staff_id: int, shown: Statement) -> bool:
    """Whether what is left of an approved statement is still due by it; the next one begins with it."""
    last = last_statement(staff_id)
    return last is not None and last.id == shown.number
