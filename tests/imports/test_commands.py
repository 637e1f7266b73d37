"""`salon import` as it is typed, and imports that break in the middle."""

import csv
from datetime import datetime
from pathlib import Path
from threading import Thread

import pytest
from click.testing import CliRunner, Result
from flask import Flask

from salon.core.db import db, transaction
from salon.customers.queries import by_code, count
from salon.customers.services import CustomerSpec, add_customer
from salon.imports.commands import SOME_REFUSED, import_command
from salon.imports.services import KINDS
from tests.factories import SmallSalon
from tests.imports.conftest import counts

CUSTOMERS = "code,first_name,mobile\n1,مینا,09121112233\n2,لیلا,09121112233\n3,پروین,12\n"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A small list of customers."""
    path = tmp_path / "customers.csv"
    path.write_text(CUSTOMERS, encoding="utf-8")
    return path


def typed(*words: object) -> Result:
    return CliRunner().invoke(import_command, [str(word) for word in words])


def test_it_says_which_rows_it_refused_and_why(salon: SmallSalon, file: Path, tmp_path: Path):
    result = typed("customers", file, "--report", tmp_path / "report.csv")
    assert result.exit_code == SOME_REFUSED == 3
    assert result.stdout == ""
    assert "refused: line 3: این موبایل را در همین فایل «مینا» دارد" in result.stderr
    assert "3 rows: 2 added, 0 changed, 0 unchanged, 1 refused, 1 warnings." in result.stderr
    with (tmp_path / "report.csv").open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert [(row["line"], row["what"], row["code"]) for row in rows] == [
        ("3", "refused", "customer_exists"),
        ("4", "warning", "mobile_invalid"),
    ]
    assert "مینا" in rows[0]["reason"]


def test_it_ends_well_where_no_row_was_refused(salon: SmallSalon, file: Path):
    file.write_text("code,first_name,mobile\n1,مینا,12\n", encoding="utf-8")  # the mobile is worth a warning only
    result = typed("customers", file)
    assert (result.exit_code, by_code("1").first_name) == (0, "مینا")


def test_a_rehearsal_keeps_nothing_and_says_what_would_be_refused(salon: SmallSalon, file: Path):
    result = typed("customers", file, "--dry-run")
    assert result.exit_code == SOME_REFUSED
    assert "2 added" in result.stderr
    assert "Nothing of it was kept." in result.stderr
    assert by_code("1") is None


def test_a_mapping_that_makes_no_sense_stops_it_with_a_sentence(salon: SmallSalon, file: Path, tmp_path: Path):
    mapping = tmp_path / "mapping.toml"
    mapping.write_text('[columns]\ncode = "Code"\n', encoding="utf-8")
    result = typed("customers", file, "--mapping", mapping)
    assert result.exit_code == 1
    assert "ستون «Code» در فایل نیست. [column_missing]" in result.stderr


def test_every_kind_is_offered():
    assert set(KINDS) == {
        "customers",
        "staff",
        "services",
        "products",
        "appointments",
        "cancellations",
        "no-shows",
        "invoices",
        "opening-debts",
        "opening-points",
        "opening-credit",
        "opening-sessions",
    }


def customers_list(rows: int) -> str:
    """A file of so many customers."""
    return "code,first_name\n" + "".join(f"N{number},مشتری {number}\n" for number in range(rows))


def let_in(app: Flask, salon: SmallSalon, now: datetime) -> Thread:
    """Somebody at the desk who lets a customer in meanwhile."""

    def desk() -> None:
        with app.app_context():
            with transaction():
                add_customer(branch_id=salon.branch_id, spec=CustomerSpec("پری"), actor=None, now=now)
            db.session.remove()

    thread = Thread(target=desk)
    thread.start()
    return thread


@pytest.mark.parametrize("dry_run", [True, False])
def test_between_two_batches_nothing_is_held_from_the_desk(app, bring_in, salon: SmallSalon, now: datetime, dry_run):
    before = count()
    turns: list[bool] = []

    def turn() -> None:
        desk = let_in(app, salon, now)
        desk.join(5)
        turns.append(not desk.is_alive())

    bring_in("customers", customers_list(250), dry_run=dry_run, let_others=turn)
    assert turns == [True, True]
    assert count() - before == 2 + (0 if dry_run else 250)


def test_who_waits_at_the_desk_gets_a_turn_before_the_import_ends(app, bring_in, salon: SmallSalon, now: datetime):
    desks: list[Thread] = []
    served: list[bool] = []

    def come(rows: int) -> None:
        if rows and not desks:
            desks.append(let_in(app, salon, now))
        served.extend(not desk.is_alive() for desk in desks)

    bring_in("customers", customers_list(700), told=come)
    desks[0].join()
    assert not served[0]
    assert served[-1]


def test_an_import_that_broke_is_simply_started_again(bring_in, now: datetime):
    text = customers_list(500)
    before, done = count(), []

    def power_cut(rows: int) -> None:
        done.append(rows)
        if sum(done) > 450:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        bring_in("customers", text, told=power_cut)
    assert count() - before == 400  # whole batches stay
    assert counts(bring_in("customers", text)) == (100, 0, 400)
    assert count() - before == 500
