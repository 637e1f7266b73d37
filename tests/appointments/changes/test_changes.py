"""What happened to a booking is told, and nobody changes it afterwards."""

from datetime import timedelta

import pytest
from sqlalchemy import text

from salon.access.models import User
from salon.appointments.amendments.services import amend
from salon.appointments.changes.queries import changes_of
from salon.appointments.changes.services import record_change
from salon.appointments.models import AppointmentStatus as S
from salon.appointments.moves.services import move, replan, reschedule
from salon.appointments.rules import BookingItem
from salon.appointments.services import set_status
from salon.core.db import db, transaction
from salon.core.errors import DomainError

DAY = timedelta(days=1)


@pytest.fixture
def desk(salon):
    """The receptionist."""
    return db.session.get(User, salon.desk_id)


def test_who_changed_what_and_when(salon, desk, book_cut, now, tomorrow_ten):
    booking = book_cut(tomorrow_ten)
    by = {"appointment_id": booking.id, "actor": desk}
    with transaction():
        reschedule(starts_at=tomorrow_ten + DAY, reason="مشتری خواست", now=now + DAY / 24, **by)
        replan(starts_at=None, items=[BookingItem(salon.brushing, salon.negar)], now=now + DAY / 12, **by)
        set_status(status=S.CANCELLED, now=now + DAY / 6, **by)
        set_status(status=S.BOOKED, now=now + DAY / 6, **by)
    found = changes_of(booking.id)
    assert [(change.what, change.by, change.at, change.reason) for change in found] == [
        ("reopened", desk.full_name, now + DAY / 6, ""),
        ("status", desk.full_name, now + DAY / 6, ""),
        ("services", desk.full_name, now + DAY / 12, ""),
        ("moved", desk.full_name, now + DAY / 24, "مشتری خواست"),
        ("booked", "", now, ""),
    ]
    assert [change.sentence for change in found] == [
        "«لغو شده» باز شد: رزرو شده",
        "لغو شده",
        "خدماتش عوض شد: از ۲ آذر ۱۰:۰۰ تا ۱۰:۴۵ کوتاهی · سارا احمدی به ۲ آذر ۱۰:۰۰ تا ۱۰:۳۰ براشینگ · نگار رضایی",
        "جابه‌جا شد: از ۱ آذر ۱۰:۰۰ تا ۱۰:۴۵ به ۲ آذر ۱۰:۰۰ تا ۱۰:۴۵",
        "رزرو شد: ۱ آذر ۱۰:۰۰ تا ۱۰:۴۵ کوتاهی · سارا احمدی",
    ]
    assert found[3].before["items"][0]["starts_at"] == tomorrow_ten.isoformat()


def test_a_refused_move_leaves_no_word(salon, desk, book_cut, now, tomorrow_ten):
    booking = book_cut(tomorrow_ten)
    book_cut(tomorrow_ten, salon.negar)
    with pytest.raises(DomainError), transaction():
        move(
            appointment_id=booking.id,
            item_id=booking.items[0].id,
            starts_at=tomorrow_ten,
            staff_id=salon.negar,
            actor=desk,
            now=now,
        )
    assert [change.what for change in changes_of(booking.id)] == ["booked"]


@pytest.mark.parametrize("statement", ["UPDATE appointment_change SET reason = 'x'", "DELETE FROM appointment_change"])
def test_the_database_keeps_what_happened(statement, book_cut, tomorrow_ten):
    book_cut(tomorrow_ten)
    with pytest.raises(Exception, match="append_only"), transaction() as session:
        session.execute(text(statement))


def test_a_change_that_nobody_has_a_word_for_is_told_all_the_same(book_cut, now, tomorrow_ten):
    booking = book_cut(tomorrow_ten)
    with transaction():
        record_change(appointment_id=booking.id, what="lent", reason="ا" * 150, actor=None, now=now)
    assert changes_of(booking.id)[0].sentence == "عوض شد: از — به —"


def test_another_note_is_told_with_the_one_before(salon, desk, book_cut, now, tomorrow_ten):
    booking = book_cut(tomorrow_ten, note="آرام")
    items = [BookingItem(salon.cut, salon.sara, tomorrow_ten)]
    asked = {"appointment_id": booking.id, "starts_at": tomorrow_ten, "items": items, "actor": desk, "now": now}
    for _time in range(2):
        with transaction():
            amend(note="تند", **asked)
    assert [(change.by, change.sentence) for change in changes_of(booking.id)][:-1] == [
        (desk.full_name, "یادداشتش عوض شد: از «آرام» به «تند»")
    ]
