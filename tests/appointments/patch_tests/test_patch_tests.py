"""Patch tests: on file, asked for at booking, passed over only by permission."""

from datetime import timedelta

import pytest

from salon.appointments.changes.queries import changes_of
from salon.appointments.models import PatchTest
from salon.appointments.moves.services import replan, reschedule
from salon.appointments.patch_tests.queries import patch_tests_of
from salon.appointments.patch_tests.rules import Tested, Trouble, trouble_with
from salon.appointments.patch_tests.services import record_patch_test
from salon.appointments.rules import BookingItem
from salon.appointments.services import book
from salon.catalog.booking_rules.rules import Rules
from salon.catalog.booking_rules.services import set_rules
from salon.core.db import db, transaction
from salon.core.errors import DomainError, Invalid, NotFound

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@pytest.fixture
def asks(salon):
    """The cut asks for a patch test 48 hours before."""
    with transaction():
        set_rules(service_id=salon.cut, rules=Rules(patch_hours=48))


@pytest.fixture
def tested(salon, now):
    """Put a test of Zahra's on file."""

    def test(tested_at=None, result="clear", **more):
        with transaction():
            kept = {"customer_id": salon.zahra, "service_id": salon.cut, "note": "پشت گوش"} | more
            return record_patch_test(
                **kept, result=result, tested_at=tested_at or now, actor=None, now=max(now, tested_at or now)
            )

    return test


def refused(call):
    with pytest.raises(DomainError) as found, transaction():
        call()
    return found.value.code


@pytest.mark.parametrize(
    ("rules", "tests", "trouble"),
    [
        (Rules(), [], None),
        (Rules(), [(-DAY, "reaction")], Trouble.REACTION),
        (Rules(patch_hours=0), [], Trouble.MISSING),
        (Rules(patch_hours=0), [(-HOUR, "clear")], None),
        (Rules(patch_hours=48), [(-48 * HOUR, "clear")], None),
        (Rules(patch_hours=48), [(-47 * HOUR, "clear")], Trouble.TOO_LATE),
        (Rules(patch_hours=48), [(-47 * HOUR, "clear"), (-300 * DAY, "clear")], None),
        (Rules(patch_hours=48, patch_months=6), [(-47 * HOUR, "clear"), (-300 * DAY, "clear")], Trouble.TOO_OLD),
        (Rules(patch_hours=48, patch_months=6), [(-170 * DAY, "clear")], None),
        (Rules(patch_hours=48), [(-3 * DAY, "clear"), (-9 * DAY, "reaction")], None),  # the latest decides
    ],
)
def test_what_stands_against_a_service(rules, tests, trouble, tomorrow_ten):
    on_file = [Tested(1, tomorrow_ten + before, result) for before, result in tests]
    assert trouble_with(rules, on_file, tomorrow_ten) == trouble


def test_without_its_patch_test_a_service_is_not_booked_unless_somebody_may(asks, tested, book_cut, now, tomorrow_ten):
    visit = tomorrow_ten + 3 * DAY
    with pytest.raises(DomainError) as found:
        book_cut(visit)
    assert found.value.code == "patch_test_missing"
    passed = book_cut(visit, without_patch_test=True)
    assert changes_of(passed.id)[0].sentence.endswith("(بی تست حساسیت)")
    tested(now)
    assert not changes_of(book_cut(visit + DAY).id)[0].after.get("without_patch_test")


def test_after_a_reaction_nobody_books_it(asks, tested, book_cut, tomorrow_ten):
    tested(result="reaction")
    with pytest.raises(DomainError) as found:
        book_cut(tomorrow_ten + 3 * DAY, without_patch_test=True)
    assert found.value.code == "patch_test_reaction"
    assert "واکنش داشته است" in found.value.message


def test_it_is_not_moved_to_before_its_patch_test_counts(asks, tested, book_cut, now, tomorrow_ten):
    tested(now)
    booked = book_cut(tomorrow_ten + 3 * DAY)
    by = {"appointment_id": booked.id, "actor": None, "now": now}
    assert refused(lambda: reschedule(starts_at=tomorrow_ten, **by)) == "patch_test_missing"
    with transaction():
        reschedule(starts_at=tomorrow_ten + 2 * DAY, **by)


def test_what_stands_without_its_patch_test_is_moved_so(salon, book_cut, now, tomorrow_ten):
    before_the_rule = book_cut(tomorrow_ten)
    with transaction():
        set_rules(service_id=salon.cut, rules=Rules(patch_hours=48))
    by_permission = book_cut(tomorrow_ten + DAY, without_patch_test=True)
    for booked in (before_the_rule, by_permission):
        with transaction():
            reschedule(appointment_id=booked.id, starts_at=booked.starts_at + HOUR, actor=None, now=now)


def test_other_services_are_asked_for_theirs(asks, salon, now, tomorrow_ten):
    brushing = [BookingItem(salon.brushing, salon.sara)]
    with transaction():
        booked = book(
            branch_id=salon.branch_id,
            customer_id=salon.zahra,
            starts_at=tomorrow_ten,
            items=brushing,
            actor=None,
            now=now,
        )
    by = {"appointment_id": booked.id, "starts_at": None, "actor": None, "now": now}
    cut = [BookingItem(salon.cut, salon.sara)]
    assert refused(lambda: replan(items=cut, **by)) == "patch_test_missing"
    with transaction():
        replan(items=cut, without_patch_test=True, **by)
    assert changes_of(booked.id)[0].after["without_patch_test"] is True


def test_what_is_on_file_is_read_the_latest_first(salon, tested, now):
    tested(now - 2 * DAY)
    tested(now - DAY, "reaction")
    assert [(test.service, test.result, test.note) for test in patch_tests_of(salon.zahra)] == [
        ("کوتاهی", "reaction", "پشت گوش"),
        ("کوتاهی", "clear", "پشت گوش"),
    ]
    assert db.session.query(PatchTest).count() == 2


def test_a_test_of_nobody_of_nothing_or_of_tomorrow_is_refused(salon, now):
    good = {"customer_id": salon.zahra, "service_id": salon.cut, "result": "clear", "tested_at": now}
    for wrong, kind, code in (
        ({"customer_id": 999}, NotFound, "customer_unknown"),
        ({"service_id": 999}, NotFound, "service_unknown"),
        ({"result": "well"}, Invalid, "result_unknown"),
        ({"tested_at": now + timedelta(seconds=1)}, Invalid, "tested_at_invalid"),
    ):
        with pytest.raises(kind) as found, transaction():
            record_patch_test(**good | wrong, actor=None, now=now)
        assert found.value.code == code
