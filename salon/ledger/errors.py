"""What the ledger refuses, whatever the route."""

from flask_babel import lazy_gettext

from ..core.db import refuse_as
from ..core.errors import DomainError

refuse_as(
    "year_closed",
    DomainError("year_closed", lazy_gettext("سال مالی این تاریخ بسته شده است؛ ثبت در آن ممکن نیست."), "date"),
)
