"""How lines of receipts come together."""

from datetime import date

from salon.imports.receipts.rules import BrokenReceipt, ReceiptLine, invoices_of, shared_receipts, without_broken
from salon.invoices.history.rules import PastLine

MONDAY, TUESDAY = date(2018, 4, 2), date(2018, 4, 3)


def line(row: int, number: str, day: date = MONDAY, customer: int = 7) -> ReceiptLine:
    return ReceiptLine(row, number, day, f"C{customer}", customer, PastLine(f"{row}", 1, row, 0))


def test_lines_of_one_customer_on_one_receipt_are_one_invoice() -> None:
    ((rows, invoice),) = invoices_of([line(2, "9"), line(3, "9")])
    assert rows == (2, 3)
    assert (invoice.key, invoice.customer_id, invoice.business_date) == ("invoice:9:20180402:C7", 7, MONDAY)
    assert [sold.description for sold in invoice.lines] == ["2", "3"]


def test_the_same_number_on_another_day_or_of_another_customer_is_another_invoice() -> None:
    keys = [invoice.key for _, invoice in invoices_of([line(2, "9"), line(3, "9", TUESDAY), line(4, "9", customer=8)])]
    assert keys == ["invoice:9:20180402:C7", "invoice:9:20180402:C8", "invoice:9:20180403:C7"]


def test_invoices_come_by_day_and_then_by_number_with_letters_or_without() -> None:
    lines = [
        line(2, "1", TUESDAY),
        line(3, "10"),
        line(4, "9"),
        line(5, "A10"),
        line(6, "A9"),
        line(7, "9B"),
        line(8, "9A"),
    ]
    numbers = [invoice.key.split(":")[1] for _, invoice in invoices_of(lines)]
    assert numbers == ["A9", "A10", "9", "9A", "9B", "10", "1"]


def test_letters_come_before_the_least_number() -> None:
    assert [invoice.key.split(":")[1] for _, invoice in invoices_of([line(2, "0"), line(3, "A")])] == ["A", "0"]


def test_receipts_that_several_paid_are_named_with_their_first_row() -> None:
    lines = [line(2, "8"), line(3, "9"), line(4, "9", customer=8), line(5, "9", TUESDAY), line(6, "8")]
    assert shared_receipts(lines) == {(MONDAY, "9"): 3}


def test_a_receipt_that_misses_a_line_is_left_out_whole() -> None:
    lines = [line(2, "8"), line(3, "9"), line(4, "9", TUESDAY), line(5, "10"), line(6, "10", TUESDAY)]
    whole, halves = without_broken(lines, {BrokenReceipt("9", TUESDAY), BrokenReceipt("10", None)})
    assert [one.row for one in whole] == [2, 3]
    assert [one.row for one in halves] == [4, 5, 6]


def test_a_refused_row_that_names_no_receipt_breaks_none() -> None:
    lines = [line(2, "8"), line(3, "9")]
    assert without_broken(lines, {BrokenReceipt(None, MONDAY)}) == (lines, [])
