"""The page that a link in an SMS leads to: looking changes nothing, taking and declining are sent."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import select, update

from salon.appointments.models import Appointment, SlotHold
from salon.appointments.rules import BookingItem
from salon.appointments.slot_offers.models import OfferState, SlotOffer
from salon.appointments.waitlist.rules import WaitSpec
from salon.appointments.waitlist.services import join, offer_to
from salon.core import clock
from salon.core.db import db, transaction
from salon.core.jalali import local_date
from salon.messaging.models import OutboxMessage
from salon.setup.queries import profile


@pytest.fixture
def link(salon):
    """Zahra is offered a cut tomorrow; the path of the link in her SMS."""
    now = clock.now()
    tomorrow = local_date(now) + timedelta(days=1)
    with transaction():
        profile().web_address = "https://golnarges.example/"
        spec = WaitSpec([BookingItem(salon.cut, salon.sara)], tomorrow, tomorrow + timedelta(days=1))
        entry = join(branch_id=salon.branch_id, customer_id=salon.zahra, spec=spec, actor=None, now=now)
        offer_to(branch_id=salon.branch_id, entry_id=entry.id, actor=None, now=now)
    text = db.session.scalars(select(OutboxMessage.text).where(OutboxMessage.kind == "slot_offer")).one()
    return re.search(r"https://golnarges\.example(/o/[\w-]{22})$", text, re.M)[1]


@pytest.fixture
def phone(app):
    """A customer's phone: no session, no token."""
    return app.test_client()


def sent(phone, link, answer):
    """Press a button of the page, with the form's own token."""
    token = re.search(r'name="csrf_token" value="([^"]+)"', phone.get(link).text)[1]
    return phone.post(f"{link}/{answer}", data={"csrf_token": token}, follow_redirects=True)


def offer():
    db.session.expire_all()
    return db.session.scalars(select(SlotOffer)).one()


def bookings():
    return len(db.session.scalars(select(Appointment)).all())


def test_looking_however_often_books_nothing(phone, link):
    for _look in range(3):
        shown = phone.get(link)
        phone.head(link)
    assert all(word in shown.text for word in ("سلام زهرا جان", "کوتاهی", "با سارا احمدی", "می‌آیم"))
    assert (shown.headers["X-Robots-Tag"], shown.headers["Referrer-Policy"]) == ("noindex, nofollow", "no-referrer")
    assert 'name="robots" content="noindex' in shown.text
    assert (bookings(), offer().state) == (0, OfferState.OPEN)
    assert phone.get(f"{link}/take").status_code == 405


def test_she_takes_it_and_sees_her_booking(phone, link):
    assert "نوبت شما ثبت شد" in sent(phone, link, "take").text
    assert (bookings(), offer().state) == (1, OfferState.TAKEN)
    shown = phone.get(link).text
    assert ("نوبت شما ثبت شد" in shown, "می‌آیم" in shown) == (True, False)


def test_she_declines_and_stays_on_the_list(phone, link):
    assert "نامتان در لیست انتظار می‌ماند" in sent(phone, link, "decline").text
    assert (bookings(), offer().state, db.session.scalars(select(SlotHold)).all()) == (0, OfferState.DECLINED, [])


def test_what_nobody_s_form_sent_is_refused(phone, link):
    assert phone.post(f"{link}/take").status_code == 400
    assert (bookings(), offer().state) == (0, OfferState.OPEN)


def test_too_late_is_said_kindly(phone, link):
    token = re.search(r'name="csrf_token" value="([^"]+)"', phone.get(link).text)[1]
    with transaction():
        db.session.execute(update(SlotOffer).values(expires_at=clock.now()))
    late = phone.post(f"{link}/take", data={"csrf_token": token})
    assert (late.status_code, "زمان پاسخ گذشت" in late.text, bookings()) == (409, True, 0)
    assert "زمان پاسخ گذشت" in phone.get(link).text


def test_an_unknown_link_says_so_and_tells_nothing(phone, link):
    unknown = phone.get(f"{link[:-1]}-")
    assert (unknown.status_code, "زهرا" in unknown.text, "این پیوند به جایی نمی‌رسد" in unknown.text) == (
        404,
        False,
        True,
    )


def test_only_the_hash_of_the_link_is_kept_with_the_offer(phone, link):
    token = link.rpartition("/")[2]
    assert token not in str(vars(offer()))
    assert len(offer().token_hash) == 64


def test_nobody_looks_without_end(phone, link):
    answers = [phone.get(link).status_code for _look in range(61)]
    assert (answers[:60], answers[60]) == ([200] * 60, 429)
