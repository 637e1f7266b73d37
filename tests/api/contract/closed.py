"""What is closed to everybody: a year, a shift."""

from datetime import timedelta

from sqlalchemy import update

from salon.cashbox.models import BoxKind, Shift
from salon.cashbox.services import open_main_box
from salon.core import clock
from salon.core.db import db, transaction
from salon.core.jalali import local_date
from salon.setup.models import FiscalYear
from salon.setup.services import ensure_fiscal_year

from .till import Asked, Till


def close_year() -> None:
    """Close this year."""
    with transaction():
        ensure_fiscal_year(local_date(clock.now()))
        db.session.execute(update(FiscalYear).values(closed=True))


def shift_closed(till: Till, asked: Asked) -> Asked:
    """The till was counted and closed on a later day than this one."""
    with transaction():
        box_id = open_main_box(branch_id=till.salon.branch_id, kind=BoxKind.CASH)
        now, closed = clock.now(), {"counted": 0, "expected": 0, "difference": 0}
        day = local_date(now) + timedelta(days=1)
        shift = Shift(
            cashbox_id=box_id,
            business_date=day,
            opened_at=now,
            opening_counted=0,
            opening_key="night",
            closed_at=now,
            **closed,
        )
        db.session.add(shift)
    return asked
