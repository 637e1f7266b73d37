"""The schema goes up and down on both engines, and the rows stay."""

import flask_migrate
from alembic.script import ScriptDirectory
from flask import Flask, current_app
from sqlalchemy import func, inspect, select

from salon.core.db import db
from salon.customers.models import Customer
from salon.customers.queries import search
from salon.ledger.models import Posting
from tests.factories import SmallSalon


def revisions() -> ScriptDirectory:
    """The project's migrations."""
    return ScriptDirectory(current_app.extensions["migrate"].directory)


def test_there_is_one_head(app: Flask) -> None:
    assert len(revisions().get_heads()) == 1


def test_the_tables_are_those_of_the_models(app: Flask) -> None:
    flask_migrate.check()  # exits when it would write another migration


def test_each_step_goes_down_and_up_again_and_keeps_the_rows(salon: SmallSalon) -> None:
    db.session.remove()
    flask_migrate.downgrade(revision="0001")
    assert db.session.get(Customer, salon.zahra) is not None
    db.session.remove()
    flask_migrate.upgrade()
    assert [found.id for found in search("کریمی")] == [salon.zahra]
    assert db.session.scalar(select(func.count()).select_from(Posting)) == 0


def test_all_of_it_goes_down_to_nothing_and_up_again(app: Flask) -> None:
    flask_migrate.downgrade(revision="base")
    assert set(inspect(db.engine).get_table_names()) <= {"alembic_version"}
    flask_migrate.upgrade()
    flask_migrate.check()
