"""A shift goes from one counting to the next; what is closed stays."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import text

from salon.cashbox.boxes.queries import boxes_of
from salon.cashbox.models import BoxKind, Cashbox, PaymentMethod
from salon.cashbox.queries import other_till
from salon.cashbox.rules import PaymentSpec
from salon.cashbox.shifts.queries import moved_in, terminals_since
from salon.cashbox.shifts.rules import SlipTotal
from salon.cashbox.shifts.services import open_shift
from salon.cashbox.vouchers.queries import movements
from salon.cashbox.vouchers.rules import label_of
from salon.core.db import transaction
from salon.core.errors import DomainError, Invalid, NotFound
from salon.core.jalali import local_date
from salon.invoices.checkout.services import settle
from salon.invoices.returns.rules import Refund
from salon.invoices.returns.services import return_sale
from salon.invoices.slip.queries import slip
from salon.ledger.models import AccountKind
from salon.ledger.queries import balance
from tests.cashbox.conftest import Boxes, Close, Open, Pay, Sell, Write
from tests.factories import SmallSalon

pytestmark = pytest.mark.usefixtures("in_order")


def test_a_day_is_opened_sold_spent_and_closed_short(
    till: int, opened: Open, closed: Close, write: Write, sell: Sell, pay: Pay
) -> None:
    morning = opened(2_000_000)
    pay(sell(1_000_000), 1_000_000)
    write(300_000, "expense")
    evening = closed(morning.id, 2_650_000, explanation="پول خرد به پیک")
    assert (evening.expected, evening.counted, evening.difference) == (2_700_000, 2_650_000, -50_000)
    assert balance(AccountKind.CASH, till) == 2_650_000
    assert balance(AccountKind.CASH_DIFFERENCE, till) == 50_000
    assert balance(AccountKind.OPENING) == -2_000_000
    assert [(moved.source_kind, moved.amount, moved.count) for moved in moved_in(evening)] == [
        ("invoice", 1_000_000, 1),
        ("voucher", -300_000, 1),
    ]


def test_sales_returns_and_old_debts_are_told_apart(
    salon: SmallSalon, now: datetime, opened: Open, sell: Sell, pay: Pay
) -> None:
    shift = opened(0)
    owed = sell(1_000_000)
    pay(owed, 400_000)
    sold = sell(300_000)
    pay(sold, 300_000, key="sold")
    later = now + timedelta(minutes=5)
    pay(owed, 600_000, key="later", at=later)
    with transaction():
        return_sale(
            branch_id=salon.branch_id,
            invoice_id=sold,
            lines=None,
            refund=Refund.ORIGINAL,
            key="back",
            actor_id=salon.desk_id,
            now=later,
        )
    told = [(label_of(moved.source_kind, moved.kind), moved.amount, moved.count) for moved in moved_in(shift)]
    assert told == [("فروش", 700_000, 2), ("دریافت بدهی", 600_000, 1), ("پس‌دادن مرجوعی", -300_000, 1)]
    day = movements(salon.branch_id, local_date(now), 10)
    assert [
        (label_of(moved.source_kind, moved.kind), moved.amount) for moved in day if moved.source_kind == "invoice"
    ] == [
        ("پس‌دادن مرجوعی", -300_000),
        ("دریافت بدهی", 600_000),
        ("فروش", 300_000),
        ("فروش", 400_000),
    ]


def test_a_till_that_is_not_the_main_one_takes_her_money_only_while_she_counts_it_alone_and_is_named(
    salon: SmallSalon, till: int, opened: Open, closed: Close, sell: Sell, pay: Pay
) -> None:
    with transaction() as session:
        session.get_one(Cashbox, till).is_main = False
        session.get_one(Cashbox, till).name = "تنخواه"
        session.flush()
        main = Cashbox(branch_id=salon.branch_id, name="پذیرش", kind="cash", number="", is_main=True, active=True)
        session.add(main)
    main_id, sales = main.id, [sell(1_000_000) for _sale in range(2)]
    opened(0)
    shift = opened(0, cashbox_id=main_id)
    pay(sales[0], 1_000_000)
    assert (balance(AccountKind.CASH, main_id), balance(AccountKind.CASH, till)) == (1_000_000, 0)
    assert (other_till(salon.branch_id, salon.desk_id), slip(sales[0]).till) == ("", "")
    closed(shift.id, 1_000_000)
    assert other_till(salon.branch_id, salon.desk_id) == "تنخواه"
    pay(sales[1], 1_000_000, key="petty")
    assert slip(sales[1]).till == "تنخواه"


def test_what_lay_in_the_till_overnight_is_counted_again_and_the_difference_posted(
    till: int, opened: Open, closed: Close
) -> None:
    closed(opened(1_000).id, 1_000)
    again = opened(1_200)
    assert again.opening_difference == 200
    assert balance(AccountKind.CASH_DIFFERENCE, till) == -200
    assert balance(AccountKind.CASH, till) == 1_200


def test_a_till_has_one_open_shift(opened: Open) -> None:
    opened(1_000)
    with pytest.raises(DomainError) as refused:
        opened(1_000)
    assert refused.value.code == "shift_open"


def test_a_closed_shift_is_not_closed_again(opened: Open, closed: Close) -> None:
    shift = opened(1_000)
    closed(shift.id, 900)
    with pytest.raises(DomainError) as refused:
        closed(shift.id, 900)
    assert refused.value.code == "period_closed"


def test_the_same_key_opens_and_closes_once_and_another_count_under_it_is_refused(
    till: int, opened: Open, closed: Close
) -> None:
    shift = opened(1_000, key="morning")
    assert opened(1_000, key="morning").id == shift.id
    first = closed(shift.id, 900, key="evening")
    again = closed(shift.id, 900, key="evening")
    assert (again.expected, again.counted, again.difference) == (first.expected, 900, -100)
    for act in (lambda: opened(2_000, key="morning"), lambda: closed(shift.id, 800, key="evening")):
        with pytest.raises(Invalid) as refused:
            act()
        assert refused.value.code == "key_reused"
    assert balance(AccountKind.CASH, till) == 900


def test_nothing_changes_in_a_closed_shift_whoever_tries(opened: Open, closed: Close) -> None:
    shift = opened(1_000)
    closed(shift.id, 1_000)
    for statement in ("UPDATE shift SET counted = 5, difference = -995", "UPDATE shift SET explanation = 'x'"):
        with pytest.raises(DomainError) as refused, transaction() as session:
            session.execute(text(statement))
        assert refused.value.code == "period_closed"


def test_a_terminal_and_a_bank_are_not_counted(boxes: Boxes, opened: Open) -> None:
    for kind in (BoxKind.CARD_TERMINAL, BoxKind.BANK):
        with pytest.raises(Invalid) as refused:
            opened(0, cashbox_id=boxes[kind])
        assert refused.value.code == "not_a_till"


def test_a_box_of_nowhere_is_not_opened_nor_one_of_another_branch(
    salon: SmallSalon, till: int, opened: Open, now: datetime
) -> None:
    with pytest.raises(NotFound):
        opened(0, cashbox_id=till + 999)
    with pytest.raises(NotFound), transaction():
        open_shift(branch_id=salon.branch_id + 1, cashbox_id=till, counted=0, key="k", actor=None, now=now)


@pytest.mark.parametrize("counted", [-1, 10**15 + 1])
def test_less_than_nothing_and_too_much_are_no_countings(opened: Open, closed: Close, counted: int) -> None:
    with pytest.raises(Invalid) as refused:
        opened(counted)
    assert refused.value.code == "counted_invalid"
    shift = opened(0)
    with pytest.raises(Invalid) as refused:
        closed(shift.id, counted)
    assert refused.value.code == "counted_invalid"


def test_a_till_that_is_short_is_explained_when_the_desk_is_asked_to(opened: Open, closed: Close) -> None:
    shift = opened(1_000)
    with pytest.raises(Invalid) as refused:
        closed(shift.id, 900, must_explain=True)
    assert (refused.value.code, refused.value.field) == ("explanation_missing", "explanation")
    assert closed(shift.id, 1_000, must_explain=True).difference == 0


def test_the_books_of_a_terminal_stand_beside_its_slip(boxes: Boxes, opened: Open, closed: Close, write: Write) -> None:
    terminal = boxes[BoxKind.CARD_TERMINAL]
    write(5_000, cashbox_id=terminal)
    shift = opened(0)
    [books] = terminals_since(shift)
    assert (books.cashbox_id, books.books) == (terminal, 0)
    done = closed(shift.id, 0, slips=[SlipTotal(terminal, 7_000)], explanation="یک تراکنش بی‌فاکتور")
    assert done.terminals == [{"cashbox_id": terminal, "name": books.name, "books": 0, "slip": 7_000}]


def test_what_a_terminal_took_in_one_shift_is_not_asked_for_in_the_next(
    salon: SmallSalon, now: datetime, opened: Open, closed: Close, sell: Sell
) -> None:
    def by_card(amount: int) -> None:
        written = sell(amount)
        with transaction():
            settle(
                branch_id=salon.branch_id,
                invoice_id=written,
                payments=[PaymentSpec(PaymentMethod.CARD, amount)],
                key=f"card-{amount}",
                actor_id=None,
                now=now,
            )

    morning = opened(1_000)
    by_card(5_000)
    assert [of.books for of in terminals_since(morning)] == [5_000]
    closed(morning.id, 1_000)
    by_card(9_000)
    evening = opened(1_000)
    by_card(7_000)
    assert [of.books for of in terminals_since(evening)] == [7_000]


def test_a_slip_that_says_something_else_is_explained_too(boxes: Boxes, opened: Open, closed: Close) -> None:
    shift = opened(0)
    with pytest.raises(Invalid) as refused:
        closed(shift.id, 0, slips=[SlipTotal(boxes[BoxKind.CARD_TERMINAL], 7_000)], must_explain=True)
    assert refused.value.code == "explanation_missing"


def test_a_shift_over_midnight_stays_that_of_its_opening(opened: Open, closed: Close, now: datetime) -> None:
    shift = opened(1_000)
    tomorrow = now + timedelta(days=1)
    assert closed(shift.id, 1_000, at=tomorrow).business_date == local_date(now)
    assert opened(1_000, at=tomorrow).business_date == local_date(tomorrow)


def test_the_open_shift_is_told_with_its_box(salon: SmallSalon, till: int, opened: Open) -> None:
    shift = opened(1_000)
    told = {box.id: (box.balance, box.shift_id) for box in boxes_of(salon.branch_id)}
    assert told[till] == (1_000, shift.id)
    assert [box for box in told.values() if box[1]] == [told[till]]
