"""What the ledger refuses, whatever the route."""

from flask_babel import lazy_gettext

from ..core.errors import DomainError

YEAR_CLOSED = DomainError(
    "period_closed", lazy_gettext("سال مالی این تاریخ بسته شده است؛ ثبت در آن ممکن نیست."), "date"
)
REFUSALS = {"year_closed": YEAR_CLOSED}  # by the name that the database's own guards give it
