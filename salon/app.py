"""The application factory."""

from pathlib import Path

import structlog
from flask import Flask
from flask_babel import Babel
from flask_migrate import Migrate
from werkzeug.middleware.proxy_fix import ProxyFix
from werkzeug.routing import IntegerConverter

from . import tables  # noqa: F401  # names every table, also those no view imports
from .access.views import init_access, present_permissions
from .answers import answer_errors
from .api.views import init_api
from .appointments.deposits.views import blueprint as deposits
from .appointments.displaced.queries import displaced_ids
from .appointments.displaced.views import blueprint as displaced
from .appointments.feeds.views import init_feeds
from .appointments.groups.together.views import blueprint as groups_together
from .appointments.groups.views import blueprint as group_visits
from .appointments.queue.views import blueprint as queue
from .appointments.record.views import blueprint as booking_record
from .appointments.requests.views import blueprint as requests
from .appointments.waitlist.views import blueprint as waitlist
from .cashbox.boxes.views import blueprint as boxes
from .cashbox.shifts.views import blueprint as shifts
from .cashbox.views import blueprint as cashbox
from .catalog.booking_rules.views import blueprint as booking_rules
from .catalog.packages.views import blueprint as packages
from .catalog.phases.views import Outside as OutsidePhases
from .catalog.phases.views import blueprint as phases
from .catalog.phases.views import init_phases
from .catalog.prices.views import blueprint as prices
from .catalog.prices.views import init_prices
from .catalog.queries import categories, products_named, services_named
from .catalog.resources.views import blueprint as resources
from .catalog.self_booking.views import blueprint as self_booking
from .catalog.views import blueprint as catalog
from .catalog.views import init_catalog
from .club.offers.views import blueprint as offers
from .config import Settings, load_settings
from .core.db import BIGGEST_KEY, db, init_refusals, prepare_engine
from .core.pages import init_pages
from .core.unsettled import init_unsettled
from .customers.groups.queries import groups_offered
from .customers.groups.views import blueprint as groups
from .customers.queries import id_of_mobile, names_of
from .customers.views import blueprint as customers
from .customers.views import init_customers
from .desk.board.views import blueprint as board
from .desk.booking.views import blueprint as booking
from .desk.views import blueprint as desk
from .inventory.views import blueprint as stock
from .invoices.debts.views import blueprint as debts
from .invoices.outcomes.views import blueprint as outcomes
from .invoices.returns.views import blueprint as returns
from .invoices.slip.views import blueprint as slips
from .invoices.till.views import blueprint as till
from .invoices.views import blueprint as invoices
from .messaging.views import blueprint as messaging
from .payroll.adjustments.views import blueprint as pay_adjustments
from .payroll.payments.views import blueprint as pay_payments
from .payroll.statements.views import blueprint as statements
from .portal.views import init_portal
from .rail import ROOMS
from .refusals import REFUSALS
from .reports.trials.queries import is_scheme_used, try_scheme
from .reports.views import blueprint as reports
from .setup.branches.views import blueprint as branches
from .setup.days.views import blueprint as days
from .setup.queries import profile
from .setup.sale_kinds.views import blueprint as sale_kinds
from .setup.taxes.views import blueprint as taxes
from .setup.views import blueprint as setup
from .setup.waitlist.views import blueprint as waitlist_terms
from .staff.attendance.views import blueprint as attendance
from .staff.feeds.views import blueprint as feed_addresses
from .staff.hours.views import blueprint as staff_hours
from .staff.levels.queries import levels_offered
from .staff.levels.views import blueprint as levels
from .staff.lines.views import blueprint as lines
from .staff.queries import staff_named
from .staff.schemes.views import Outside, init_schemes
from .staff.schemes.views import blueprint as schemes
from .staff.views import blueprint as staff
from .worker import init_queue
from .years.views import blueprint as years

HOUSE = Path(__file__).resolve().parent.parent
SETTINGS = (
    setup,
    taxes,
    years,
    branches,
    days,
    resources,
    sale_kinds,
    groups,
    levels,
    lines,
    schemes,
    prices,
    packages,
    waitlist_terms,
)
TILL = (invoices, till, slips, returns, outcomes, debts, deposits, cashbox, shifts, boxes)
PAY = (attendance, statements, pay_payments, pay_adjustments)
BOOKINGS = (booking_rules, booking_record, desk, board, booking, displaced, group_visits, groups_together)
STAFF = (staff, staff_hours, feed_addresses)
SOLD = (catalog, phases, self_booking, stock)
WAITING = (waitlist, queue, requests)
BLUEPRINTS = (*SETTINGS, *STAFF, *PAY, *SOLD, customers, messaging, offers, *TILL, *BOOKINGS, *WAITING, reports)

# Plain traces: the rich ones print local variables, and with them tokens and customers.
structlog.configure(
    processors=[
        structlog.contextvars.merge_contextvars,
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.dev.ConsoleRenderer(colors=False, exception_formatter=structlog.dev.plain_traceback),
    ]
)


def _up_to(most: str) -> str:
    """What whole numbers up to `most` look like."""
    longer = [
        f"{most[:place]}[0-{int(digit) - 1}][0-9]{{{len(most) - place - 1}}}"
        for place, digit in enumerate(most)
        if digit != "0"
    ]
    return "|".join([f"[0-9]{{1,{len(most) - 1}}}", *longer, most])


class KeyConverter(IntegerConverter):
    """The id of a row in a path. What no database can hold fits none, so it is not found, whatever the method."""

    regex = f"(?:{_up_to(str(BIGGEST_KEY))})"


def create_app(settings: Settings | None = None) -> Flask:
    """Build the application. Raises ConfigError when a setting is wrong."""
    settings = settings or load_settings()
    app = _flask(settings)
    if settings.proxies:
        _stand_behind_proxies(app, settings.proxies)
    _init_database(app)
    Babel(app, locale_selector=lambda: settings.language)
    init_pages(app, profile=profile, permissions=present_permissions, rooms=ROOMS)
    init_access(app, people=staff_named)
    init_catalog(app, people=staff_named)
    init_phases(app, OutsidePhases(staff_named, levels_offered, id_of_mobile, names_of))
    init_customers(app, people=staff_named)
    init_schemes(app, Outside(services_named, products_named, categories, is_scheme_used, try_scheme))
    init_unsettled(app, displaced_ids)
    init_prices(app, groups=groups_offered, levels=levels_offered)
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)
    init_portal(app)
    init_feeds(app)
    init_api(app)
    init_queue(app)
    answer_errors(app)
    return app


def _flask(settings: Settings) -> Flask:
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
    return app


def _stand_behind_proxies(app: Flask, count: int) -> None:
    """Believe so many proxies about who asks and that it came by TLS; the login limit counts real addresses."""
    app.wsgi_app = ProxyFix(app.wsgi_app, x_for=count, x_proto=count, x_host=count)  # type: ignore[method-assign]  # as Flask tells to
    app.config["SESSION_COOKIE_SECURE"] = True


def _init_database(app: Flask) -> None:
    db.init_app(app)
    init_refusals(app, REFUSALS)
    with app.app_context():
        prepare_engine(db.engine)
    Migrate(app, db, directory=str(HOUSE / "migrations"), compare_type=True)
