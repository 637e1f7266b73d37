"""Verbs that take a booking's customer and its people take them in one order: crossing ones never deadlock."""

import threading
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta

import pytest
from flask import Flask

from salon.appointments import services
from salon.appointments.groups.rules import Party, Together
from salon.appointments.groups.services import open_group
from salon.appointments.groups.together.services import book_together, cancel_group
from salon.appointments.queue.services import call, come
from salon.appointments.rules import BookingItem
from salon.appointments.services import book, set_status
from salon.core.db import db, transaction
from salon.core.jalali import local_date
from tests.factories import SmallSalon
from tests.test_meanwhile import Act, waits

Cross = Callable[[Act, Act], list[object]]


@pytest.fixture
def cross(app: Flask, database_url: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Cross]:
    """Two transactions; the first rests after its customer and before its people, until the second one waits."""
    resting, go_on, first_of_all = threading.Event(), threading.Event(), threading.local()
    queue_for = services.queue_for

    def rest(laid: object) -> None:
        if getattr(first_of_all, "here", False):
            resting.set()
            assert go_on.wait(60)
        queue_for(laid)  # type: ignore[arg-type]  # as it was called

    def run(act: Act, answers: dict[str, object], name: str) -> None:
        first_of_all.here = name == "first"
        with app.app_context():
            try:
                with transaction():
                    answers[name] = act()
            except Exception as error:
                answers[name] = error
            finally:
                db.session.remove()

    def play(first: Act, second: Act) -> list[object]:
        answers: dict[str, object] = {}
        one, other = (
            threading.Thread(target=run, args=(act, answers, name))
            for act, name in ((first, "first"), (second, "second"))
        )
        db.session.remove()
        one.start()
        assert resting.wait(60)
        other.start()
        assert waits(other, database_url)
        go_on.set()
        one.join()
        other.join()
        return [answers["first"], answers["second"]]

    monkeypatch.setattr(services, "queue_for", rest)
    yield play
    go_on.set()


@pytest.fixture
def standing(salon: SmallSalon, now: datetime) -> int:
    """A booking of Zahra's with Sara this afternoon."""
    with transaction():
        return book(
            branch_id=salon.branch_id,
            customer_id=salon.zahra,
            starts_at=now + timedelta(hours=5),
            items=[BookingItem(salon.cut, salon.sara)],
            actor=None,
            now=now,
        ).id


def test_who_is_called_while_another_booking_of_hers_is_called_off(
    salon: SmallSalon, now: datetime, standing: int, cross: Cross
) -> None:
    by = {"branch_id": salon.branch_id, "actor": None, "now": now}
    with transaction():
        walk_in = come(customer_id=salon.zahra, items=[BookingItem(salon.cut, salon.sara)], **by).id
    assert cross(
        lambda: set_status(appointment_id=standing, status="cancelled", actor=None, now=now).status,
        lambda: call(walk_in_id=walk_in, **by).status,
    ) == ["cancelled", "arrived"]


def test_a_group_that_is_called_off_while_a_booking_of_its_head_is(
    salon: SmallSalon, now: datetime, standing: int, cross: Cross
) -> None:
    by = {"actor": None, "now": now}
    begins = now + timedelta(hours=7)
    with transaction():
        group = open_group(branch_id=salon.branch_id, head_id=salon.zahra, day=local_date(begins), **by).id
        wanted = Together(salon.branch_id, (Party(salon.zahra, (BookingItem(salon.cut, salon.sara),)),))
        book_together(group_id=group, wanted=wanted, starts_at=begins, **by)
    assert cross(
        lambda: set_status(appointment_id=standing, status="cancelled", **by).status,
        lambda: cancel_group(branch_id=salon.branch_id, group_id=group, **by).state,
    ) == ["cancelled", "cancelled"]
