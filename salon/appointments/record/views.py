"""The page of a customer about her bookings: misses, patch tests, and minutes and prices of her own."""

from http import HTTPStatus

from flask import Blueprint, flash, redirect, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from ...catalog.phases.services import set_extras
from ...catalog.prices.services import set_own_prices
from ...catalog.queries import active_services
from ...core.forms import answered, saved
from ...core.jalali import SALON_ZONE
from ...core.pages import may, present, today
from ...core.permissions import Permission, requires
from ...customers.queries import customer
from ..patch_tests.queries import patch_tests_of
from ..patch_tests.services import record_patch_test
from .forms import RESULTS, OwnTermsForm, PatchTestForm
from .queries import own_terms_of, record_of

blueprint = Blueprint("booking_record", __name__)


@blueprint.get("/customers/<key:customer_id>/booking")
@requires(Permission.CUSTOMERS_VIEW)
def booking_record(customer_id: int) -> Response:
    """What is known of her bookings."""
    return _shown(customer_id, _patch_form(), _own_form())


@blueprint.post("/customers/<key:customer_id>/patch-tests")
@requires(Permission.APPOINTMENTS_WRITE)
def patch_test(customer_id: int) -> Response:
    """Put a patch test on file."""
    form = _patch_form()
    if saved(form, lambda: _record(form, customer_id)):
        flash(_("تست حساسیت ثبت شد."))
        return _back(customer_id)
    return _shown(customer_id, form, _own_form())


@blueprint.post("/customers/<key:customer_id>/own-terms")
@requires(Permission.APPOINTMENTS_WRITE)
def own_terms(customer_id: int) -> Response:
    """Say how long a service takes with her, and by who may, what it costs her."""
    customer(customer_id)
    form = _own_form()
    if saved(form, lambda: _keep_own(form, customer_id)):
        flash(_("ذخیره شد."))
        return _back(customer_id)
    return _shown(customer_id, _patch_form(), form)


def _record(form: PatchTestForm, customer_id: int) -> None:
    record_patch_test(
        customer_id=customer_id,
        service_id=form.service_id.data or 0,
        result=form.result.data,
        tested_at=form.tested_at(),
        note=form.note.data or "",
        actor=current_user,
        now=present(),
    )


def _keep_own(form: OwnTermsForm, customer_id: int) -> None:
    by = {"service_id": form.own_service_id.data or 0, "actor": current_user, "now": present()}
    set_extras(whose="customer", minutes={customer_id: form.minutes.data}, **by)
    if may(Permission.CATALOG_WRITE):
        set_own_prices(whose="customer", prices={customer_id: form.price.data}, **by)


def _patch_form() -> PatchTestForm:
    here = present().astimezone(SALON_ZONE)
    form = PatchTestForm(tested_on=today(), tested_time=here.hour * 60 + here.minute)
    form.service_id.offer(_services())
    return form


def _own_form() -> OwnTermsForm:
    form = OwnTermsForm()
    form.own_service_id.offer(_services())
    return form


def _services() -> list[tuple[int, str]]:
    return [(one.id, one.name) for one in active_services()]


def _back(customer_id: int) -> Response:
    return redirect(url_for("booking_record.booking_record", customer_id=customer_id), HTTPStatus.SEE_OTHER)


def _shown(customer_id: int, patch: PatchTestForm, own: OwnTermsForm) -> Response:
    return answered(
        "appointments/booking_record.html",
        own if own.errors or own.form_errors else patch,
        patch=patch,
        own=own,
        owner=customer(customer_id),
        record=record_of(customer_id, present()),
        tests=patch_tests_of(customer_id),
        terms=own_terms_of(customer_id),
        results=RESULTS,
    )
