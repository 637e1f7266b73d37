"""The floor of free times for a visit of several services: hand-written SQL, minutes as bits, nothing ranked or refused."""

import sqlite3
from datetime import UTC, datetime, timedelta
from typing import Any

MINUTES = 2 * 24 * 60
DAY, MINUTE = timedelta(days=1), timedelta(minutes=1)
Phases = list[tuple[str, int]]


def free_visits(connection: sqlite3.Connection, asked: dict[str, Any]) -> list[dict[str, Any]]:
    """The first so many times of the grid at which each service finds somebody when the one before is over."""
    first = datetime.fromisoformat(asked["from"])
    midnight = first - timedelta(hours=first.hour, minutes=first.minute)
    made = {item["service_id"]: _phases(connection, item["service_id"]) for item in asked["items"]}
    free = _free(connection, midnight)
    starts = {
        service: {person: _starts(phases, minutes) for person, minutes in free.items()}
        for service, phases in made.items()
    }
    found: list[dict[str, Any]] = []
    for start in range((first - midnight) // MINUTE, 24 * 60, 5):
        laid = _laid(asked["items"], made, starts, start)
        if laid:
            found.append(_offer(laid, made, midnight.astimezone(UTC)))
            if len(found) == asked["limit"]:
                break
    return found


def _phases(connection: sqlite3.Connection, service_id: int) -> Phases:
    rows = connection.execute(
        "SELECT kind, minutes FROM service_phase WHERE service_id = ? ORDER BY position", (service_id,)
    ).fetchall()
    return rows or connection.execute("SELECT 'busy', duration FROM service WHERE id = ?", (service_id,)).fetchall()


def _free(connection: sqlite3.Connection, midnight: datetime) -> dict[int, int]:
    """The free minutes of everybody, as bits."""
    free: dict[int, int] = {}
    weekday, moment = (midnight.weekday() + 2) % 7, midnight.astimezone(UTC)
    for person, opens, closes in connection.execute(
        """SELECT staff_member.id, starts_at, ends_at FROM staff_member JOIN working_hours ON staff_id = staff_member.id
           WHERE active AND weekday = ? ORDER BY position, staff_member.id""",
        (weekday,),
    ):
        free[person] = free.get(person, 0) | _bits(opens, closes)
    people = ",".join(map(str, free))
    for person, begins, ends in connection.execute(
        f"""SELECT staff_id, starts_at, ends_at FROM occupancy
            WHERE staff_id IN ({people}) AND starts_at > ? AND starts_at < ? AND ends_at > ?""",
        [f"{at:%Y-%m-%d %H:%M:%S.%f}" for at in (moment - DAY, moment + DAY, moment)],
    ):
        free[person] &= ~_bits(_minute(begins, moment), _minute(ends, moment))
    return free


def _minute(text: str, midnight: datetime) -> int:
    return (datetime.fromisoformat(text).replace(tzinfo=UTC) - midnight) // MINUTE


def _bits(starts: int, ends: int) -> int:
    return (1 << ends) - (1 << max(starts, 0)) if ends > 0 else 0


def _starts(phases: Phases, free: int) -> int:
    """The minutes at which a service may begin by somebody with these free minutes."""
    found, at = (1 << MINUTES) - 1, 0
    for kind, minutes in phases:
        if kind != "processing":
            for minute in range(at, at + minutes):
                found &= free >> minute
        at += minutes
    return found


def _laid(
    items: list[dict[str, Any]], made: dict[int, Phases], starts: dict[int, dict[int, int]], start: int
) -> list[tuple[int, int, int]]:
    laid = []
    for item in items:
        service = item["service_id"]
        person = next((one for one, minutes in starts[service].items() if minutes >> start & 1), None)
        if person is None:
            return []
        laid.append((service, person, start))
        start += sum(minutes for _kind, minutes in made[service])
    return laid


def _offer(laid: list[tuple[int, int, int]], made: dict[int, Phases], midnight: datetime) -> dict[str, Any]:
    items = [_item(service, person, midnight + start * MINUTE, made[service]) for service, person, start in laid]
    return {
        "starts_at": items[0]["starts_at"],
        "ends_at": items[-1]["ends_at"],
        "items": items,
        "reason": "پیوسته",
    }


def _item(service: int, person: int, begins: datetime, phases: Phases) -> dict[str, Any]:
    told, at = [], begins
    for kind, minutes in phases:
        told.append({"kind": kind, "starts_at": at.isoformat(), "ends_at": (at + minutes * MINUTE).isoformat()})
        at += minutes * MINUTE
    return {
        "service_id": service,
        "staff_id": person,
        "resource_ids": [],
        "starts_at": begins.isoformat(),
        "ends_at": at.isoformat(),
        "phases": told,
    }
