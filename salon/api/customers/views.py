"""Calls about customers."""

from dataclasses import fields, replace
from typing import Any

from flask_login import current_user

from ...core.db import transaction
from ...core.pages import present
from ...core.permissions import Permission, requires
from ...customers.models import Customer
from ...customers.queries import after, customer, listed
from ...customers.services import CustomerSpec, add_customer, change_customer
from ...staff.queries import staff_member
from ..calls import Calls
from ..schemas import page_of
from . import schemas as s

calls = Calls("customers", __name__, "Customers.")


@calls.post("/customers")
@calls.takes(s.NewCustomerSchema, example=s.NEW_CUSTOMER)
@calls.answers(
    201,
    s.CustomerSchema,
    group_unknown=404,
    staff_unknown=404,
    customer_exists=409,
    invalid=422,
    first_name_missing=422,
    mobile_invalid=422,
    day_ahead=422,
)
@requires(Permission.CUSTOMERS_WRITE)
def create_customer(asked: dict[str, Any]) -> Customer:
    """Let a customer in. With `own_staff_id` she is the own client of that person."""
    spec = CustomerSpec(**asked)
    with transaction():
        if spec.own_staff_id is not None:
            staff_member(spec.own_staff_id)
        return add_customer(branch_id=current_user.branch_id, spec=spec, actor=current_user, now=present())


@calls.patch("/customers/<key:customer_id>")
@calls.takes(s.ChangedCustomerSchema, example=s.CHANGED_CUSTOMER)
@calls.answers(
    200,
    s.CustomerSchema,
    not_found=404,
    customer_unknown=404,
    group_unknown=404,
    staff_unknown=404,
    customer_exists=409,
    invalid=422,
    first_name_missing=422,
    mobile_invalid=422,
    day_ahead=422,
)
@requires(Permission.CUSTOMERS_WRITE)
def patch_customer(asked: dict[str, Any], customer_id: int) -> Customer:
    """Change who a customer is; what isn't said stays."""
    with transaction():
        known = customer(customer_id)
        is_member = asked.pop("is_member", known.is_member)
        spec = replace(_as_known(known), **asked)
        if spec.own_staff_id is not None:
            staff_member(spec.own_staff_id)
        return change_customer(
            customer_id=customer_id,
            spec=spec,
            is_member=is_member,
            debt_limit=known.debt_limit,
            actor=current_user,
            now=present(),
        )


@calls.get("/customers")
@calls.takes(s.SearchSchema, "query")
@calls.answers(200, s.CustomersSchema, invalid=422)
@requires(Permission.CUSTOMERS_VIEW)
def find_customers(asked: dict[str, Any]) -> dict[str, Any]:
    """Customers found by code, name or mobile, the likeliest first; without a search, all of them page by page."""
    limit = asked["limit"]
    if asked["search"].strip():
        return {"items": listed(asked["search"], limit), "next": None}
    return page_of(after(asked["cursor"] or 0, limit + 1), limit)


def _as_known(known: Customer) -> CustomerSpec:
    return CustomerSpec(**{field.name: getattr(known, field.name) for field in fields(CustomerSpec)})
