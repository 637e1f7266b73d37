"""The queue on screen."""

import pytest
from flask import g
from sqlalchemy import select

from salon.appointments.models import Appointment
from salon.appointments.queue.models import WalkIn, WalkInState
from salon.core.db import db, transaction
from salon.customers.models import Customer
from salon.staff.models import StaffMember, WorkingHours


@pytest.fixture
def desk(log_in, salon):
    """The receptionist's browser; everybody works round the clock, as pages ask the clock themselves."""
    with transaction() as session:
        session.query(WorkingHours).delete()
        for person in session.scalars(select(StaffMember)):
            session.add_all(
                WorkingHours(staff_id=person.id, weekday=weekday, starts_at=0, ends_at=1440) for weekday in range(7)
            )
    return log_in("desk")


def states():
    db.session.expire_all()
    return [one.state for one in db.session.scalars(select(WalkIn).order_by(WalkIn.id))]


def test_who_comes_is_shown_with_her_wait_and_called(desk, salon):
    assert "کسی در صف نیست" in desk.get("/queue").text
    came = desk.post(f"/queue/new?customer_id={salon.zahra}", data={"service_1": salon.brushing, "note": "عجله"})
    assert (came.status_code, came.location) == (303, "/queue")
    shown = desk.get("/queue").text
    assert all(word in shown for word in ("زهرا کریمی", "براشینگ", "نوبتش است", "عجله"))
    assert "۱ نفر در صف" in desk.get("/desk/foot").text
    desk.post("/queue/next")
    assert (states(), len(db.session.scalars(select(Appointment)).all())) == ([WalkInState.CALLED], 1)
    assert desk.post("/queue/next", follow_redirects=True).text.count("کسی در صف نیست") == 2


def test_a_newcomer_is_let_in_and_a_known_mobile_is_its_owner(desk, salon):
    wish = {"service_1": salon.cut, "first_name": "مینا", "mobile": "۰۹۱۲۱۱۱۲۲۳۳"}
    desk.post("/queue/new", data=wish)
    desk.post("/queue/new", data={"service_1": salon.cut, "mobile": "09123456789"})
    waiting = db.session.scalars(select(WalkIn).order_by(WalkIn.id)).all()
    assert [db.session.get(Customer, one.customer_id).first_name for one in waiting] == ["مینا", "زهرا"]
    nameless = desk.post("/queue/new", data={"service_1": salon.cut})
    assert (nameless.status_code, "نام" in nameless.text) == (422, True)


def test_somebody_is_called_out_of_turn_or_goes(desk, salon):
    for _each in range(2):
        desk.post(f"/queue/new?customer_id={salon.zahra}", data={"service_1": salon.cut})
    desk.post("/queue/2/call")
    desk.post("/queue/1/go")
    assert states() == [WalkInState.LEFT, WalkInState.CALLED]
    assert "او دیگر در صف نیست" in desk.post("/queue/1/call", follow_redirects=True).text


def test_only_the_owner_calls_beside_others(desk, log_in, salon):
    for _each in range(2):
        desk.post(f"/queue/new?customer_id={salon.zahra}", data={"service_1": salon.cut, "staff_1": salon.sara})
    desk.post("/queue/1/call")
    desk.post("/queue/2/call", data={"overbook": "1"})
    assert states() == [WalkInState.CALLED, WalkInState.WAITING]
    g.pop("_login_user", None)  # a server begins each request without it; tests share one context
    log_in("owner").post("/queue/2/call", data={"overbook": "1"})
    assert states() == [WalkInState.CALLED, WalkInState.CALLED]
