"""Approving and paying what the demo's people earned in a month."""

from datetime import date, timedelta

from ...core.jalali import month_range
from ...payroll.payments.services import pay_statement
from ...payroll.queries import sums_of
from ...payroll.statements.services import approve_statement
from ..drawer.services import held
from ..story.rules import Story

ON_DAY, REST_AFTER = 2, 3  # of the Jalali month; days until the rest is paid
LATE_EVERY = 3  # of so many people one waits for half of her pay
STEP = 10_000  # rials of what is paid in advance of the rest


def pay_staff(story: Story, day: date) -> None:
    """On the pay day the owner approves last month and pays; some get half of it then, and the rest days later."""
    passed = (day - month_range(day)[0]).days + 1
    if passed == ON_DAY:
        _approve(story, day)
    if passed in {ON_DAY, ON_DAY + REST_AFTER}:
        for place, staff_id in enumerate(sorted(story.salon.hours)):
            _pay(story, day, staff_id, in_two=place % LATE_EVERY == 0 and passed == ON_DAY)


def _approve(story: Story, day: date) -> None:
    starts_on, ends_before = month_range(day - timedelta(days=ON_DAY))
    for staff_id in sorted(story.salon.hours):
        approve_statement(
            branch_id=story.salon.branch_id,
            staff_id=staff_id,
            starts_on=starts_on,
            ends_before=ends_before,
            key=f"demo:{day.isoformat()}:{staff_id}:statement",
            actor=story.salon.owner,
            now=story.moment(day, 19),
        )


def _pay(story: Story, day: date, staff_id: int, *, in_two: bool) -> None:
    """Pay what is due, or half of it, as far as the bank account holds it."""
    due, bank = sums_of(staff_id).due, story.salon.boxes.bank
    amount = min(due // 2 // STEP * STEP if in_two else due, held(story, bank))
    if amount <= 0:
        return
    pay_statement(
        branch_id=story.salon.branch_id,
        staff_id=staff_id,
        amount=amount,
        cashbox_id=bank,
        key=f"demo:{day.isoformat()}:{staff_id}:pay",
        actor=story.salon.owner,
        now=story.moment(day, 19, 30),
    )
