"""Who waits is offered what opens, one at a time; the database decides who has it. On both engines."""

from datetime import date, timedelta

import pytest
from sqlalchemy import func, select

from salon.appointments.models import Appointment, AppointmentStatus, Occupancy, SlotHold
from salon.appointments.rules import BookingItem
from salon.appointments.services import book, set_status
from salon.appointments.slot_offers.models import OfferState, SlotOffer
from salon.appointments.slot_offers.services import decline, take
from salon.appointments.waitlist.jobs import offer_openings
from salon.appointments.waitlist.models import EntryState, WaitlistEntry
from salon.appointments.waitlist.queries import listed, spent_by
from salon.appointments.waitlist.rules import WaitSpec, mask_of
from salon.appointments.waitlist.services import change, leave, offer_to
from salon.core.db import db, transaction
from salon.core.errors import DomainError
from salon.invoices.models import InvoiceLine
from salon.invoices.returns.lines.rules import WantedLine
from salon.invoices.returns.rules import Refund
from salon.invoices.returns.services import return_sale
from salon.invoices.rules import LineSpec
from salon.invoices.services import draft
from salon.messaging.models import MessageState, OutboxMessage
from salon.setup.queries import profile
from tests.factories import pay_cash

from .conftest import SUNDAY

HALF_HOUR = timedelta(minutes=30)


def offers():
    db.session.expire_all()
    return db.session.scalars(select(SlotOffer).order_by(SlotOffer.id)).all()


def states():
    return [(offer.customer_id, offer.state) for offer in offers()]


def count(model):
    return db.session.scalar(select(func.count()).select_from(model))


def test_what_is_cancelled_is_offered_to_her_who_came_first_and_kept_for_her(
    salon, now, tomorrow_ten, book_cut, wait, let_in, full_sunday
):
    mina = let_in("مینا")
    first, _second = wait(mina), wait(later=timedelta(minutes=1))
    booked = book_cut(tomorrow_ten)
    assert offer_openings(now) == 0
    with transaction():
        set_status(appointment_id=booked.id, status="cancelled", actor=None, now=now)
    assert offer_openings(now) == 1
    assert offer_openings(now) == 0
    (offer,) = offers()
    assert (offer.entry_id, offer.starts_at, offer.expires_at) == (first, tomorrow_ten, now + HALF_HOUR)
    with pytest.raises(DomainError, match="پر است"):
        book_cut(tomorrow_ten)
    told = db.session.scalars(select(OutboxMessage).where(OutboxMessage.kind == "slot_offer")).one()
    assert told.receiver == "09121110000"
    assert "وقت کوتاهی یکشنبه ۱ آذر ۱۴۰۵ ساعت ۱۰:۰۰ باز شد" in told.text
    assert "تماس بگیرید" in told.text, "without an address of the salon there is no link"
    assert told.expires_at == offer.expires_at


def test_what_nobody_answers_or_wants_goes_to_the_next_and_to_nobody_twice(
    salon, now, tomorrow_ten, wait, let_in, full_sunday
):
    mina = let_in("مینا")
    wait(mina), wait(later=timedelta(minutes=1))
    assert offer_openings(now) == 1
    late = now + HALF_HOUR
    assert offer_openings(late) == 2, "one lapses, one is offered"
    assert states() == [(mina, OfferState.LAPSED), (salon.zahra, OfferState.OPEN)]
    with transaction():
        decline(offer_id=offers()[1].id, actor=None, now=late)
    assert offer_openings(late) == 0, "each was offered it once"
    assert (count(SlotHold), count(Occupancy)) == (0, 0)


def test_who_takes_it_is_booked_and_waits_no_more(salon, now, tomorrow_ten, wait, full_sunday):
    entry_id = wait()
    offer_openings(now)
    for _twice in range(2):
        with transaction():
            booked = take(offer_id=offers()[0].id, actor=None, now=now)
    assert (booked.status, booked.starts_at, count(Appointment), count(SlotHold)) == (
        AppointmentStatus.CONFIRMED,
        tomorrow_ten,
        1,
        0,
    )
    entry = db.session.get(WaitlistEntry, entry_id)
    assert (entry.state, entry.appointment_id) == (EntryState.TAKEN, booked.id)
    assert states() == [(salon.zahra, OfferState.TAKEN)]


def test_what_lapsed_or_was_declined_is_not_taken(salon, now, wait, full_sunday):
    wait()
    offer_openings(now)
    with pytest.raises(DomainError) as late, transaction():
        take(offer_id=1, actor=None, now=now + HALF_HOUR)
    with transaction():
        decline(offer_id=1, actor=None, now=now)
    with pytest.raises(DomainError) as declined, transaction():
        take(offer_id=1, actor=None, now=now)
    assert (late.value.code, declined.value.code) == ("offer_expired", "offer_closed")


def test_of_two_who_press_the_same_link_both_see_one_booking(salon, now, wait, full_sunday, together):
    wait()
    offer_openings(now)

    def press():
        with transaction():
            return take(offer_id=1, actor=None, now=now).id

    first, second = together(press, press)
    assert first == second
    assert count(Appointment) == 1


def test_at_the_last_moment_the_one_who_takes_or_the_desk_has_it_and_nobody_both(
    salon, now, tomorrow_ten, wait, full_sunday, together
):
    wait()
    offer_openings(now)
    last = now + HALF_HOUR

    def press():
        with transaction():
            return take(offer_id=1, actor=None, now=last - timedelta(seconds=1))

    def at_the_desk():
        with transaction():
            return book(
                branch_id=salon.branch_id,
                customer_id=salon.zahra,
                starts_at=tomorrow_ten,
                items=[BookingItem(salon.cut, salon.sara)],
                actor=None,
                now=last,
            )

    answers = together(press, at_the_desk)
    assert sum(isinstance(answer, Appointment) for answer in answers) == 1
    assert [answer.code for answer in answers if isinstance(answer, DomainError)] == ["slot_taken"]
    assert count(Appointment) == 1


def test_two_sweeps_at_once_offer_an_opening_once(salon, now, wait, let_in, full_sunday, together):
    wait(), wait(let_in("مینا"))
    together(lambda: offer_openings(now), lambda: offer_openings(now))
    assert (count(SlotOffer), count(SlotHold)) == (1, 1)


def test_she_is_offered_only_what_suits_her(salon, now, tomorrow_ten, wait):
    monday = SUNDAY + timedelta(days=1)
    wait(ends_before=SUNDAY + timedelta(days=7), weekdays=mask_of([2]), from_time=17 * 60, to_time=18 * 60)
    offer_openings(now)
    (offer,) = offers()
    assert offer.starts_at == tomorrow_ten + timedelta(days=1, hours=7)
    assert (offer.starts_at.date(), offer.closes_at > offer.ends_at) == (monday, True)


def test_nobody_is_woken_and_who_has_no_mobile_is_left_to_the_desk(salon, now, wait, let_in, full_sunday):
    entry_id = wait(let_in("مینا", mobile=None))
    assert offer_openings(now) == 0
    with transaction():
        offer_to(branch_id=salon.branch_id, entry_id=entry_id, actor=None, now=now)
    assert states()[0][1] == OfferState.OPEN
    with transaction():
        leave(branch_id=salon.branch_id, entry_id=entry_id, actor=None, now=now)
    wait()
    assert offer_openings(now + timedelta(hours=11)) == 0, "at half past ten in the evening"
    assert offer_openings(now) == 1


def test_the_desk_offers_a_named_time_once_or_another_instead(salon, now, tomorrow_ten, wait):
    entry_id = wait()

    def offer(starts_at):
        with transaction():
            return offer_to(branch_id=salon.branch_id, entry_id=entry_id, starts_at=starts_at, actor=None, now=now).id

    assert offer(tomorrow_ten) == offer(tomorrow_ten) == offer(None) == 1
    assert offer(tomorrow_ten + timedelta(hours=1)) == 2
    assert states() == [(salon.zahra, OfferState.WITHDRAWN), (salon.zahra, OfferState.OPEN)]
    assert count(SlotHold) == 1
    messages = db.session.scalars(select(OutboxMessage.state).order_by(OutboxMessage.id)).all()
    assert messages == [MessageState.CANCELLED, MessageState.QUEUED]


def test_who_is_taken_off_has_her_offer_taken_back(salon, now, tomorrow_ten, wait, book_cut, full_sunday):
    entry_id = wait()
    offer_openings(now)
    with transaction():
        leave(branch_id=salon.branch_id, entry_id=entry_id, actor=None, now=now)
    assert states() == [(salon.zahra, OfferState.WITHDRAWN)]
    book_cut(tomorrow_ten)
    with pytest.raises(DomainError) as refused, transaction():
        leave(branch_id=salon.branch_id, entry_id=entry_id, actor=None, now=now)
    assert refused.value.code == "wrong_status"


def test_who_waited_for_days_that_are_over_is_taken_off(salon, now, wait):
    first, next_week = wait(), wait(ends_before=date(2026, 12, 1))
    later = now + timedelta(days=2)
    assert offer_openings(later) == 2, "one is taken off, one is offered a time"
    assert [waiting.id for waiting in listed(salon.branch_id, later)] == [next_week]
    assert db.session.get_one(WaitlistEntry, first).state == EntryState.LEFT


def test_by_value_goes_first_who_spent_more_in_a_year(salon, now, wait, let_in):
    mina, sold = let_in("مینا"), []
    for customer_id, quantity in ((salon.zahra, 2), (mina, 1), (mina, 2)):
        with transaction():
            line = LineSpec(service_id=salon.cut, staff_id=salon.sara, quantity=quantity)
            sold.append(draft(branch_id=salon.branch_id, customer_id=customer_id, lines=[line], actor_id=None, now=now))
        pay_cash(salon, now, sold[-1], 450_000 * quantity, f"sold-{len(sold)}")
    assert spent_by([salon.zahra, mina], now) == {salon.zahra: 900_000, mina: 1_350_000}
    wait(), wait(mina, later=timedelta(minutes=5))
    assert [one.customer.id for one in listed(salon.branch_id, now)] == [salon.zahra, mina]
    with transaction():
        profile().waitlist_rule = "value"
    assert [one.customer.id for one in listed(salon.branch_id, now)] == [mina, salon.zahra]
    with transaction():
        line_id = db.session.scalars(select(InvoiceLine.id).where(InvoiceLine.invoice_id == sold[2])).one()
        return_sale(
            branch_id=salon.branch_id,
            invoice_id=sold[2],
            lines=[WantedLine(line_id, 2)],
            refund=Refund.CASH,
            reason="پشیمان شد",
            key="back",
            actor_id=salon.desk_id,
            now=now,
        )
    assert spent_by([salon.zahra, mina], now) == {salon.zahra: 900_000, mina: 450_000}
    assert spent_by([mina], now + timedelta(days=366)) == {}


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"ends_before": SUNDAY}, "days_invalid"),
        ({"starts_on": SUNDAY - timedelta(9), "ends_before": SUNDAY - timedelta(2)}, "days_invalid"),
        ({"from_time": 600, "to_time": 600}, "times_invalid"),
        ({"items": []}, "items_missing"),
        ({"items": [BookingItem(999, None)]}, "service_unknown"),
        ({"items": [BookingItem(1, 999)]}, "staff_unknown"),
    ],
)
def test_a_wish_that_cannot_be_is_refused(wait, more, code):
    with pytest.raises(DomainError) as refused:
        wait(**more)
    assert refused.value.code == code


def test_what_she_wants_may_change_and_her_offer_goes_back(salon, now, wait):
    entry_id = wait()
    offer_openings(now)
    assert listed(salon.branch_id, now)[0].last is not None
    brushing = WaitSpec([BookingItem(salon.brushing, None)], SUNDAY, SUNDAY + timedelta(days=2))
    with transaction():
        change(branch_id=salon.branch_id, entry_id=entry_id, spec=brushing, actor=None, now=now)
    (waiting,) = listed(salon.branch_id, now)
    assert [one.service for one in waiting.wanted] == ["براشینگ"]
    assert states() == [(salon.zahra, OfferState.WITHDRAWN)]
