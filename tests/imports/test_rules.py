"""What an import is made of."""

from dataclasses import replace
from datetime import UTC, date, datetime
from types import SimpleNamespace

import pytest
from flask import Flask

from salon.core.errors import Invalid
from salon.imports.errors import code_repeated, number_invalid
from salon.imports.rows.rules import Row
from salon.imports.rules import (
    Books,
    Bundle,
    Did,
    Finding,
    Named,
    Plan,
    Report,
    Stored,
    plan_rows,
    refusal_at,
    without_repeats,
)
from salon.imports.values.rules import Formats

CUT, COLOR = Named(1, "SHCW", "کوتاهی", 45), Named(2, "COL", "رنگ", 120)
BOOKS = Books(
    branch_id=1,
    actor=None,
    now=datetime(2026, 11, 21, 7, 50, tzinfo=UTC),
    opens_at=540,
    club_starts_on=date(2020, 1, 1),
    customers={"1001": 7},
    staff={"sara": 3},
    services={"SHCW": CUT},
    products={},
    services_by_name={"کوتاهی": COLOR},
    products_by_name={},
)


def refused(code: str) -> tuple[str, str]:
    readers = {
        "customer_unknown": BOOKS.customer,
        "staff_unknown": BOOKS.staff_member,
        "service_unknown": BOOKS.service,
    }
    with pytest.raises(Invalid) as refusal:
        readers[code]("x-9")
    return refusal.value.code, refusal.value.message


def rows(*texts: str) -> list[Row]:
    return [Row(line, {"n": (text,)}, {"n": "شماره"}, Formats()) for line, text in enumerate(texts, start=2)]


def test_people_and_things_are_known_by_their_codes_and_services_by_their_names_too() -> None:
    assert (BOOKS.customer("1001"), BOOKS.staff_member("sara")) == (7, 3)
    assert (BOOKS.service("SHCW"), BOOKS.service("كوتاهى")) == (CUT, COLOR)


@pytest.mark.parametrize("code", ["customer_unknown", "staff_unknown", "service_unknown"])
def test_what_the_salon_does_not_know_is_refused_by_what_was_written(app: Flask, code: str) -> None:
    found, sentence = refused(code)
    assert found == code and "«x-9»" in sentence


def test_who_brings_it_in_may_be_nobody() -> None:
    assert BOOKS.actor_id is None
    assert replace(BOOKS, actor=SimpleNamespace(id=4)).actor_id == 4


def test_what_came_of_a_bundle_is_told_by_name() -> None:
    assert [outcome.value for outcome in Did] == ["added", "changed", "unchanged"]
    assert (Stored(Did.ADDED).warnings, Stored(Did.ADDED).remark) == ((), None)
    assert Named(1, "x", "y").minutes == 0


def test_a_refusal_stands_in_the_report_with_its_line(app: Flask) -> None:
    assert refusal_at(9, number_invalid("شماره", "دو")) == Finding(9, "number_invalid", "«دو» عدد درست نیست (شماره).")


def test_each_row_that_can_be_read_is_planned_and_the_others_are_named(app: Flask) -> None:
    plan = plan_rows(rows("1", "دو", "3"), lambda row: row.whole("n"))
    assert plan.bundles == [Bundle((2,), 1), Bundle((4,), 3)]
    assert [(finding.line, finding.code) for finding in plan.refused] == [(3, "number_invalid")]
    assert plan.warnings == []


def test_the_same_again_is_dropped_and_the_same_key_with_something_else_is_refused(app: Flask) -> None:
    first, same, other, after = "a1", "".join(["a", "1"]), "a2", "b1"
    plan = Plan([Bundle((2,), first), Bundle((3,), same), Bundle((4, 5), other), Bundle((6,), after)])
    plan.refused.append(Finding(1, "before", ""))
    kept = without_repeats(plan, lambda fact: fact[0], code_repeated)
    assert kept is plan
    assert kept.bundles == [Bundle((2,), "a1"), Bundle((6,), "b1")]
    assert [(finding.line, finding.code) for finding in kept.refused[1:]] == [
        (4, "code_repeated"),
        (5, "code_repeated"),
    ]
    assert kept.refused[0].code == "before"
    assert "«a»" in kept.refused[1].message


def test_a_report_begins_with_nothing_and_tells_its_findings_by_line() -> None:
    report = Report()
    assert (report.rows, report.left_out, report.refused, report.warnings) == (0, 0, [], [])
    assert report.outcomes == {Did.ADDED: 0, Did.CHANGED: 0, Did.UNCHANGED: 0}
    report.refused += [Finding(9, "b", ""), Finding(3, "a", "")]
    report.warnings += [Finding(8, "b", ""), Finding(2, "a", "")]
    assert report.in_order() is report
    assert [finding.line for finding in [*report.refused, *report.warnings]] == [3, 9, 2, 8]


def test_a_service_is_known_by_its_code_in_any_digits() -> None:
    books = replace(BOOKS, services={"12": CUT})
    assert books.service("۱۲") is CUT
