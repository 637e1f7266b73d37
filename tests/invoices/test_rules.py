"""The arithmetic of invoices."""

import hashlib
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salon.cashbox.models import PaymentMethod
from salon.cashbox.rules import PaymentSpec
from salon.core.errors import DomainError, Invalid
from salon.invoices.rules import (
    CreditBounds,
    LineSpec,
    PricedLine,
    check_debt,
    check_given,
    check_line,
    fingerprint,
    price_in_range,
    spread,
    totals_of,
    without_rest,
)

CASH, CARD = PaymentMethod.CASH, PaymentMethod.CARD
lines = st.builds(
    PricedLine,
    service_id=st.just(1),
    product_id=st.none(),
    staff_id=st.none(),
    description=st.just("کوتاهی"),
    quantity=st.integers(1, 10_000),
    unit_price=st.integers(0, 10**12),
    discount=st.just(0),
    tax_bp=st.integers(0, 10_000),
)
payments = st.lists(
    st.builds(PaymentSpec, st.sampled_from([CASH, CARD, PaymentMethod.TRANSFER]), st.integers(1, 10**9)), max_size=5
)
dues = st.lists(st.integers(1, 10**9), max_size=6).map(lambda amounts: list(enumerate(amounts, start=1)))


def line(**terms: int) -> PricedLine:
    return PricedLine(
        **{
            "service_id": 1,
            "product_id": None,
            "staff_id": None,
            "description": "کوتاهی",
            "quantity": 1,
            "unit_price": 100,
            "discount": 0,
            "tax_bp": 0,
            **terms,
        }
    )


def test_a_price_out_of_a_range_may_wait_or_has_to_be_said() -> None:
    assert price_in_range(LineSpec(1, price_waits=True), 0) == 0
    with pytest.raises(Invalid) as refused:
        price_in_range(LineSpec(1), 2)
    assert (refused.value.code, refused.value.field) == ("price_missing", "lines.2.unit_price")


def check_payments(paid: list[PaymentSpec], credit: int, due: int, bounds: CreditBounds) -> None:
    """What a settlement checks of what is given, nobody having said what becomes of a rest."""
    check_given(paid, credit, bounds)
    over = sum(payment.amount for payment in paid) + credit - due
    without_rest(paid, over, keep=False, gives_change=False)


@given(st.lists(lines, max_size=8))
def test_an_invoice_is_the_sum_of_its_lines(written: list[PricedLine]) -> None:
    totals = totals_of(written)
    assert totals.total == sum(one.net + one.tax for one in written)
    assert totals.net + totals.discount == sum(one.quantity * one.unit_price for one in written)


@given(lines)
def test_tax_is_floored_and_never_more_than_its_share(one: PricedLine) -> None:
    assert one.tax * 10_000 <= one.net * one.tax_bp < (one.tax + 1) * 10_000


def test_tax_is_taken_after_the_discount() -> None:
    assert line(quantity=2, unit_price=500_000, discount=100_000, tax_bp=1000).tax == 90_000


@pytest.mark.parametrize(
    ("terms", "code", "field"),
    [
        ({"quantity": 0}, "quantity_invalid", "lines.3.quantity"),
        ({"unit_price": -1}, "price_invalid", "lines.3.unit_price"),
        ({"discount": 101}, "discount_invalid", "lines.3.discount"),
        ({"discount": -1}, "discount_invalid", "lines.3.discount"),
        ({"tax_bp": 10_001}, "tax_invalid", "lines.3.tax"),
    ],
)
def test_a_line_that_cannot_be_sold_says_where(terms: dict[str, int], code: str, field: str) -> None:
    with pytest.raises(Invalid) as refused:
        check_line(line(**terms), 3)
    assert (refused.value.code, refused.value.field) == (code, field)


def test_credit_is_bounded_by_what_can_be_used_and_by_the_ceiling() -> None:
    assert CreditBounds(180_000, 200_000).limit == 180_000
    assert CreditBounds(180_000, 90_000).limit == 90_000
    assert CreditBounds(180_000, -5).limit == 0


@pytest.mark.parametrize(
    ("paid", "credit", "code"),
    [
        ([PaymentSpec(CASH, 0)], 0, "amount_invalid"),
        ([PaymentSpec(CASH, -1)], 0, "amount_invalid"),
        ([], -1, "amount_invalid"),
        ([], 51, "credit_exceeds_limit"),
        ([PaymentSpec(CASH, 60), PaymentSpec(CARD, 41)], 0, "overpaid"),
        ([PaymentSpec(CASH, 60)], 41, "overpaid"),
    ],
)
def test_payments_that_cannot_be_are_refused(paid: list[PaymentSpec], credit: int, code: str) -> None:
    with pytest.raises(Invalid) as refused:
        check_payments(paid, credit, due=100, bounds=CreditBounds(50, 50))
    assert refused.value.code == code


def test_a_debt_up_to_the_limit_is_allowed_and_one_rial_more_is_not() -> None:
    check_debt(40, 60, 100)
    with pytest.raises(DomainError, match="سقف"):
        check_debt(40, 61, 100)


def test_who_adds_nothing_to_an_old_debt_is_never_refused() -> None:
    check_debt(500, 0, 100)


@given(payments, st.integers(0, 10**9))
def test_the_same_request_in_another_order_has_the_same_fingerprint(asked: list[PaymentSpec], credit: int) -> None:
    assert fingerprint(7, asked, credit) == fingerprint(7, asked[::-1], credit)


@given(payments, st.integers(0, 10**9))
def test_another_invoice_amount_or_credit_has_another_fingerprint(asked: list[PaymentSpec], credit: int) -> None:
    own = fingerprint(7, asked, credit)
    assert own != fingerprint(8, asked, credit)
    assert own != fingerprint(7, asked, credit + 1)
    assert own != fingerprint(7, [*asked, PaymentSpec(CASH, 1)], credit)


@given(payments, dues)
def test_money_is_laid_over_debts_oldest_first_and_none_is_lost(
    paid: list[PaymentSpec], owed: list[tuple[int, int]]
) -> None:
    total = sum(one.amount for one in paid)
    if total > sum(due for _, due in owed):
        with pytest.raises(Invalid, match="بیشتر"):
            spread(paid, owed)
        return
    taken = {invoice: sum(part.amount for part in parts) for invoice, parts in spread(paid, owed)}
    assert sum(taken.values()) == total
    left = total
    for invoice, due in owed:
        assert taken.get(invoice, 0) == min(left, due)
        left -= taken.get(invoice, 0)


def test_each_method_keeps_its_amount_when_a_sum_is_spread() -> None:
    paid = [PaymentSpec(CASH, 70), PaymentSpec(CARD, 50)]
    assert spread(paid, [(1, 100), (2, 100)]) == [
        (1, [PaymentSpec(CASH, 70), PaymentSpec(CARD, 30)]),
        (2, [PaymentSpec(CARD, 20)]),
    ]


def test_a_line_as_it_is_asked_for_is_one_piece_at_the_usual_price_and_tax() -> None:
    assert LineSpec() == LineSpec(None, None, None, 1, None, 0, None)


def test_totals_tell_discount_and_tax_apart() -> None:
    totals = totals_of([line(quantity=2, discount=30, tax_bp=1_000), line(unit_price=50, discount=5)])
    assert (totals.net, totals.discount, totals.tax, totals.total) == (215, 35, 17, 232)


@pytest.mark.parametrize(
    "terms",
    [
        {"quantity": 1},
        {"quantity": 10_000},
        {"unit_price": 0},
        {"unit_price": 10**12},
        {"quantity": 2, "discount": 200},
        {"tax_bp": 0},
        {"tax_bp": 10_000},
    ],
)
def test_a_line_at_the_edge_can_be_sold(terms: dict[str, int]) -> None:
    check_line(line(**terms), 0)


@pytest.mark.parametrize(
    ("terms", "code", "field"),
    [
        ({"quantity": 10_001}, "quantity_invalid", "lines.0.quantity"),
        ({"unit_price": 10**12 + 1}, "price_invalid", "lines.0.unit_price"),
        ({"quantity": 2, "discount": 201}, "discount_invalid", "lines.0.discount"),
        ({"tax_bp": -1}, "tax_invalid", "lines.0.tax"),
    ],
)
def test_a_line_just_past_the_edge_is_refused_there(terms: dict[str, int], code: str, field: str) -> None:
    with pytest.raises(Invalid) as refused:
        check_line(line(**terms), 0)
    assert (refused.value.code, refused.value.field) == (code, field)


def test_payments_may_come_to_what_is_due_and_credit_to_its_limit() -> None:
    check_payments([PaymentSpec(CASH, 50)], 50, due=100, bounds=CreditBounds(50, 60))
    check_payments([PaymentSpec(CASH, 1)], 0, due=100, bounds=CreditBounds(0, 0))
    check_payments([PaymentSpec(CASH, 10**15)], 0, due=10**15, bounds=CreditBounds(0, 0))


@pytest.mark.parametrize(
    ("paid", "credit", "field"),
    [
        ([PaymentSpec(CASH, 10**15 + 1)], 0, "payments.0.amount"),
        ([], -1, "credit"),
        ([], 51, "credit"),
        ([PaymentSpec(CASH, 101)], 0, "payments"),
    ],
)
def test_a_refused_payment_says_where(paid: list[PaymentSpec], credit: int, field: str) -> None:
    with pytest.raises(Invalid) as refused:
        check_payments(paid, credit, due=100, bounds=CreditBounds(50, 50))
    assert refused.value.field == field


def test_a_payment_larger_than_any_is_a_slip_and_not_an_overpayment() -> None:
    with pytest.raises(Invalid) as refused:
        check_payments([PaymentSpec(CASH, 10**15 + 1)], 0, due=10**20, bounds=CreditBounds(0, 0))
    assert refused.value.code == "amount_invalid"


def test_nothing_is_the_least_limit_of_credit() -> None:
    assert CreditBounds(0, 5).limit == 0
    assert CreditBounds(1, 1).limit == 1


def test_who_may_not_owe_more_is_told_to_pay_now() -> None:
    with pytest.raises(DomainError) as refused:
        check_debt(0, 1, 0)
    assert (refused.value.code, refused.value.field) == ("debt_limit", "payments")


def test_a_fingerprint_stays_the_same_through_the_years() -> None:
    asked = [PaymentSpec(CARD, 5), PaymentSpec(CASH, 7)]
    written = json.dumps([3, [["card", 5], ["cash", 7]], 2])
    assert fingerprint(3, asked, 2) == hashlib.sha256(written.encode()).hexdigest()


def test_a_sum_that_is_too_large_or_holds_nothing_is_not_spread() -> None:
    with pytest.raises(Invalid) as refused:
        spread([PaymentSpec(CASH, 101)], [(1, 60), (2, 40)])
    assert (refused.value.code, refused.value.field) == ("overpaid", "payments")
    with pytest.raises(Invalid) as refused:
        spread([PaymentSpec(CASH, 0)], [(1, 60)])
    assert refused.value.code == "amount_invalid"


def test_two_sums_of_one_method_are_spread_as_one() -> None:
    paid = [PaymentSpec(CASH, 30), PaymentSpec(CARD, 10), PaymentSpec(CASH, 60)]
    assert spread(paid, [(1, 60), (2, 10), (3, 30), (4, 5)]) == [
        (1, [PaymentSpec(CASH, 60)]),
        (2, [PaymentSpec(CASH, 10)]),
        (3, [PaymentSpec(CASH, 20), PaymentSpec(CARD, 10)]),
    ]
