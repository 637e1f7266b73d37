"""One request for each code by which a call about the waitlist and about customers' own requests refuses."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from sqlalchemy import update

from salon.appointments.requests.models import BookingRequest
from salon.catalog.models import Service
from salon.core import clock
from salon.core.db import db, transaction
from salon.staff.models import StaffMember

from .calendar_good import at
from .rules_asked import patch_test
from .till import Asked, Till
from .waiting_good import cut, offer, proposal, request, requested, rewritten, waiting, wish

NOBODY = 999_999
ADD, CHANGE, OFFER = "POST /waitlist", "PATCH /waitlist/{entry_id}", "POST /waitlist/{entry_id}/offer"
REMOVE, DROP = "DELETE /waitlist/{entry_id}", "DELETE /requests/{request_id}"
ASK, APPROVE, REFUSE, PROPOSE = (
    "POST /requests",
    *(f"POST /requests/{{request_id}}/{verb}" for verb in ("approve", "refuse", "propose")),
)
LONG_AGO = "1999-12-31T10:00:00+03:30"
Way = Callable[[Till], Asked]


def _no_more(asked: Way, table: type[Service | StaffMember]) -> Way:
    """What is asked once the haircut is sold, or Sara serves, no more."""

    def after(till: Till) -> Asked:
        sent = asked(till)
        key = till.salon.cut if table is Service else till.salon.sara
        with transaction():
            db.session.execute(update(table).where(table.id == key).values(active=False))
        return sent

    return after


def _of_who_or_what(call: str, asked: Callable[..., Asked]) -> dict[tuple[str, str], Way]:
    return {
        (call, "service_unknown"): lambda till: asked(till, items=cut(till, service_id=NOBODY)),
        (call, "staff_unknown"): lambda till: asked(till, items=cut(till, staff_id=NOBODY)),
        (call, "service_inactive"): _no_more(asked, Service),
        (call, "staff_inactive"): _no_more(asked, StaffMember),
    }


def _of_when(call: str, asked: Callable[..., Asked]) -> dict[tuple[str, str], Way]:
    day = timedelta(days=1)
    return {
        (call, "days_invalid"): lambda till: asked(till, **{"to": (till.tomorrow() - 2 * day).isoformat()}),
        (call, "times_invalid"): lambda till: asked(till, from_time=600, to_time=600),
    }


def _taken(asked: Way) -> Way:
    def after(till: Till) -> Asked:
        sent = asked(till)
        till.got(till.booking(starts_at=sent.body["starts_at"]))
        return sent

    return after


def _taken_meanwhile(till: Till) -> Asked:
    sent = request(till)
    number = till.got(sent)["id"]
    till.got(till.booking(starts_at=sent.body["starts_at"]))
    return Asked("POST", f"/requests/{number}/approve")


def _gone(path: Callable[[Till], str], method: str, verb: str = "", body: Any = None) -> Way:
    """The same once she was taken off, or took it back."""

    def after(till: Till) -> Asked:
        found = path(till)
        till.got(Asked("DELETE", found))
        return Asked(method, found + verb, body)

    return after


def _full(till: Till) -> Asked:
    """Nobody is there at night."""
    found = till.got(wish(till, from_time=0, to_time=60))["id"]
    return Asked("POST", f"/waitlist/{found}/offer", {})


def _ruled(**rules: Any) -> Way:
    """She asks, once the haircut has these rules."""

    def after(till: Till) -> Asked:
        till.got(Asked("PUT", f"/services/{till.salon.cut}", rules))
        return request(till)

    return after


def _soon(till: Till) -> Asked:
    """For tomorrow, though a haircut is booked three days before."""
    till.got(Asked("PUT", f"/services/{till.salon.cut}", {"minimum_notice": 3 * 24 * 60}))
    return request(till, starts_at=at(till, 16))


def _reacted(asked: Way) -> Way:
    def after(till: Till) -> Asked:
        till.got(Asked("PUT", f"/services/{till.salon.cut}", {"self_booking": "approval"}))
        sent = asked(till)
        till.got(patch_test(till, result="reaction"))
        till.got(Asked("PUT", f"/services/{till.salon.cut}", {"self_booking": "confirmed"}))
        return sent

    return after


def _needing_a_test(asked: Way) -> Way:
    def after(till: Till) -> Asked:
        sent = asked(till)
        till.got(Asked("PUT", f"/services/{till.salon.cut}", {"patch_hours": 48}))
        return sent

    return after


def _too_late(till: Till) -> Asked:
    found = requested(till)
    with transaction():
        db.session.execute(update(BookingRequest).values(starts_at=clock.now() - timedelta(hours=1)))
    return Asked("POST", f"{found}/approve")


def _approve(till: Till) -> Asked:
    return Asked("POST", f"{requested(till)}/approve")


def _of_nobody(method: str, subject: str, verb: str = "", body: Any = None) -> Way:
    return lambda till: Asked(method, f"/{subject}/{NOBODY}{verb}", body)


REASON, LATER = {"reason": "تعطیلیم"}, {"starts_at": "2030-01-01T10:00:00+03:30"}
WAITING_REFUSED: dict[tuple[str, str], Way] = {
    (ADD, "customer_unknown"): lambda till: wish(till, customer_id=NOBODY),
    **_of_who_or_what(ADD, wish),
    **_of_when(ADD, wish),
    (CHANGE, "entry_unknown"): _of_nobody("PATCH", "waitlist", body={}),
    (CHANGE, "wrong_status"): _gone(waiting, "PATCH", body={}),
    **_of_who_or_what(CHANGE, rewritten),
    **_of_when(CHANGE, rewritten),
    (REMOVE, "entry_unknown"): _of_nobody("DELETE", "waitlist"),
    (REMOVE, "wrong_status"): _gone(waiting, "DELETE"),
    (OFFER, "entry_unknown"): _of_nobody("POST", "waitlist", "/offer", {}),
    (OFFER, "wrong_status"): _gone(waiting, "POST", "/offer", {}),
    (OFFER, "nothing_free"): _full,
    **_of_who_or_what(OFFER, offer),
    (OFFER, "slot_taken"): _taken(offer),
    (OFFER, "patch_test_missing"): _needing_a_test(lambda till: offer(till, starts_at=at(till, 16))),
    (OFFER, "patch_test_reaction"): _reacted(lambda till: offer(till, starts_at=at(till, 16))),
    (OFFER, "starts_at_invalid"): lambda till: offer(till, starts_at=LONG_AGO),
    (ASK, "customer_unknown"): lambda till: request(till, customer_id=NOBODY),
    (ASK, "self_booking_off"): _ruled(self_booking="none"),
    (ASK, "short_notice"): _soon,
    (ASK, "too_far"): _ruled(furthest_days=1),
    (ASK, "patch_test_missing"): _ruled(self_booking="confirmed", patch_hours=48),
    (ASK, "patch_test_reaction"): _reacted(request),
    **_of_who_or_what(ASK, request),
    (ASK, "slot_taken"): _taken(request),
    (ASK, "starts_at_invalid"): lambda till: request(till, starts_at=LONG_AGO),
    (APPROVE, "request_unknown"): _of_nobody("POST", "requests", "/approve"),
    (APPROVE, "wrong_status"): _gone(requested, "POST", "/approve"),
    (APPROVE, "service_inactive"): _no_more(_approve, Service),
    (APPROVE, "staff_inactive"): _no_more(_approve, StaffMember),
    (APPROVE, "patch_test_missing"): _needing_a_test(_approve),
    (APPROVE, "patch_test_reaction"): _reacted(_approve),
    (APPROVE, "slot_taken"): _taken_meanwhile,
    (APPROVE, "starts_at_invalid"): _too_late,
    (REFUSE, "request_unknown"): _of_nobody("POST", "requests", "/refuse", REASON),
    (REFUSE, "wrong_status"): _gone(requested, "POST", "/refuse", REASON),
    (REFUSE, "reason_missing"): lambda till: Asked("POST", f"{requested(till)}/refuse", {"reason": " "}),
    (PROPOSE, "request_unknown"): _of_nobody("POST", "requests", "/propose", LATER),
    (PROPOSE, "wrong_status"): _gone(requested, "POST", "/propose", LATER),
    **_of_who_or_what(PROPOSE, proposal),
    (PROPOSE, "slot_taken"): _taken(proposal),
    (PROPOSE, "patch_test_missing"): _needing_a_test(proposal),
    (PROPOSE, "patch_test_reaction"): _reacted(proposal),
    (PROPOSE, "starts_at_invalid"): lambda till: proposal(till, starts_at=LONG_AGO),
    (DROP, "request_unknown"): _of_nobody("DELETE", "requests"),
    (DROP, "wrong_status"): _gone(requested, "DELETE"),
}
