"""Settling: money, debt, club value and message in one act, on both engines."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import func, select

from salon.cashbox.models import PaymentMethod
from salon.cashbox.rules import PaymentSpec
from salon.club.models import Lot, LotSpend, Offer
from salon.club.wallet.queries import verify_lots, wallet_of
from salon.core.db import db, transaction
from salon.core.errors import DomainError, Invalid
from salon.core.jalali import local_date, start_of_day
from salon.customers.queries import customer
from salon.invoices.audit.queries import verify_invoices
from salon.invoices.checkout.services import settle
from salon.invoices.models import Invoice, InvoiceStatus, Payment, Settlement
from salon.invoices.queries import invoice, preview
from salon.invoices.services import draft
from salon.ledger.models import AccountKind, Unit
from salon.ledger.queries import balance, receivable_of, total, verify_journal
from salon.setup.queries import profile
from tests.factories import SmallSalon, give_credit

Sell, Pay, Together = Callable[..., int], Callable[..., object], Callable[..., list[object]]
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def _books_stay_balanced(salon: SmallSalon) -> object:
    """After every test of this file the audit finds nothing."""
    yield
    db.session.rollback()
    assert verify_journal() + verify_lots() + verify_invoices() == []


@pytest.fixture
def give(salon: SmallSalon, now: datetime) -> Callable[..., None]:
    """Give Zahra club credit that is usable at once."""
    keys = iter(range(100))

    def open_credit(amount: int, expires_at: datetime | None = None, valid_from: datetime = now) -> None:
        give_credit(salon, now, amount, f"given-{next(keys)}", valid_from=valid_from, expires_at=expires_at)

    return open_credit


def test_a_paid_invoice_is_settled_numbered_and_booked(salon: SmallSalon, sell: Sell, pay: Pay) -> None:
    outcome = pay(sell(1_000_000), 1_000_000)
    assert (outcome.status, outcome.number, outcome.paid, outcome.due) == ("settled", 1, 1_000_000, 0)
    assert total(AccountKind.CASH) == 1_000_000
    assert balance(AccountKind.REVENUE) == -1_000_000
    assert receivable_of(salon.zahra) == 0


def test_each_way_of_paying_has_its_account(salon: SmallSalon, now: datetime, sell: Sell) -> None:
    ways = (PaymentMethod.CASH, PaymentMethod.CARD, PaymentMethod.TRANSFER)
    payments = [PaymentSpec(method, 100_000 * place) for place, method in enumerate(ways, start=1)]
    written = sell(600_000)
    with transaction():
        settle(
            branch_id=salon.branch_id,
            invoice_id=written,
            payments=payments,
            key="several",
            actor_id=salon.desk_id,
            now=now,
        )
    taken = [total(kind) for kind in (AccountKind.CASH, AccountKind.CARD_TERMINAL, AccountKind.BANK)]
    assert taken == [100_000, 200_000, 300_000]


def test_tax_is_owed_to_the_state_and_earns_nothing(salon: SmallSalon, sell: Sell, pay: Pay) -> None:
    outcome = pay(sell(1_000_000, tax_bp=1000), 1_100_000)
    assert balance(AccountKind.TAX_PAYABLE) == -100_000
    assert (outcome.earned_points, outcome.earned_credit) == (40, 50_000)


def test_points_come_at_once_and_credit_tomorrow_for_sixty_days(
    salon: SmallSalon, now: datetime, sell: Sell, pay: Pay
) -> None:
    outcome = pay(sell(1_020_000), 1_020_000)
    assert (outcome.earned_points, outcome.earned_credit) == (40, 51_000)
    wallet = wallet_of(salon.zahra, now)
    assert (wallet.points.balance, wallet.credit.balance, wallet.credit.pending) == (40, 0, 51_000)
    lot = next(lot for lot in wallet.lots if lot.unit == Unit.RIAL)
    today = local_date(now)
    assert lot.valid_from == start_of_day(today + DAY)
    assert lot.expires_at == start_of_day(today + 61 * DAY)
    last_second = start_of_day(today + 61 * DAY) - timedelta(seconds=1)
    assert wallet_of(salon.zahra, last_second).credit.balance == 51_000
    assert wallet_of(salon.zahra, lot.expires_at).credit.current == 0


def test_what_is_not_paid_is_her_debt_and_earns_nothing_yet(
    salon: SmallSalon, now: datetime, sell: Sell, pay: Pay
) -> None:
    outcome = pay(sell(1_000_000), 400_000)
    assert (outcome.status, outcome.due, outcome.earned_points) == ("open", 600_000, 0)
    assert receivable_of(salon.zahra) == 600_000
    assert wallet_of(salon.zahra, now).lots == ()


def test_no_payment_at_all_leaves_all_of_it_as_debt(salon: SmallSalon, sell: Sell, pay: Pay) -> None:
    outcome = pay(sell(1_000_000))
    assert (outcome.status, outcome.paid, outcome.due, outcome.number) == ("open", 0, 1_000_000, 1)


def test_a_debt_paid_later_earns_then_with_days_from_then(
    salon: SmallSalon, now: datetime, sell: Sell, pay: Pay
) -> None:
    written, later = sell(1_000_000), now + 10 * DAY
    pay(written, 400_000)
    outcome = pay(written, 600_000, at=later)
    assert (outcome.status, outcome.earned_points, outcome.earned_credit) == ("settled", 40, 50_000)
    assert invoice(written).business_date == local_date(now)
    lot = db.session.scalars(select(Lot).where(Lot.unit == "IRR")).one()
    assert lot.valid_from == start_of_day(local_date(later) + DAY)
    assert lot.terms["percent_bp"] == 500


def test_a_debt_paid_later_earns_by_the_offers_of_the_invoices_day(
    salon: SmallSalon, now: datetime, sell: Sell, pay: Pay
) -> None:
    with transaction():
        cashback = db.session.scalars(select(Offer).where(Offer.reward == "credit")).one()
        cashback.ends_on = local_date(now)
    written = sell(1_000_000)
    pay(written)
    assert pay(written, 1_000_000, at=now + 5 * DAY).earned_credit == 50_000
    assert pay(sell(1_000_000, at=now + 5 * DAY), 1_000_000, at=now + 5 * DAY).earned_credit == 0


def test_an_offer_changed_or_ended_meanwhile_still_counts_for_a_debt_of_before(
    salon: SmallSalon, now: datetime, sell: Sell, pay: Pay
) -> None:
    written = sell(1_000_000)
    pay(written, 400_000)
    with transaction() as session:
        for offer in session.scalars(select(Offer)):
            offer.active, offer.percent_bp = False, 1
    assert preview(invoice(written), credit=0, now=now).awards
    outcome = pay(written, 600_000, at=now + 10 * DAY)
    assert (outcome.earned_points, outcome.earned_credit) == (40, 50_000)


def test_a_later_change_of_the_offer_leaves_what_was_earned(
    salon: SmallSalon, now: datetime, sell: Sell, pay: Pay
) -> None:
    pay(sell(1_000_000), 1_000_000)
    with transaction():
        db.session.scalars(select(Offer).where(Offer.reward == "credit")).one().percent_bp = 9000
    lot = db.session.scalars(select(Lot).where(Lot.unit == "IRR")).one()
    assert (lot.remaining, lot.terms["percent_bp"]) == (50_000, 500)


def test_who_is_no_member_earns_nothing(salon: SmallSalon, now: datetime, sell: Sell, pay: Pay) -> None:
    with transaction():
        customer(salon.zahra).is_member = False
    assert pay(sell(), 1_000_000).earned_points == 0
    assert wallet_of(salon.zahra, now).lots == ()


def test_credit_pays_and_what_it_paid_earns_nothing(
    salon: SmallSalon, now: datetime, sell: Sell, pay: Pay, give: Callable[..., None]
) -> None:
    give(300_000)
    outcome = pay(sell(1_000_000), 800_000, credit=200_000)
    assert (outcome.status, outcome.paid, outcome.credit_used) == ("settled", 1_000_000, 200_000)
    assert (outcome.earned_points, outcome.earned_credit) == (32, 40_000)
    assert outcome.credit_left == 140_000
    assert wallet_of(salon.zahra, now).credit.balance == 100_000


def test_credit_spent_on_a_first_payment_still_counts_when_the_rest_is_paid(
    sell: Sell, pay: Pay, give: Callable[..., None]
) -> None:
    give(300_000)
    written = sell(1_000_000)
    pay(written, credit=200_000)
    assert pay(written, 800_000).earned_points == 32


def test_credit_that_expires_first_is_spent_first(
    salon: SmallSalon, now: datetime, sell: Sell, pay: Pay, give: Callable[..., None]
) -> None:
    give(100_000)
    give(100_000, expires_at=now + 20 * DAY)
    give(100_000, expires_at=now + 3 * DAY)
    give(100_000, expires_at=now - DAY)
    give(100_000, valid_from=now + DAY)
    pay(sell(1_000_000), 850_000, credit=150_000)
    left = db.session.scalars(select(Lot.remaining).where(Lot.offer_id.is_(None)).order_by(Lot.id)).all()
    assert list(left) == [100_000, 50_000, 0, 100_000, 100_000]
    assert db.session.scalar(select(func.sum(LotSpend.amount))) == 150_000


def test_more_credit_than_can_be_used_is_refused(
    sell: Sell, pay: Pay, give: Callable[..., None], now: datetime
) -> None:
    give(100_000)
    give(900_000, valid_from=now + DAY)
    with pytest.raises(Invalid) as refused:
        pay(sell(), credit=100_001)
    assert (refused.value.code, refused.value.field) == ("credit_exceeds_limit", "credit")


def test_the_ceiling_is_of_the_whole_invoice_over_all_its_payments(
    sell: Sell, pay: Pay, give: Callable[..., None], now: datetime
) -> None:
    with transaction():
        profile().redeem_ceiling_bp = 2000
    give(900_000)
    written = sell(1_000_000)
    with pytest.raises(Invalid, match="سقف"):
        pay(written, credit=200_001)
    pay(written, credit=150_000)
    assert preview(invoice(written), credit=0, now=now).bounds.limit == 50_000
    with pytest.raises(Invalid, match="سقف"):
        pay(written, credit=50_001)
    assert pay(written, 800_000, credit=50_000).status == "settled"


def test_the_preview_is_what_the_settlement_then_gives(
    sell: Sell, pay: Pay, give: Callable[..., None], now: datetime
) -> None:
    give(300_000)
    written = sell(1_234_567)
    seen = preview(invoice(written), credit=100_000, now=now)
    outcome = pay(written, 1_134_567, credit=100_000)
    assert seen.basis == 1_134_567
    assert [award.amount for award in seen.awards] == [outcome.earned_points, outcome.earned_credit]


def test_paying_more_than_is_due_is_refused_and_changes_nothing(salon: SmallSalon, sell: Sell, pay: Pay) -> None:
    written = sell(1_000_000)
    with pytest.raises(Invalid) as refused:
        pay(written, 1_000_001)
    assert refused.value.code == "overpaid"
    db.session.expire_all()
    assert (invoice(written).status, invoice(written).number) == (InvoiceStatus.DRAFT, None)
    assert total(AccountKind.CASH) == 0


def test_debts_of_several_invoices_stay_within_her_limit(salon: SmallSalon, sell: Sell, pay: Pay) -> None:
    with transaction():
        profile().debt_limit = 1_500_000
    pay(sell(1_000_000))
    with pytest.raises(DomainError) as refused:
        pay(sell(1_000_000), 499_999)
    assert refused.value.code == "debt_limit"
    assert pay(sell(1_000_000), 500_000).due == 500_000
    with transaction():
        customer(salon.zahra).debt_limit = 5_000_000
    assert pay(sell(1_000_000)).status == "open"


@pytest.mark.parametrize("refused_for", ["settled", "empty", "unknown", "unpaid"])
def test_what_cannot_be_settled_says_why(
    salon: SmallSalon, now: datetime, sell: Sell, pay: Pay, refused_for: str
) -> None:
    if refused_for == "settled":
        written, code = sell(), "already_settled"
        pay(written, 1_000_000)
    elif refused_for == "empty":
        with transaction():
            written, code = (
                draft(branch_id=salon.branch_id, customer_id=salon.zahra, lines=[], actor_id=None, now=now),
                "invoice_empty",
            )
    elif refused_for == "unpaid":
        written, code = sell(), "payment_missing"
        pay(written, 10)
    else:
        written, code = 999, "invoice_unknown"
    with pytest.raises(DomainError) as refused:
        pay(written)
    assert refused.value.code == code


def test_an_invoice_of_nothing_is_settled_without_money(salon: SmallSalon, sell: Sell, pay: Pay) -> None:
    outcome = pay(sell(discount=1_000_000))
    assert (outcome.status, outcome.paid, outcome.earned_points) == ("settled", 0, 0)


def test_the_same_key_gives_the_same_answer_and_moves_nothing(sell: Sell, pay: Pay) -> None:
    written = sell()
    first = pay(written, 1_000_000, key="one-press")
    assert pay(written, 1_000_000, key="one-press") == first
    assert total(AccountKind.CASH) == 1_000_000
    assert db.session.scalar(select(func.count()).select_from(Settlement)) == 1


def test_a_key_used_for_another_amount_or_invoice_is_refused(sell: Sell, pay: Pay) -> None:
    written, other = sell(), sell()
    pay(written, 400_000, key="one-press")
    for again in (lambda: pay(written, 600_000, key="one-press"), lambda: pay(other, 400_000, key="one-press")):
        with pytest.raises(Invalid) as refused:
            again()
        assert refused.value.code == "key_reused"
    assert total(AccountKind.CASH) == 400_000


def test_numbers_have_no_gaps_though_some_settlements_are_refused(sell: Sell, pay: Pay) -> None:
    given = [pay(sell(), 1_000_000).number]
    for _ in range(2):
        with pytest.raises(Invalid):
            pay(sell(), 1_000_001)
        given.append(pay(sell(), 1_000_000).number)
    assert given == [1, 2, 3]


def test_numbers_start_again_with_the_jalali_year(sell: Sell, pay: Pay) -> None:
    last_of_1405, first_of_1406 = datetime(2027, 3, 20, 20, 29, tzinfo=UTC), datetime(2027, 3, 20, 20, 31, tzinfo=UTC)
    assert pay(sell(at=last_of_1405), 1_000_000, at=last_of_1405).number == 1
    assert pay(sell(at=last_of_1405), 1_000_000, at=last_of_1405).number == 2
    assert pay(sell(at=first_of_1406), 1_000_000, at=first_of_1406).number == 1


def test_two_tills_settle_one_invoice_once(sell: Sell, pay: Pay, together: Together) -> None:
    written = sell()
    answers = together(lambda: pay(written, 1_000_000, key="till-1"), lambda: pay(written, 1_000_000, key="till-2"))
    refused = [answer for answer in answers if isinstance(answer, DomainError)]
    assert [error.code for error in refused] == ["already_settled"]
    assert total(AccountKind.CASH) == 1_000_000
    assert db.session.scalar(select(func.count()).select_from(Payment)) == 1


def test_a_double_click_settles_once_and_both_see_the_same(sell: Sell, pay: Pay, together: Together) -> None:
    written = sell()
    first, second = together(*[lambda: pay(written, 1_000_000, key="double")] * 2)
    assert first == second
    assert total(AccountKind.CASH) == 1_000_000


def test_credit_is_not_spent_twice_by_two_tills(
    salon: SmallSalon, now: datetime, sell: Sell, pay: Pay, give: Callable[..., None], together: Together
) -> None:
    give(300_000)
    one, other = sell(), sell()
    answers = together(lambda: pay(one, credit=300_000), lambda: pay(other, credit=300_000))
    assert sorted(getattr(answer, "code", "paid") for answer in answers) == ["credit_exceeds_limit", "paid"]
    assert wallet_of(salon.zahra, now).credit.current == 0


def test_two_tills_do_not_lend_her_more_than_her_limit(
    salon: SmallSalon, sell: Sell, pay: Pay, together: Together
) -> None:
    with transaction():
        profile().debt_limit = 1_500_000
    one, other = sell(), sell()
    answers = together(lambda: pay(one), lambda: pay(other))
    assert sorted(getattr(answer, "code", "owed") for answer in answers) == ["debt_limit", "owed"]
    assert receivable_of(salon.zahra) == 1_000_000


def test_many_tills_at_once_leave_no_gap_in_the_numbers(sell: Sell, pay: Pay, together: Together) -> None:
    written = [sell() for _ in range(6)]
    together(*[lambda one=one: pay(one, 1_000_000, key=f"till-{one}") for one in written])
    numbers = db.session.scalars(select(Invoice.number).order_by(Invoice.number)).all()
    assert list(numbers) == [1, 2, 3, 4, 5, 6]
