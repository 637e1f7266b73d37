"""Calls about groups of customers, levels of staff, kinds of sale and branches."""

from typing import Any

from flask_login import current_user

from ...core.db import transaction
from ...core.pages import present
from ...core.permissions import Permission, requires
from ...customers.groups.queries import customer_group, customer_groups
from ...customers.groups.services import add_group, change_group
from ...customers.models import CustomerGroup
from ...setup.branches.queries import branch_of, branches
from ...setup.branches.services import BranchSpec, add_branch, change_branch
from ...setup.models import Branch, SaleKind
from ...setup.sale_kinds.queries import sale_kind, sale_kinds
from ...setup.sale_kinds.services import add_sale_kind, change_sale_kind
from ...staff.levels.queries import staff_level, staff_levels
from ...staff.levels.services import add_level, change_level
from ...staff.models import StaffLevel
from ..calls import Calls
from . import schemas as s

calls = Calls("setup", __name__, "What is set up: groups of customers, levels of staff, kinds of sale, branches.")


@calls.get("/customer-groups")
@calls.answers(200, s.NamedListSchema)
@requires(Permission.CUSTOMERS_VIEW)
def list_groups() -> dict[str, Any]:
    """Groups of customers, those that are laid aside last."""
    return {"items": customer_groups()}


@calls.post("/customer-groups")
@calls.takes(s.NewNamedSchema, example=s.GROUP)
@calls.answers(201, s.NamedSchema, group_exists=409, invalid=422, name_missing=422)
@requires(Permission.SETUP_WRITE)
def create_group(asked: dict[str, Any]) -> CustomerGroup:
    """Begin a group of customers."""
    with transaction():
        return add_group(**asked, actor=current_user, now=present())


@calls.patch("/customer-groups/<key:group_id>")
@calls.takes(s.ChangedNamedSchema, example=s.GROUP)
@calls.answers(200, s.NamedSchema, not_found=404, group_unknown=404, group_exists=409, invalid=422, name_missing=422)
@requires(Permission.SETUP_WRITE)
def patch_group(asked: dict[str, Any], group_id: int) -> CustomerGroup:
    """Rename a group of customers or lay it aside."""
    with transaction():
        known = customer_group(group_id)
        said: dict[str, Any] = {"name": known.name, "active": known.active} | asked
        return change_group(group_id=group_id, **said, actor=current_user, now=present())


@calls.get("/staff-levels")
@calls.answers(200, s.OrderedListSchema)
@requires(Permission.STAFF_VIEW)
def list_levels() -> dict[str, Any]:
    """Levels of staff in their order, those that are laid aside last."""
    return {"items": staff_levels()}


@calls.post("/staff-levels")
@calls.takes(s.NewOrderedSchema, example=s.LEVEL)
@calls.answers(201, s.OrderedSchema, level_exists=409, invalid=422, name_missing=422)
@requires(Permission.SETUP_WRITE)
def create_level(asked: dict[str, Any]) -> StaffLevel:
    """Begin a level of staff."""
    with transaction():
        return add_level(**asked, actor=current_user, now=present())


@calls.patch("/staff-levels/<key:level_id>")
@calls.takes(s.ChangedOrderedSchema, example=s.LEVEL)
@calls.answers(200, s.OrderedSchema, not_found=404, level_unknown=404, level_exists=409, invalid=422, name_missing=422)
@requires(Permission.SETUP_WRITE)
def patch_level(asked: dict[str, Any], level_id: int) -> StaffLevel:
    """Rename a level of staff, move it or lay it aside."""
    with transaction():
        known = staff_level(level_id)
        said: dict[str, Any] = {"name": known.name, "position": known.position, "active": known.active} | asked
        return change_level(level_id=level_id, **said, actor=current_user, now=present())


@calls.get("/sale-kinds")
@calls.answers(200, s.OrderedListSchema)
@requires(Permission.INVOICES_VIEW)
def list_sale_kinds() -> dict[str, Any]:
    """Kinds of sale in their order, those that are laid aside last."""
    return {"items": sale_kinds()}


@calls.post("/sale-kinds")
@calls.takes(s.NewSaleKindSchema, example=s.SALE_KIND)
@calls.answers(201, s.OrderedSchema, sale_kind_exists=409, invalid=422, name_missing=422)
@requires(Permission.SETUP_WRITE)
def create_sale_kind(asked: dict[str, Any]) -> SaleKind:
    """Begin a kind of sale."""
    with transaction():
        return add_sale_kind(**asked, actor=current_user, now=present())


@calls.patch("/sale-kinds/<key:kind_id>")
@calls.takes(s.ChangedSaleKindSchema, example=s.SALE_KIND)
@calls.answers(
    200,
    s.OrderedSchema,
    not_found=404,
    sale_kind_unknown=404,
    sale_kind_exists=409,
    invalid=422,
    name_missing=422,
)
@requires(Permission.SETUP_WRITE)
def patch_sale_kind(asked: dict[str, Any], kind_id: int) -> SaleKind:
    """Rename a kind of sale, move it or lay it aside."""
    with transaction():
        known = sale_kind(kind_id)
        said: dict[str, Any] = {"name": known.name, "position": known.position, "active": known.active} | asked
        return change_sale_kind(kind_id=kind_id, **said, actor=current_user, now=present())


@calls.get("/branches")
@calls.answers(200, s.BranchesSchema)
@requires(Permission.DESK_VIEW)
def list_branches() -> dict[str, Any]:
    """Branches, those that are closed last."""
    return {"items": branches()}


@calls.post("/branches")
@calls.takes(s.NewBranchSchema, example=s.BRANCH)
@calls.answers(201, s.BranchSchema, branch_exists=409, invalid=422, name_missing=422)
@requires(Permission.SETUP_WRITE)
def create_branch(asked: dict[str, Any]) -> Branch:
    """Open a branch."""
    with transaction():
        return add_branch(spec=BranchSpec(**asked), actor=current_user, now=present())


@calls.patch("/branches/<key:branch_id>")
@calls.takes(s.ChangedBranchSchema, example=s.BRANCH)
@calls.answers(
    200,
    s.BranchSchema,
    not_found=404,
    branch_unknown=404,
    branch_exists=409,
    branch_last=409,
    branch_in_use=409,
    invalid=422,
    name_missing=422,
)
@requires(Permission.SETUP_WRITE)
def patch_branch(asked: dict[str, Any], branch_id: int) -> Branch:
    """Rename a branch, or close it when nobody works there any more."""
    with transaction():
        known = branch_of(branch_id)
        said = {name: getattr(known, name) for name in ("name", "phone", "address", "active")} | asked
        return change_branch(branch_id=branch_id, spec=BranchSpec(**said), actor=current_user, now=present())
