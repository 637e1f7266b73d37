"""Screens of schemes of pay: the list, the form, and what a scheme would have paid."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from http import HTTPStatus
from typing import Any

from flask import Blueprint, Flask, current_app, flash, redirect, request, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from ...core.errors import DomainError
from ...core.forms import answered, form_refused, saved
from ...core.pages import money, page, present, row_key, today, unit
from ...core.permissions import Permission, requires
from ..levels.queries import staff_levels
from ..lines.queries import lines_named
from ..models import PayScheme
from ..queries import staff_named
from .forms import Offered, SchemeForm, TrialForm
from .queries import all_schemes, pay_scheme, whom_named
from .services import add_scheme, change_scheme, end_scheme
from .terms.queries import trial_of
from .terms.rules import last_quarter, spec_of
from .trials.rules import Tried, Try
from .words.rules import sentence_of

blueprint = Blueprint("schemes", __name__)

_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Outside:
    """What schemes need of other rooms: what is sold (numbers and names), what is paid already, how one is tried."""

    services: Callable[[], Sequence[tuple[int, str]]]
    products: Callable[[], Sequence[tuple[int, str]]]
    categories: Callable[[], Sequence[str]]
    is_used: Callable[[int], bool]
    try_scheme: Try


def init_schemes(app: Flask, outside: Outside) -> None:
    """Say what other rooms know; they live beside this one and above it."""
    app.extensions["salon_schemes"] = outside


def _outside() -> Outside:
    outside: Outside = current_app.extensions["salon_schemes"]
    return outside


@dataclass(frozen=True)
class _Shown:
    """A scheme in the list: whom it means, what for, in words."""

    scheme: PayScheme
    whom: str
    what: str
    sentence: str


@blueprint.get("/settings/pay-schemes")
@requires(Permission.STAFF_WRITE)
def listing() -> Response:
    """All schemes by whom they mean: people, lines, levels, everybody."""
    schemes = _shown(all_schemes())
    parts = [
        (_("برای یک نفر"), [row for row in schemes if row.scheme.staff_id]),
        (_("برای یک لاین"), [row for row in schemes if row.scheme.line_id]),
        (_("برای یک سطح"), [row for row in schemes if row.scheme.level_id and not row.scheme.line_id]),
        (_("برای همه"), [row for row in schemes if _is_for_all(row.scheme)]),
    ]
    return page("staff/schemes.html", parts=[part for part in parts if part[1]], any=bool(schemes))


@blueprint.route("/settings/pay-schemes/new", methods=["GET", "POST"])
@requires(Permission.STAFF_WRITE)
def new() -> Response:
    """Begin a scheme."""
    form = _form()
    if not form.is_submitted():
        form.starts_on.data, form.staff_id.data = today(), request.args.get("staff_id", type=row_key)
    if saved(form, lambda: _placed(form, lambda: add_scheme(spec=form.spec(), actor=current_user, now=present()))):
        flash(_("الگوی «%(name)s» ساخته شد.", name=form.name.data))
        return _back()
    return _form_page(form, None)


@blueprint.route("/settings/pay-schemes/<key:scheme_id>", methods=["GET", "POST"])
@requires(Permission.STAFF_WRITE)
def edit(scheme_id: int) -> Response:
    """Change a scheme; one by which somebody was paid is only renamed or ended."""
    found, form = pay_scheme(scheme_id), SchemeForm()
    form.show(spec_of(found))
    form.offer(_offered(found))

    def change() -> object:
        spec, used = form.spec(), _outside().is_used(scheme_id)
        return change_scheme(scheme_id=scheme_id, spec=spec, used=used, actor=current_user, now=present())

    if saved(form, lambda: _placed(form, change)):
        flash(_("ذخیره شد."))
        return _back()
    return _form_page(form, pay_scheme(scheme_id))


@blueprint.post("/settings/pay-schemes/<key:scheme_id>/end")
@requires(Permission.STAFF_WRITE)
def end(scheme_id: int) -> Response:
    """Let a scheme end with this day."""
    form = TrialForm()
    if saved(form, lambda: end_scheme(scheme_id=scheme_id, ends_on=today(), actor=current_user, now=present())):
        flash(_("الگو تا پایان امروز به کار می‌رود."))
        return _back()
    flash(" ".join(form.form_errors), "bad")
    return redirect(url_for("schemes.edit", scheme_id=scheme_id), HTTPStatus.SEE_OTHER)


@blueprint.post("/settings/pay-schemes/words")
@requires(Permission.STAFF_WRITE)
def words() -> Response:
    """What is typed so far, in one sentence; nothing as long as it makes none."""
    return page("staff/_scheme_words.html", sentence=_words_of(_form()))


@blueprint.post("/settings/pay-schemes/try")
@requires(Permission.STAFF_WRITE)
def try_typed() -> Response:
    """What a scheme that was just typed would have paid; nothing is kept."""
    found = pay_scheme(kept) if (kept := request.form.get("scheme_id", type=row_key)) else None
    form, days = _form(found), TrialForm(request.form)
    scheme = _typed_scheme(form) if form.validate_on_submit() else None
    tried = None if scheme is None else _tried(scheme, days)
    return _form_page(form, found, tried=tried, days=days)


@blueprint.get("/settings/pay-schemes/<key:scheme_id>/try")
@requires(Permission.STAFF_WRITE)
def try_kept(scheme_id: int) -> Response:
    """What a scheme would have paid on these days."""
    scheme = pay_scheme(scheme_id)
    days = TrialForm(request.args)
    tried = _tried(scheme, days)
    status = HTTPStatus.OK if tried is not None else HTTPStatus.UNPROCESSABLE_ENTITY
    of = request.args.get("of", type=row_key)
    [shown] = _shown([scheme])
    return page("staff/scheme_trial.html", status, shown=shown, days=days, tried=tried, of=of)


def _tried(scheme: PayScheme, days: TrialForm) -> Tried | None:
    """The scheme over the asked days, the last three months unless said otherwise; None when they make no period."""
    first, end_before = last_quarter(today())
    if not days.validate():
        return None
    days.tried_from.data = days.tried_from.data or first
    days.tried_to.data = days.tried_to.data or max(end_before - _DAY, days.tried_from.data)
    days.tried_from.typed = days.tried_to.typed = None
    last: date = days.tried_to.data
    return _outside().try_scheme(scheme, days.tried_from.data, last + _DAY)


def _form(kept: PayScheme | None = None) -> SchemeForm:
    form = SchemeForm()
    form.offer(_offered(kept))
    return form


def _typed_scheme(form: SchemeForm) -> PayScheme | None:
    """The scheme that was typed, if it is one; what is wrong stands at its field."""
    if form.starts_on.data is None:
        return None
    try:
        return trial_of(form.spec())
    except DomainError as error:
        error.field = form.place_of(error.field)
        form_refused(form, error)
        return None


def _placed(form: SchemeForm, act: Callable[[], object]) -> None:
    """Do it; a refusal names the field of the form."""
    try:
        act()
    except DomainError as error:
        error.field = form.place_of(error.field)
        raise


def _back() -> Response:
    return redirect(url_for("schemes.listing"), HTTPStatus.SEE_OTHER)


def _form_page(
    form: SchemeForm,
    found: PayScheme | None,
    *,
    tried: Tried | None = None,
    days: TrialForm | None = None,
) -> Response:
    sentence = _words_of(form) if form.is_submitted() else "" if found is None else _sentence(found)
    values: dict[str, Any] = {
        "scheme": found,
        "used": found is not None and _outside().is_used(found.id),
        "tried": tried,
        "of": request.form.get("of", type=row_key),
        "days": days or TrialForm(None),
        "sentence": sentence,
        "categories": _outside().categories(),
    }
    if tried is not None:
        return page("staff/scheme.html", form=form, **values)
    return answered("staff/scheme.html", form, **values)


def _words_of(form: SchemeForm) -> str:
    """What was typed, in one sentence; empty as long as it makes none."""
    if not form.says_all():
        return ""
    try:
        return _sentence(trial_of(form.spec()))
    except DomainError:
        return ""


def _offered(kept: PayScheme | None = None) -> Offered:
    """What a scheme of this branch may be for, and whom one that is `kept` means already."""
    branch_id = current_user.branch_id
    return Offered(
        staff=staff_named(branch_id, kept.staff_id if kept else None),
        lines=lines_named(branch_id, kept.line_id if kept else None),
        levels=[(level.id, level.name) for level in staff_levels()],
        services=_outside().services(),
        products=_outside().products(),
        categories=[*_outside().categories(), *([kept.category] if kept else [])],
    )


def _is_for_all(scheme: PayScheme) -> bool:
    return scheme.staff_id is None and scheme.line_id is None and scheme.level_id is None


def _shown(schemes: Sequence[PayScheme]) -> list[_Shown]:
    """Schemes in words; whom and what they name."""
    names, services, products = whom_named(), dict(_outside().services()), dict(_outside().products())
    return [
        _Shown(
            scheme,
            "، ".join(of[getattr(scheme, field)] for field, of in names.items() if getattr(scheme, field) is not None),
            services.get(scheme.service_id or 0) or products.get(scheme.product_id or 0) or scheme.category,
            _sentence(scheme),
        )
        for scheme in schemes
    ]


def _sentence(scheme: PayScheme) -> str:
    return sentence_of(scheme, lambda rials: f"{money(rials)} {unit()}")
