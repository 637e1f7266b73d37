"""The application factory."""

import uuid
from pathlib import Path

import structlog
from flask import Flask, Response, make_response, request
from flask_babel import Babel
from flask_migrate import Migrate
from werkzeug.exceptions import HTTPException
from werkzeug.middleware.proxy_fix import ProxyFix
from werkzeug.routing import IntegerConverter

from . import tables  # noqa: F401  # names every table, also those no view imports
from .access.views import init_access, present_permissions
from .api.problems import SENTENCES, fault, problem_of
from .api.views import init_api, is_api
from .catalog.views import blueprint as catalog
from .catalog.views import init_catalog
from .club.offers.views import blueprint as offers
from .config import Settings, load_settings
from .core.db import BIGGEST_KEY, db, prepare_engine
from .core.errors import DomainError
from .core.pages import init_pages, is_htmx, page, toast, wants_json
from .customers.views import blueprint as customers
from .desk.views import blueprint as desk
from .invoices.slip.views import blueprint as slips
from .invoices.till.views import blueprint as till
from .invoices.views import blueprint as invoices
from .messaging.views import blueprint as messaging
from .reports.views import blueprint as reports
from .setup.queries import profile
from .setup.views import blueprint as setup
from .staff.queries import all_staff
from .staff.views import blueprint as staff
from .worker import init_queue

HOUSE = Path(__file__).resolve().parent.parent
BLUEPRINTS = (setup, staff, catalog, customers, messaging, offers, invoices, till, slips, desk, reports)

# Plain traces: the rich ones print local variables, and with them tokens and customers.
structlog.configure(
    processors=[
        structlog.contextvars.merge_contextvars,
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.dev.ConsoleRenderer(colors=False, exception_formatter=structlog.dev.plain_traceback),
    ]
)
log = structlog.get_logger()


class KeyConverter(IntegerConverter):
    """The id of a row in a path: what no database can hold is not found."""

    def __init__(self, map: object, **more: object) -> None:
        super().__init__(map, max=BIGGEST_KEY, **more)  # type: ignore[arg-type]  # passed on as they came


def create_app(settings: Settings | None = None) -> Flask:
    """Build the application. Raises ConfigError when a setting is wrong."""
    settings = settings or load_settings()
    app = Flask("salon", template_folder=str(HOUSE / "templates"), static_folder=str(HOUSE / "static"))
    app.config.update(
        SECRET_KEY=settings.secret_key,
        SALON=settings,
        SQLALCHEMY_DATABASE_URI=settings.database_url,
        MAX_CONTENT_LENGTH=4 * 1024 * 1024,
        BABEL_DEFAULT_LOCALE="fa",
        BABEL_TRANSLATION_DIRECTORIES=str(HOUSE / "translations"),
        TESTING=settings.testing,
    )
    app.url_map.converters["key"] = KeyConverter
    if settings.proxies:
        _stand_behind_proxies(app, settings.proxies)
    _init_database(app)
    Babel(app, locale_selector=lambda: settings.language)
    init_pages(app, profile=profile, permissions=present_permissions)
    init_access(app)
    init_catalog(app, people=lambda branch_id: [(member.id, member.name) for member in all_staff(branch_id)])
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)
    init_queue(app)
    _answer_errors(app)
    return app


def _stand_behind_proxies(app: Flask, count: int) -> None:
    """Believe so many proxies about who asks and that it came by TLS; the login limit counts real addresses."""
    app.wsgi_app = ProxyFix(app.wsgi_app, x_for=count, x_proto=count, x_host=count)  # type: ignore[method-assign]  # as Flask tells to
    app.config["SESSION_COOKIE_SECURE"] = True


def _init_database(app: Flask) -> None:
    db.init_app(app)
    with app.app_context():
        prepare_engine(db.engine)
    Migrate(app, db, directory=str(HOUSE / "migrations"), compare_type=True)


def _answer_errors(app: Flask) -> None:
    """Give every refusal and every bug its answer: problem+json to the API, a page or a toast to people."""
    api = init_api(app)

    def refused(error: DomainError) -> Response:
        if is_api(request.path):
            return problem_of(error)
        return _refusal_page(error.message, int(error.status), code=error.code, field=error.field)

    def http_error(error: HTTPException) -> Response:
        if isinstance(error.response, Response):
            return error.response  # somebody has answered already, as the login page does
        if is_api(request.path):
            return api.handle_http_exception(error)
        status = error.code or 500
        if status < 400:
            return Response(status=status, headers=error.get_headers())
        code, sentence = SENTENCES.get(status, SENTENCES[400])
        return _refusal_page(str(sentence), status, code=code)

    def failed(error: Exception) -> Response:
        reference = uuid.uuid4().hex[:12]
        log.error("fault", reference=reference, exc_info=error)
        if is_api(request.path):
            return fault(reference)
        return _refusal_page(f"{SENTENCES[500][1]} ({reference})", 500)

    app.register_error_handler(DomainError, refused)
    app.register_error_handler(HTTPException, http_error)
    app.register_error_handler(Exception, failed)


def _refusal_page(sentence: str, status: int, **more: str | None) -> Response:
    """A page for a whole screen; a toast where a part of one is asked for; JSON with `more` where a script reads it."""
    if is_htmx():
        return toast(Response(status=status), sentence, "bad")
    if wants_json():
        return make_response({"detail": sentence} | more, status)
    return page("error.html", status, sentence=sentence)
