"""Calls about patch tests."""

from typing import Any

from flask_login import current_user

from ...appointments.models import PatchTest
from ...appointments.patch_tests.queries import on_file
from ...appointments.patch_tests.services import record_patch_test
from ...core.db import transaction
from ...core.pages import present
from ...core.permissions import Permission, requires
from ...customers.queries import customer
from ..calls import Calls
from . import schemas as s

calls = Calls("patch_tests", __name__, "Patch tests of customers.")


@calls.get("/customers/<key:customer_id>/patch-tests")
@calls.answers(200, s.PatchTestsSchema, not_found=404, customer_unknown=404)
@requires(Permission.CUSTOMERS_VIEW)
def list_patch_tests(customer_id: int) -> dict[str, Any]:
    """Her patch tests, the latest first."""
    customer(customer_id)
    return {"items": on_file(customer_id)}


@calls.post("/customers/<key:customer_id>/patch-tests")
@calls.takes(s.NewPatchTestSchema, example=s.PATCH_TEST)
@calls.answers(
    201,
    s.PatchTestSchema,
    not_found=404,
    customer_unknown=404,
    service_unknown=404,
    invalid=422,
    tested_at_invalid=422,
)
@requires(Permission.APPOINTMENTS_WRITE)
def create_patch_test(asked: dict[str, Any], customer_id: int) -> PatchTest:
    """Put a patch test on file; the latest of a service decides."""
    now = present()
    asked["tested_at"] = asked["tested_at"] or now
    with transaction():
        return record_patch_test(**asked, customer_id=customer_id, actor=current_user, now=now)
