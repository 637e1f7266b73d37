"""What the desk is told before it books somebody."""

from datetime import timedelta

import pytest

from salon.appointments.availability.rules import Asked
from salon.appointments.models import Appointment, PatchTest
from salon.appointments.models import AppointmentStatus as S
from salon.appointments.moves.services import move
from salon.appointments.notices.queries import check_own_request, notices_of, warnings_of
from salon.appointments.notices.rules import Code
from salon.appointments.rules import BookingItem
from salon.appointments.services import book
from salon.catalog.models import BookingRule, FollowUp
from salon.catalog.phases.services import set_people
from salon.core.db import db, transaction
from salon.core.errors import DomainError
from salon.customers.models import Customer
from salon.setup.queries import profile


@pytest.fixture
def told(salon, now):
    """Codes, severities and sentences of what is said about a visit of Zahra's."""

    def ask(starts_at, *services, own_items=()):
        items = [BookingItem(service, None) for service in services or (salon.cut,)]
        asked = Asked(salon.branch_id, items, salon.zahra, own_items=tuple(own_items))
        return {notice.code: notice for notice in notices_of(asked, starts_at, now)}

    return ask


@pytest.fixture
def settle_rules(salon):
    """Say what the cut asks of its bookings, or what the salon does."""

    def settle(of_salon=None, **rule):
        with transaction() as session:
            if rule:
                session.add(BookingRule(service_id=salon.cut, **rule))
            for name, value in (of_salon or {}).items():
                setattr(profile(), name, value)

    return settle


def past(salon, starts_at, status, *, late=False):
    """A booking of Zahra's as it ended."""
    with transaction() as session:
        session.add(
            Appointment(
                branch_id=salon.branch_id,
                customer_id=salon.zahra,
                status=status,
                late=late,
                starts_at=starts_at,
                created_at=starts_at,
                status_at=starts_at,
            )
        )


def test_a_visit_of_which_nothing_is_to_be_said(told, tomorrow_ten):
    assert told(tomorrow_ten) == {}


def test_two_bookings_at_one_time_are_warned_of_and_not_refused(salon, told, book_cut, tomorrow_ten, minutes):
    booked = book_cut(tomorrow_ten)
    notice = told(tomorrow_ten + minutes(30))["same_time"]
    assert (notice.severity, notice.sentence) == ("warning", "در همین زمان نوبت دیگری دارد: کوتاهی ساعت ۱۰:۰۰.")
    assert "same_time" not in told(tomorrow_ten + minutes(45))
    assert "same_time" not in told(tomorrow_ten, own_items=[item.id for item in booked.items])
    book_cut(tomorrow_ten, salon.negar)


def test_misses_of_the_last_year_are_told_and_those_before_are_not(salon, told, now, tomorrow_ten):
    for days, status, late in ((20, S.NO_SHOW, False), (30, S.NO_SHOW, False), (40, S.CANCELLED, True)):
        past(salon, now - timedelta(days=days), status, late=late)
    past(salon, now - timedelta(days=50), S.CANCELLED)  # in time
    past(salon, now - timedelta(days=370), S.NO_SHOW)
    found = told(tomorrow_ten)
    assert found["missed_before"].sentence == "۲ نیامدن، ۱ لغو دیر در ۱۲ ماه گذشته."
    assert "deposit_asked" not in found  # the salon asks none


def test_the_ladder_asks_a_deposit_of_who_missed_so_often(salon, told, settle_rules, now, tomorrow_ten):
    settle_rules({"misses_before_deposit": 2, "deposit_share_bp": 3000})
    past(salon, now - timedelta(days=20), S.NO_SHOW)
    assert "deposit_asked" not in told(tomorrow_ten)
    past(salon, now - timedelta(days=10), S.CANCELLED, late=True)
    sentence = told(tomorrow_ten, salon.cut, salon.brushing)["deposit_asked"].sentence
    assert sentence == "به خاطر همین، ۲۴٬۹۰۰ تومان بیعانه بگیرید."  # 30% of 45,000 and 38,000


def test_the_desk_is_warned_of_short_notice_and_of_far_days(salon, told, settle_rules, now, minutes):
    settle_rules({"furthest_days": 60}, least_notice=180)
    assert told(now + minutes(179))["short_notice"].sentence == "«کوتاهی» دست‌کم ۳ ساعت جلوتر رزرو می‌شود."
    assert "short_notice" not in told(now + minutes(180))
    assert "too_far" not in told(now + timedelta(days=60))
    far = told(now + timedelta(days=61))["too_far"]
    assert (far.severity, far.service_id) == ("warning", salon.cut)
    assert "short_notice" not in told(now + minutes(60), salon.brushing)


def test_a_patch_test_must_be_on_file_so_many_hours_before_and_not_too_old(
    salon, told, settle_rules, now, tomorrow_ten
):
    settle_rules(patch_hours=48, patch_months=6)

    def test_at(tested_at, result="clear"):
        with transaction() as session:
            kept = {"customer_id": salon.zahra, "service_id": salon.cut, "created_at": now}
            session.add(PatchTest(tested_at=tested_at, result=result, **kept))

    visit = tomorrow_ten + timedelta(days=2)
    missing = told(visit)["patch_test_missing"]
    assert (missing.severity, missing.service_id) == ("stop", salon.cut)
    test_at(visit - timedelta(days=200))
    assert "قدیمی" in told(visit)["patch_test_missing"].sentence
    test_at(visit - timedelta(hours=48))
    assert told(visit) == {}
    test_at(visit - timedelta(hours=47), "reaction")
    assert told(visit)["patch_test_reaction"].severity == "stop"


def test_the_price_of_a_touch_up_is_told_until_its_last_day(salon, told, book_cut, now, tomorrow_ten):
    with transaction() as session:
        session.add(FollowUp(service_id=salon.brushing, of_service_id=salon.cut, within_days=10, price=200_000))
    assert "touch_up" not in told(tomorrow_ten, salon.brushing)
    book_cut(tomorrow_ten)
    last = tomorrow_ten + timedelta(days=10)
    assert told(last, salon.brushing)["touch_up"].sentence == "«براشینگ» تا ۱۱ آذر ترمیم است: ۲۰٬۰۰۰ تومان."
    assert "touch_up" not in told(last + timedelta(days=1), salon.brushing)


def test_of_somebody_without_a_name_nothing_is_told_that_others_did(salon, told, book_cut, now, tomorrow_ten):
    past(salon, now - timedelta(days=20), S.NO_SHOW)
    book_cut(tomorrow_ten)
    with transaction():
        zahra = db.session.get(Customer, salon.zahra)
        zahra.is_walk_in, zahra.mobile = True, None
    assert told(tomorrow_ten) == {}


@pytest.mark.parametrize(
    ("rule", "ahead", "code"),
    [
        ({"least_notice": 180}, timedelta(minutes=179), "short_notice"),
        ({"furthest_days": 30}, timedelta(days=31), "too_far"),
    ],
)
def test_what_the_desk_is_warned_of_a_customer_is_refused(salon, settle_rules, now, rule, ahead, code):
    settle_rules(**rule)
    asked = Asked(salon.branch_id, [BookingItem(salon.cut, None)], salon.zahra)
    with pytest.raises(DomainError) as refused:
        check_own_request(asked, now + ahead, now)
    assert refused.value.code == code
    check_own_request(asked, now + timedelta(days=1), now)


def test_a_service_that_is_moved_onto_another_of_the_visit_is_warned_of(salon, now, tomorrow_ten, minutes):
    with transaction():
        booked = book(
            branch_id=salon.branch_id,
            customer_id=salon.zahra,
            starts_at=tomorrow_ten,
            items=[BookingItem(salon.cut, salon.sara), BookingItem(salon.brushing, salon.negar)],
            actor=None,
            now=now,
        )
        assert warnings_of(booked) == []
        brushing = {"appointment_id": booked.id, "item_id": booked.items[1].id, "staff_id": salon.negar}
        move(**brushing, starts_at=tomorrow_ten + minutes(30), actor=None, now=now)
        assert [notice.code for notice in warnings_of(booked)] == [Code.OWN_OVERLAP]
        move(**brushing, starts_at=tomorrow_ten, actor=None, now=now)
        assert warnings_of(booked) == []  # side by side


def test_who_does_not_do_a_service_may_be_named_and_that_is_said(salon, told, book_cut, now, tomorrow_ten):
    with transaction():
        set_people(service_id=salon.cut, branch_id=salon.branch_id, staff_ids=[salon.sara])
    by_negar = Asked(salon.branch_id, [BookingItem(salon.cut, salon.negar)], salon.zahra)
    (notice,) = notices_of(by_negar, tomorrow_ten, now)
    assert (notice.code, notice.sentence) == (Code.NOT_HERS, "«کوتاهی» از خدمت‌های نگار رضایی نیست.")
    assert told(tomorrow_ten) == {}
    booked = book_cut(tomorrow_ten)
    assert warnings_of(booked) == []
    with transaction():
        item = booked.items[0].id
        by = {"actor": None, "now": now}
        moved = move(appointment_id=booked.id, item_id=item, starts_at=tomorrow_ten, staff_id=salon.negar, **by)
    assert [one.code for one in warnings_of(moved)] == [Code.NOT_HERS]
