"""Receipts of the past: one settled invoice for each customer on each receipt."""

from collections.abc import Callable, Sequence
from typing import TypeVar

from flask_babel import gettext as _

from ...catalog.models import Product
from ...core.errors import DomainError
from ...core.lengths import longest
from ...core.text import search_key
from ...invoices.history.queries import past_invoice_id, says_the_same
from ...invoices.history.rules import PastInvoice, PastLine
from ...invoices.history.services import record_past_invoice
from ...invoices.models import InvoiceLine
from ..bookings.services import CUSTOMER, DATE
from ..errors import import_changed, product_missing, receipt_incomplete, receipt_shared, thing_unrecognised
from ..rows.rules import Field, Row
from ..rules import Books, Bundle, Did, Kind, Plan, Stored, refusal_at
from .rules import BrokenReceipt, ReceiptLine, invoices_of, shared_receipts, without_broken

Value = TypeVar("Value")


def _line(row: Row, books: Books) -> ReceiptLine:
    number, code = row.needed_code("number"), row.needed_code("customer")
    service_id, product_id, description = _thing(row, books)
    staff = row.code("staff")
    quantity = row.whole("quantity")
    quantity = 1 if quantity is None else quantity
    return ReceiptLine(
        row=row.line,
        number=number,
        day=row.needed_day("date"),
        customer_code=code,
        customer_id=books.customer(code),
        sold=PastLine(
            description=description,
            quantity=quantity,
            net=_net(row, quantity),
            tax=row.rounded_sum("tax"),
            service_id=service_id,
            product_id=product_id,
            staff_id=books.staff_member(staff) if staff else None,
        ),
    )


def _broken(row: Row, above: BrokenReceipt) -> BrokenReceipt:
    """The receipt that a refused row stood on, as far as it says so: without a number it goes on with the one above."""
    number = _readable(lambda: row.code("number"))
    return above if number == "" else BrokenReceipt(number, _readable(lambda: row.day("date")))


def _readable(read: Callable[[], Value]) -> Value | None:
    """What a refused row says all the same of a cell; None where that cell was the reason."""
    try:
        return read()
    except DomainError:
        return None


def _net(row: Row, quantity: int) -> int:
    """The amount of the line before tax: as written, else from price, quantity and discount."""
    amount = row.amount("amount")
    if amount is not None:
        return amount
    return quantity * row.needed_amount("unit_price") - (row.amount("discount") or 0)


def _thing(row: Row, books: Books) -> tuple[int | None, int | None, str]:
    """Service, product and description of a line: by code where the file has one, else by its name."""
    written = row.text("description", longest(InvoiceLine.description))
    if row.text("service"):
        service = books.service(row.text("service"))
        return service.id, None, written or service.name
    if row.text("product"):
        product = books.products.get(row.code("product", longest(Product.code)))
        if product is None:
            raise product_missing(row.text("product"))
        return None, product.id, written or product.name
    key = search_key(written)
    as_service, as_product = books.services_by_name.get(key), books.products_by_name.get(key)
    if as_service and not as_product:
        return as_service.id, None, written
    if as_product and not as_service:
        return None, as_product.id, written
    return None, None, written or _("بدون شرح")


def _plan(rows: Sequence[Row], books: Books) -> Plan[PastInvoice]:
    plan: Plan[PastInvoice] = Plan()
    lines, broken = [], set()
    above = BrokenReceipt(None, None)
    for row in rows:
        try:
            lines.append(_line(row, books))
            above = BrokenReceipt(lines[-1].number, lines[-1].day)
        except DomainError as error:
            plan.refused.append(refusal_at(row.line, error))
            above = _broken(row, above)
            broken.add(above)
    whole, halves = without_broken(lines, broken)
    plan.refused += [refusal_at(line.row, receipt_incomplete(line.number)) for line in halves]
    plan.warnings += [
        refusal_at(line.row, thing_unrecognised(line.sold.description))
        for line in whole
        if line.sold.service_id is None and line.sold.product_id is None
    ]
    plan.warnings += [refusal_at(row, receipt_shared(number)) for (_day, number), row in shared_receipts(whole).items()]
    plan.bundles = [Bundle(together, past) for together, past in invoices_of(whole)]
    return plan


def _store(past: PastInvoice, books: Books) -> Stored:
    known = past_invoice_id(past.key)
    if known is None:
        record_past_invoice(past=past, branch_id=books.branch_id, actor_id=books.actor_id, now=books.now)
        return Stored(Did.ADDED)
    if not says_the_same(known, past):
        raise import_changed(past.key)
    return Stored(Did.UNCHANGED)


INVOICES = Kind(
    "invoices",
    (
        Field("number", ("شماره رسید", "شماره فاکتور", "شماره"), required=True),
        DATE,
        CUSTOMER,
        Field("service", ("کد خدمت", "خدمت")),
        Field("product", ("کد کالا", "کالا")),
        Field("description", ("شرح",)),
        Field("staff", ("کد پرسنل", "پرسنل", "آرایشگر")),
        Field("quantity", ("تعداد",)),
        Field("unit_price", ("قیمت واحد", "فی")),
        Field("discount", ("تخفیف",)),
        Field("amount", ("مبلغ", "مبلغ خالص")),
        Field("tax", ("مالیات",)),
    ),
    _plan,
    _store,
)
