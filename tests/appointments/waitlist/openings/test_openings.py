"""Those for whom nothing is free are searched anew only where something opened."""

from datetime import timedelta

import pytest
from sqlalchemy import event

from salon.appointments.availability.rules import Asked
from salon.appointments.holds.services import keep
from salon.appointments.rules import BookingItem
from salon.appointments.services import set_status
from salon.appointments.waitlist import jobs
from salon.appointments.waitlist.jobs import offer_openings
from salon.appointments.waitlist.openings.rules import EVERYBODY, HeldTime, Seen, Standing, has_opened
from salon.appointments.waitlist.queries import entry_of, spec_of
from salon.appointments.waitlist.services import change
from salon.core.db import db, transaction
from salon.core.jalali import local_date
from salon.setup.days.services import close_day
from salon.staff.hours.services import add_absence, end_absence, set_hours
from tests.appointments.waitlist.conftest import full_sunday, let_in, wait

__all__ = ["full_sunday", "let_in", "wait"]
MINUTE = timedelta(minutes=1)


@pytest.fixture
def searched(monkeypatch):
    """Who is searched a time for, one after another."""
    asked, search = [], jobs.free_for

    def noted(entry, now):
        asked.append(entry.id)
        return search(entry, now)

    monkeypatch.setattr(jobs, "free_for", noted)
    return asked


@pytest.fixture
def sweep(searched):
    """Sweep, and say whom it searched for."""

    def run(now):
        searched.clear()
        offer_openings(now)
        return list(searched)

    return run


def test_nobody_is_searched_for_again_while_nothing_opens(salon, now, tomorrow_ten, book_cut, wait, full_sunday, sweep):
    booked = book_cut(tomorrow_ten)
    first, second = wait(), wait(later=MINUTE)
    assert sweep(now) == [first, second]
    assert sweep(now + MINUTE) == []
    book_cut(tomorrow_ten + timedelta(days=1))  # what is taken opens nothing
    assert sweep(now + 2 * MINUTE) == []
    with transaction():
        set_status(appointment_id=booked.id, status="cancelled", actor=None, now=now)
    assert sweep(now + 3 * MINUTE) == [first, second]


def test_a_sweep_asks_as_little_for_many_as_for_two(now, tomorrow_ten, book_cut, wait, full_sunday):
    def statements(at):
        count = []
        listen = event.listens_for(db.engine, "before_cursor_execute")
        note = listen(lambda *args: count.append(args[2]))
        offer_openings(at)
        event.remove(db.engine, "before_cursor_execute", note)
        return len(count)

    book_cut(tomorrow_ten)
    wait(), wait(later=MINUTE)
    offer_openings(now)
    of_two = statements(now + MINUTE)
    for later in range(2, 12):
        wait(later=later * MINUTE)
    offer_openings(now + MINUTE)
    assert statements(now + 2 * MINUTE) == of_two < 20


def test_a_wish_that_changes_is_searched_for_alone(salon, now, tomorrow_ten, book_cut, wait, full_sunday, sweep):
    book_cut(tomorrow_ten)
    first, second = wait(), wait(later=MINUTE)
    assert sweep(now) == [first, second]
    with transaction():
        spec = spec_of(entry_of(salon.branch_id, second))
        other = type(spec)(**vars(spec) | {"from_time": 9 * 60})
        change(branch_id=salon.branch_id, entry_id=second, spec=other, actor=None, now=now)
    assert sweep(now + MINUTE) == [second]
    assert sweep(now + EVERYBODY) == [first, second]


def test_a_held_time_that_lapses_opens(salon, now, tomorrow_ten, wait, full_sunday, sweep):
    with transaction():
        kept = keep(
            asked=Asked(salon.branch_id, [BookingItem(salon.cut, salon.sara)]),
            starts_at=tomorrow_ten,
            actor=None,
            now=now,
        )
    waiting = wait()
    assert sweep(now) == [waiting]
    assert sweep(kept.expires_at - MINUTE) == []
    assert sweep(kept.expires_at) == [waiting]


def test_other_hours_may_open_a_time(salon, now, tomorrow_ten, book_cut, wait, full_sunday, sweep):
    by = {"actor": None, "now": now}
    book_cut(tomorrow_ten)
    with transaction():
        day = tomorrow_ten + timedelta(days=9)
        away = add_absence(staff_id=salon.sara, starts_at=day, ends_at=day + 60 * MINUTE, reason="", **by).id
    waiting = wait()
    assert sweep(now) == [waiting]
    with transaction():
        end_absence(absence_id=away, **by)
    assert sweep(now + MINUTE) == [waiting]
    with transaction():
        set_hours(staff_id=salon.sara, week={weekday: [(600, 645)] for weekday in range(7)})
    assert sweep(now + 2 * MINUTE) == [waiting]
    with transaction():
        close_day(branch_id=salon.branch_id, day=local_date(tomorrow_ten) + timedelta(days=5), name="تعمیر", **by)
    assert sweep(now + 3 * MINUTE) == [waiting]
    assert sweep(now + 4 * MINUTE) == []


def test_what_is_over_was_not_let_go_of(now):
    held = HeldTime(1, 2, None, now - 60 * MINUTE, now)
    before, after = Standing(frozenset([held]), ()), Standing(frozenset(), ())
    assert not has_opened(before, after, now)
    assert has_opened(before, after, now - MINUTE)
    assert not has_opened(after, before, now - MINUTE)


def test_all_are_looked_at_again_after_a_quarter_of_an_hour_and_when_the_clock_went_back(now):
    standing, seen = Standing(frozenset(), ()), Seen()
    seen.look(standing, now)
    for at, left in ((now + EVERYBODY - MINUTE, {7}), (now + EVERYBODY, set()), (now + EVERYBODY - MINUTE, set())):
        seen.nothing_for.add(7)
        seen.look(standing, at)
        assert seen.nothing_for == left
