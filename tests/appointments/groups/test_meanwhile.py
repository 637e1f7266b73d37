"""What somebody does with a file while another has not finished yet."""

from collections.abc import Callable
from datetime import datetime

from salon.appointments.groups.queries import bookings_of
from salon.appointments.groups.together.services import book_together, cancel_group
from salon.core.jalali import wall_clock
from tests.appointments.groups.conftest import GREAT_DAY, Bridal
from tests.test_meanwhile import Act, Seen, meanwhile

__all__ = ["meanwhile"]


def test_nobody_is_booked_in_a_file_that_is_being_called_off(
    bridal: Bridal, now: datetime, meanwhile: Callable[[Act, Act], Seen]
) -> None:
    salon = bridal.salon
    wanted = bridal.wants((salon.zahra, [(salon.cut, salon.sara)]))
    seen = meanwhile(
        lambda: cancel_group(branch_id=salon.branch_id, group_id=bridal.id, actor=None, now=now),
        lambda: book_together(
            group_id=bridal.id, wanted=wanted, starts_at=wall_clock(GREAT_DAY, 600), actor=None, now=now
        ),
    )
    assert (seen.refusal, bookings_of(bridal.id)) == ("group_over", [])
