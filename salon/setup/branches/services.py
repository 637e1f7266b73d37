"""Verbs about branches. A new one needs no more than its name: its boxes and numbers begin with their first use."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import update

from ...access.models import User
from ...access.rules import Actor
from ...core.db import db
from ...core.lengths import line_of, name_of
from ..errors import branch_in_use, branch_last
from ..models import Branch
from .queries import branch_of, branches, users_by_branch


@dataclass(frozen=True)
class BranchSpec:
    """What a branch is, as somebody types it."""

    name: str
    phone: str = ""
    address: str = ""
    active: bool = True


def add_branch(*, spec: BranchSpec, actor: Actor | None, now: datetime) -> Branch:
    """Open a branch. Raises DomainError branch_exists, Invalid name_missing, text_long."""
    added = Branch()
    _describe(added, spec)
    db.session.add(added)
    db.session.flush()
    return added


def change_branch(*, branch_id: int, spec: BranchSpec, actor: Actor | None, now: datetime) -> Branch:
    """Rename a branch or close it; what happened there stays.

    Raises NotFound branch_unknown; DomainError branch_exists, branch_last, branch_in_use; Invalid name_missing.
    """
    changed = branch_of(branch_id)
    if changed.active and not spec.active:
        _check_closing(branch_id)
    _describe(changed, spec)
    db.session.flush()
    return changed


def bring_users(*, branch_id: int, user_ids: Iterable[int], actor: Actor | None, now: datetime) -> None:
    """Let users work in a branch from now on. Raises NotFound branch_unknown."""
    here = branch_of(branch_id).id
    db.session.execute(update(User).where(User.id.in_(list(user_ids))).values(branch_id=here))


def _check_closing(branch_id: int) -> None:
    """Refuse to close the last branch, or one where somebody works."""
    if not any(branch.active and branch.id != branch_id for branch in branches()):
        raise branch_last()
    if branch_id in users_by_branch():
        raise branch_in_use()


def _describe(described: Branch, spec: BranchSpec) -> None:
    described.name = name_of(spec.name, Branch.name)
    described.phone, described.address = line_of(spec.phone, Branch.phone), line_of(spec.address, Branch.address)
    described.active = spec.active
