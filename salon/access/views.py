"""Login, and the guard that lets every request in or not."""

from collections.abc import Callable, Sequence
from http import HTTPStatus
from urllib.parse import quote, urlsplit

from flask import Blueprint, Flask, Request, current_app, flash, g, redirect, request, session, url_for
from flask.sessions import SecureCookieSession
from flask_babel import gettext as _
from flask_login import LoginManager, current_user, login_user, logout_user
from flask_wtf import CSRFProtect
from flask_wtf.csrf import CSRFError
from limits import RateLimitItem, parse_many
from limits.storage import MemoryStorage
from limits.strategies import FixedWindowRateLimiter
from werkzeug.wrappers import Response

from ..core.errors import DomainError
from ..core.forms import answered, form_refused, saved, typed
from ..core.pages import first_room, is_htmx, page, present, wants_json
from ..core.permissions import Permission, public, requires
from ..core.sessions import PatientSessions
from .errors import forbidden, form_expired, login_required
from .forms import LoginForm, NewUserForm, PasswordForm, UserForm
from .models import KnownUser, User
from .queries import user as user_of
from .queries import user_by_name, user_of_session, user_of_token, users
from .rules import ROLE_LABELS, declared_permission, is_public, is_safe_path, permissions_of
from .services import PasswordHash, change_password, change_user, check_password, create_user, hash_of

blueprint = Blueprint("access", __name__)
_GUESSES = "salon_login_guesses"
_PEOPLE = "salon_login_people"
People = Callable[[int], Sequence[tuple[int, str]]]  # by branch: number and name
_csrf = CSRFProtect()


class _Sessions(PatientSessions):
    """Signed cookies, without making a signer for programs, which send none."""

    def open_session(self, app: Flask, request: Request) -> SecureCookieSession | None:
        """What the browser remembers; an empty session for whoever sends no cookie."""
        if self.get_cookie_name(app) not in request.cookies:
            return self.session_class()
        return super().open_session(app, request)


def init_access(app: Flask, people: People) -> None:
    """Let nobody in but those who may: sessions, tokens, declared permissions, forged requests, guessed passwords.

    `people`: who of a branch may be let in to see her own pay.
    """
    app.config.update(
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        WTF_CSRF_CHECK_DEFAULT=False,  # checked below, as programs with a token send no form
        WTF_CSRF_TIME_LIMIT=None,  # the desk stays open all day; its forms live as long as the session
    )
    app.session_interface = _Sessions()
    logins = LoginManager(app)
    logins.session_protection = None
    logins.user_loader(user_of_session)
    logins.request_loader(_user_of_request)
    _csrf.init_app(app)
    app.extensions[_PEOPLE] = people
    app.extensions[_GUESSES] = FixedWindowRateLimiter(MemoryStorage())
    app.before_request(_admit)
    app.register_blueprint(blueprint)


def ask_nobody() -> None:
    """Take whoever asks for nobody from here on, without looking her up."""
    g._login_user = current_app.login_manager.anonymous_user()  # type: ignore[attr-defined]  # set by flask-login


def present_permissions() -> frozenset[Permission]:
    """What whoever asks may do."""
    return permissions_of(current_user.role) if current_user.is_authenticated else frozenset()


def _user_of_request(_request: object) -> KnownUser | None:
    scheme, _space, token = request.headers.get("Authorization", "").partition(" ")
    return user_of_token(token.strip()) if scheme.lower() == "bearer" and token else None


def _admit() -> Response | None:
    """Ask, before any view runs, who it is and whether she may."""
    endpoint = request.endpoint
    if endpoint is None or endpoint.rpartition(".")[2] == "static" or request.method == "OPTIONS":
        return None
    by_token = "Authorization" in request.headers
    if by_token:
        g._login_user = _user_of_request(request) or current_app.login_manager.anonymous_user()  # type: ignore[attr-defined]  # set by flask-login
    view = current_app.view_functions[endpoint]
    if not is_public(view, request.method):
        refusal = _refusal(declared_permission(view, request.method))
        if refusal is not None:
            return refusal
    if current_app.config["WTF_CSRF_ENABLED"] and not (by_token and current_user.is_authenticated):
        _check_form()
    return None


def _check_form() -> None:
    """Raise Expired `form_expired` when what was sent is of no form of this session."""
    try:
        _csrf.protect(apply_exemptions=True)
    except CSRFError as error:
        raise form_expired() from error


def _refusal(permission: Permission | None) -> Response | None:
    """Where this request is sent instead, or None. Raises Forbidden, and Unauthenticated to programs."""
    if permission is None:
        raise RuntimeError(f"{request.endpoint} declares no permission")
    if current_user.is_authenticated:
        if permission not in permissions_of(current_user.role):
            return _own_room()
        return None
    if is_htmx():
        here = urlsplit(request.headers.get("HX-Current-URL", "")).path
        return Response(status=HTTPStatus.UNAUTHORIZED, headers={"HX-Redirect": _login_path(here)})
    if request.path.startswith("/api/") or wants_json():
        raise login_required()
    here = request.full_path.rstrip("?") if request.method == "GET" else "/"
    return redirect(_login_path(here))


def _own_room() -> Response:
    """At the salon's address, where the day of a user begins for whom the desk is closed. Else raises Forbidden."""
    room = first_room() if (request.method, request.path) == ("GET", "/") else None
    if room is None:
        raise forbidden()
    return redirect(room.path)


def _login_path(back_to: str) -> str:
    path = url_for("access.login")
    return path if back_to in {"", "/"} else f"{path}?next={quote(back_to, safe='/')}"


@blueprint.route("/login", methods=["GET", "POST"])
@public
def login() -> Response:
    """Ask for name and password; go on to where she wanted."""
    asked = request.args.get("next", "")
    if current_user.is_authenticated:
        return redirect(_after_login(asked))
    form = LoginForm()
    if not form.is_submitted():
        return page("access/login.html", form=form)
    if not _may_guess():
        return _refused_login(
            form, HTTPStatus.TOO_MANY_REQUESTS, _("چند بار اشتباه شد؛ یک دقیقه صبر کنید و دوباره بکوشید.")
        )
    user = user_by_name(form.name.data or "")
    if not check_password(user, form.password.data or ""):
        _count_wrong_guess()
        return _refused_login(form, HTTPStatus.UNPROCESSABLE_ENTITY, _("نام کاربری یا گذرواژه درست نیست."))
    session.clear()
    login_user(user)
    return redirect(_after_login(asked), HTTPStatus.SEE_OTHER)


def _after_login(asked: str) -> str:
    """Where she wanted; the desk, or for whom it is closed the first room that is open."""
    if is_safe_path(asked) and asked != "/":
        return asked
    room = first_room()
    return "/" if room is None else room.path


def _may_guess() -> bool:
    """Whether this address has wrong guesses left, by each of the limits."""
    return all(_guesses().test(limit, _guesser()) for limit in _limits())


def _count_wrong_guess() -> None:
    for limit in _limits():
        _guesses().hit(limit, _guesser())


def _guesses() -> FixedWindowRateLimiter:
    guesses: FixedWindowRateLimiter = current_app.extensions[_GUESSES]
    return guesses


def _guesser() -> str:
    return request.remote_addr or ""


def _limits() -> list[RateLimitItem]:
    return parse_many(current_app.config["SALON"].login_limit)


def _refused_login(form: LoginForm, status: HTTPStatus, sentence: str) -> Response:
    form.form_errors.append(sentence)
    return page("access/login.html", status, form=form)


@blueprint.post("/logout")
@public
def logout() -> Response:
    """Leave the desk."""
    logout_user()
    session.clear()
    return redirect(url_for("access.login"), HTTPStatus.SEE_OTHER)


@blueprint.get("/settings/users")
@requires(Permission.SETUP_WRITE)
def user_list() -> Response:
    """Who works with the program."""
    return page("access/users.html", users=users(), roles=ROLE_LABELS)


@blueprint.route("/settings/users/new", methods=["GET", "POST"])
@requires(Permission.SETUP_WRITE)
def new_user() -> Response:
    """Let somebody work with the program."""
    form = NewUserForm()
    form.staff_id.offer(_people(current_user.branch_id))
    kept = _hashed(form)
    if kept and saved(form, lambda: _create(form, kept)):
        flash(_("%(name)s می‌تواند وارد شود.", name=form.full_name.data))
        return redirect(url_for("access.user_list"), HTTPStatus.SEE_OTHER)
    return _form_page("access/new_user.html", form)


@blueprint.route("/settings/users/<key:user_id>/edit", methods=["GET", "POST"])
@requires(Permission.SETUP_WRITE)
def edit_user(user_id: int) -> Response:
    """Change who somebody is."""
    user = user_of(user_id)
    form = UserForm(obj=user)
    form.staff_id.offer(_people(user.branch_id))
    if saved(form, lambda: _change(user_id, form)):
        flash(_("ذخیره شد."))
        return redirect(url_for("access.user_list"), HTTPStatus.SEE_OTHER)
    return _form_page("access/edit_user.html", form, user=user)


@blueprint.route("/settings/users/<key:user_id>/password", methods=["GET", "POST"])
@requires(Permission.SETUP_WRITE)
def new_password(user_id: int) -> Response:
    """Give somebody a new password."""
    user = user_of(user_id)
    form = PasswordForm()
    kept = _hashed(form)
    if kept and saved(form, lambda: _change_password(user_id, kept)):
        if user_id == current_user.id:
            login_user(user_of(user_id))
        flash(_("گذرواژهٔ %(name)s عوض شد.", name=user.full_name))
        return redirect(url_for("access.user_list"), HTTPStatus.SEE_OTHER)
    return _form_page("access/password.html", form, user=user)


def _people(branch_id: int) -> Sequence[tuple[int, str]]:
    people: People = current_app.extensions[_PEOPLE]
    return people(branch_id)


def _hashed(form: NewUserForm | PasswordForm) -> PasswordHash | None:
    """The hash of the password in a form that may be saved, made before the transaction, which it would hold up."""
    if not form.validate_on_submit():
        return None
    try:
        return hash_of(form.password.data or "")
    except DomainError as error:
        form_refused(form, error)
        return None


def _create(form: NewUserForm, kept: PasswordHash) -> User:
    said = typed(form)
    del said["again"], said["password"]
    place = current_user.branch_id
    return create_user(**said, password_hash=kept, branch_id=place, actor=current_user, now=present())


def _change(user_id: int, form: UserForm) -> User:
    return change_user(user=user_of(user_id), **typed(form), actor=current_user, now=present())


def _change_password(user_id: int, kept: PasswordHash) -> None:
    change_password(user=user_of(user_id), password_hash=kept, actor=current_user, now=present())


def _form_page(template: str, form: UserForm | NewUserForm | PasswordForm, user: User | None = None) -> Response:
    return answered(template, form, user=user)
