"""Puts the lines of receipts together. No database."""

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from ...invoices.history.rules import PastInvoice, PastLine


@dataclass(frozen=True)
class ReceiptLine:
    """A row of a list of receipts, with whom and what it names already known."""

    row: int
    number: str
    day: date
    customer_code: str
    customer_id: int
    sold: PastLine


@dataclass(frozen=True)
class BrokenReceipt:
    """A receipt that a refused row belongs to; None is what the row does not say.

    Without a day it is every receipt of the number.
    """

    number: str | None
    day: date | None


def without_broken(
    lines: Iterable[ReceiptLine], broken: Collection[BrokenReceipt]
) -> tuple[list[ReceiptLine], list[ReceiptLine]]:
    """The lines of whole receipts, and those of receipts that miss a line."""
    whole: list[ReceiptLine] = []
    halves: list[ReceiptLine] = []
    for line in lines:
        missing = BrokenReceipt(line.number, line.day) in broken or BrokenReceipt(line.number, None) in broken
        (halves if missing else whole).append(line)
    return whole, halves


def invoices_of(lines: Iterable[ReceiptLine]) -> list[tuple[tuple[int, ...], PastInvoice]]:
    """The rows and the invoice of each customer on each receipt, by day and number, as they were written.

    The day belongs to the key: many programs count receipts anew each year.
    """
    receipts: dict[tuple[date, str, str], list[ReceiptLine]] = {}
    for line in lines:
        receipts.setdefault((line.day, line.number, line.customer_code), []).append(line)
    ordered = sorted(receipts.items(), key=lambda receipt: (receipt[0][0], _in_order(receipt[0][1])))
    return [
        (
            tuple(line.row for line in together),
            PastInvoice(
                key=f"invoice:{number}:{day:%Y%m%d}:{code}",
                customer_id=together[0].customer_id,
                business_date=day,
                lines=tuple(line.sold for line in together),
            ),
        )
        for (day, number, code), together in ordered
    ]


def shared_receipts(lines: Iterable[ReceiptLine]) -> dict[tuple[date, str], int]:
    """Receipts of several customers, with their first row."""
    payers: dict[tuple[date, str], set[str]] = {}
    first: dict[tuple[date, str], int] = {}
    for line in lines:
        payers.setdefault((line.day, line.number), set()).add(line.customer_code)
        first.setdefault((line.day, line.number), line.row)
    return {receipt: first[receipt] for receipt, codes in payers.items() if len(codes) > 1}


def _in_order(number: str) -> list[tuple[int, str]]:
    """A key by which receipt 9 comes before receipt 10, with letters or without."""
    return [(int(part), "") if part.isdecimal() else (-1, part) for part in re.split(r"(\d+)", number) if part]
