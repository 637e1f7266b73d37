"""Lines of the past keep their quantity and their amount exactly."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salon.invoices.history.rules import PastLine
from salon.invoices.models import LineNature


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
