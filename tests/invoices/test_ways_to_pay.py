"""Ways to pay and what becomes of a rest: change, on-account money, promised days, debts that may pass the limit."""

from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import event, select

from salon.cashbox.deposits.queries import deposits_of, verify_deposits
from salon.cashbox.models import PaymentMethod
from salon.cashbox.rules import PaymentSpec
from salon.catalog.models import Service
from salon.club.wallet.queries import verify_lots
from salon.core.db import db, transaction
from salon.core.errors import DomainError, Invalid
from salon.core.jalali import local_date
from salon.invoices.audit.queries import verify_invoices
from salon.invoices.checkout.rules import Outcome
from salon.invoices.checkout.services import settle
from salon.invoices.models import Invoice, Payment, Settlement
from salon.invoices.rules import LineSpec, Rest
from salon.invoices.services import draft
from salon.invoices.till.services import walk_in
from salon.ledger.models import AccountKind
from salon.ledger.queries import balance, receivable_of, total, verify_journal
from tests.factories import SmallSalon
from tests.invoices.conftest import Sell

M = PaymentMethod
Tell = Callable[..., Outcome]


@pytest.fixture(autouse=True)
def _books_stay_balanced(salon: SmallSalon) -> Iterator[None]:
    """After every test of this file the audit finds nothing."""
    yield
    db.session.rollback()
    assert verify_journal() + verify_lots() + verify_invoices() + verify_deposits() == []


@pytest.fixture
def tell(salon: SmallSalon, now: datetime) -> Tell:
    """Settle an invoice with these payments, and say what becomes of the rest."""
    keys = iter(range(100))

    def told(invoice_id: int, *payments: PaymentSpec, rest: Rest = Rest(), key: str = "", **more: int) -> Outcome:  # noqa: B008
        with transaction():
            return settle(
                branch_id=salon.branch_id,
                invoice_id=invoice_id,
                payments=payments,
                rest=rest,
                key=key or f"told-{next(keys)}",
                actor_id=salon.desk_id,
                now=now,
                **more,
            )

    return told


def test_a_day_of_split_payments_has_every_rial_where_it_lies(salon: SmallSalon, sell: Sell, tell: Tell) -> None:
    tell(
        sell(2_000_000),
        PaymentSpec(M.CASH, 100_000),
        PaymentSpec(M.CARD, 200_000),
        PaymentSpec(M.TRANSFER, 300_000),
        PaymentSpec(M.CARD_TO_CARD, 400_000, reference="۱۲۳۴۵۶"),
        PaymentSpec(M.STAFF_CARD, 450_000, staff_id=salon.sara),
        PaymentSpec(M.CHEQUE, 550_000, reference="ص ۷۷۱", due_on=date(2026, 12, 21)),
    )
    kinds = (AccountKind.CASH, AccountKind.CARD_TERMINAL, AccountKind.BANK, AccountKind.UNCONFIRMED)
    assert [total(kind) for kind in kinds] == [100_000, 200_000, 300_000, 400_000]
    assert (total(AccountKind.CHEQUES), balance(AccountKind.STAFF_PAYABLE, salon.sara)) == (550_000, 450_000)
    kept = db.session.scalars(select(Payment).where(Payment.method == "cheque")).one()
    assert (kept.reference, kept.due_on) == ("ص ۷۷۱", date(2026, 12, 21))


@pytest.mark.parametrize(
    ("payment", "code", "field"),
    [
        (PaymentSpec(M.CARD_TO_CARD, 1), "reference_missing", "payments.0.reference"),
        (PaymentSpec(M.CHEQUE, 1, due_on=date(2026, 12, 21)), "reference_missing", "payments.0.reference"),
        (PaymentSpec(M.CHEQUE, 1, reference="۱"), "due_on_missing", "payments.0.due_on"),
        (PaymentSpec(M.STAFF_CARD, 1), "staff_missing", "payments.0.staff_id"),
        (PaymentSpec(M.STAFF_CARD, 1, staff_id=999), "staff_unknown", "payments.0.staff_id"),
        (PaymentSpec(M.CARD_TO_CARD, 1, reference="x" * 61), "text_long", "payments.0.reference"),
        (PaymentSpec(M.CASH, 0), "amount_invalid", "payments.0.amount"),
        (PaymentSpec(M.CASH, -5), "amount_invalid", "payments.0.amount"),
        (PaymentSpec(M.CASH, 10**15 + 1), "amount_invalid", "payments.0.amount"),
    ],
)
def test_a_payment_that_can_t_be_so_is_refused_at_its_field(
    sell: Sell, tell: Tell, payment: PaymentSpec, code: str, field: str
) -> None:
    written = sell()
    with pytest.raises(Invalid) as refused:
        tell(written, payment)
    assert (refused.value.code, refused.value.field) == (code, field)
    db.session.rollback()
    assert db.session.scalar(select(Settlement.id)) is None


def test_cash_above_the_due_comes_back_as_change(sell: Sell, tell: Tell) -> None:
    outcome = tell(sell(1_000_000), PaymentSpec(M.CASH, 1_200_000), rest=Rest(give_change=True), key="once")
    assert (outcome.status, outcome.paid, outcome.change) == ("settled", 1_000_000, 200_000)
    assert total(AccountKind.CASH) == 1_000_000
    assert db.session.scalars(select(Settlement)).one().change == 200_000


def test_the_same_key_tells_the_same_change_again(sell: Sell, tell: Tell) -> None:
    written, rest = sell(1_000_000), Rest(give_change=True)
    asked = (written, PaymentSpec(M.CASH, 1_200_000))
    assert tell(*asked, rest=rest, key="once") == tell(*asked, rest=rest, key="once")
    with pytest.raises(DomainError, match="کلید"):
        tell(*asked, rest=Rest(keep=True), key="once")


@pytest.mark.parametrize(
    "payments",
    [
        (PaymentSpec(M.CARD, 1_000_001),),
        (PaymentSpec(M.CARD, 1_000_000), PaymentSpec(M.CASH, 5)),
        (PaymentSpec(M.CARD, 1_100_000), PaymentSpec(M.CASH, 100_000)),
    ],
)
def test_change_comes_out_of_cash_that_was_needed(sell: Sell, tell: Tell, payments: tuple[PaymentSpec, ...]) -> None:
    with pytest.raises(Invalid) as refused:
        tell(sell(1_000_000), *payments, rest=Rest(give_change=True))
    assert refused.value.code == "overpaid"


def test_nobody_s_money_is_kept_or_changed_unasked(sell: Sell, tell: Tell) -> None:
    with pytest.raises(Invalid) as refused:
        tell(sell(1_000_000), PaymentSpec(M.CASH, 1_000_001))
    assert refused.value.code == "overpaid"


def test_what_is_above_the_due_stays_on_account_when_she_says_so_and_pays_the_next_visit(
    salon: SmallSalon, sell: Sell, tell: Tell
) -> None:
    outcome = tell(sell(1_000_000), PaymentSpec(M.CARD, 1_150_000), PaymentSpec(M.CASH, 100_000), rest=Rest(keep=True))
    assert (outcome.status, outcome.paid, outcome.kept) == ("settled", 1_000_000, 250_000)
    assert [(kept.method, kept.amount) for kept in deposits_of(salon.zahra)] == [("cash", 100_000), ("card", 150_000)]
    assert (total(AccountKind.CASH), total(AccountKind.CARD_TERMINAL)) == (100_000, 1_150_000)
    assert tell(sell(300_000), PaymentSpec(M.CASH, 50_000), deposit=250_000).status == "settled"
    assert balance(AccountKind.DEPOSIT, salon.zahra) == 0


def test_nothing_stays_on_account_for_somebody_without_a_name(salon: SmallSalon, now: datetime, tell: Tell) -> None:
    with transaction():
        passing = walk_in(branch_id=salon.branch_id, actor=None, now=now)
        line = LineSpec(service_id=salon.cut, staff_id=salon.sara)
        written = draft(branch_id=salon.branch_id, customer_id=passing, lines=[line], actor_id=salon.desk_id, now=now)
    with pytest.raises(Invalid) as refused:
        tell(written, PaymentSpec(M.CASH, 500_000), rest=Rest(keep=True))
    assert refused.value.code == "overpaid"
    assert list(deposits_of(passing)) == []


def test_a_cheque_above_the_due_can_t_stay_on_account(sell: Sell, tell: Tell) -> None:
    cheque = PaymentSpec(M.CHEQUE, 1_000_001, reference="۱", due_on=date(2026, 12, 21))
    with pytest.raises(Invalid) as refused:
        tell(sell(1_000_000), cheque, rest=Rest(keep=True))
    assert refused.value.code == "overpaid"


def test_a_rest_keeps_its_promised_day_until_another_is_promised(now: datetime, sell: Sell, tell: Tell) -> None:
    written, today = sell(1_000_000), local_date(now)
    tell(written, rest=Rest(promised_on=today + timedelta(5)))
    tell(written, PaymentSpec(M.CASH, 1))
    assert db.session.get_one(Invoice, written, populate_existing=True).promised_on == today + timedelta(5)
    tell(written, PaymentSpec(M.CASH, 1), rest=Rest(promised_on=today))
    assert db.session.get_one(Invoice, written, populate_existing=True).promised_on == today
    with pytest.raises(Invalid) as refused:
        tell(written, PaymentSpec(M.CASH, 1), rest=Rest(promised_on=today - timedelta(1)))
    assert (refused.value.code, refused.value.field) == ("promise_past", "promised_on")


def test_who_may_pass_the_limit_lets_her_owe_more(salon: SmallSalon, sell: Sell, tell: Tell) -> None:
    written = sell(50_000_001)
    with pytest.raises(DomainError) as refused:
        tell(written)
    assert refused.value.code == "debt_limit"
    assert tell(written, rest=Rest(may_pass_limit=True)).status == "open"
    assert receivable_of(salon.zahra) == 50_000_001


def test_a_service_that_nobody_did_is_not_issued(salon: SmallSalon, now: datetime, tell: Tell) -> None:
    lines = [LineSpec(service_id=salon.cut, staff_id=salon.sara), LineSpec(service_id=salon.cut)]
    with transaction():
        written = draft(branch_id=salon.branch_id, customer_id=salon.zahra, lines=lines, actor_id=None, now=now)
    with pytest.raises(Invalid) as refused:
        tell(written, PaymentSpec(M.CASH, 900_000))
    assert (refused.value.code, refused.value.field) == ("staff_missing", "lines.1.staff_id")


def test_a_price_of_a_range_is_asked_before_the_invoice_is_issued(
    salon: SmallSalon, now: datetime, sell: Sell, tell: Tell
) -> None:
    with transaction():
        db.session.get_one(Service, salon.cut).price_to = 900_000
    with pytest.raises(Invalid) as refused:
        tell(sell(0))
    assert (refused.value.code, refused.value.field) == ("price_missing", "lines.0.unit_price")


def test_a_debt_paid_in_three_parts_is_settled_by_the_last(salon: SmallSalon, sell: Sell, tell: Tell) -> None:
    written = sell(1_000_000)
    tell(written)
    parts = [tell(written, PaymentSpec(method, amount)) for method, amount in ((M.CASH, 300_000), (M.CARD, 300_000))]
    last = tell(written, PaymentSpec(M.TRANSFER, 400_000))
    assert [part.due for part in parts] == [700_000, 400_000]
    assert (last.status, last.earned_points, receivable_of(salon.zahra)) == ("settled", 40, 0)
    with pytest.raises(DomainError) as refused:
        tell(written, PaymentSpec(M.CASH, 1))
    assert refused.value.code == "already_settled"


def test_a_plain_cash_settlement_asks_the_database_no_more_than_this(sell: Sell, tell: Tell) -> None:
    tell(sell(), PaymentSpec(M.CASH, 1_000_000))
    written = sell()
    sent: list[str] = []
    note = lambda _connection, _cursor, statement, *_more: sent.append(statement)  # noqa: E731
    event.listen(db.engine, "before_cursor_execute", note)
    tell(written, PaymentSpec(M.CASH, 1_000_000))
    event.remove(db.engine, "before_cursor_execute", note)
    assert len([statement for statement in sent if not statement.startswith("BEGIN")]) <= 22, "\n".join(sent)
