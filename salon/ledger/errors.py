"""What the ledger refuses, whatever the route."""

from ..core.db import refuse_as
from ..core.errors import DomainError

refuse_as("year_closed", DomainError("year_closed", "سال مالی این تاریخ بسته شده است؛ ثبت در آن ممکن نیست.", "date"))
