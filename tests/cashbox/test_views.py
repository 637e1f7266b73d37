"""The cashbox on screen: what is typed is kept when it is refused, and nobody does what is not hers."""

import re
import subprocess
from collections.abc import Callable
from datetime import datetime

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from salon.cashbox.boxes.queries import boxes_of
from salon.cashbox.models import Cashbox, CashCategory, Shift, Voucher
from salon.cashbox.shifts.rules import NOTES
from salon.core.db import db, transaction
from salon.core.jalali import local_date
from salon.customers.queries import customer
from salon.invoices.rules import LineSpec
from salon.invoices.services import draft
from salon.ledger.models import AccountKind
from salon.ledger.queries import balance
from tests.cashbox.conftest import Boxes, Close, Open, Write
from tests.factories import SmallSalon, pay_cash

pytestmark = [pytest.mark.usefixtures("in_order"), pytest.mark.parametrize("engine", ["sqlite"], indirect=True)]

LogIn = Callable[[str], FlaskClient]
KEY = "k" * 32


def typed(till: int, **more: str) -> dict[str, str]:
    """A voucher as it is typed; the salon's unit is the toman."""
    category = db.session.scalars(select(CashCategory.id).where(CashCategory.direction == "in")).one()
    usual = {"key": KEY, "amount": "۱۵٬۰۰۰", "cashbox_id": str(till), "category_id": str(category)}
    return usual | {"party": "همسایه", "note": "قفسه", "business_date": "2026-11-21"} | more


def counting(**more: str) -> dict[str, str]:
    """A counting as it is typed: nothing but what is said."""
    return {"key": KEY, **{f"pieces-{place}": "" for place in range(len(NOTES))}} | more


def waiting(shown: str) -> list[str]:
    """The names of the fields where the cursor waits."""
    fields = re.findall(r"<input[^>]* autofocus[^>]*>", shown)
    return [name for field in fields for name in re.findall(r' name="([^"]*)"', field)]


def test_an_empty_cashbox_says_what_to_do_first(log_in: LogIn) -> None:
    shown = log_in("desk").get("/cashbox").text
    assert "این روز هنوز پولی جابه‌جا نشده است." in shown
    assert "شیفت باز نیست" in shown


def test_a_receipt_is_typed_sent_twice_and_stands_once_among_the_movements(log_in: LogIn, till: int) -> None:
    desk = log_in("desk")
    for _twice in range(2):
        assert desk.post("/cashbox/vouchers/new/receipt", data=typed(till)).status_code == 303
    assert balance(AccountKind.CASH, till) == 150_000
    shown = desk.get("/cashbox?day=2026-11-21").text
    assert "همسایه" in shown
    assert shown.count("برگشت بخورد") == 1


def test_a_movement_names_who_paid(log_in: LogIn, salon: SmallSalon, till: int, now: datetime) -> None:
    with transaction():
        lines = [LineSpec(service_id=salon.cut, staff_id=salon.sara)]
        sold = draft(branch_id=salon.branch_id, customer_id=salon.zahra, lines=lines, actor_id=None, now=now)
    pay_cash(salon, now, sold, 450_000, "cut")
    assert customer(salon.zahra).full_name in log_in("desk").get(f"/cashbox?day={local_date(now)}").text


def test_an_open_shift_says_what_the_books_hold_and_a_closed_one_whether_it_was_short(
    log_in: LogIn, opened: Open, closed: Close
) -> None:
    shift, desk = opened(counted=1_000_000), log_in("desk")
    assert "دفتر می‌گوید" in desk.get(f"/cashbox/shifts/{shift.id}").text
    closed(shift.id, counted=990_000)
    report = desk.get(f"/cashbox/shifts/{shift.id}").text
    assert "کم دارد" in report
    assert "زیاد دارد" not in report


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"amount": "-۵۰۰"}, "مبلغ باید بیشتر از صفر باشد"),
        ({"amount": "۱۲٫۳۴"}, "مبلغ را با رقم بنویسید."),
        ({"amount": "۰"}, "مبلغ باید بیشتر از صفر باشد"),
        ({"amount": "۹" * 17}, "مبلغ باید بیشتر از صفر باشد"),
        ({"amount": "۹" * 40}, "مبلغ را با رقم بنویسید."),
        ({"amount": ""}, "مبلغ را بنویسید."),
        ({"business_date": "۱۴۹۹/۰۱/۰۱"}, "این روز هنوز نیامده است."),
        ({"business_date": "دیروز"}, "تاریخ را مانند"),
    ],
)
def test_what_is_wrong_is_said_at_its_field_and_nothing_typed_is_lost(
    log_in: LogIn, till: int, wrong: dict[str, str], said: str
) -> None:
    answer = log_in("desk").post("/cashbox/vouchers/new/receipt", data=typed(till) | wrong)
    assert answer.status_code == 422
    assert said in answer.text
    assert 'value="همسایه"' in answer.text
    assert f'value="{next(iter(wrong.values()))}"' in answer.text
    assert db.session.scalars(select(Voucher.id)).all() == []


@pytest.mark.parametrize(
    ("kind", "field", "said"),
    [("advance", "staff_id", "بگویید به چه کسی."), ("expense", "category_id", "بگویید بابت چیست.")],
)
def test_whom_or_what_money_goes_to_is_chosen_by_nobody_else(
    log_in: LogIn, till: int, kind: str, field: str, said: str
) -> None:
    desk = log_in("desk")
    shown = desk.get(f"/cashbox/vouchers/new/{kind}").text
    _before, _name, choices = shown.partition(f'name="{field}"')
    options = re.findall(r"<option[^>]*>", choices.partition("</select>")[0])
    assert options[0] == '<option value="0">'
    assert not [option for option in options if "selected" in option]
    answer = desk.post(f"/cashbox/vouchers/new/{kind}", data=typed(till) | {field: "0"})
    assert answer.status_code == 422
    assert said in answer.text
    assert db.session.scalars(select(Voucher.id)).all() == []


def test_a_date_in_a_closed_shift_is_refused_at_its_field(
    log_in: LogIn, till: int, opened: Open, closed: Close
) -> None:
    closed(opened(0).id, 0)
    answer = log_in("desk").post("/cashbox/vouchers/new/receipt", data=typed(till, business_date="2026-11-20"))
    assert answer.status_code == 422
    assert "این شیفت صندوق بسته شده است" in answer.text
    assert 'value="همسایه"' in answer.text


@pytest.mark.parametrize("kind", ["payment", "expense", "transfer", "advance", "withdrawal"])
def test_each_kind_asks_for_what_it_needs_and_no_more(log_in: LogIn, kind: str) -> None:
    shown = log_in("owner").get(f"/cashbox/vouchers/new/{kind}").text
    asked = {name for name in ("to_cashbox_id", "category_id", "staff_id", "party") if f'name="{name}"' in shown}
    assert (
        asked
        == {
            "payment": {"category_id", "party"},
            "expense": {"category_id", "party"},
            "transfer": {"to_cashbox_id"},
            "advance": {"staff_id"},
            "withdrawal": set(),
        }[kind]
    )


def test_a_kind_that_is_none_is_refused(log_in: LogIn) -> None:
    assert log_in("owner").get("/cashbox/vouchers/new/gift").status_code in {409, 422}


def test_the_receptionist_neither_sees_nor_makes_a_withdrawal(log_in: LogIn, till: int, write: Write) -> None:
    write(500_000)
    desk = log_in("desk")
    assert "برداشت مالک" not in desk.get("/cashbox").text.partition("keys-help")[0]
    answer = desk.post("/cashbox/vouchers/new/withdrawal", data=typed(till))
    assert "این کار به اجازهٔ مدیر نیاز دارد." in answer.text
    assert balance(AccountKind.CASH, till) == 500_000


def test_a_voucher_is_taken_back_by_its_button(log_in: LogIn, till: int, write: Write) -> None:
    wrong = write(500_000)
    desk = log_in("desk")
    for _twice in range(2):
        assert desk.post(f"/cashbox/vouchers/{wrong.id}/reverse", data={"key": KEY}).status_code == 303
    assert desk.post(f"/cashbox/vouchers/{wrong.id}/reverse", data={"key": "another"}).status_code == 409
    assert balance(AccountKind.CASH, till) == 0


def test_a_till_is_opened_counted_note_by_note_and_its_report_printed(log_in: LogIn, till: int, boxes: Boxes) -> None:
    desk = log_in("desk")
    assert desk.post(f"/cashbox/{till}/open", data={"key": KEY, "counted": "۲۰۰٬۰۰۰"}).status_code == 303
    shift = db.session.scalars(select(Shift)).one()
    assert "شمردن و بستن" in desk.get("/cashbox").text
    counted = counting(
        **{"pieces-2": "۱", "pieces-3": "۱", "coins": "۴۵٬۰۰۰", "slips-0-cashbox_id": str(boxes["card_terminal"])},
        **{"slips-0-total": "۱٬۲۰۰"},
    )
    refused = desk.post(f"/cashbox/shifts/{shift.id}/close", data=counted)
    assert refused.status_code == 422
    assert "صندوق کم یا زیاد دارد؛ بنویسید چرا." in refused.text
    assert 'value="۴۵٬۰۰۰"' in refused.text
    told = desk.post(f"/cashbox/shifts/{shift.id}/close", data=counted | {"explanation": "پیک"})
    assert told.location == f"/cashbox/shifts/{shift.id}"
    shown = desk.get(told.location).text
    assert "کم دارد" in shown
    assert ">۵٬۰۰۰<" in shown
    assert "پیک" in shown
    for told in ("۱۰۰٬۰۰۰ × ۱<", "۵۰٬۰۰۰ × ۱<", ">۴۵٬۰۰۰<", ">۱٬۲۰۰<"):  # the notes, the coins, the terminal's slip
        assert told in shown
    for paper in ("80mm", "a5"):
        printed = desk.get(f"/cashbox/shifts/{shift.id}/report.pdf?paper={paper}")
        assert (printed.mimetype, printed.data[:4]) == ("application/pdf", b"%PDF")
        words = subprocess.run(["pdftotext", "-", "-"], input=printed.data, capture_output=True, check=True).stdout
        assert [amount for amount in ("۲۰۰٬۰۰۰", "۱۹۵٬۰۰۰", "۱٬۲۰۰") if amount not in words.decode()] == []
    assert desk.get(f"/cashbox/shifts/{shift.id}/report.pdf?paper=a0").status_code in {409, 422}
    assert desk.get(f"/cashbox/shifts/{shift.id}/close").location == f"/cashbox/shifts/{shift.id}"


def test_a_count_that_is_no_number_is_refused(log_in: LogIn, opened: Open) -> None:
    shift = opened(0)
    answer = log_in("desk").post(f"/cashbox/shifts/{shift.id}/close", data=counting(**{"pieces-0": "دو"}))
    assert answer.status_code == 422
    assert 'value="دو"' in answer.text


def test_the_owner_opens_another_box_makes_it_the_main_one_and_puts_the_old_one_away(
    log_in: LogIn, salon: SmallSalon, till: int
) -> None:
    owner = log_in("owner")
    added = {"name": "صندوق بالا", "kind": "cash", "number": "", "is_main": "y"}
    assert owner.post("/cashbox/boxes", data=added).status_code == 303
    assert owner.post("/cashbox/boxes", data=added).status_code == 422
    kept = {"name": "صندوق", "number": ""}
    assert owner.post(f"/cashbox/boxes/{till}/edit", data=kept).status_code == 303
    assert [(box.name, box.is_main) for box in boxes_of(salon.branch_id) if box.kind == "cash"] == [
        ("صندوق بالا", True)
    ]


def test_the_main_box_and_one_that_holds_money_are_not_put_away(
    log_in: LogIn, till: int, write: Write, salon: SmallSalon
) -> None:
    owner = log_in("owner")
    refused = owner.post(f"/cashbox/boxes/{till}/edit", data={"name": "صندوق", "is_main": "y"})
    assert "نخست صندوق دیگری از همین نوع را اصلی کنید." in refused.text
    owner.post("/cashbox/boxes", data={"name": "بالا", "kind": "cash", "is_main": "y"})
    write(1_000)
    refused = owner.post(f"/cashbox/boxes/{till}/edit", data={"name": "صندوق"})
    assert "نخست آن را خالی کنید." in refused.text
    assert db.session.get_one(Cashbox, till).active


def test_the_owner_names_categories_and_puts_them_away(log_in: LogIn) -> None:
    owner = log_in("owner")
    assert owner.post("/cashbox/categories", data={"name": "گل", "direction": "out"}).status_code == 303
    assert owner.post("/cashbox/categories", data={"name": "گل", "direction": "out"}).status_code == 422
    assert owner.post("/cashbox/categories", data={"name": " ", "direction": "out"}).status_code == 422
    added = db.session.scalars(select(CashCategory).where(CashCategory.name == "گل")).one()
    assert "گل</option>" in owner.get("/cashbox/vouchers/new/expense").text
    assert owner.post(f"/cashbox/categories/{added.id}/switch").status_code == 303
    assert "گل</option>" not in owner.get("/cashbox/vouchers/new/expense").text


def test_shifts_of_old_are_listed(log_in: LogIn, opened: Open, closed: Close) -> None:
    desk = log_in("desk")
    assert "هنوز شیفتی باز نشده است" in desk.get("/cashbox/shifts").text
    shift = closed(opened(0).id, 0)
    assert f"/cashbox/shifts/{shift.id}" in desk.get("/cashbox/shifts").text


def test_a_shift_that_is_short_waits_at_its_explanation(log_in: LogIn, opened: Open) -> None:
    shift, desk = opened(counted=1_000_000), log_in("desk")
    address = f"/cashbox/shifts/{shift.id}/close"
    assert waiting(desk.get(address).text) == ["pieces-0"]
    answer = desk.post(address, data=counting())
    assert answer.status_code == 422
    assert waiting(answer.text) == ["explanation"]
