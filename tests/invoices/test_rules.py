"""The arithmetic of invoices."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salon.core.errors import DomainError, Invalid
from salon.invoices.models import PaymentMethod
from salon.invoices.rules import (
    CreditBounds,
    PaymentSpec,
    PricedLine,
    check_debt,
    check_line,
    check_payments,
    fingerprint,
    spread,
    totals_of,
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
