"""Reads about branches."""

from collections.abc import Sequence

from sqlalchemy import select

from ...access.models import User
from ...core.db import db
from ..errors import branch_unknown
from ..models import Branch


def branches() -> Sequence[Branch]:
    """Every branch in the order in which they were opened, those that are closed last."""
    return db.session.scalars(select(Branch).order_by(Branch.active.desc(), Branch.id)).all()


def branches_offered(kept_id: int | None = None) -> list[tuple[int, str]]:
    """Numbers and names of the branches that are open, and of the one that is named already."""
    return [(branch.id, branch.name) for branch in branches() if branch.active or branch.id == kept_id]


def branch_of(branch_id: int) -> Branch:
    """The branch of this number. Raises NotFound branch_unknown."""
    found = db.session.get(Branch, branch_id)
    if found is None:
        raise branch_unknown()
    return found


def users_by_branch() -> dict[int, list[User]]:
    """Who works in which branch; whoever may log in no more is left out."""
    found: dict[int, list[User]] = {}
    for user in db.session.scalars(select(User).where(User.active).order_by(User.full_name, User.id)):
        found.setdefault(user.branch_id, []).append(user)
    return found
