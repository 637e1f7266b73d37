"""Discounts, reasons, tips, shares, rounding and VAT by date: what a draft says, and what is booked of it."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta

import pytest
import time_machine
from flask.testing import FlaskClient
from sqlalchemy import select

from salon.cashbox.models import PaymentMethod
from salon.cashbox.rules import PaymentSpec
from salon.catalog.models import Service
from salon.club.wallet.queries import verify_lots
from salon.core.db import db, transaction
from salon.core.errors import Invalid
from salon.core.jalali import local_date
from salon.invoices.audit.queries import verify_invoices
from salon.invoices.checkout.services import settle
from salon.invoices.models import Invoice, LineShare, Tip
from salon.invoices.queries import invoice
from salon.invoices.rules import LineSpec
from salon.invoices.services import change_draft, discard_draft, draft
from salon.invoices.terms.queries import shares_of, tips_of
from salon.invoices.terms.rules import Terms
from salon.ledger.models import AccountKind
from salon.ledger.queries import balance, receivable_of, verify_journal
from salon.setup.models import SaleKind, TaxRate
from salon.setup.queries import profile, tax_bp_on
from tests.factories import SmallSalon

Write = Callable[..., int]
HUGE = 10**18


@pytest.fixture(autouse=True)
def _books_stay_balanced(salon: SmallSalon) -> Iterator[None]:
    """After every test of this file the audit finds nothing."""
    yield
    db.session.rollback()
    assert verify_journal() + verify_lots() + verify_invoices() == []


@pytest.fixture
def write(salon: SmallSalon, now: datetime) -> Write:
    """Write a draft for Zahra: a cut for 1,000,000 rials by Sara, on terms."""

    def written(*lines: LineSpec, terms: Terms = Terms(), actor_id: int | None = None, **more: object) -> int:  # noqa: B008
        cut = {"service_id": salon.cut, "staff_id": salon.sara, "unit_price": 1_000_000, **more}
        with transaction():
            return draft(
                branch_id=salon.branch_id,
                customer_id=salon.zahra,
                lines=lines or [LineSpec(**cut)],  # type: ignore[arg-type]  # as its fields are
                terms=terms,
                actor_id=actor_id,
                now=now,
            )

    return written


def settled(salon: SmallSalon, now: datetime, invoice_id: int) -> Invoice:
    """The invoice, paid in cash to the last rial."""
    with transaction():
        due = invoice(invoice_id).due
        payments = [PaymentSpec(PaymentMethod.CASH, due)]
        settle(branch_id=salon.branch_id, invoice_id=invoice_id, payments=payments, key="k", actor_id=None, now=now)
    db.session.expire_all()
    return invoice(invoice_id)


def test_a_discount_on_the_whole_is_spread_over_the_lines_before_tax(
    salon: SmallSalon, now: datetime, write: Write
) -> None:
    line = {"service_id": salon.cut, "staff_id": salon.sara, "tax_bp": 1_000}
    written = write(
        LineSpec(unit_price=1_000_000, **line), LineSpec(unit_price=500_000, **line), terms=Terms(discount=100_000)
    )
    found = settled(salon, now, written)
    assert [part.shared_discount for part in found.lines] == [66_667, 33_333]
    assert (found.net, found.discount, found.shared_discount, found.tax) == (1_400_000, 100_000, 100_000, 139_999)
    assert balance(AccountKind.DISCOUNT) == 100_000


def test_percentages_keep_what_was_typed_and_who_gave_them(salon: SmallSalon, write: Write) -> None:
    written = write(terms=Terms(discount_bp=250), discount_bp=1_000, actor_id=salon.desk_id)
    found = invoice(written)
    line = found.lines[0]
    assert (line.discount, line.discount_bp, line.discount_by) == (100_000, 1_000, salon.desk_id)
    assert (found.shared_discount, found.shared_discount_bp, found.discount_by) == (22_500, 250, salon.desk_id)
    assert found.total == 877_500


def test_a_discount_stays_of_whoever_gave_it_until_it_is_another(salon: SmallSalon, write: Write) -> None:
    terms = Terms(discount=5_000)
    written = write(discount=10_000, terms=terms, actor_id=salon.owner_id)
    cut = {"service_id": salon.cut, "staff_id": salon.sara, "unit_price": 1_000_000}
    for discount, by in ((10_000, salon.owner_id), (20_000, salon.desk_id)):
        with transaction():
            lines = [LineSpec(discount=discount, **cut)]
            change_draft(invoice_id=written, lines=lines, terms=terms, actor_id=salon.desk_id)
        db.session.expire_all()
        assert (invoice(written).lines[0].discount_by, invoice(written).discount_by) == (by, salon.owner_id)


def test_a_great_discount_needs_a_reason(salon: SmallSalon, write: Write) -> None:
    with transaction():
        profile().reason_above = 50_000
    for terms, more, field in (
        (Terms(), {"discount": 50_001}, "lines.0.discount_reason"),
        (Terms(discount=50_001), {}, "discount_reason"),
    ):
        with pytest.raises(Invalid) as refused:
            write(terms=terms, **more)
        assert (refused.value.code, refused.value.field) == ("reason_missing", field)
    assert write(discount=50_000, terms=Terms(discount=50_000))
    told = write(discount=50_001, discount_reason="عروس", terms=Terms(discount=60_000, discount_reason="سالگرد"))
    assert (invoice(told).lines[0].discount_reason, invoice(told).discount_reason) == ("عروس", "سالگرد")


def test_tips_go_to_their_people_and_earn_nothing(salon: SmallSalon, now: datetime, write: Write) -> None:
    written = write(terms=Terms(tips=((salon.sara, 70_000), (salon.negar, 30_000))))
    found = settled(salon, now, written)
    assert (found.net, found.tips, found.total) == (1_000_000, 100_000, 1_100_000)
    assert [balance(AccountKind.STAFF_PAYABLE, who) for who in (salon.sara, salon.negar)] == [-70_000, -30_000]
    assert tips_of(written) == (
        (salon.sara, 70_000),
        (salon.negar, 30_000),
    )
    assert balance(AccountKind.REVENUE) == -1_000_000


def test_totals_are_rounded_down_to_what_the_salon_likes(salon: SmallSalon, now: datetime, write: Write) -> None:
    with transaction():
        profile().round_to = 10_000
    written = write(unit_price=1_018_900, terms=Terms(tips=((salon.sara, 5_000),)))
    found = settled(salon, now, written)
    assert (found.rounding, found.total) == (-3_900, 1_020_000)
    assert (balance(AccountKind.ROUNDING), receivable_of(salon.zahra)) == (3_900, 0)


def test_several_share_a_line_and_together_they_are_the_whole(salon: SmallSalon, write: Write) -> None:
    written = write(shares=((salon.sara, 7_000), (salon.negar, 3_000)))
    (shares,) = shares_of(written).values()
    assert shares == [(salon.sara, 7_000), (salon.negar, 3_000)]
    with transaction():
        change_draft(invoice_id=written, lines=[LineSpec(service_id=salon.cut, staff_id=salon.sara)])
    assert shares_of(written) == {}


@pytest.mark.parametrize("parts", [(10_000,), (5_000, 4_999), (10_001, -1), (10_000, 0), (5_000, 5_000, 0)], ids=str)
def test_parts_that_are_no_whole_are_refused(salon: SmallSalon, write: Write, parts: tuple[int, ...]) -> None:
    people = (salon.sara, salon.negar, 999)
    with pytest.raises(Invalid) as refused:
        write(shares=tuple(zip(people, parts, strict=False)))
    assert (refused.value.field, db.session.scalar(select(LineShare.id))) == ("lines.0.staff_id", None)


def test_nobody_shares_a_line_twice(salon: SmallSalon, write: Write) -> None:
    with pytest.raises(Invalid) as refused:
        write(shares=((salon.sara, 5_000), (salon.sara, 5_000)))
    assert refused.value.code == "shares_invalid"


def test_the_tax_is_that_of_the_day(now: datetime, salon: SmallSalon, write: Write) -> None:
    today = local_date(now)
    with transaction():
        profile().tax_bp = 900
        db.session.add_all(
            [TaxRate(starts_on=today, rate_bp=1_000), TaxRate(starts_on=today + timedelta(1), rate_bp=0)]
        )
    assert [tax_bp_on(today + timedelta(days)) for days in (-1, 0, 1, 2)] == [900, 1_000, 0, 0]
    assert invoice(write()).tax == 100_000


def test_the_first_active_kind_of_sale_is_proposed(salon: SmallSalon, write: Write) -> None:
    with transaction():
        db.session.query(SaleKind).delete()
        kinds = [SaleKind(name=name, position=place, active=place > 0) for place, name in enumerate("abc")]
        db.session.add_all(kinds)
    assert invoice(write()).sale_kind_id == kinds[1].id
    assert invoice(write(terms=Terms(sale_kind_id=kinds[2].id))).sale_kind_id == kinds[2].id
    with pytest.raises(Invalid) as refused:
        write(terms=Terms(sale_kind_id=kinds[0].id))
    assert (refused.value.code, refused.value.field) == ("sale_kind_unknown", "sale_kind_id")


@pytest.mark.parametrize(
    ("terms", "code", "field"),
    [
        (Terms(discount=-1), "discount_invalid", "discount"),
        (Terms(discount=1_000_001), "discount_invalid", "discount"),
        (Terms(discount_bp=10_001), "discount_invalid", "discount"),
        (Terms(discount_reason="x" * 201), "text_long", "discount_reason"),
        (Terms(tips=((1, 0),)), "tip_invalid", "tips.0.amount"),
        (Terms(tips=((1, -5),)), "tip_invalid", "tips.0.amount"),
        (Terms(tips=((1, HUGE),)), "tip_invalid", "tips.0.amount"),
        (Terms(tips=((1, 5), (1, 5))), "tip_invalid", "tips"),
        (Terms(tips=((999, 5),)), "tip_invalid", "tips"),
    ],
)
def test_terms_that_can_t_be_so_are_refused_at_their_field(
    salon: SmallSalon, write: Write, terms: Terms, code: str, field: str
) -> None:
    with pytest.raises(Invalid) as refused:
        write(terms=terms)
    assert (refused.value.code, refused.value.field) == (code, field)
    assert db.session.scalar(select(Invoice.id)) is None


def test_a_price_that_changes_between_booking_and_invoice_is_that_of_the_invoice_and_then_stays(
    salon: SmallSalon, now: datetime, write: Write
) -> None:
    written = write(unit_price=None)
    with transaction():
        db.session.get_one(Service, salon.cut).price = 600_000
    assert invoice(written).total == 450_000
    with transaction():
        change_draft(invoice_id=written, lines=[LineSpec(service_id=salon.cut, staff_id=salon.sara)])
    assert settled(salon, now, written).total == 600_000
    with transaction():
        db.session.get_one(Service, salon.cut).price = 700_000
    db.session.expire_all()
    assert invoice(written).total == 600_000


def test_a_draft_is_thrown_away_with_its_tips_and_shares(salon: SmallSalon, write: Write) -> None:
    written = write(terms=Terms(tips=((salon.sara, 5),)), shares=((salon.sara, 5_000), (salon.negar, 5_000)))
    with transaction():
        discard_draft(invoice_id=written)
    assert [db.session.scalar(select(table.id)) for table in (Invoice, Tip, LineShare)] == [None] * 3


def test_a_draft_left_overnight_is_taxed_by_the_day_of_its_issue(
    salon: SmallSalon, now: datetime, write: Write, log_in: Callable[[str], FlaskClient]
) -> None:
    with transaction() as session:
        profile().tax_bp, profile().round_to = 900, 1_000
        session.add(TaxRate(starts_on=local_date(now) + timedelta(days=1), rate_bp=1_000))
    written = write(unit_price=1_004_000)
    assert (invoice(written).tax, invoice(written).total) == (90_360, 1_094_000)
    with time_machine.travel(now + timedelta(days=1), tick=False):
        desk = log_in("desk")
        seen = {"key": "seen-by-night", "seen_due": "1094000", "cash": "۱۰۹٬۴۰۰"}
        stale = desk.post(f"/invoices/{written}/settle", data=seen)
        assert (stale.status_code, invoice(written).status) == (422, "draft")
        # 10% of 1,004,000 are 100,400; 1,104,400 is rounded down.
        assert 'name="seen_due" value="1104000"' in desk.get(f"/invoices/{written}").text
        fresh = {"key": "seen-by-day-1", "seen_due": "1104000", "cash": "۱۱۰٬۴۰۰"}
        assert desk.post(f"/invoices/{written}/settle", data=fresh).status_code == 303
    db.session.rollback()
    db.session.expire_all()
    assert (invoice(written).tax, invoice(written).total) == (100_400, 1_104_000)
    assert balance(AccountKind.TAX_PAYABLE) == -100_400


def test_a_draft_that_nobody_looks_at_again_is_taxed_as_it_is_issued(
    salon: SmallSalon, now: datetime, write: Write
) -> None:
    with transaction() as session:
        session.add(TaxRate(starts_on=local_date(now) + timedelta(days=1), rate_bp=1_000))
    written = write()
    assert settled(salon, now + timedelta(days=1), written).tax == 100_000
