"""Calls about schemes of staff pay."""

from dataclasses import replace
from typing import Any

from flask_login import current_user

from ...catalog.queries import product, service
from ...core.db import transaction
from ...core.pages import present
from ...core.permissions import Permission, requires
from ...staff.models import PayScheme
from ...staff.schemes.queries import all_schemes, pay_scheme
from ...staff.schemes.services import add_scheme, change_scheme
from ...staff.schemes.terms.rules import SchemeSpec, spec_of
from ..calls import Calls
from . import schemas as s

calls = Calls("pay_schemes", __name__, "Schemes of staff pay: who has what of which work, from which day.")


@calls.get("/pay-schemes")
@calls.answers(200, s.PaySchemesSchema)
@requires(Permission.STAFF_WRITE)
def list_pay_schemes() -> dict[str, Any]:
    """Every scheme, those that began last first."""
    return {"items": all_schemes()}


@calls.post("/pay-schemes")
@calls.takes(s.NewPaySchemeSchema, example=s.SCHEME)
@calls.answers(
    201,
    s.PaySchemeSchema,
    staff_unknown=404,
    line_unknown=404,
    level_unknown=404,
    service_unknown=404,
    product_unknown=404,
    scheme_overlaps=409,
    invalid=422,
    name_missing=422,
    scheme_whom_invalid=422,
    scheme_whom_missing=422,
    scheme_days_invalid=422,
    scheme_amount_invalid=422,
    scheme_steps_invalid=422,
)
@requires(Permission.STAFF_WRITE)
def create_pay_scheme(asked: dict[str, Any]) -> PayScheme:
    """Begin a scheme. No two may pay for the same work of the same people on one day."""
    asked["steps"] = tuple((step["above"], step["percent_bp"]) for step in asked["steps"])
    with transaction():
        for name, look_up in (("service_id", service), ("product_id", product)):
            if asked[name] is not None:
                look_up(asked[name])
        return add_scheme(spec=SchemeSpec(**asked), actor=current_user, now=present())


@calls.patch("/pay-schemes/<key:scheme_id>")
@calls.takes(s.ChangedPaySchemeSchema, example=s.ENDED)
@calls.answers(
    200,
    s.PaySchemeSchema,
    not_found=404,
    scheme_unknown=404,
    scheme_overlaps=409,
    invalid=422,
    name_missing=422,
    scheme_days_invalid=422,
)
@requires(Permission.STAFF_WRITE)
def patch_pay_scheme(asked: dict[str, Any], scheme_id: int) -> PayScheme:
    """Rename a scheme or end it; what was settled by it keeps its terms."""
    with transaction():
        spec = replace(spec_of(pay_scheme(scheme_id)), **asked)
        return change_scheme(scheme_id=scheme_id, spec=spec, used=True, actor=current_user, now=present())
