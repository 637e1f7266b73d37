"""Sessions are sold once, used visit by visit, and what is unused goes back at the price paid."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from salon.cashbox.models import PaymentMethod
from salon.catalog.packages.services import PackageSpec, add_package
from salon.core.db import db, transaction
from salon.core.errors import Invalid
from salon.core.jalali import days_later, local_date
from salon.invoices.models import InvoiceLine
from salon.invoices.packages.queries import sessions_left
from salon.invoices.queries import invoice, payments_of, preview
from salon.invoices.rules import LineSpec
from salon.invoices.services import change_draft
from salon.invoices.terms.rules import Terms
from salon.ledger.models import AccountKind
from salon.reports.sales.queries import sales_by_kind, services_by_staff
from salon.setup.queries import profile
from tests.factories import SmallSalon, revenue
from tests.invoices.packages.conftest import Back, Pay, Together, Write, balances, net_of, prepaid, total, verify

Use = Callable[..., int]


def invoice_with(line_id: int) -> int:
    """The invoice of a line."""
    return int(db.session.scalar(select(InvoiceLine.invoice_id).where(InvoiceLine.id == line_id)) or 0)


def test_a_package_is_sold_as_sessions_that_are_no_revenue_yet(
    write: Write, pay: Pay, three_cuts: int, now: datetime
) -> None:
    invoice_id = write(LineSpec(package_id=three_cuts))
    pay(invoice_id, 1_000_000)
    line = invoice(invoice_id).lines[0]
    assert (line.quantity, line.unit_price, line.discount, line.net) == (3, 333_334, 2, 1_000_000)
    assert line.usable_until == days_later(local_date(now), 90)
    assert (prepaid(), revenue(), total(AccountKind.DISCOUNT)) == (1_000_000, 0, 0)
    assert verify() == []


def test_a_bridal_package_is_parted_by_what_its_services_cost_alone(
    salon: SmallSalon, write: Write, pay: Pay, now: datetime
) -> None:
    spec = PackageSpec("عروس", 3_000_001, None, ((salon.cut, 2), (salon.color, 1)))
    with transaction():
        package_id = add_package(spec=spec, actor=None, now=now)
    invoice_id = write(LineSpec(package_id=package_id))
    cut, color = invoice(invoice_id).lines
    assert cut.net + color.net == 3_000_001
    assert cut.net * 2_800_000 == pytest.approx(color.net * 900_000, rel=1e-5)
    pay(invoice_id, 3_000_001)
    assert [series.usable_until for series in sessions_left(salon.zahra, local_date(now))] == [None, None]
    assert (prepaid(), verify()) == (3_000_001, [])


def test_a_session_turns_what_was_prepaid_into_revenue_and_earns_nothing_again(
    use: Use, sold: int, now: datetime
) -> None:
    before = total(AccountKind.CLUB_CREDIT), total(AccountKind.CASH)
    used = use()
    assert payments_of(used) == [(PaymentMethod.PACKAGE, 333_333)]
    assert (prepaid(), revenue()) == (666_667, -333_333)
    assert (total(AccountKind.CLUB_CREDIT), total(AccountKind.CASH)) == before
    assert verify() == []


def test_all_sessions_together_take_all_that_was_paid(use: Use, sold: int) -> None:
    assert [net_of(use()) for _visit in range(3)] == [333_333, 333_333, 333_334]
    assert (prepaid(), revenue(), verify()) == (0, -1_000_000, [])


def test_a_package_half_used_and_refunded(salon: SmallSalon, sold: int, use: Use, back: Back, now: datetime) -> None:
    sale_id = invoice_with(sold)
    use()
    with pytest.raises(Invalid) as refused:
        back(sale_id, 3)
    assert refused.value.code == "return_exceeds_sale"
    returned = back(sale_id)
    assert (returned.amount, returned.refunded) == (666_667, ((PaymentMethod.CASH, 666_667),))
    assert (prepaid(), revenue(), total(AccountKind.CASH)) == (0, -333_333, 333_333)
    assert sessions_left(salon.zahra, local_date(now)) == []
    assert verify() == []


def test_sessions_go_back_one_by_one_without_losing_a_rial(sold: int, use: Use, back: Back) -> None:
    sale_id = invoice_with(sold)
    amounts = [back(sale_id, 1).amount, net_of(use()), back(sale_id, 1).amount]
    assert (amounts, prepaid(), verify()) == ([333_333, 333_333, 333_334], 0, [])


def test_an_unused_package_goes_back_as_if_it_was_never_sold(
    write: Write, pay: Pay, back: Back, three_cuts: int
) -> None:
    before = balances()
    invoice_id = write(LineSpec(package_id=three_cuts), terms=Terms(discount=100_001))
    pay(invoice_id, 899_999)
    assert prepaid() == 899_999
    back(invoice_id, 1)
    assert verify() == []
    back(invoice_id)
    assert (balances(), verify()) == (before, [])


def test_a_returned_visit_gives_its_session_back(
    salon: SmallSalon, sold: int, use: Use, back: Back, now: datetime
) -> None:
    first, _second = use(), use()
    returned = back(first)
    assert returned.refunded == ((PaymentMethod.PACKAGE, 333_333),)
    (series,) = sessions_left(salon.zahra, local_date(now))
    assert (series.left, series.rest, prepaid()) == (2, 666_667, 666_667)
    use(), use()
    assert (prepaid(), verify()) == (0, [])


def test_a_visit_with_a_session_and_money_gives_each_back_its_own_way(
    salon: SmallSalon, sold: int, write: Write, pay: Pay, back: Back
) -> None:
    with transaction():
        profile().round_to = 1_000
    before = balances()
    session = LineSpec(series_line_id=sold, staff_id=salon.sara)
    color = LineSpec(service_id=salon.color, staff_id=salon.sara, unit_price=500_500)
    visit = write(color, session, terms=Terms(discount_bp=1_000))
    found = invoice(visit)
    assert [line.shared_discount for line in found.lines] == [50_050, 0]
    assert found.total == 450_000 + 333_333
    pay(visit, 450_000)
    assert back(visit, 1).refunded == ((PaymentMethod.CASH, 450_000),)
    assert verify() == []
    assert back(visit).refunded == ((PaymentMethod.PACKAGE, 333_333),)
    assert (balances(), verify()) == (before, [])


def test_a_session_pays_no_debt_and_a_debt_goes_first(
    salon: SmallSalon, sold: int, write: Write, pay: Pay, back: Back
) -> None:
    visit = write(
        LineSpec(service_id=salon.cut, staff_id=salon.sara), LineSpec(series_line_id=sold, staff_id=salon.sara)
    )
    assert pay(visit, 200_000).due == 250_000
    returned = back(visit)
    assert (returned.debt, returned.refunded) == (
        250_000,
        ((PaymentMethod.CASH, 200_000), (PaymentMethod.PACKAGE, 333_333)),
    )
    assert (prepaid(), verify()) == (1_000_000, [])


def test_sessions_are_refused_when_they_are_used_up(salon: SmallSalon, use: Use, sold: int, write: Write) -> None:
    for _visit in range(3):
        use()
    with pytest.raises(Invalid) as refused:
        write(LineSpec(series_line_id=sold, staff_id=salon.sara))
    assert (refused.value.code, refused.value.field) == ("package_used_up", "lines.0.series_line_id")


def test_sessions_are_refused_after_their_last_day(
    salon: SmallSalon, sold: int, write: Write, pay: Pay, use: Use, now: datetime
) -> None:
    use(at=now + timedelta(days=90))
    late = now + timedelta(days=91)
    waiting = write(LineSpec(series_line_id=sold, staff_id=salon.sara))
    for act in (lambda: use(at=late), lambda: pay(waiting, at=late)):
        with pytest.raises(Invalid) as refused:
            act()
        assert refused.value.code == "package_expired"
    assert verify() == []


def test_nobody_uses_what_another_has_bought(salon: SmallSalon, sold: int, write: Write) -> None:
    with pytest.raises(Invalid) as refused:
        write(LineSpec(series_line_id=sold + 1_000, staff_id=salon.sara))
    assert refused.value.code == "series_unknown"


def test_a_session_needs_whoever_does_it(sold: int, write: Write, pay: Pay) -> None:
    visit = write(LineSpec(series_line_id=sold))
    with pytest.raises(Invalid) as refused:
        pay(visit)
    assert (refused.value.code, refused.value.field) == ("staff_missing", "lines.0.staff_id")


def test_the_price_of_a_session_is_no_matter_of_the_till(salon: SmallSalon, sold: int, write: Write) -> None:
    visit = write()
    line = LineSpec(series_line_id=sold, staff_id=salon.sara, unit_price=1, discount=1, quantity=7, tax_bp=500)
    with transaction():
        change_draft(invoice_id=visit, lines=[line])
    (kept,) = invoice(visit).lines
    assert (kept.unit_price, kept.discount, kept.quantity, kept.tax, kept.service_id) == (333_333, 0, 1, 0, salon.cut)


def test_a_draft_that_waited_takes_the_share_that_is_left(
    salon: SmallSalon, sold: int, use: Use, write: Write, pay: Pay
) -> None:
    waiting = write(LineSpec(series_line_id=sold, staff_id=salon.sara))
    use(), use()
    assert pay(waiting).paid == 333_334
    assert (prepaid(), verify()) == (0, [])


def test_two_tills_never_use_one_session_twice(
    salon: SmallSalon, sold: int, use: Use, write: Write, pay: Pay, together: Together
) -> None:
    use(), use()
    drafts = [write(LineSpec(series_line_id=sold, staff_id=salon.sara)) for _till in range(2)]
    results = together(*(lambda invoice_id=draft: pay(invoice_id, key=f"till-{invoice_id}") for draft in drafts))
    refused = [result for result in results if isinstance(result, Invalid)]
    assert [refusal.code for refusal in refused] == ["package_used_up"]
    assert (prepaid(), verify()) == (0, [])


def test_the_till_asks_no_money_for_a_session(salon: SmallSalon, sold: int, write: Write, now: datetime) -> None:
    visit = write(LineSpec(series_line_id=sold, staff_id=salon.sara))
    seen = preview(invoice(visit), credit=0, now=now)
    assert (seen.basis, seen.bounds.ceiling, seen.awards) == (0, 0, ())


def test_a_session_is_counted_for_whoever_did_it_on_its_own_day(use: Use, sold: int, now: datetime) -> None:
    today = local_date(now)
    assert services_by_staff(today, days_later(today, 1)).rows == []
    use(at=now + timedelta(days=3))
    (row,) = services_by_staff(days_later(today, 3), days_later(today, 4)).rows
    assert row.cells[:3] == ("سارا احمدی", 1, 333_333)


def test_a_package_counts_once_among_the_kinds_of_sale(use: Use, sold: int, now: datetime) -> None:
    today = local_date(now)
    assert sales_by_kind(today, days_later(today, 1)).total == 0
    use(at=now + timedelta(days=3))
    (row,) = sales_by_kind(today, days_later(today, 4)).rows
    assert row.cells[1:] == (1, 333_333)
