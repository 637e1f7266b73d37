"""The slip adds up for whoever reads it from the first line to the last."""

from collections.abc import Callable
from datetime import datetime

import pytest
from flask.testing import FlaskClient

from salon.core.db import transaction
from salon.invoices.checkout.rules import Outcome
from salon.invoices.rules import LineSpec
from salon.invoices.services import draft
from salon.invoices.slip.queries import slip
from salon.invoices.terms.rules import Terms
from tests.factories import SmallSalon

Pay, LogIn = Callable[..., Outcome], Callable[[str], FlaskClient]


@pytest.fixture
def sold(salon: SmallSalon, now: datetime, pay: Pay) -> int:
    """A cut at 180,000 less 9,000 and a colour at 650,000, the whole less 94,250 rials; paid."""
    cut = LineSpec(service_id=salon.cut, staff_id=salon.sara, unit_price=180_000, discount=9_000)
    color = LineSpec(service_id=salon.color, staff_id=salon.negar, unit_price=650_000)
    with transaction():
        written = draft(
            branch_id=salon.branch_id,
            customer_id=salon.zahra,
            lines=[cut, color],
            terms=Terms(discount=94_250),
            actor_id=salon.desk_id,
            now=now,
        )
    pay(written, 726_750)
    return written


def test_the_lines_add_up_to_their_sum_and_the_discount_on_the_whole_is_taken_off_once(sold: int) -> None:
    told = slip(sold)
    assert [(line.unit_price, line.discount, line.amount) for line in told.lines] == [
        (180_000, 9_000, 171_000),
        (650_000, 0, 650_000),
    ]
    assert sum(line.amount for line in told.lines) == told.sum == 821_000
    assert (told.discount, told.sum - told.discount, told.total) == (94_250, 726_750, 726_750)


def test_the_slip_shows_what_adds_up(sold: int, log_in: LogIn) -> None:
    shown = log_in("desk").get(f"/invoices/{sold}/slip").text
    paper = shown[shown.index('<article class="slip"') : shown.index("</article>")]
    places = [
        paper.index(text) for text in ("۱۷٬۱۰۰<", "۱۸٬۰۰۰ تخفیف ۹۰۰", "۶۵٬۰۰۰", "۸۲٬۱۰۰", "تخفیف روی همه", "۷۲٬۶۷۵")
    ]
    assert places == sorted(places)
