"""The arithmetic of what is said of a whole invoice."""

from hypothesis import given
from hypothesis import strategies as st

from salon.invoices.rules import PricedLine, totals_of
from salon.invoices.terms.rules import Terms, with_shared_discount

lines = st.lists(
    st.builds(
        PricedLine,
        service_id=st.just(1),
        product_id=st.none(),
        staff_id=st.none(),
        description=st.just("کوتاهی"),
        quantity=st.integers(1, 5),
        unit_price=st.integers(0, 10**9),
        discount=st.just(0),
        tax_bp=st.integers(0, 2_000),
    ),
    min_size=1,
    max_size=6,
)


@given(lines, st.integers(0, 10_000), st.integers(0, 10**6), st.sampled_from([0, 1_000, 10_000]))
def test_every_rial_of_discount_tip_and_rounding_is_in_the_total(
    sold: list[PricedLine], points: int, tips: int, round_to: int
) -> None:
    spread = with_shared_discount(sold, Terms(discount_bp=points), None)
    totals = totals_of(spread, tips=tips, round_to=round_to)
    gross = sum(line.quantity * line.unit_price for line in sold)
    assert totals.net + totals.discount == gross
    assert totals.total == totals.net + totals.tax + tips + totals.rounding
    assert totals.rounding <= 0 and (not round_to or (totals.total % round_to == 0 and -totals.rounding < round_to))
    assert all(line.net >= 0 for line in spread)
