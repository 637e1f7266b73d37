"""What a figure is made of is called by its name, in the words of the desk."""

from collections.abc import Callable
from datetime import datetime

import pytest
from flask.testing import FlaskClient

from salon.cashbox.models import VoucherKind
from salon.cashbox.vouchers.rules import LABELS
from salon.core.db import transaction
from salon.invoices.rules import LineSpec
from salon.invoices.services import draft
from salon.reports.documents.rules import WORDS, name_of
from tests.factories import SmallSalon, pay_cash

LogIn = Callable[[str], FlaskClient]


@pytest.mark.parametrize("kind", VoucherKind)
def test_vouchers_are_called_by_their_kinds(kind: VoucherKind) -> None:
    assert name_of("voucher", kind.value) == str(LABELS[kind])


@pytest.mark.parametrize(
    ("kind", "word"),
    [
        ("payment", "پرداخت"),
        ("clawback", "پس‌گرفتن پاداش"),
        ("deposit_kept", "ضبط بیعانه"),
        ("shift_open", "شمارش آغاز"),
        ("pay_share", "سهم پرسنل"),
        ("salary", "حقوق و اجاره"),
        ("bonus", "پاداش پرسنل"),
        ("fine", "جریمهٔ پرسنل"),
    ],
)
def test_other_entries_have_words_of_their_own(kind: str, word: str) -> None:
    assert name_of("invoice", kind) == word


def test_no_two_entries_are_called_the_same() -> None:
    assert len({str(word) for word in WORDS.values()}) == len(WORDS)


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
def test_the_movements_of_an_account_say_what_each_entry_was(log_in: LogIn, salon: SmallSalon, now: datetime) -> None:
    with transaction():
        lines = [LineSpec(service_id=salon.cut, staff_id=salon.sara)]
        sold = draft(branch_id=salon.branch_id, customer_id=salon.zahra, lines=lines, actor_id=salon.desk_id, now=now)
    pay_cash(salon, now, sold, 450_000, "cut")
    shown = log_in("owner").get("/reports/documents/movements?kind=cash&starts_on=2026-11-21&ends_on=2026-11-21").text
    assert "<td>پرداخت</td>" in shown
    assert "۴۵٬۰۰۰" in shown
