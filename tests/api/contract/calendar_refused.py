"""One request for each code by which a call about calendars, free times and bookings refuses."""

from collections.abc import Callable
from typing import Any

from sqlalchemy import update

from salon.catalog.models import Service
from salon.core.db import db, transaction
from salon.staff.models import StaffMember

from .calendar_good import AWAY, at, changed, closed, hold, made, resource, room, wanted
from .till import Asked, Till

NOBODY = 999_999
OFFERS, BOOK, CHANGE, HOLD = (
    "POST /availability",
    "POST /appointments",
    "PATCH /appointments/{appointment_id}",
    "POST /holds",
)
MADE, HOURS, AWAYS = "PUT /services/{service_id}", "PUT /staff/{staff_id}/hours", "POST /staff/{staff_id}/absences"
CLOSED = "POST /closed-days"
ROOMS, ROOM = "POST /resources", "PATCH /resources/{resource_id}"
LONG_AGO = "1999-12-31T10:00:00+03:30"


def _inactive(table: type[Service | StaffMember], key: int) -> None:
    with transaction():
        db.session.execute(update(table).where(table.id == key).values(active=False))


def _no_more(asked: Callable[[Till], Asked], table: type[Service | StaffMember]) -> Callable[[Till], Asked]:
    """What is asked once the haircut is sold, or Sara serves, no more."""

    def after(till: Till) -> Asked:
        request = asked(till)
        _inactive(table, till.salon.cut if table is Service else till.salon.sara)
        return request

    return after


def _of(till: Till, service_id: int | None = None, staff_id: int | None = None) -> dict[str, Any]:
    item = {"service_id": service_id or till.salon.cut, "staff_id": staff_id or till.salon.sara}
    return {"items": [item]}


def _of_unknown(
    asked: Callable[..., Asked],
) -> tuple[Callable[[Till], Asked], Callable[[Till], Asked]]:
    """A request for a service that nobody knows, and one for somebody whom nobody knows."""
    return (
        lambda till: asked(till, **_of(till, service_id=NOBODY)),
        lambda till: asked(till, **_of(till, staff_id=NOBODY)),
    )


def _of_who_or_what(call: str, asked: Callable[..., Asked]) -> dict[tuple[str, str], Callable[[Till], Asked]]:
    """The four refusals of who does a service and of what it is."""
    no_service, nobody = _of_unknown(asked)

    def _brushing_no_more(till: Till) -> Asked:
        _inactive(Service, till.salon.brushing)
        return asked(till, **_of(till, service_id=till.salon.brushing))

    by_sara: Callable[[Till], Asked] = lambda till: asked(till, **_of(till))  # noqa: E731  # one line says it
    return {
        (call, "service_unknown"): no_service,
        (call, "staff_unknown"): nobody,
        (call, "service_inactive"): _brushing_no_more,
        (call, "staff_inactive"): _no_more(by_sara, StaffMember),
    }


def _booking(till: Till, **more: Any) -> Asked:
    return till.booking(**more)


def _taken(till: Till) -> Asked:
    till.got(till.booking())
    return till.booking()


def _onto_another(till: Till) -> Asked:
    till.got(till.booking(11))
    return changed(till, starts_at=at(till, 11))


def _kept_twice(till: Till) -> Asked:
    asked = hold(till, **_of(till))
    till.got(asked)
    return asked


def _after_the_end(till: Till) -> Asked:
    booked = till.got(till.booking(13))["id"]
    till.got(Asked("PATCH", f"/appointments/{booked}", {"status": "cancelled"}))
    return Asked("PATCH", f"/appointments/{booked}", {"starts_at": at(till, 15)})


def _known_room(till: Till) -> Asked:
    till.got(resource(till, name="اتاق لیزر"))
    return resource(till, name="اتاق لیزر")


def _closed_twice(till: Till) -> Asked:
    asked = closed(till)
    till.got(asked)
    return asked


def _named_as_another(till: Till) -> Asked:
    till.got(resource(till, name="اتاق لیزر"))
    return Asked("PATCH", f"/resources/{room(till)}", {"name": "اتاق لیزر"})


CALENDAR_REFUSED: dict[tuple[str, str], Callable[[Till], Asked]] = {
    **_of_who_or_what(OFFERS, wanted),
    **_of_who_or_what(BOOK, _booking),
    **_of_who_or_what(CHANGE, changed),
    **_of_who_or_what(HOLD, hold),
    (BOOK, "customer_unknown"): lambda till: till.booking(customer_id=NOBODY),
    (BOOK, "slot_taken"): _taken,
    (BOOK, "starts_at_invalid"): lambda till: till.booking(starts_at=LONG_AGO),
    (CHANGE, "appointment_unknown"): lambda till: Asked("PATCH", f"/appointments/{NOBODY}", {}),
    (CHANGE, "slot_taken"): _onto_another,
    (CHANGE, "wrong_status"): _after_the_end,
    (CHANGE, "starts_at_invalid"): lambda till: changed(till, starts_at=LONG_AGO),
    (HOLD, "slot_taken"): _kept_twice,
    (HOLD, "starts_at_invalid"): lambda till: hold(till, starts_at=LONG_AGO),
    (MADE, "service_unknown"): lambda till: Asked("PUT", f"/services/{NOBODY}", {"staff_ids": []}),
    (MADE, "staff_unknown"): lambda till: made(till, staff_ids=[NOBODY]),
    (MADE, "phases_invalid"): lambda till: made(till, phases=[{"kind": "processing", "minutes": 5}]),
    (MADE, "resource_unknown"): lambda till: made(till, resources=[NOBODY]),
    (MADE, "service_inactive"): _no_more(lambda till: made(till, staff_ids=[]), Service),
    (HOURS, "staff_unknown"): lambda till: Asked("PUT", f"/staff/{NOBODY}/hours", {"hours": []}),
    (HOURS, "hours_invalid"): lambda till: Asked(
        "PUT",
        f"/staff/{till.salon.sara}/hours",
        {"hours": [{"weekday": 0, "starts_at": 900, "ends_at": 600}]},
    ),
    (AWAYS, "staff_unknown"): lambda till: Asked("POST", f"/staff/{NOBODY}/absences", AWAY),
    (AWAYS, "absence_invalid"): lambda till: Asked(
        "POST", f"/staff/{till.salon.sara}/absences", AWAY | {"ends_at": AWAY["starts_at"]}
    ),
    (CLOSED, "closed_day_exists"): _closed_twice,
    (CLOSED, "name_missing"): lambda till: closed(till, name=" "),
    ("GET /closed-days", "dates_reversed"): lambda till: Asked("GET", "/closed-days?from=2027-02-01&to=2027-01-01"),
    (ROOMS, "resource_exists"): _known_room,
    (ROOMS, "name_missing"): lambda till: resource(till, name=" "),
    (ROOM, "resource_unknown"): lambda till: Asked("PATCH", f"/resources/{NOBODY}", {}),
    (ROOM, "resource_exists"): _named_as_another,
    (ROOM, "name_missing"): lambda till: Asked("PATCH", f"/resources/{room(till)}", {"name": " "}),
}
