"""What each role may do, and what a user name and a password must be. No database."""

from collections.abc import Callable
from typing import Any, Protocol

from flask_babel import lazy_gettext as _l

from ..core.permissions import Permission
from ..core.text import latin_digits, normalise
from .models import Role

ROLE_LABELS = {Role.RECEPTIONIST: _l("پذیرش"), Role.OWNER: _l("مدیر سالن"), Role.STYLIST: _l("پرسنل")}
LEAST_PASSWORD = 8  # characters
NAME_LENGTH = 60

_STYLIST = frozenset({Permission.PAY_OWN})
_OWNER = frozenset(Permission) - _STYLIST  # she looks at everybody's
_OWNER_ONLY = frozenset(
    {
        Permission.SETUP_WRITE,
        Permission.APPOINTMENTS_OVERBOOK,
        Permission.APPOINTMENTS_REOPEN,
        Permission.PATCH_TEST_PASS,
        Permission.STAFF_WRITE,
        Permission.CATALOG_WRITE,
        Permission.CLUB_WRITE,
        Permission.STOCK_WRITE,
        Permission.DEBT_LIMIT_PASS,
        Permission.PAY_VIEW,
        Permission.PAY_WRITE,
        Permission.REPORTS_VIEW,
        Permission.LEDGER_VIEW,
        Permission.YEARS_CLOSE,
        Permission.YEARS_REOPEN,
        Permission.OWNER_WITHDRAWALS,
        Permission.INVOICES_CANCEL,
    }
)
_OF_ROLE: dict[str, frozenset[Permission]] = {
    Role.OWNER: _OWNER,
    Role.RECEPTIONIST: _OWNER - _OWNER_ONLY,
    Role.STYLIST: _STYLIST,
}


class Actor(Protocol):
    """Whoever does something: a user. Where nobody did it, but the house itself, the actor is None."""

    @property
    def id(self) -> int:
        """The number of the user."""

    @property
    def branch_id(self) -> int:
        """Where she works."""

    @property
    def role(self) -> str:
        """What she is in the salon."""


def permissions_of(role: str) -> frozenset[Permission]:
    """What a role may do; nothing for a role that is not known."""
    return _OF_ROLE.get(role, frozenset())


def login_name(typed: str) -> str:
    """A user name as it is kept and compared: one spelling, Latin digits, lower case."""
    return latin_digits(normalise(typed)).casefold()


def is_login_name(name: str) -> bool:
    """Whether a name can be given to a user."""
    return 0 < len(name) <= NAME_LENGTH and " " not in name


def declared_permission(view: Callable[..., Any], method: str) -> Permission | None:
    """The permission that a view declares for an HTTP method, or None."""
    permission: Permission | None = getattr(_subject(view, method), "salon_permission", None)
    return permission


def is_public(view: Callable[..., Any], method: str) -> bool:
    """Whether a view is declared open to everybody for an HTTP method."""
    return bool(getattr(_subject(view, method), "salon_public", False))


def is_safe_path(path: str) -> bool:
    """Whether a path leads back into this program: browsers drop control characters and read \\ as /."""
    plain = all(char > " " and char != "\\" for char in path)
    return plain and path.startswith("/") and not path.startswith("//")


def _subject(view: Callable[..., Any], method: str) -> Any:
    """What carries the declaration: the function, or the method of a class-based view."""
    view_class = getattr(view, "view_class", None)
    if view_class is None:
        return view
    name = "get" if method == "HEAD" and not hasattr(view_class, "head") else method.lower()
    return getattr(view_class, name, view)
