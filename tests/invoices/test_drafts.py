"""Drafts, as they are written at the desk."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from salon.appointments.models import AppointmentStatus
from salon.appointments.services import BookingItem, book, set_status
from salon.catalog.services import add_product
from salon.core.db import transaction
from salon.core.errors import DomainError, Invalid, NotFound
from salon.invoices.models import InvoiceStatus
from salon.invoices.queries import invoice
from salon.invoices.rules import LineSpec
from salon.invoices.services import change_draft, discard_draft, draft
from salon.invoices.till.services import draft_of_visit, open_draft, walk_in
from salon.setup.queries import profile
from tests.factories import SmallSalon


def test_a_draft_takes_names_prices_and_tax_from_the_salon(salon: SmallSalon, now: datetime) -> None:
    with transaction():
        profile().tax_bp = 1000
        serum = add_product(name="سرم مو", price=620_000, actor=None, now=now)
    with transaction():
        lines = [LineSpec(service_id=salon.cut, staff_id=salon.sara, quantity=2), LineSpec(product_id=serum.id)]
        written = draft(branch_id=salon.branch_id, customer_id=salon.zahra, lines=lines, actor_id=None, now=now)
    found = invoice(written)
    assert [line.description for line in found.lines] == ["کوتاهی", "سرم مو"]
    assert (found.status, found.number) == (InvoiceStatus.DRAFT, None)
    assert (found.net, found.tax, found.total) == (1_520_000, 152_000, 1_672_000)


@pytest.mark.parametrize(
    ("line", "field"),
    [
        (LineSpec(), "lines.0.service_id"),
        (LineSpec(service_id=1, product_id=1), "lines.0.service_id"),
        (LineSpec(service_id=999), "lines.0.service_id"),
        (LineSpec(product_id=999), "lines.0.product_id"),
        (LineSpec(service_id=1, staff_id=999), "lines.0.staff_id"),
        (LineSpec(service_id=1, discount=450_001), "lines.0.discount"),
    ],
)
def test_a_line_that_cannot_be_sold_is_refused_and_nothing_is_written(
    salon: SmallSalon, now: datetime, sell: Callable[..., int], line: LineSpec, field: str
) -> None:
    written = sell(500_000)
    with pytest.raises(Invalid) as refused, transaction():
        change_draft(invoice_id=written, lines=[line])
    assert refused.value.field == field
    assert invoice(written).total == 500_000


def test_changed_lines_take_the_place_of_the_old_ones(salon: SmallSalon, sell: Callable[..., int]) -> None:
    written = sell()
    with transaction():
        change_draft(invoice_id=written, lines=[LineSpec(service_id=salon.brushing, discount=80_000)])
    assert [(line.description, line.net) for line in invoice(written).lines] == [("براشینگ", 300_000)]
    assert invoice(written).total == 300_000


def test_an_issued_invoice_is_neither_changed_nor_discarded(
    salon: SmallSalon, sell: Callable[..., int], pay: Callable[..., object]
) -> None:
    written = sell()
    pay(written, 1_000_000)
    with pytest.raises(DomainError, match="صادر"), transaction():
        change_draft(invoice_id=written, lines=[])
    with pytest.raises(DomainError, match="صادر"), transaction():
        discard_draft(invoice_id=written)


def test_that_it_is_issued_is_said_before_what_is_wrong_with_its_new_lines(
    sell: Callable[..., int], pay: Callable[..., object]
) -> None:
    written = sell()
    pay(written, 1_000_000)
    with pytest.raises(DomainError) as refused, transaction():
        change_draft(invoice_id=written, lines=[LineSpec()])
    assert refused.value.code == "invoice_issued"


def test_a_discarded_draft_is_gone_and_takes_no_number(sell: Callable[..., int], pay: Callable[..., object]) -> None:
    written, other = sell(), sell()
    with transaction():
        discard_draft(invoice_id=written)
    with pytest.raises(NotFound):
        invoice(written)
    assert pay(other, 1_000_000).number == 1


def test_an_empty_draft_of_today_is_opened_again(salon: SmallSalon, now: datetime) -> None:
    with transaction():
        first = open_draft(branch_id=salon.branch_id, customer_id=salon.zahra, actor_id=None, now=now)
    with transaction():
        assert open_draft(branch_id=salon.branch_id, customer_id=salon.zahra, actor_id=None, now=now) == first
        change_draft(invoice_id=first, lines=[LineSpec(service_id=salon.cut)])
    with transaction():
        assert open_draft(branch_id=salon.branch_id, customer_id=salon.zahra, actor_id=None, now=now) != first


def test_the_invoice_of_a_booking_is_written_once_with_its_services_and_staff(salon: SmallSalon, now: datetime) -> None:
    booking = booked(salon, now)
    with transaction():
        written = draft_of_visit(appointment_id=booking, actor_id=None, now=now)
    with transaction():
        assert draft_of_visit(appointment_id=booking, actor_id=None, now=now) == written
    lines = [(line.service_id, line.staff_id) for line in invoice(written).lines]
    assert lines == [(salon.cut, salon.sara), (salon.brushing, salon.negar)]
    assert invoice(written).customer_id == salon.zahra


def test_a_visit_that_has_its_invoice_gets_no_other(salon: SmallSalon, now: datetime) -> None:
    booking = booked(salon, now)
    with transaction():
        draft_of_visit(appointment_id=booking, actor_id=None, now=now)
    with pytest.raises(DomainError) as refused, transaction():
        draft(
            branch_id=salon.branch_id, customer_id=salon.zahra, appointment_id=booking, lines=[], actor_id=None, now=now
        )
    assert (refused.value.code, refused.value.field) == ("appointment_invoiced", "appointment_id")


def test_a_cancelled_visit_gets_no_invoice(salon: SmallSalon, now: datetime) -> None:
    booking = booked(salon, now)
    with transaction():
        set_status(appointment_id=booking, status=AppointmentStatus.CANCELLED, actor=None, now=now)
    with pytest.raises(DomainError, match="لغو"), transaction():
        draft_of_visit(appointment_id=booking, actor_id=None, now=now)
    with pytest.raises(DomainError, match="لغو"), transaction():
        draft(
            branch_id=salon.branch_id,
            customer_id=salon.zahra,
            appointment_id=booking,
            lines=[LineSpec(service_id=salon.cut)],
            actor_id=None,
            now=now,
        )


def test_an_unknown_booking_is_not_found(salon: SmallSalon, now: datetime) -> None:
    with pytest.raises(NotFound), transaction():
        draft_of_visit(appointment_id=999, actor_id=None, now=now)


def test_everybody_without_a_name_is_one_customer_who_may_owe_nothing(salon: SmallSalon, now: datetime) -> None:
    with transaction():
        first = walk_in(branch_id=salon.branch_id, actor=None, now=now)
    with transaction():
        assert walk_in(branch_id=salon.branch_id, actor=None, now=now) == first


def booked(salon: SmallSalon, now: datetime) -> int:
    """A booking of two services by two people, an hour from now."""
    items = [BookingItem(salon.cut, salon.sara), BookingItem(salon.brushing, salon.negar)]
    with transaction():
        return book(
            branch_id=salon.branch_id,
            customer_id=salon.zahra,
            starts_at=now + timedelta(hours=1),
            items=items,
            note="",
            actor=None,
            now=now,
        ).id


def test_nothing_is_no_price_of_what_costs_something_and_a_gift_is_a_discount(salon: SmallSalon, now: datetime) -> None:
    def written(line: LineSpec) -> int:
        with transaction():
            return draft(
                branch_id=salon.branch_id, customer_id=salon.zahra, lines=[line], actor_id=salon.desk_id, now=now
            )

    with pytest.raises(Invalid) as refused:
        written(LineSpec(service_id=salon.cut, unit_price=0))
    assert (refused.value.code, refused.value.field) == ("price_invalid", "lines.0.unit_price")
    gift = LineSpec(service_id=salon.cut, discount_bp=10_000, discount_reason="هدیه")
    assert invoice(written(gift)).total == 0
