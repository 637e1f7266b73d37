"""Schemes are made, changed and ended; what was paid by them keeps its terms."""

from datetime import date, datetime

import pytest

from salon.core.db import db, transaction
from salon.core.errors import DomainError
from salon.staff.lines.services import add_line, change_line, join_line
from salon.staff.models import PayKind, PayScheme, PayTarget
from salon.staff.schemes.queries import pay_scheme, places_of
from salon.staff.schemes.services import add_scheme, change_scheme, end_scheme
from salon.staff.schemes.terms.rules import SchemeSpec, spec_of
from salon.staff.services import add_staff
from tests.conftest import Together
from tests.factories import SmallSalon

YEAR = date(2026, 3, 21)
STEPS = ((0, 3_000), (1_000_000, 3_500))


def spec(salon: SmallSalon, **said: object) -> SchemeSpec:
    """A percentage of Sara's from the first day of the year on, unless said otherwise."""
    known = SchemeSpec("الگو", PayKind.PERCENT.value, YEAR, staff_id=salon.sara, percent_bp=4_000)
    return SchemeSpec(**vars(known) | said)  # type: ignore[arg-type]  # as a test says it


def add(salon: SmallSalon, now: datetime, **said: object) -> PayScheme:
    """Make a scheme."""
    with transaction():
        return add_scheme(spec=spec(salon, **said), actor=None, now=now)


def test_a_scheme_keeps_only_what_its_kind_has_a_use_for(salon: SmallSalon, now: datetime) -> None:
    made = add(salon, now, kind="salary", amount=90_000_000, steps=STEPS, service_id=salon.cut, discount_bp=5_000)
    assert (made.amount, made.percent_bp, list(made.steps), made.service_id, made.discount_bp) == (
        90_000_000,
        0,
        [],
        None,
        None,
    )
    goods = add(salon, now, target=PayTarget.GOODS, service_id=salon.cut, after_materials=True, redo_bp=5_000)
    assert (goods.service_id, goods.after_materials, goods.redo_bp) == (None, False, 0)


@pytest.mark.parametrize(
    ("said", "code", "field"),
    [
        ({"name": " "}, "name_missing", "name"),
        ({"name": "ا" * 81}, "text_long", "name"),
        ({"kind": "barter"}, "scheme_kind_invalid", "kind"),
        ({"target": "wine"}, "scheme_target_invalid", "target"),
        ({"percent_bp": 10_001}, "scheme_percent_invalid", "percent_bp"),
        ({"percent_bp": -1}, "scheme_percent_invalid", "percent_bp"),
        ({"own_bp": 10_001}, "scheme_percent_invalid", "own_bp"),
        ({"discount_bp": 10_001}, "scheme_percent_invalid", "discount_bp"),
        ({"credit_bp": -1}, "scheme_percent_invalid", "credit_bp"),
        ({"redo_bp": 10_001}, "scheme_percent_invalid", "redo_bp"),
        ({"kind": "fixed", "amount": -1}, "scheme_amount_invalid", "amount"),
        ({"kind": "salary", "amount": 0}, "scheme_amount_invalid", "amount"),
        ({"kind": "steps"}, "scheme_steps_invalid", "steps"),
        ({"kind": "steps", "steps": ((1_000, 3_000),)}, "scheme_steps_invalid", "steps"),
        ({"kind": "steps", "steps": ((0, 3_000), (0, 4_000))}, "scheme_steps_invalid", "steps"),
        ({"kind": "steps", "steps": ((0, 3_000), (5, 4_000), (4, 5_000))}, "scheme_steps_invalid", "steps"),
        ({"kind": "steps", "steps": ((0, 10_001),)}, "scheme_percent_invalid", "steps"),
        ({"ends_on": date(2026, 3, 20)}, "scheme_days_invalid", "ends_on"),
        ({"kind": "rent", "amount": 1, "staff_id": None}, "scheme_whom_missing", "staff_id"),
        ({"line_id": 1}, "scheme_whom_invalid", "staff_id"),
        ({"staff_id": 999_999}, "staff_unknown", "staff_id"),
        ({"staff_id": None, "line_id": 999_999}, "line_unknown", "line_id"),
        ({"staff_id": None, "level_id": 999_999}, "level_unknown", "level_id"),
    ],
)
def test_what_no_scheme_can_be_is_refused_at_its_field(
    salon: SmallSalon, now: datetime, said: dict[str, object], code: str, field: str
) -> None:
    with pytest.raises(DomainError) as refused:
        add(salon, now, **said)
    assert (refused.value.code, refused.value.field) == (code, field)
    assert db.session.query(PayScheme).count() == 0


def test_two_schemes_for_the_same_on_one_day_are_refused_and_the_other_is_named(
    salon: SmallSalon, now: datetime
) -> None:
    first = add(salon, now, name="قدیمی", ends_on=date(2026, 6, 1))
    with pytest.raises(DomainError) as refused:
        add(salon, now, kind="steps", steps=STEPS, starts_on=date(2026, 6, 1))
    assert (refused.value.code, refused.value.field) == ("scheme_overlaps", "starts_on")
    assert "قدیمی" in refused.value.message
    later = add(salon, now, starts_on=date(2026, 6, 2))
    add(salon, now, service_id=salon.cut)  # clearer, and so another
    add(salon, now, kind="rent", amount=1)  # by the month, not by the work
    with pytest.raises(DomainError, match="قدیمی"), transaction():
        change_scheme(scheme_id=later.id, spec=spec(salon, starts_on=date(2026, 5, 1)), used=False, actor=None, now=now)
    with pytest.raises(DomainError, match="الگو"), transaction():
        end_scheme(scheme_id=first.id, ends_on=date(2026, 6, 2), actor=None, now=now)


def test_of_two_made_at_once_one_is_refused(salon: SmallSalon, now: datetime, together: Together) -> None:
    answers = together(*[lambda: add(salon, now)] * 2)
    assert sorted(getattr(answer, "code", "made") for answer in answers) == ["made", "scheme_overlaps"]


def test_a_scheme_that_paid_nobody_changes_freely(salon: SmallSalon, now: datetime) -> None:
    made = add(salon, now, kind="steps", steps=STEPS)
    steps = ((0, 2_000), (2_000_000, 5_000))
    changed = spec(salon, kind="steps", percent_bp=0, steps=steps, ends_on=date(2026, 12, 1))
    with transaction():
        change_scheme(scheme_id=made.id, spec=changed, used=False, actor=None, now=now)
    db.session.rollback()
    assert spec_of(pay_scheme(made.id)) == changed


def test_a_scheme_that_somebody_was_paid_by_is_only_renamed_or_ended(salon: SmallSalon, now: datetime) -> None:
    made = add(salon, now)
    with pytest.raises(DomainError) as refused, transaction():
        change_scheme(scheme_id=made.id, spec=spec(salon, percent_bp=5_000), used=True, actor=None, now=now)
    assert refused.value.code == "scheme_in_use"
    with transaction():
        ended = spec(salon, name="تا پاییز", ends_on=date(2026, 11, 21))
        change_scheme(scheme_id=made.id, spec=ended, used=True, actor=None, now=now)
    db.session.rollback()
    assert (pay_scheme(made.id).name, pay_scheme(made.id).ends_on) == ("تا پاییز", date(2026, 11, 21))


def test_a_line_that_is_laid_aside_is_neither_its_head_s_nor_its_people_s(salon: SmallSalon, now: datetime) -> None:
    people = {"head_id": salon.sara, "members": {salon.negar: 0}}
    with transaction():
        line = add_line(branch_id=salon.branch_id, name="مو", **people, actor=None, now=now).id
    both = (salon.sara, salon.negar)
    assert [places_of(both)[staff_id].line_ids for staff_id in both] == [{line}, {line}]
    with transaction():
        change_line(line_id=line, name="مو", **people, active=False, actor=None, now=now)
    assert [places_of(both)[staff_id].line_ids for staff_id in both] == [set(), set()]


def test_assistants_take_no_more_than_the_heads_part(salon: SmallSalon, now: datetime) -> None:
    with transaction():
        people = {salon.negar: 6_000}
        line = add_line(
            branch_id=salon.branch_id, name="مو", head_id=salon.sara, members=people, actor=None, now=now
        ).id
        from_elsewhere = add_line(branch_id=salon.branch_id, name="ناخن", actor=None, now=now).id
    third = _third(salon, now)
    with pytest.raises(DomainError) as refused, transaction():
        join_line(staff_id=third, line_id=line, share_bp=4_001, actor=None, now=now)
    assert (refused.value.code, refused.value.field) == ("shares_above_whole", "share_bp")
    with transaction():
        join_line(staff_id=third, line_id=line, share_bp=4_000, actor=None, now=now)
        join_line(staff_id=third, line_id=from_elsewhere, share_bp=10_000, actor=None, now=now)


def _third(salon: SmallSalon, now: datetime) -> int:
    with transaction():
        return add_staff(branch_id=salon.branch_id, name="مینا", actor=None, now=now).id


def test_a_percentage_after_club_credit_is_kept_as_it_was_said(salon: SmallSalon, now: datetime) -> None:
    made = add(salon, now, credit_bp=None).id
    db.session.rollback()
    assert pay_scheme(made).credit_bp is None
