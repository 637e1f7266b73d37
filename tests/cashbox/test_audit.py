"""The audit of the cashbox names what somebody changed behind the program's back."""

from datetime import datetime

import pytest
from flask import Flask
from sqlalchemy import text

from salon.cashbox.audit.queries import verify_cashbox
from salon.cashbox.vouchers.services import reverse_voucher
from salon.cli import salon as command
from salon.core.db import db, transaction
from tests.cashbox.conftest import Close, Open, Write
from tests.factories import SmallSalon

TAMPERED = {
    "voucher 1: its entry": "UPDATE voucher SET amount = amount + 1 WHERE id = 1",
    "voucher 1: its entry 2 moves": "UPDATE voucher SET business_date = '2026-01-01' WHERE id = 1",
    "voucher 2: its entry": "UPDATE voucher SET to_cashbox_id = 2 WHERE id = 2",
    "voucher 3: takes back another": "UPDATE voucher SET amount = amount + 1 WHERE id = 3",
    "entry 2: 0 vouchers": "UPDATE voucher SET entry_id = 3 WHERE id = 1",
    "shift 1: opened with 5": "UPDATE shift SET opening_counted = 5",
    "shift 1: the difference of its opening": "UPDATE shift SET opening_difference = 5",
    "shift 1: the difference of its closing": "UPDATE shift SET difference = 0, expected = counted",
    "shift 1: expected": "UPDATE shift SET counted = counted + 1",
    "shift 1: its pieces": "UPDATE shift SET pieces = json_object('1', 5)",
    "there is no such box": "UPDATE account SET owner_id = 99 WHERE kind = 'cash'",
}


@pytest.fixture
def day(salon: SmallSalon, boxes: dict[str, int], opened: Open, closed: Close, write: Write, now: datetime) -> None:
    """A shift with a receipt, a transfer to the bank and its reversal, closed short."""
    shift = opened(1_000)
    write(5_000)
    wrong = write(2_000, "transfer", to_cashbox_id=boxes["bank"])
    with transaction():
        reverse_voucher(branch_id=salon.branch_id, voucher_id=wrong.id, key="back", actor=None, now=now)
    closed(shift.id, 5_500, pieces={5_000: 1, 1: 500})


@pytest.mark.usefixtures("day")
def test_the_books_of_a_day_are_in_order() -> None:
    assert verify_cashbox() == []


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
@pytest.mark.parametrize(("finding", "change"), TAMPERED.items())
@pytest.mark.usefixtures("day")
def test_what_was_changed_behind_its_back_is_named(finding: str, change: str) -> None:
    with transaction() as session:
        for (name,) in session.execute(text("SELECT name FROM sqlite_master WHERE type = 'trigger'")).all():
            session.execute(text(f"DROP TRIGGER {name}"))
        session.execute(text(change))
    assert [said for said in verify_cashbox() if finding in said], verify_cashbox()


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
@pytest.mark.usefixtures("day")
def test_the_command_tells_of_the_cashbox_too(app: Flask) -> None:
    runner = app.test_cli_runner()
    assert runner.invoke(command, ["ledger", "verify"]).exit_code == 0
    with transaction() as session:
        session.execute(text("DROP TRIGGER shift_fixed"))
        session.execute(text("UPDATE shift SET opening_counted = 5"))
    db.session.remove()
    said = runner.invoke(command, ["ledger", "verify"])
    assert (said.exit_code, "shift 1: opened with 5" in said.output) == (1, True)
