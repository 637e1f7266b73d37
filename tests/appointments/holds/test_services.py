"""A time that is kept is nobody else's, whoever asks at the same moment, and lapses by itself."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from salon.appointments.availability.rules import Asked
from salon.appointments.errors import SlotTaken
from salon.appointments.holds.services import keep, let_go
from salon.appointments.models import Occupancy, SlotHold
from salon.appointments.rules import BookingItem
from salon.core.db import db, transaction
from salon.core.errors import DomainError


@pytest.fixture
def cut(salon):
    """A cut by Sara."""
    return Asked(salon.branch_id, [BookingItem(salon.cut, salon.sara)])


def kept(asked, starts_at, now):
    """Keep it; gives the number of the hold."""
    with transaction():
        return keep(asked=asked, starts_at=starts_at, actor=None, now=now).id


def test_of_tills_that_ask_at_once_one_gets_the_time_and_the_others_the_nearest(together, cut, tomorrow_ten, now):
    answers = together(*[lambda: kept(cut, tomorrow_ten, now)] * 6)
    refused = [answer for answer in answers if isinstance(answer, DomainError)]
    assert [type(one) for one in refused] == [SlotTaken] * 5
    assert all(one.nearest for one in refused)
    assert db.session.scalar(select(func.count()).select_from(SlotHold)) == 1


def test_a_kept_time_lapses_by_itself_and_leaves_nothing(cut, tomorrow_ten, now, minutes):
    first = kept(cut, tomorrow_ten, now)
    with pytest.raises(SlotTaken):
        kept(cut, tomorrow_ten, now + minutes(4))
    second = kept(cut, tomorrow_ten, now + minutes(5))
    assert list(db.session.scalars(select(SlotHold.id))) == [second] != [first]
    with transaction():
        let_go(hold_id=first, actor=None, now=now + minutes(6))
    assert list(db.session.scalars(select(SlotHold.id))) == [second]  # what comes late releases nobody else's


def test_what_a_changed_booking_holds_itself_is_kept_for_it_only_beyond_its_own_time(
    salon, book_cut, cut, tomorrow_ten, now
):
    own = tuple(item.id for item in book_cut(tomorrow_ten).items)
    longer = replace(cut, items=[*cut.items, BookingItem(salon.brushing, salon.sara)], own_items=own)
    number = kept(longer, tomorrow_ten, now)
    (row,) = db.session.scalars(select(Occupancy).where(Occupancy.hold_id == number)).all()
    assert (row.starts_at, row.ends_at - row.starts_at) == (
        tomorrow_ten + timedelta(minutes=45),
        timedelta(minutes=30),
    )
