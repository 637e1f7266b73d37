"""Facts of the board as the script that draws it reads them; minutes count from the midnight of the column's day."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from itertools import accumulate, pairwise
from typing import Any

from flask_babel import gettext as _

from ....appointments.rules import STATUS_LABELS, Span, may_move
from ....core.jalali import format_date
from ....core.pages import money
from ....core.text import persian_digits
from ....customers.rules import full_name
from ...rules import wall_clock
from ..columns.rules import columns_of, line_of, of_person_on
from ..rules import DAY_LENGTH, Facts, View, load_of, minute_on, span_on

_MINUTE = timedelta(minutes=1)


def drawn(facts: Facts) -> dict[str, Any]:
    """The board as it is asked for."""
    asked = facts.asked
    columns = columns_of(facts)
    bookings = list(_bookings(facts))
    spans = [span for column in columns for span in column.hours]
    first, before = asked.days
    board = {
        "view": asked.view,
        "of": asked.of or "",
        "day": asked.day.isoformat(),
        "title": _title(first, before - timedelta(days=1)),
        "closed": "، ".join(facts.closed.values()) if asked.view != View.WEEK else "",
        "opens": min([facts.opens, *(span.starts for span in spans)]),
        "closes": max([facts.closes, *(span.ends for span in spans)]),
        "columns": [column.drawn() for column in columns],
        "bookings": bookings,
        "holds": list(_holds(facts)),
        "count": persian_digits(str(len({one["appointment_id"] for one in bookings}))),
    }
    if asked.view == View.WEEK:
        board["people"] = [_in_week(facts, person.id, person.name) for person in facts.people]
    return board


def _title(first: date, last: date) -> str:
    if first == last:
        return format_date(first, "long")
    return str(_("%(first)s تا %(last)s", first=format_date(first), last=format_date(last)))


def _in_week(facts: Facts, staff_id: int, name: str) -> dict[str, Any]:
    """Somebody's week, day by day: how much of her hours is booked, None where she doesn't work."""
    loads = []
    for day in facts.days():
        works, busy = of_person_on(facts, staff_id, day)
        loads.append(load_of(busy.bit_count(), works.bit_count()) if works else None)
    return {"id": staff_id, "name": name, "loads": loads}


def _bookings(facts: Facts) -> Iterator[dict[str, Any]]:
    names = {person.id: person.name for person in facts.people}
    lines = line_of(facts) if facts.asked.view == View.LINE else {}
    places = _places_by_item(facts)
    labels = {status: str(label) for status, label in STATUS_LABELS.items()}
    for row in facts.booked:
        if facts.asked.view == View.WEEK and facts.asked.of not in (None, row.staff_id):
            continue
        told = {"status_label": labels[row.status]} | _booking(
            row, names.get(row.staff_id, ""), [place for _id, place in places.get(row.id, ())]
        )
        told["deposit"] = _deposit(facts.deposits.get(row.appointment_id, 0))
        if facts.asked.view == View.LIST:
            told["mobile"] = persian_digits(row.mobile or "")
        for day in facts.days_of(row):
            span = span_on(day, row.starts_at, row.ends_at)
            if span.ends > span.starts:
                at = _columns_of_row(
                    facts.asked.view, row, day, lines, [place for place, _name in places.get(row.id, ())]
                )
                yield told | _on_day(row, day, span) | {"columns": at}


def _columns_of_row(view: View, row: Any, day: date, lines: Mapping[int, int], places: Sequence[int]) -> list[str]:
    if view == View.WEEK:
        return [day.isoformat()]
    if view == View.LINE:
        return [str(lines.get(row.staff_id, 0))]
    return [str(place) for place in places] if view == View.ROOM else [str(row.staff_id)]


def _booking(row: Any, person: str, places: Sequence[str]) -> dict[str, Any]:
    return {
        "id": row.id,
        "appointment_id": row.appointment_id,
        "staff_id": row.staff_id,
        "staff": person,
        "customer_id": row.customer_id,
        "customer": full_name(row.first_name, row.last_name),
        "service": row.service,
        "places": "، ".join(places),
        "allergies": row.allergies,
        "note": row.note,
        "starts": wall_clock(row.starts_at),
        "ends": wall_clock(row.ends_at),
        "overbooked": row.overbooked,
        "status": row.status,
    }


def _on_day(row: Any, day: date, span: Span) -> dict[str, Any]:
    """Where it lies on a day; what goes on from the day before is moved from there."""
    begins = minute_on(day, row.starts_at)
    return {
        "from": span.starts,
        "to": span.ends,
        "phases": list(_phases(row, begins, span)),
        "may_move": may_move(row.status) and begins >= 0,
        "may_stretch": may_move(row.status) and begins >= 0 and minute_on(day, row.ends_at) <= DAY_LENGTH,
    }


def _phases(row: Any, begins: int, seen: Span) -> Iterator[tuple[str, int, int]]:
    """Phases in which nobody works on her, in minutes of the day."""
    marks = accumulate((phase["minutes"] for phase in row.phases), initial=begins)
    for phase, (starts, ends) in zip(row.phases, pairwise(marks), strict=True):
        shown = Span(max(starts, seen.starts), min(ends, seen.ends))
        if phase["kind"] != "busy" and shown.starts < shown.ends:
            yield phase["kind"], *shown


def _holds(facts: Facts) -> Iterator[dict[str, Any]]:
    """Slots that are kept while somebody is being booked."""
    view = facts.asked.view
    if view == View.LIST:
        return
    lines = line_of(facts)
    for row in facts.taken:
        if row.hold_id is None or (row.resource_id is None) == (view == View.ROOM):
            continue
        if view == View.WEEK and facts.asked.of not in (None, row.staff_id):
            continue
        for day in facts.days_of(row):
            span = span_on(day, row.starts_at, row.ends_at)
            if span.ends > span.starts:
                at = _columns_of_row(view, row, day, lines, [row.resource_id])
                yield {"id": row.hold_id, "columns": at, "from": span.starts, "to": span.ends}


def _places_by_item(facts: Facts) -> dict[int, list[tuple[int, str]]]:
    names = {place.id: place.name for place in facts.places}
    found: dict[int, list[tuple[int, str]]] = {}
    for row in facts.taken:
        if row.resource_id is not None and row.item_id is not None and row.resource_id in names:
            found.setdefault(row.item_id, []).append((row.resource_id, names[row.resource_id]))
    return found


def _deposit(lies: int) -> str:
    return str(_("بیعانه %(amount)s", amount=money(lies))) if lies else ""
