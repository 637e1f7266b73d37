"""What customers ask for themselves: booked at once, approved, refused, or answered with another time."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from salon.appointments.models import Appointment, AppointmentStatus, SlotHold
from salon.appointments.requests.models import RequestState
from salon.appointments.requests.queries import nearest, request_of, unanswered
from salon.appointments.requests.services import approve, ask, propose, refuse, withdraw_request
from salon.appointments.rules import BookingItem
from salon.appointments.slot_offers.services import decline, take
from salon.appointments.waitlist.jobs import offer_openings
from salon.catalog.booking_rules.rules import Rules
from salon.catalog.booking_rules.services import set_rules as set_booking_rules
from salon.catalog.models import BookingRule
from salon.catalog.self_booking.rules import SelfBooking
from salon.catalog.self_booking.services import set_self_booking
from salon.core.db import db, transaction
from salon.core.errors import DomainError
from salon.messaging.models import MessageState, OutboxMessage


@pytest.fixture
def asks(salon, now, tomorrow_ten):
    """Zahra asks for a cut by Sara tomorrow at ten."""

    def asked(starts_at=None, items=None):
        with transaction():
            return ask(
                branch_id=salon.branch_id,
                customer_id=salon.zahra,
                starts_at=starts_at or tomorrow_ten,
                items=[BookingItem(salon.cut, salon.sara)] if items is None else items,
                note="موی بلند",
                actor=None,
                now=now,
            ).id

    return asked


@pytest.fixture
def by(salon, now):
    """Who answers, and when."""
    return {"branch_id": salon.branch_id, "actor": None, "now": now}


def answers():
    asked = select(OutboxMessage).where(OutboxMessage.kind.in_(("request_answer", "slot_offer")))
    return db.session.scalars(asked.order_by(OutboxMessage.id)).all()


def let_book(service_id, way, now):
    with transaction():
        set_self_booking(service_id=service_id, way=way, actor=None, now=now)


def state_of(salon, request_id):
    db.session.expire_all()
    return request_of(salon.branch_id, request_id).state


def test_a_service_may_be_booked_at_once_and_she_is_told(salon, now, tomorrow_ten, asks):
    let_book(salon.cut, SelfBooking.CONFIRMED, now)
    request_id = asks()
    found = request_of(salon.branch_id, request_id)
    booked = db.session.get(Appointment, found.appointment_id)
    assert (found.state, booked.status, booked.starts_at) == (
        RequestState.CONFIRMED,
        AppointmentStatus.CONFIRMED,
        tomorrow_ten,
    )
    assert [message.text for message in answers()] == [
        "زهرا عزیز، نوبت کوتاهی یکشنبه ۱ آذر ۱۴۰۵ ساعت ۱۰:۰۰ برایتان ثبت شد.\nسالن گل‌نرگس"
    ]


def test_of_several_services_the_strictest_counts(salon, now, asks):
    let_book(salon.cut, SelfBooking.CONFIRMED, now)
    both = [BookingItem(salon.cut, salon.sara), BookingItem(salon.brushing, None)]
    assert state_of(salon, asks(items=both)) == RequestState.OPEN
    let_book(salon.brushing, SelfBooking.NONE, now)
    with pytest.raises(DomainError, match="براشینگ") as refused:
        asks(items=both)
    assert refused.value.code == "self_booking_off"


def test_nobody_asks_for_what_is_taken_or_past(salon, now, book_cut, tomorrow_ten, asks):
    book_cut(tomorrow_ten)
    with pytest.raises(DomainError) as taken:
        asks()
    with pytest.raises(DomainError) as past:
        asks(now)
    assert (taken.value.code, past.value.code) == ("slot_taken", "starts_at_invalid")
    assert taken.value.nearest


def test_what_is_approved_is_booked_once(salon, asks, by):
    request_id = asks()
    assert [(one.id, one.is_free) for one in unanswered(salon.branch_id, by["now"])] == [(request_id, True)]
    with transaction():
        approve(request_id=request_id, **by)
    with pytest.raises(DomainError) as again, transaction():
        approve(request_id=request_id, **by)
    assert (state_of(salon, request_id), again.value.code) == (RequestState.CONFIRMED, "wrong_status")
    assert (len(answers()), unanswered(salon.branch_id, by["now"])) == (1, [])


def test_of_two_desks_that_approve_one_does(salon, asks, by, together):
    request_id = asks()

    def approves():
        with transaction():
            return approve(request_id=request_id, **by)

    assert sorted(getattr(one, "code", "") for one in together(approves, approves)) == ["", "wrong_status"]
    assert db.session.scalar(select(func.count()).select_from(Appointment)) == 1


def test_what_was_booked_meanwhile_is_seen_and_not_approved(salon, asks, by, book_cut, tomorrow_ten):
    request_id = asks()
    book_cut(tomorrow_ten)
    assert [one.is_free for one in unanswered(salon.branch_id, by["now"])] == [False]
    with pytest.raises(DomainError) as refused, transaction():
        approve(request_id=request_id, **by)
    assert (refused.value.code, state_of(salon, request_id)) == ("slot_taken", RequestState.OPEN)


def test_who_is_refused_is_told_why(salon, asks, by):
    request_id = asks()
    with pytest.raises(DomainError) as wordless, transaction():
        refuse(request_id=request_id, reason=" ", **by)
    with transaction():
        refuse(request_id=request_id, reason="آن روز تعطیلیم", **by)
    assert (wordless.value.code, state_of(salon, request_id)) == ("reason_missing", RequestState.REFUSED)
    assert "آن روز تعطیلیم" in answers()[0].text


def test_another_time_is_kept_until_she_answers(salon, asks, by, book_cut, tomorrow_ten, minutes):
    request_id = asks()
    later = tomorrow_ten + minutes(60)
    with transaction():
        offer = propose(request_id=request_id, starts_at=later, **by)
    assert (state_of(salon, request_id), offer.expires_at) == (RequestState.PROPOSED, by["now"] + minutes(720))
    with pytest.raises(DomainError, match="پر است"):
        book_cut(later)
    with transaction():
        booked = take(offer_id=offer.id, actor=None, now=by["now"])
    assert (booked.starts_at, state_of(salon, request_id)) == (later, RequestState.CONFIRMED)
    assert request_of(salon.branch_id, request_id).appointment_id == booked.id


def test_what_she_does_not_want_or_answer_comes_back_to_the_desk(salon, asks, by, tomorrow_ten, minutes):
    request_id = asks()
    for answer in ("declined", "lapsed", "withdrawn"):
        with transaction():
            offer = propose(request_id=request_id, starts_at=tomorrow_ten + minutes(60), **by)
        if answer == "declined":
            with transaction():
                decline(offer_id=offer.id, actor=None, now=by["now"])
        elif answer == "lapsed":
            assert offer_openings(offer.expires_at) == 1
        else:
            with transaction():
                approve(request_id=request_id, **by)
        db.session.expire_all()
        assert offer.state == answer
        assert state_of(salon, request_id) == (RequestState.OPEN if answer != "withdrawn" else RequestState.CONFIRMED)
    assert db.session.scalar(select(func.count()).select_from(SlotHold)) == 0
    assert answers()[-2].state == MessageState.CANCELLED, "the withdrawn proposal never goes"


def test_the_nearest_times_lie_about_the_wanted_one(salon, asks, by, book_cut, tomorrow_ten, minutes):
    request_id = asks()
    book_cut(tomorrow_ten)
    found = [offer.starts_at for offer in nearest(request_of(salon.branch_id, request_id), 4, by["now"])]
    assert found == [tomorrow_ten + minutes(count) for count in (-45, 45, 75, 105)]


def test_she_may_take_it_back(salon, asks, by):
    request_id = asks()
    with transaction():
        withdraw_request(request_id=request_id, **by)
    assert state_of(salon, request_id) == RequestState.WITHDRAWN


def test_a_service_says_how_soon_and_how_far_ahead_she_may_ask(salon, now, asks, tomorrow_ten):
    set_rules(service_id=salon.cut, minutes=60 * 48, days=None)
    with pytest.raises(DomainError) as soon:
        asks()
    set_rules(service_id=salon.cut, minutes=0, days=1)
    with pytest.raises(DomainError) as far:
        asks(tomorrow_ten + timedelta(days=3))
    assert (soon.value.code, far.value.code) == ("short_notice", "too_far")
    assert asks() == 1


def set_rules(*, service_id, minutes, days):
    """So long before, and so many days ahead at the most."""
    with transaction() as session:
        session.query(BookingRule).filter_by(service_id=service_id).delete()
        session.add(BookingRule(service_id=service_id, least_notice=minutes, furthest_days=days))


def test_nobody_asks_for_or_is_offered_a_time_for_which_her_patch_test_is_missing(salon, asks, by, tomorrow_ten):
    request_id = asks()
    with transaction():
        set_booking_rules(service_id=salon.cut, rules=Rules(patch_hours=48))
    with pytest.raises(DomainError) as asked:
        asks()
    with pytest.raises(DomainError) as offered, transaction():
        propose(request_id=request_id, starts_at=tomorrow_ten + timedelta(hours=1), **by)
    assert [found.value.code for found in (asked, offered)] == ["patch_test_missing"] * 2
    assert db.session.scalar(select(func.count()).select_from(SlotHold)) == 0
