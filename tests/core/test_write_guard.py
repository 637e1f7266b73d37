"""Nothing is written outside a transaction, however the statement is written."""

import pytest
from sqlalchemy import text

from salon.core.db import db, transaction
from tests.factories import SmallSalon

WRITES = [
    "UPDATE customer SET first_name = 'x'",
    "update customer set first_name = 'x'",
    "  \n\tUPDATE\n customer SET first_name = 'x'",
    "-- renames\nUPDATE customer SET first_name = 'x'",
    "/* renames\n everybody */ UPDATE customer SET first_name = 'x'",
    "DELETE\nFROM customer",
    "WITH one AS (SELECT 1) UPDATE customer SET first_name = 'x'",
    "WITH one AS (SELECT 1)\nDELETE FROM customer",
    "WITH one AS (SELECT 1) INSERT INTO branch (name) SELECT 'x'",
]
OF_SQLITE = [
    "REPLACE INTO branch (id, name) VALUES (1, 'x')",
    "WITH o AS (SELECT 1) INSERT OR REPLACE INTO branch (id) SELECT 1",
]
OF_POSTGRESQL = [
    "TRUNCATE customer CASCADE",
    "WITH gone AS (DELETE FROM customer RETURNING id) SELECT * FROM gone",
    "MERGE INTO branch USING (SELECT 1) AS o ON true WHEN MATCHED THEN DELETE",
    "EXPLAIN ANALYZE UPDATE customer SET first_name = 'x'",
]
READS = [
    "SELECT 'UPDATE customer SET first_name'",
    "-- DELETE FROM customer\nSELECT 1",
    "WITH updated AS (SELECT created_at AS set_at FROM customer) SELECT * FROM updated",
    "EXPLAIN SELECT 1",
]
READS_OF_POSTGRESQL = ["WITH held AS (SELECT id FROM customer FOR UPDATE) SELECT * FROM held OFFSET 0"]


def test_every_way_of_writing_is_refused_outside_a_transaction(salon: SmallSalon, engine: str) -> None:
    for statement in WRITES + (OF_SQLITE if engine == "sqlite" else OF_POSTGRESQL):
        with pytest.raises(RuntimeError, match="outside"):
            db.session.execute(text(statement))
        db.session.rollback()


def test_reading_is_not(salon: SmallSalon, engine: str) -> None:
    for statement in READS + ([] if engine == "sqlite" else READS_OF_POSTGRESQL):
        db.session.execute(text(statement))
        db.session.rollback()


def test_inside_a_transaction_the_same_is_done(salon: SmallSalon) -> None:
    with transaction() as session:
        session.execute(text("WITH one AS (SELECT 1) UPDATE customer SET first_name = 'مینا'"))
    assert db.session.execute(text("SELECT DISTINCT first_name FROM customer")).scalars().all() == ["مینا"]
