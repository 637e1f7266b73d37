"""The lines behind a figure come to it: each person's and each line's part, and what somebody took off."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient

from salon.core.db import transaction
from salon.core.jalali import local_date
from salon.invoices.history.rules import PastInvoice, PastLine
from salon.invoices.history.services import record_past_invoice
from salon.invoices.models import InvoiceLine, LineShare
from salon.invoices.rules import LineSpec
from salon.invoices.services import draft
from salon.invoices.terms.rules import Terms
from salon.reports.documents.queries import Asked, figure, lines
from salon.reports.queries import REPORTS
from salon.staff.models import Line, LineMember
from tests.factories import SmallSalon, pay_cash

Login = Callable[[str], FlaskClient]
DAY = timedelta(days=1)
LED_TO_LINES = ("services-by-staff", "services-by-line", "services-by-customer", "sales-by-kind", "discounts")


@pytest.fixture
def shared(salon: SmallSalon, now: datetime) -> SmallSalon:
    """A colour of 999,999 that Sara shares with Negar, two things of Negar's, and a cut of nobody's; some is taken off."""
    with transaction() as session:
        hair = Line(branch_id=salon.branch_id, name="مو", head_id=salon.sara)
        nails = Line(branch_id=salon.branch_id, name="ناخن", head_id=salon.sara)
        session.add_all([hair, nails])
        session.flush()
        session.add_all(
            [LineMember(line_id=nails.id, staff_id=salon.negar), LineMember(line_id=hair.id, staff_id=salon.sara)]
        )
        written = draft(
            branch_id=salon.branch_id,
            customer_id=salon.zahra,
            lines=[
                LineSpec(service_id=salon.color, staff_id=salon.sara, unit_price=1_100_000),
                LineSpec(service_id=salon.cut, staff_id=salon.negar, unit_price=500_000),
                LineSpec(
                    service_id=salon.brushing,
                    staff_id=salon.negar,
                    unit_price=300_000,
                    discount=20_000,
                    discount_reason="دوست نگار",
                ),
            ],
            terms=Terms(discount=100_001, discount_reason="جشن سالن"),
            actor_id=salon.owner_id,
            now=now,
        )
        colour = session.query(InvoiceLine.id).filter_by(invoice_id=written, staff_id=salon.sara).scalar()
        for person, part in ((salon.sara, 6_000), (salon.negar, 4_000)):
            session.add(LineShare(line_id=colour, staff_id=person, share_bp=part))
        past = PastInvoice("old", salon.zahra, local_date(now), (PastLine("کوتاهی", 1, 90_000, 0),))
        record_past_invoice(past=past, branch_id=salon.branch_id, actor_id=None, now=now)
    pay_cash(salon, now, written, 1_779_999, "shared")
    return salon


@pytest.mark.parametrize("name", LED_TO_LINES)
def test_the_lines_behind_each_figure_come_to_it(shared: SmallSalon, now: datetime, name: str) -> None:
    today = local_date(now)
    report = REPORTS[name].read(today, today + DAY)
    place = [column.name for column in report.columns].index("amount")
    told = [(row.cells[place], _asked(today, row.by)) for row in report.rows]
    assert told
    for amount, asked in told:
        assert figure(asked) == amount
        assert sum(sold.part for sold in lines(asked, 10, 0)) == amount


def test_her_own_part_the_sum_and_the_reason_are_on_the_page(shared: SmallSalon, log_in: Login, now: datetime) -> None:
    today = local_date(now)
    asked = Asked(today, today + DAY, staff=shared.sara)
    (hers,) = lines(asked, 10, 0)
    assert 0 < hers.part == figure(asked) < hers.line.net
    owner, days = log_in("owner"), f"starts_on={today}&ends_on={today}"
    page = owner.get(f"/reports/documents/lines?{days}&staff={shared.sara}").text
    assert "سهم این نفر" in page
    assert "جمع همهٔ ردیف‌ها" in page
    given = owner.get(f"/reports/documents/lines?{days}&giver={shared.owner_id}").text
    assert "جشن سالن" in given
    assert "دوست نگار" in given
    assert "line=" in owner.get(f"/reports/services-by-line?{days}").text


def _asked(today: date, by: Any) -> Asked:
    return Asked(today, today + DAY, **by)
