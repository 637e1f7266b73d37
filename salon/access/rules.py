"""What each role may do, and what a user name and a password must be. No database."""

from ..core.permissions import Permission
from ..core.text import latin_digits, normalise
from .models import Role

LEAST_PASSWORD = 8  # characters
NAME_LENGTH = 60

_OWNER = frozenset(Permission)
_OWNER_ONLY = frozenset(
    {
        Permission.SETUP_WRITE,
        Permission.STAFF_WRITE,
        Permission.CATALOG_WRITE,
        Permission.CLUB_WRITE,
        Permission.REPORTS_VIEW,
    }
)
_OF_ROLE: dict[str, frozenset[Permission]] = {Role.OWNER: _OWNER, Role.RECEPTIONIST: _OWNER - _OWNER_ONLY}


def permissions_of(role: str) -> frozenset[Permission]:
    """What a role may do; nothing for a role that is not known."""
    return _OF_ROLE.get(role, frozenset())


def login_name(typed: str) -> str:
    """A user name as it is kept and compared: one spelling, Latin digits, lower case."""
    return latin_digits(normalise(typed)).casefold()


def is_login_name(name: str) -> bool:
    """Whether a name can be given to a user."""
    return 0 < len(name) <= NAME_LENGTH and " " not in name
