"""Two tills at the same moment: no movement is lost, none counts twice, and one of two countings wins."""

from datetime import datetime, timedelta
from functools import partial

import pytest
from sqlalchemy import func, select

from salon.access.models import User
from salon.cashbox.models import BoxKind, Shift, Voucher
from salon.cashbox.vouchers.services import reverse_voucher
from salon.core.db import db, transaction
from salon.core.errors import DomainError
from salon.core.jalali import local_date
from salon.invoices.checkout.rules import Outcome
from salon.ledger.models import AccountKind
from salon.ledger.queries import balance
from tests.cashbox.conftest import Boxes, Close, Open, Pay, Sell, Write
from tests.conftest import Together
from tests.factories import SmallSalon

pytestmark = pytest.mark.usefixtures("in_order")

ROUNDS = range(4)


def refused(answers: list[object]) -> list[str]:
    """The codes of those that were refused."""
    return [answer.code for answer in answers if isinstance(answer, DomainError)]


def test_two_open_the_same_till_and_one_wins(opened: Open, closed: Close, together: Together) -> None:
    for turn in ROUNDS:
        answers = together(partial(opened, 1_000, key=f"a-{turn}"), partial(opened, 2_000, key=f"b-{turn}"))
        assert refused(answers) == ["shift_open"]
        [shift] = [answer for answer in answers if isinstance(answer, Shift)]
        answers = together(
            partial(closed, shift.id, 900, key=f"c-{turn}"), partial(closed, shift.id, 800, key=f"d-{turn}")
        )
        assert refused(answers) == ["period_closed"]
        db.session.rollback()
    assert db.session.scalar(select(func.count()).select_from(Shift)) == len(ROUNDS)


def test_a_request_sent_twice_at_once_opens_and_closes_once(opened: Open, closed: Close, together: Together) -> None:
    for turn in ROUNDS:
        answers = together(*[partial(opened, 1_000, key=f"morning-{turn}")] * 3)
        assert refused(answers) == []
        [shift_id] = {answer.id for answer in answers if isinstance(answer, Shift)}
        answers = together(*[partial(closed, shift_id, 900, key=f"evening-{turn}")] * 3)
        assert refused(answers) == []
        assert len({answer.expected for answer in answers if isinstance(answer, Shift)}) == 1
        db.session.rollback()


def test_a_till_is_counted_while_others_settle_at_it_and_each_payment_is_before_or_after(
    till: int, opened: Open, closed: Close, sell: Sell, pay: Pay, together: Together
) -> None:
    held = 0
    for turn in ROUNDS:
        shift = opened(held, key=f"open-at-once-{turn}")
        sold = [sell(1_000), sell(3_000), sell(5_000)]
        answers = together(
            *(partial(pay, invoice, 1_000, key=f"pay-{turn}-{invoice}") for invoice in sold),
            partial(closed, shift.id, held, key=f"close-at-once-{turn}"),
        )
        assert refused(answers) == []
        assert len([answer for answer in answers if isinstance(answer, Outcome)]) == 3
        db.session.rollback()
        before = (db.session.scalar(select(Shift.expected).where(Shift.id == shift.id)) or 0) - held
        assert before in {0, 1_000, 2_000, 3_000}
        held += 3_000 - before
        assert balance(AccountKind.CASH, till) == held


def test_two_take_the_last_money_of_a_till_and_one_gets_it(till: int, write: Write, together: Together) -> None:
    for turn in ROUNDS:
        write(1_000)
        answers = together(
            partial(write, 700, "expense", key=f"tea-{turn}"), partial(write, 600, "payment", key=f"taxi-{turn}")
        )
        assert refused(answers) == ["till_short"]
        db.session.rollback()
        write(balance(AccountKind.CASH, till), "withdrawal")


def test_money_goes_both_ways_between_two_boxes_at_once(
    till: int, boxes: Boxes, write: Write, together: Together
) -> None:
    bank = boxes[BoxKind.BANK]
    write(10_000)
    write(10_000, cashbox_id=bank)
    for turn in ROUNDS:
        answers = together(
            partial(write, 1_000, "transfer", to_cashbox_id=bank, key=f"there-{turn}"),
            partial(write, 1_000, "transfer", cashbox_id=bank, to_cashbox_id=till, key=f"here-{turn}"),
        )
        assert refused(answers) == []
    db.session.rollback()
    assert (balance(AccountKind.CASH, till), balance(AccountKind.BANK, bank)) == (10_000, 10_000)


def test_a_voucher_sent_twice_at_once_is_written_once_and_taken_back_once(
    salon: SmallSalon, till: int, write: Write, now: datetime, together: Together
) -> None:
    for turn in ROUNDS:
        answers = together(*[partial(write, 1_000, key=f"tea-{turn}")] * 3)
        [voucher_id] = {answer.id for answer in answers if isinstance(answer, Voucher)}

        def back(key: str, voucher_id: int = voucher_id) -> Voucher:
            with transaction():
                owner = db.session.get_one(User, salon.owner_id)
                return reverse_voucher(branch_id=salon.branch_id, voucher_id=voucher_id, key=key, actor=owner, now=now)

        answers = together(partial(back, f"first-{turn}"), partial(back, f"second-{turn}"))
        assert refused(answers) == ["voucher_reversed"]
    db.session.rollback()
    assert balance(AccountKind.CASH, till) == 0


def test_a_voucher_dated_yesterday_is_in_the_counting_or_refused_and_never_slips_in_behind_it(
    opened: Open, closed: Close, write: Write, now: datetime, together: Together
) -> None:
    for turn in ROUNDS:
        today = now + timedelta(days=2 * turn)
        shift = opened(1_000, key=f"open-{turn}", at=today)
        late = partial(write, 100, "expense", at=today, business_date=local_date(today) - timedelta(days=1))
        answers = together(partial(late, key=f"late-{turn}"), partial(closed, shift.id, 900, key=f"c-{turn}", at=today))
        assert refused(answers) in ([], ["period_closed"])
        db.session.rollback()
        expected = db.session.scalar(select(Shift.expected).where(Shift.id == shift.id))
        assert expected == (1_000 if refused(answers) else 900)
