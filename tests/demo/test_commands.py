"""`salon demo` fills a new salon once."""

from flask import Flask
from sqlalchemy import func, select

from salon.access.queries import user_by_name
from salon.access.services import check_password
from salon.appointments.models import Appointment
from salon.core.db import db
from salon.customers.models import Customer
from salon.demo.commands import demo_command
from salon.ledger.models import Entry
from tests.factories import SmallSalon


def counts() -> list[int | None]:
    """How many rows a few tables have."""
    return [db.session.scalar(select(func.count()).select_from(table)) for table in (Appointment, Customer, Entry)]


def test_a_second_start_keeps_what_is_there_and_says_the_logins_again(app: Flask) -> None:
    runner = app.test_cli_runner()
    first = runner.invoke(demo_command, ["--days", "2", "--customers", "40"])
    assert first.exit_code == 0, first.output
    made = counts()
    second = runner.invoke(demo_command, ["--days", "2", "--customers", "40"])
    assert second.exit_code == 0, second.output
    assert counts() == made
    assert "stays as it is" in second.output
    for output in (first.output, second.output):
        assert "Login: owner  Password: golnarges-owner" in output
        assert "Login: desk  Password: golnarges-desk" in output
    assert check_password(user_by_name("desk"), "golnarges-desk")
    assert check_password(user_by_name("owner"), "golnarges-owner")


def test_a_salon_of_somebody_else_is_left_alone(app: Flask, salon: SmallSalon) -> None:
    before = counts()
    answer = app.test_cli_runner().invoke(demo_command)
    assert answer.exit_code == 0, answer.output
    assert counts() == before
