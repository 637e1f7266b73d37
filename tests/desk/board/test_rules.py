"""Columns of the board and how full they are, without a database."""

from collections import namedtuple
from datetime import UTC, date, datetime, timedelta

import pytest

from salon.desk.board.columns.rules import columns_of
from salon.desk.board.drawing.rules import drawn
from salon.desk.board.rules import Asked, Facts, LineOf, Person, Place, View, load_of, spans_of
from salon.staff.hours.queries import Presence, Stretch

DAY = date(2026, 11, 22)  # Sunday
Row = namedtuple(
    "Row",
    "id appointment_id staff_id starts_at ends_at phases overbooked status customer_id note first_name last_name"
    " mobile allergies service",
)
Taken = namedtuple("Taken", "staff_id resource_id starts_at ends_at item_id hold_id")
SARA, NEGAR = Person(1, "سارا", "رنگ"), Person(2, "نگار", "")
PHASES = [
    {"kind": "busy", "minutes": 30},
    {"kind": "processing", "minutes": 40},
    {"kind": "busy", "minutes": 20},
    {"kind": "buffer", "minutes": 10},
]


def at(clock, day=DAY):
    """A time of Tehran's wall clock, three and a half hours before UTC."""
    hour, minute = map(int, clock.split(":"))
    return datetime(day.year, day.month, day.day, tzinfo=UTC) + timedelta(hours=hour - 3, minutes=minute - 30)


def row(number=1, staff_id=1, starts="10:00", ends="11:40", phases=(), status="booked", **more):
    begins, over = (at(time) if isinstance(time, str) else time for time in (starts, ends))
    told = {"overbooked": False, "note": "", "allergies": "", "mobile": "09123456789"} | more
    return Row(
        number,
        number,
        staff_id,
        begins,
        over,
        list(phases),
        told["overbooked"],
        status,
        7,
        told["note"],
        "زهرا",
        "کریمی",
        told["mobile"],
        told["allergies"],
        "رنگ",
    )


def taken(starts, ends, staff_id=1, resource_id=None, item_id=1, hold_id=None, day=DAY):
    owner = None if resource_id else staff_id
    return Taken(owner, resource_id, at(starts, day), at(ends, day), None if hold_id else item_id, hold_id)


def nine_to_seven(day=DAY):
    return [Stretch(at("9:00", day), at("19:00", day))]


def facts(view=View.STAFF, *, of=None, **more):
    told = {
        "people": [SARA, NEGAR],
        "lines": [],
        "places": [],
        "booked": [],
        "taken": [],
        "presence": {1: Presence(nine_to_seven(), []), 2: Presence(nine_to_seven(), [])},
        "closed": {},
        "deposits": {},
    }
    return Facts(Asked(view, DAY, of), 9 * 60, 21 * 60, **(told | more))


def loads(found):
    return {column.name: load_of(column.busy, column.works) for column in columns_of(found)}


def test_while_a_colour_develops_its_person_is_not_busy():
    busy = [taken("10:00", "10:30"), taken("11:10", "11:40")]
    assert loads(facts(taken=busy)) == {"سارا": 10, "نگار": 0}


def test_two_at_once_make_nobody_busier_than_busy():
    beside = [taken("10:00", "12:00"), taken("10:00", "12:00", item_id=2)]
    assert loads(facts(taken=beside))["سارا"] == 20


def test_a_slot_that_is_kept_is_not_booked():
    assert loads(facts(taken=[taken("10:00", "12:00", hold_id=3)]))["سارا"] == 0


def test_whoever_is_away_or_off_has_fewer_hours():
    presence = {1: Presence(nine_to_seven(), [Stretch(at("12:00"), at("17:00"))]), 2: Presence([], [])}
    sara, negar = columns_of(facts(presence=presence, taken=[taken("10:00", "11:00")]))
    assert (sara.hours, load_of(sara.busy, sara.works)) == ([(540, 720), (1020, 1140)], 20)
    assert (negar.hours, negar.drawn()["off"], negar.drawn()["load"]) == ([], True, 0)


def test_a_line_is_as_full_as_its_people_together_and_whoever_has_none_is_together():
    lines = [LineOf(4, "مو", (1,)), LineOf(5, "ناخن", ())]
    found = facts(View.LINE, lines=lines, taken=[taken("9:00", "14:00")], booked=[row(), row(2, staff_id=2)])
    assert loads(found) == {"مو": 50, "بدون لاین": 0}
    assert [one["columns"] for one in drawn(found)["bookings"]] == [["4"], ["0"]]


def test_a_place_is_as_full_as_its_room_and_only_what_needs_it_stands_there():
    places = [Place(8, "صندلی", "chair", 2), Place(9, "لیزر", "room", 1)]
    held = [taken("9:00", "15:00", resource_id=8), taken("10:00", "16:00", resource_id=8, item_id=2)]
    found = facts(View.ROOM, places=places, taken=held, booked=[row(), row(2, staff_id=2), row(3)])
    assert loads(found) == {"صندلی": 50, "لیزر": 0}
    assert [one["columns"] for one in drawn(found)["bookings"]] == [["8"], ["8"], []]
    assert [column["off"] for column in drawn(facts(View.ROOM, places=places, closed={DAY: "تاسوعا"}))["columns"]] == [
        True,
        True,
    ]


def test_a_week_begins_on_saturday_and_shows_one_person_or_all():
    booked = [row(), row(2, staff_id=2, starts=at("10:00", date(2026, 11, 27)), ends=at("11:00", date(2026, 11, 27)))]
    everybody = drawn(facts(View.WEEK, booked=booked))
    assert [column["id"] for column in everybody["columns"]][:2] == ["2026-11-21", "2026-11-22"]
    assert [column["name"] for column in everybody["columns"]] == [
        "شنبه",
        "یکشنبه",
        "دوشنبه",
        "سه‌شنبه",
        "چهارشنبه",
        "پنجشنبه",
        "جمعه",
    ]
    assert [one["columns"] for one in everybody["bookings"]] == [["2026-11-22"], ["2026-11-27"]]
    assert [person["loads"][:3] for person in everybody["people"]] == [[None, 0, None], [None, 0, None]]
    assert [one["id"] for one in drawn(facts(View.WEEK, of=2, booked=booked))["bookings"]] == [2]


def test_phases_are_told_where_nobody_works_on_her():
    (shown,) = drawn(facts(booked=[row(phases=PHASES)]))["bookings"]
    assert (shown["from"], shown["to"]) == (600, 700)
    assert shown["phases"] == [("processing", 630, 670), ("buffer", 690, 700)]


def test_what_goes_on_over_midnight_stands_on_both_days_and_is_moved_from_the_first():
    late = row(starts="23:30", ends=at("0:50", DAY + timedelta(days=1)), phases=[{"kind": "processing", "minutes": 80}])
    (first,) = drawn(facts(booked=[late]))["bookings"]
    assert (first["from"], first["to"], first["may_move"], first["may_stretch"]) == (1410, 1440, True, False)
    tomorrow = facts(booked=[late])
    tomorrow = Facts(**(vars(tomorrow) | {"asked": Asked(View.STAFF, DAY + timedelta(days=1))}))
    (rest,) = drawn(tomorrow)["bookings"]
    assert (rest["from"], rest["to"], rest["phases"], rest["may_move"]) == (0, 50, [("processing", 0, 50)], False)


def test_mobiles_are_told_in_the_list_alone():
    assert "mobile" not in drawn(facts(booked=[row()]))["bookings"][0]
    assert drawn(facts(View.LIST, booked=[row()]))["bookings"][0]["mobile"] == "۰۹۱۲۳۴۵۶۷۸۹"


def test_a_kept_slot_stands_where_it_is_kept():
    held = [taken("12:00", "13:00", hold_id=3), taken("12:00", "13:00", resource_id=8, hold_id=3)]
    assert drawn(facts(taken=held))["holds"] == [{"id": 3, "columns": ["1"], "from": 720, "to": 780}]
    places = [Place(8, "صندلی", "chair", 1)]
    assert [one["columns"] for one in drawn(facts(View.ROOM, places=places, taken=held))["holds"]] == [["8"]]


@pytest.mark.parametrize(
    "changed",
    [
        {"booked": [row(status="arrived")]},
        {"booked": [row(ends="11:45")]},
        {"booked": [row(overbooked=True)]},
        {"booked": []},
        {"closed": {DAY: "تاسوعا"}},
        {"deposits": {1: 200_000}},
        {"taken": [taken("12:00", "13:00", hold_id=3)]},
        {"people": [SARA]},
        {"presence": {1: Presence([], []), 2: Presence([], [])}},
    ],
)
def test_whatever_changes_on_the_board_changes_its_tag(changed):
    before = facts(booked=[row()])
    assert before.tag() == facts(booked=[row()]).tag()
    assert facts(**({"booked": [row()]} | changed)).tag() != before.tag()


def test_stretches_of_minutes_come_back_as_they_went():
    assert spans_of(0b0110_0111_0000) == [(4, 7), (9, 11)]
    assert spans_of(0) == []
