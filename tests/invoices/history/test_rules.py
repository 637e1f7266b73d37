"""Lines of the past keep their quantity and their amount exactly."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salon.invoices.history.rules import PastInvoice, PastLine, discounts_of, opening_entry, products_of
from salon.invoices.models import LineNature
from salon.ledger.models import AccountKind
from salon.ledger.rules import EntrySpec, PostingSpec


@given(st.integers(-500, 500), st.integers(-(10**12), 10**12))
def test_price_times_quantity_less_discount_is_the_amount(quantity: int, net: int):
    line = PastLine("x", quantity, net, 0)
    assert line.quantity * line.unit_price - line.discount == net


@given(st.integers(1, 500), st.integers(0, 10**12))
def test_a_sale_has_a_price_and_a_discount_smaller_than_its_pieces(quantity: int, net: int):
    line = PastLine("x", quantity, net, 0)
    assert line.unit_price >= 0
    assert 0 <= line.discount < quantity


@given(st.integers(1, 500), st.integers(0, 10**12))
def test_a_return_mirrors_its_sale(quantity: int, net: int):
    sale, back = PastLine("x", quantity, net, 0), PastLine("x", -quantity, -net, 0)
    assert (back.unit_price, back.discount) == (sale.unit_price, -sale.discount)


@pytest.mark.parametrize(
    ("quantity", "net", "nature"),
    [
        (1, 8_200, LineNature.SALE),
        (1, 0, LineNature.SALE),
        (-1, -5_040, LineNature.RETURN),
        (1, -5_000, LineNature.CORRECTION),
        (0, -5_000, LineNature.CORRECTION),
    ],
)
def test_a_line_is_what_it_is(quantity: int, net: int, nature: LineNature):
    assert PastLine("x", quantity, net, 0).nature == nature


@pytest.mark.parametrize(
    ("net", "tax", "bp"),
    [
        (8_200, 1_066, 1_300),
        (-5_040, -655, 1_300),
        (0, 5, 0),
        (100, -5, 0),
        (100, 105, 10_000),
        (10**17, 99_995 * 10**12 - 1, 9_999),
    ],
)
def test_the_rate_is_the_nearest_to_the_tax(net: int, tax: int, bp: int):
    assert PastLine("x", 1, net, tax).tax_bp == bp


def test_a_line_of_no_pieces_has_no_price():
    line = PastLine("x", 0, -5_000, 0)
    assert (line.unit_price, line.discount) == (0, 5_000)


@pytest.mark.parametrize(
    ("quantity", "net", "price", "discount"),
    [
        (3, 100, 34, 2),
        (3, 99, 33, 0),
        (-3, -100, 34, -2),
        (1, -5_000, -5_000, 0),
        (-1, 5_000, -5_000, 0),
        (2, -3, -2, -1),
    ],
)
def test_the_price_is_the_least_that_reaches_the_amount(quantity: int, net: int, price: int, discount: int):
    line = PastLine("x", quantity, net, 0)
    assert (line.unit_price, line.discount) == (price, discount)


@pytest.mark.parametrize(
    ("net", "tax", "bp"),
    [(100, 100, 10_000), (100, 250, 10_000), (1, 0, 0), (3, 1, 3_333), (3, 2, 6_667), (10_000, 1, 1)],
)
def test_the_rate_of_a_past_line_lies_between_nothing_and_all(net: int, tax: int, bp: int):
    assert PastLine("x", 1, net, tax).tax_bp == bp


LINES = (
    PastLine("کوتاهی", 2, 99, 9, service_id=1),
    PastLine("شامپو", 3, 100, 10, product_id=4),
    PastLine("رنگ", 1, 0, 0),
)
PAST = PastInvoice("invoice:7", 5, date(2024, 3, 20), LINES)


def test_a_line_names_nothing_and_nobody_unless_said_otherwise():
    assert (LINES[2].service_id, LINES[2].product_id, LINES[2].staff_id) == (None, None, None)


def test_a_past_invoice_is_the_sum_of_its_lines_at_noon_of_its_day():
    assert (PAST.net, PAST.tax, PAST.total) == (199, 19, 218)
    assert PAST.moment == datetime(2024, 3, 20, 8, 30, tzinfo=UTC)
    assert PAST.moment.tzinfo is UTC


def test_discounts_and_goods_of_the_past_are_summed_by_line():
    assert discounts_of(LINES) == 1 + 2 + 0
    assert products_of(LINES) == 102


def test_an_opening_debt_is_moved_out_of_revenue_for_the_customer():
    assert opening_entry(PAST, 31, 2) == EntrySpec(
        2,
        PAST.business_date,
        "opening",
        "customer",
        5,
        "invoice:31:opening",
        (PostingSpec(AccountKind.REVENUE, 199), PostingSpec(AccountKind.OPENING, -199)),
    )
