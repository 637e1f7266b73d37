"""Refusals about users and their passwords."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext

from ..core.errors import DomainError, Expired, Forbidden, Invalid, NotFound, Unauthenticated

USER_EXISTS = DomainError("user_exists", lazy_gettext("این نام کاربری را کس دیگری دارد؛ نام دیگری بنویسید."), "name")
STAFF_HAS_USER = DomainError(
    "staff_has_user", lazy_gettext("این همکار نام کاربری دیگری دارد؛ همان را ویرایش کنید."), "staff_id"
)
REFUSALS = {"uq_user_account_name": USER_EXISTS, "uq_user_account_staff_id": STAFF_HAS_USER}


def user_unknown() -> NotFound:
    """Nobody works here under this name or number."""
    return NotFound("user_unknown", _("چنین کاربری نیست."))


def name_invalid() -> Invalid:
    """A name that cannot be typed at login."""
    return Invalid("user_name_invalid", _("نام کاربری یک واژه است، بدون فاصله."), "name")


def full_name_missing() -> Invalid:
    """A user nobody could recognise."""
    return Invalid("full_name_missing", _("نام و نام خانوادگی را بنویسید."), "full_name")


def password_short(least: int) -> Invalid:
    """A password that is guessed too easily."""
    return Invalid("password_short", _("گذرواژه دست‌کم %(least)s نویسه باشد.", least=least), "password")


def role_unknown() -> Invalid:
    """A role that this program does not have."""
    return Invalid("role_unknown", _("نقش کاربر را برگزینید."), "role")


def staff_missing() -> Invalid:
    """One of the people, and nobody said which."""
    return Invalid("staff_missing", _("بنویسید این کاربر کدام پرسنل است."), "staff_id")


def last_owner() -> DomainError:
    """Without an owner nobody could let anybody in again."""
    return DomainError("last_owner", _("این تنها مدیر سالن است؛ اول مدیر دیگری بگذارید."), "role")


def form_expired() -> Expired:
    """A form of an older session, or of no page of ours."""
    return Expired("form_expired", _("این صفحه کهنه شده است؛ آن را تازه کنید و دوباره بفرستید."))


def login_required() -> Unauthenticated:
    """Nobody is logged in, or the token is unknown."""
    return Unauthenticated("unauthenticated", _("برای این کار باید وارد شوید."))


def forbidden() -> Forbidden:
    """The role of this user has no such permission."""
    return Forbidden("not_permitted", _("این کار به اجازهٔ مدیر نیاز دارد."))
