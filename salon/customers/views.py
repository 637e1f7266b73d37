"""Screens of customers."""

from collections.abc import Callable, Sequence
from http import HTTPStatus

from flask import Blueprint, Flask, current_app, flash, redirect, request, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from ..core.forms import answered, saved, typed
from ..core.pages import Page, is_htmx, may, page, page_number, paginate, present
from ..core.permissions import Permission, requires
from .forms import EditCustomerForm, NewCustomerForm, OwnersEditCustomerForm
from .groups.queries import customer_group, groups_offered
from .models import Customer
from .queries import count, customer, latest, search
from .services import CustomerSpec, add_customer, change_customer

blueprint = Blueprint("customers", __name__)

FOUND_AT_ONCE = 50
People = Callable[[int, int | None], Sequence[tuple[int, str]]]


def init_customers(app: Flask, *, people: People) -> None:
    """Say whose own client somebody may be: numbers and names of a branch, and of whose she is already.

    They live in a room beside this one.
    """
    app.extensions["salon_own_clients"] = people


def _people(kept_id: int | None = None) -> Sequence[tuple[int, str]]:
    people: People = current_app.extensions["salon_own_clients"]
    return people(current_user.branch_id, kept_id)


@blueprint.get("/customers")
@requires(Permission.CUSTOMERS_VIEW)
def customer_list() -> Response:
    """Who was let in last, or who may be meant by `q`; only the rows while somebody types."""
    asked = request.args.get("q", "").strip()
    found = Page(search(asked, FOUND_AT_ONCE), 1, False) if asked else paginate(latest, page_number(), FOUND_AT_ONCE)
    if is_htmx():
        return page("customers/_rows.html", found=found, asked=asked)
    return page("customers/list.html", found=found, asked=asked, count=count())


@blueprint.route("/customers/new", methods=["GET", "POST"])
@requires(Permission.CUSTOMERS_WRITE)
def new_customer() -> Response:
    """Let a customer in; what was looked for in vain may be her name or mobile."""
    form = NewCustomerForm()
    form.group_id.offer(groups_offered(), _("بی‌گروه"))
    form.own_staff_id.offer(_people(), _("سالن"))
    if not form.is_submitted():
        _begin_with(form, request.args.get("q", "").strip())
    added: list[Customer] = []
    if saved(form, lambda: added.append(_add(form))):
        flash(_("پروندهٔ %(name)s باز شد.", name=added[0].full_name))
        return redirect(url_for("customers.customer_page", customer_id=added[0].id), HTTPStatus.SEE_OTHER)
    return answered("customers/new.html", form)


@blueprint.get("/customers/<key:customer_id>")
@requires(Permission.CUSTOMERS_VIEW)
def customer_page(customer_id: int) -> Response:
    """All that is known of a customer."""
    shown = customer(customer_id)
    group = customer_group(shown.group_id) if shown.group_id else None
    own_of = dict(_people(shown.own_staff_id)).get(shown.own_staff_id or 0)
    return page("customers/customer.html", customer=shown, group=group, own_of=own_of)


@blueprint.route("/customers/<key:customer_id>/edit", methods=["GET", "POST"])
@requires(Permission.CUSTOMERS_WRITE)
def edit_customer(customer_id: int) -> Response:
    """Change who a customer is."""
    shown = customer(customer_id)
    form = (OwnersEditCustomerForm if may(Permission.SETUP_WRITE) else EditCustomerForm)(obj=shown)
    form.group_id.offer(groups_offered(shown.group_id), _("بی‌گروه"))
    form.own_staff_id.offer(_people(shown.own_staff_id), _("سالن"))
    name = shown.full_name
    if saved(form, lambda: _change(customer_id, form)):
        flash(_("ذخیره شد."))
        return redirect(url_for("customers.customer_page", customer_id=customer_id), HTTPStatus.SEE_OTHER)
    return answered("customers/edit.html", form, customer_id=customer_id, name=name)


def _begin_with(form: NewCustomerForm, asked: str) -> None:
    if any(char.isdecimal() for char in asked):
        form.mobile.data = asked
    else:
        form.first_name.data, _space, form.last_name.data = asked.partition(" ")


def _add(form: NewCustomerForm) -> Customer:
    said = typed(form)
    code = said.pop("code")
    return add_customer(
        branch_id=current_user.branch_id,
        spec=CustomerSpec(**said),
        code=code,
        mobile_needed=True,
        actor=current_user,
        now=present(),
    )


def _change(customer_id: int, form: EditCustomerForm) -> Customer:
    known = customer(customer_id)
    said = {"debt_limit": known.debt_limit} | typed(form)
    rights = {name: said.pop(name) for name in ("is_member", "debt_limit")}
    return change_customer(
        customer_id=customer_id,
        spec=CustomerSpec(**said),
        **rights,
        mobile_needed=True,
        actor=current_user,
        now=present(),
    )
