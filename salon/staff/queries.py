"""Reads about the people who serve."""

from collections.abc import Collection, Iterable, Sequence

from sqlalchemy import bindparam, func, or_, select

from ..core.db import db
from .errors import staff_unknown
from .models import StaffMember, WorkingHours

_ORDER = (StaffMember.position, StaffMember.id)
_ACTIVE = (
    select(StaffMember).where(StaffMember.branch_id == bindparam("branch_id"), StaffMember.active).order_by(*_ORDER)
)
_KNOWN = select(StaffMember.id).where(StaffMember.id.in_(bindparam("ids", expanding=True)))


def active_staff(branch_id: int) -> Sequence[StaffMember]:
    """Who serves in a branch, in the order of the board."""
    return db.session.scalars(_ACTIVE, {"branch_id": branch_id}).all()


def all_staff(branch_id: int) -> Sequence[StaffMember]:
    """Everybody who serves or served in a branch; those who serve come first."""
    of_branch = select(StaffMember).where(StaffMember.branch_id == branch_id)
    return db.session.scalars(of_branch.order_by(StaffMember.active.desc(), *_ORDER)).all()


def staff_member(staff_id: int) -> StaffMember:
    """The person of this number. Raises NotFound staff_unknown."""
    found = db.session.get(StaffMember, staff_id)
    if found is None:
        raise staff_unknown()
    return found


def staff_of(branch_id: int, staff_id: int) -> StaffMember:
    """The person of this number in a branch. Raises NotFound staff_unknown."""
    found = staff_member(staff_id)
    if found.branch_id != branch_id:
        raise staff_unknown()
    return found


def known_staff(ids: Iterable[int | None], branch_id: int | None = None) -> set[int]:
    """Those of these people who are known here, in a branch or in any; None is nobody."""
    wanted = sorted({staff_id for staff_id in ids if staff_id is not None})
    asked = _KNOWN if branch_id is None else _KNOWN.where(StaffMember.branch_id == branch_id)
    return set(db.session.connection().execute(asked, {"ids": wanted}).scalars()) if wanted else set()


def by_code(branch_id: int, code: str) -> StaffMember | None:
    """The person of this code in a branch."""
    coded = select(StaffMember).where(StaffMember.branch_id == branch_id, StaffMember.code == code)
    return db.session.scalar(coded)


def codes_in_use(branch_id: int, codes: Collection[str]) -> set[str]:
    """Which of these codes somebody in a branch has."""
    coded = select(StaffMember.code).where(StaffMember.branch_id == branch_id, StaffMember.code.in_(codes))
    return set(db.session.scalars(coded))


def hours_of(staff_id: int) -> Sequence[WorkingHours]:
    """When a person works, by weekday and time."""
    hours = select(WorkingHours).where(WorkingHours.staff_id == staff_id)
    return db.session.scalars(hours.order_by(WorkingHours.weekday, WorkingHours.starts_at)).all()


def last_position(branch_id: int) -> int:
    """The last place on the board that is taken, or -1."""
    last = select(func.max(StaffMember.position)).where(StaffMember.branch_id == branch_id)
    found = db.session.scalar(last)
    return -1 if found is None else found


def staff_named(branch_id: int, kept_id: int | None = None) -> list[tuple[int, str]]:
    """Numbers and names of everybody who serves or served in a branch, and of one more, of whichever branch."""
    meant = or_(StaffMember.branch_id == branch_id, StaffMember.id == kept_id)
    named = select(StaffMember.id, StaffMember.name).where(meant)
    return [(row.id, row.name) for row in db.session.execute(named.order_by(StaffMember.active.desc(), *_ORDER))]


def locked_staff(staff_id: int) -> StaffMember:
    """The person, of whom no other desk writes until the transaction ends. Raises NotFound staff_unknown."""
    # Sales may name her meanwhile.
    db.session.execute(select(StaffMember.id).where(StaffMember.id == staff_id).with_for_update(key_share=True))
    return staff_member(staff_id)
