"""Money that comes and goes without an invoice: each voucher in one entry, each mistake taken back by another."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select, text

from salon.access.models import User
from salon.cashbox.models import BoxKind, Cashbox, Voucher
from salon.cashbox.vouchers.queries import movements, sums_of_day
from salon.cashbox.vouchers.services import reverse_voucher
from salon.core.db import db, transaction
from salon.core.errors import DomainError, Forbidden, Invalid, NotFound
from salon.core.jalali import local_date
from salon.ledger.models import AccountKind, Entry, Posting, Unit
from salon.ledger.queries import balance, balances_by_owner
from tests.cashbox.conftest import Boxes, Close, Open, Write
from tests.factories import SmallSalon, open_second_branch

pytestmark = pytest.mark.usefixtures("in_order")


def back(salon: SmallSalon, voucher: Voucher, now: datetime, key: str = "back", who: int = 0) -> Voucher:
    """Take a voucher back."""
    with transaction():
        actor = db.session.get_one(User, who or salon.owner_id)
        return reverse_voucher(
            branch_id=salon.branch_id, voucher_id=voucher.id, note="اشتباه بود", key=key, actor=actor, now=now
        )


def test_each_kind_of_voucher_moves_its_money_from_where_it_was_to_where_it_goes(
    salon: SmallSalon, boxes: Boxes, till: int, write: Write
) -> None:
    bank = boxes[BoxKind.BANK]
    got = write(10_000, party="همسایه", note="فروش قفسهٔ کهنه")
    write(1_000, "payment", party="پیک")
    spent = write(2_000, "expense")
    write(3_000, "transfer", to_cashbox_id=bank)
    write(500, "advance", staff_id=salon.sara)
    write(700, "withdrawal")
    assert balance(AccountKind.CASH, till) == 2_800
    assert balance(AccountKind.BANK, bank) == 3_000
    assert balance(AccountKind.OTHER_INCOME, got.category_id or 0) == -10_000
    assert balance(AccountKind.EXPENSE, spent.category_id or 0) == 3_000
    assert balance(AccountKind.STAFF_PAYABLE, salon.sara) == 500
    assert balance(AccountKind.OWNER) == 700
    assert db.session.scalars(select(Entry.kind).order_by(Entry.id)).all() == [
        *("receipt", "payment", "expense", "transfer", "advance", "withdrawal")
    ]


def test_a_voucher_taken_back_leaves_every_account_as_it_was(
    salon: SmallSalon, boxes: Boxes, write: Write, now: datetime
) -> None:
    write(10_000)
    before = {kind: balances_by_owner(kind, Unit.RIAL) for kind in AccountKind}
    for number, (kind, more) in enumerate(
        [
            ("receipt", {}),
            ("payment", {}),
            ("expense", {}),
            ("transfer", {"to_cashbox_id": boxes[BoxKind.BANK]}),
            ("advance", {"staff_id": salon.sara}),
            ("withdrawal", {}),
        ]
    ):
        wrong = write(1_000, kind, **more)
        taken_back = back(salon, wrong, now, f"back-{number}")
        assert (taken_back.reverses_id, taken_back.amount, taken_back.kind) == (wrong.id, 1_000, kind)
        assert {kind: balances_by_owner(kind, Unit.RIAL) for kind in AccountKind} == before


def test_a_voucher_is_taken_back_once_and_its_reversal_never(salon: SmallSalon, write: Write, now: datetime) -> None:
    wrong = write(1_000)
    reversal = back(salon, wrong, now)
    assert back(salon, wrong, now).id == reversal.id  # the same request again
    for voucher, code in ((wrong, "voucher_reversed"), (reversal, "voucher_reverses")):
        with pytest.raises(DomainError) as refused:
            back(salon, voucher, now, "again")
        assert refused.value.code == code


def test_the_same_key_writes_one_voucher_and_another_body_under_it_is_refused(till: int, write: Write) -> None:
    assert write(1_000, key="tea").id == write(1_000, key="tea").id
    with pytest.raises(Invalid) as refused:
        write(2_000, key="tea")
    assert refused.value.code == "key_reused"
    assert balance(AccountKind.CASH, till) == 1_000


@pytest.mark.parametrize("amount", [0, -5_000, 10**15 + 1, 10**40])
def test_an_amount_of_nothing_less_or_beyond_all_measure_moves_nothing(write: Write, amount: int) -> None:
    with pytest.raises(Invalid) as refused:
        write(amount)
    assert (refused.value.code, refused.value.field) == ("amount_invalid", "amount")
    assert db.session.scalars(select(Posting.id)).all() == []


@pytest.mark.parametrize(
    ("kind", "more", "code", "field"),
    [
        ("receipt", {"category_id": None}, "category_unknown", "category_id"),
        ("receipt", {"category_id": 999}, "category_unknown", "category_id"),
        ("receipt", {"cashbox_id": 999}, "cashbox_unknown", "cashbox_id"),
        ("transfer", {}, "cashbox_unknown", "to_cashbox_id"),
        ("advance", {}, "staff_unknown", "staff_id"),
        ("advance", {"staff_id": 999}, "staff_unknown", "staff_id"),
        ("receipt", {"note": "x" * 301}, "text_long", "note"),
        ("receipt", {"party": "x" * 121}, "text_long", "party"),
    ],
)
def test_what_a_voucher_lacks_is_said_at_its_field(
    write: Write, kind: str, more: dict[str, Any], code: str, field: str
) -> None:
    write(10_000)
    with pytest.raises(Invalid) as refused:
        write(1_000, kind, **more)
    assert (refused.value.code, refused.value.field) == (code, field)


def test_an_expense_has_no_category_of_receipts(write: Write) -> None:
    got = write(10_000)
    with pytest.raises(Invalid):
        write(1_000, "expense", category_id=got.category_id)


def test_money_is_not_moved_to_the_box_it_lies_in(till: int, write: Write) -> None:
    with pytest.raises(Invalid) as refused:
        write(1_000, "transfer", to_cashbox_id=till)
    assert refused.value.code == "same_box"


def test_money_of_another_branch_is_not_moved_from_here(salon: SmallSalon, write: Write, now: datetime) -> None:
    east = open_second_branch(now)
    with transaction() as session:
        session.add(Cashbox(branch_id=east.branch_id, name="صندوق شرق", kind="cash", is_main=True))
        session.flush()
        box = session.scalars(select(Cashbox.id).where(Cashbox.branch_id == east.branch_id)).one()
    with pytest.raises(Invalid):
        write(1_000, cashbox_id=box)
    with pytest.raises(Invalid):
        write(1_000, "advance", staff_id=east.mina)


def test_a_till_gives_no_more_than_it_holds_and_a_bank_may(boxes: Boxes, write: Write) -> None:
    write(1_000)
    with pytest.raises(DomainError) as refused:
        write(1_001, "expense")
    assert (refused.value.code, refused.value.field) == ("till_short", "amount")
    assert "۱۰۰ تومان" in refused.value.message
    write(1_000, "expense")
    write(5_000, "expense", cashbox_id=boxes[BoxKind.BANK])


def test_a_receipt_whose_money_is_gone_is_not_taken_back(salon: SmallSalon, write: Write, now: datetime) -> None:
    got = write(1_000)
    write(600, "expense")
    with pytest.raises(DomainError) as refused:
        back(salon, got, now)
    assert refused.value.code == "till_short"


def test_the_owner_alone_takes_her_money_out_and_puts_it_back(salon: SmallSalon, write: Write, now: datetime) -> None:
    write(1_000, who=salon.desk_id)
    with pytest.raises(Forbidden) as refused:
        write(500, "withdrawal", who=salon.desk_id)
    assert refused.value.code == "not_permitted"
    taken = write(500, "withdrawal")
    with pytest.raises(Forbidden):
        back(salon, taken, now, who=salon.desk_id)


def test_a_day_to_come_is_refused_and_one_gone_by_is_kept(till: int, write: Write, now: datetime) -> None:
    today = local_date(now)
    with pytest.raises(Invalid) as refused:
        write(1_000, business_date=today + timedelta(days=1))
    assert (refused.value.code, refused.value.field) == ("day_ahead", "business_date")
    written = write(1_000, business_date=today - timedelta(days=3))
    assert db.session.get_one(Entry, written.entry_id).business_date == today - timedelta(days=3)


def test_a_date_in_a_closed_shift_is_refused_and_today_goes_on(
    till: int, opened: Open, closed: Close, write: Write, now: datetime
) -> None:
    closed(opened(1_000).id, 1_000)
    today, tomorrow = local_date(now), now + timedelta(days=1)
    write(500)  # after the closing, on the same day
    for at, day in ((now, today - timedelta(days=1)), (tomorrow, today), (tomorrow, today - timedelta(days=30))):
        with pytest.raises(DomainError) as refused:
            write(1_000, at=at, business_date=day)
        assert (refused.value.code, refused.value.field) == ("period_closed", "business_date")
    assert balance(AccountKind.CASH, till) == 1_500


def test_the_database_itself_refuses_what_is_dated_in_a_closed_shift(
    salon: SmallSalon,
    till: int,
    opened: Open,
    closed: Close,
    write: Write,
    now: datetime,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    forgotten = opened(1_000, at=now - timedelta(days=4))
    closed(forgotten.id, 1_000, at=now - timedelta(days=1))
    monkeypatch.setattr("salon.cashbox.vouchers.services._check_day", lambda *_: None)
    today = local_date(now)
    for days in (1, 2, 4, 5):
        with pytest.raises(DomainError) as refused:
            write(1_000, business_date=today - timedelta(days=days))
        assert refused.value.code == "period_closed"
    write(1_000, business_date=today)


def test_a_bank_is_never_closed(boxes: Boxes, opened: Open, closed: Close, write: Write, now: datetime) -> None:
    closed(opened(0).id, 0)
    write(1_000, cashbox_id=boxes[BoxKind.BANK], business_date=local_date(now) - timedelta(days=2))


def test_a_box_put_away_takes_no_more(till: int, boxes: Boxes, write: Write) -> None:
    with transaction() as session:
        session.execute(text("UPDATE cashbox SET active = false WHERE kind = 'bank'"))
    with pytest.raises(Invalid) as refused:
        write(1_000, cashbox_id=boxes[BoxKind.BANK])
    assert refused.value.code == "cashbox_unknown"


def test_a_voucher_of_nowhere_is_not_taken_back(salon: SmallSalon, now: datetime) -> None:
    with pytest.raises(NotFound), transaction():
        reverse_voucher(branch_id=salon.branch_id, voucher_id=9, key="k", actor=None, now=now)


def test_the_movements_of_a_day_say_what_for_whom_and_whether_they_were_taken_back(
    salon: SmallSalon, boxes: Boxes, write: Write, now: datetime
) -> None:
    wrong = write(1_000, party="همسایه", note="قفسه")
    back(salon, wrong, now)
    write(2_000)
    write(500, "transfer", to_cashbox_id=boxes[BoxKind.BANK])
    write(9_000, business_date=local_date(now) - timedelta(days=1))
    shown = movements(salon.branch_id, local_date(now), 10)
    assert [(row.kind, row.amount, row.is_reversed, row.reverses_id) for row in reversed(shown)] == [
        ("receipt", 1_000, True, None),
        ("receipt", -1_000, False, wrong.id),
        ("receipt", 2_000, False, None),
        ("transfer", 500, False, None),
        ("transfer", -500, False, None),
    ]
    assert (shown[-1].party, shown[-1].note, shown[-1].category) == ("همسایه", "قفسه", "دریافت متفرقه")
    assert sums_of_day(salon.branch_id, local_date(now)) == (3_500, -1_500)
