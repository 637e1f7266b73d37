"""The whole API: health, its description, and the calls of each subject."""

from typing import Any

from flask import Flask
from marshmallow import fields, validate

from ..core.db import is_postgresql
from ..core.permissions import public
from .appointments.views import calls as appointments
from .calendar.views import calls as calendar
from .calls import Calls
from .cashbox.views import calls as cashbox
from .catalog.views import calls as catalog
from .club.views import calls as club
from .customers.views import calls as customers
from .deposits.views import calls as deposits
from .groups.views import calls as groups
from .invoices.views import calls as invoices
from .lines.views import calls as lines
from .messages.views import calls as messages
from .patch_tests.views import calls as patch_tests
from .pay.views import calls as pay
from .pay_schemes.views import calls as pay_schemes
from .prices.views import calls as prices
from .problems import ProblemApi
from .reports.views import calls as reports
from .requests.views import calls as requests
from .schemas import Given
from .setup.views import calls as setup
from .stock.views import calls as stock
from .vouchers.views import calls as vouchers
from .waitlist.views import calls as waitlist
from .years.views import calls as years

calls = Calls("health", __name__, "Whether the salon answers.")
SUBJECTS = (
    calls,
    customers,
    catalog,
    appointments,
    calendar,
    waitlist,
    requests,
    patch_tests,
    groups,
    invoices,
    deposits,
    cashbox,
    vouchers,
    club,
    messages,
    reports,
    setup,
    lines,
    pay_schemes,
    prices,
    stock,
    years,
    pay,
)


class HealthSchema(Given):
    """Whether the salon answers, and on which database."""

    status = fields.String(validate=validate.OneOf(["ok"]))
    database = fields.String(validate=validate.OneOf(["sqlite", "postgresql"]))


@calls.get("/health")
@calls.doc(security=[])
@calls.response(200, HealthSchema)
@calls.refuses({"fault": 500})
@public
def health() -> dict[str, str]:
    """Whether the salon answers."""
    return {"status": "ok", "database": "postgresql" if is_postgresql() else "sqlite"}


def init_api(app: Flask) -> None:
    """Put the API and its OpenAPI description under /api/v1."""
    app.config.update(
        API_TITLE="Salon",
        API_VERSION="v1",
        OPENAPI_VERSION="3.1.0",
        API_SPEC_OPTIONS={
            "components": {"securitySchemes": {"token": {"type": "http", "scheme": "bearer"}}},
            "security": [{"token": []}],
        },
    )
    api = ProblemApi(app)
    for subject in SUBJECTS:
        api.register_blueprint(subject)

    @app.get("/api/v1/openapi.json", endpoint="openapi")
    @public
    def openapi() -> dict[str, Any]:
        """The description of this API (OpenAPI 3.1)."""
        return api.description()


def is_api(path: str) -> bool:
    """Whether a path belongs to the API."""
    return path.startswith("/api/")
