"""Everybody's pay beside each other, and the days that come next: nothing that no statement holds is left out."""

from datetime import date, datetime, timedelta

from salon.core.jalali import local_date
from salon.payroll.statements.queries import next_days, people_paid
from salon.staff.models import PayKind
from tests.factories import SmallSalon

from .conftest import ABAN, AZAR, IN_AZAR, MEHR, Adjust, Approve, Look, Scheme

IN_MEHR = -timedelta(days=40)
LONG_AGO = date(2020, 1, 1)


def waiting(salon: SmallSalon, staff_id: int, today: date) -> int:
    """What is not approved yet of somebody, as the list says."""
    return next(row.waiting for row in people_paid(salon.branch_id, today) if row.id == staff_id)


def test_salary_and_rent_of_all_months_without_a_statement_are_in_the_list(
    salon: SmallSalon, scheme: Scheme, adjust: Adjust, approve: Approve, look: Look, now: datetime
) -> None:
    adjust("bonus", 1_000, at=now + IN_MEHR)
    scheme(0, kind=PayKind.SALARY, amount=30_000_000, starts_on=MEHR)
    scheme(0, kind=PayKind.RENT, amount=3_000_000, starts_on=ABAN)
    listed = waiting(salon, salon.sara, local_date(now))
    assert listed == 1_000 + 2 * 30_000_000 - 3_000_000
    approve(MEHR, ABAN)
    assert waiting(salon, salon.sara, local_date(now)) == 30_000_000 - 3_000_000
    approve(ABAN, AZAR)
    assert (waiting(salon, salon.sara, local_date(now)), look().due) == (0, listed)


def test_the_first_statement_begins_with_the_month_of_a_salary_that_nothing_moved_yet(
    salon: SmallSalon, scheme: Scheme, adjust: Adjust, now: datetime
) -> None:
    adjust("bonus", 1_000, at=now + IN_MEHR)  # of Sara's, with which the books begin
    scheme(0, kind=PayKind.SALARY, amount=30_000_000, starts_on=ABAN, staff_id=salon.negar)
    in_azar = local_date(now + IN_AZAR)
    assert next_days(salon.negar, in_azar) == (ABAN, AZAR)
    assert waiting(salon, salon.negar, in_azar) == 30_000_000 + 9_000_000


def test_a_salary_is_not_older_than_the_books(salon: SmallSalon, scheme: Scheme, adjust: Adjust, now: datetime) -> None:
    scheme(0, kind=PayKind.SALARY, amount=30_000_000, starts_on=LONG_AGO, staff_id=salon.negar)
    assert next_days(salon.negar, local_date(now))[0] == ABAN
    adjust("bonus", 1_000, at=now + IN_MEHR)
    assert next_days(salon.negar, local_date(now)) == (MEHR, ABAN)
    assert waiting(salon, salon.negar, local_date(now)) == 60_000_000
