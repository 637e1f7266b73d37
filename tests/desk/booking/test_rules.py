"""What the dialog of a booking sends, and which of all times it shows."""

from datetime import UTC, datetime, timedelta

import pytest
from werkzeug.datastructures import MultiDict

from salon.appointments.availability.rules import Laid, Offer, Order, Shape
from salon.catalog.phases.rules import whole
from salon.core.errors import Invalid
from salon.desk.booking.forms import chosen_of, series_of, times_of, visit_of
from salon.desk.booking.rules import Reach, nearest_of, of_each_day, round_ones, shown_of, spread

NINE = datetime(2026, 11, 22, 5, 30, tzinfo=UTC)  # in Tehran
SARA, NEGAR = 1, 2


def offer(minutes, gaps=0, staff=SARA):
    """A cut so many minutes after nine."""
    return Offer((Laid(1, staff, (), NINE + timedelta(minutes=minutes), Shape(whole(45))),), gaps)


def begins(offers):
    """Minutes after nine."""
    return [(one.starts_at - NINE) // timedelta(minutes=1) for one in offers]


def typed(**more):
    """A cut by Sara and a brushing by whoever can, as the dialog sends them; an emptied row counts for nothing."""
    sent = MultiDict({"customer_id": "7", "day": "2026-11-22", "time": "۱۰:۳۰", "note": " مو "} | more)
    sent.setlist("service_id", ["1", "3", ""])
    sent.setlist("staff_id", ["2", "", "2"])
    return sent


def test_the_services_of_the_dialog_are_read_with_their_people(app):
    visit = visit_of(typed(order="parallel", longest_wait="۱۵", hold_id="9"), 4, (5,))
    asked = visit.asked
    assert [(item.service_id, item.staff_id) for item in asked.items] == [(1, 2), (3, None)]
    assert (asked.branch_id, asked.customer_id, asked.order, asked.longest_wait) == (4, 7, Order.PARALLEL, 15)
    assert (asked.own_hold, asked.own_items, visit.hold_id, visit.note) == (9, (5,), 9, "مو")
    assert (visit.starts_at, visit.is_laid_out, visit.overbook) == (NINE + timedelta(minutes=90), False, False)


def test_a_wait_is_at_most_four_hours_and_nonsense_is_none(app):
    for sent, read in (("999", 240), ("", 0), ("دیر", 0), ("-5", 0)):
        assert visit_of(typed(longest_wait=sent), 4).asked.longest_wait == read


def test_times_are_asked_for_anew_whatever_was_chosen_before(app):
    sent = typed(reach="week")
    sent.setlist("begins", ["2026-11-22T07:00:00+00:00", "2026-11-22T08:00:00+00:00", ""])
    wanted = times_of(sent, 4)
    assert (wanted.reach, [item.starts_at for item in wanted.asked.items]) == (Reach.WEEK, [None, None])
    sent.setlist("begins", ["2026-11-22T07:00:00+00:00"])  # chosen for fewer services than stand there now
    with pytest.raises(Invalid):
        visit_of(sent, 4)
    assert times_of(typed(reach="ever", time=""), 4).reach == Reach.DAY
    for wrong in ("soon", "2026-11-22T07:00:00"):
        with pytest.raises(Invalid):
            chosen_of(MultiDict({"chosen": wrong}))


def test_how_a_visit_repeats_is_read_in_digits_of_any_script(app):
    wanted = series_of(typed(every_weeks="۲", times="۴"), visit_of(typed(), 4))
    assert (wanted.every_weeks, wanted.times, wanted.until) == (2, 4, None)
    until = series_of(typed(every_weeks="1", until="۱۴۰۵/۱۰/۰۱"), visit_of(typed(), 4)).until
    assert until is not None and until.isoformat() == "2026-12-22"
    assert series_of(typed(), visit_of(typed(), 4)).every_weeks == 0


def test_times_that_are_easy_to_say_are_shown_and_begins_of_free_stretches():
    free = [offer(minutes) for minutes in (*range(0, 31, 5), *range(50, 76, 5))]
    assert begins(round_ones(free, 5)) == [0, 15, 30, 50, 60, 75]
    assert begins(round_ones([offer(minutes) for minutes in (0, 20, 40, 100)], 20)) == [0, 20, 40, 100]


def test_of_many_times_those_near_the_wanted_one_are_shown_else_those_that_leave_no_gaps():
    free = [offer(minutes, gaps=minutes == 15) for minutes in range(0, 120, 15)]
    assert begins(shown_of(free, 3, None)) == [0, 30, 45]
    assert begins(shown_of(free, 3, NINE + timedelta(minutes=90))) == [75, 90, 105]


def test_a_weeks_day_is_shown_from_its_morning_to_its_evening():
    assert begins(spread([offer(minutes) for minutes in range(0, 150, 15)], 4)) == [0, 45, 90, 135]
    assert begins(spread([offer(0, gaps=1), offer(15, gaps=1)], 4)) == [0, 15]
    days = [offer(minutes) for day in range(2) for minutes in range(day * 1440, day * 1440 + 150, 15)]
    assert begins(of_each_day(days, 2)) == [0, 135, 1440, 1575]


def test_beside_a_refused_time_each_persons_nearest_come_before_anyones_second_nearest():
    near = [offer(0, staff=NEGAR), offer(5, staff=NEGAR), offer(-15, staff=NEGAR), offer(45), offer(-45), offer(60)]
    chosen = nearest_of(near, 5, NINE)
    assert [(one.items[0].staff_id, minutes) for one, minutes in zip(chosen, begins(chosen), strict=True)] == [
        (SARA, -45),
        (NEGAR, -15),
        (NEGAR, 0),
        (SARA, 45),
    ]
