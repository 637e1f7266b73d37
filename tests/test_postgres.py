"""The PostgreSQL that the tests run on."""

import psycopg
import pytest
from sqlalchemy import create_engine, make_url, text

from tests.postgres import PostgresServer, libpq_address


def rows_of(address: str, statement: str) -> list[tuple[object, ...]]:
    engine = create_engine(address)
    with engine.connect() as connection:
        rows = [tuple(row) for row in connection.execute(text(statement))]
    engine.dispose()
    return rows


def test_a_database_made_from_a_template_holds_its_tables_and_changes_stay_apart(postgres_server: PostgresServer):
    with postgres_server.database() as template:
        with psycopg.connect(libpq_address(make_url(template))) as connection:
            connection.execute("CREATE TABLE service (name text)")
            connection.execute("INSERT INTO service VALUES ('کوتاهی مو')")
        with postgres_server.database(template) as first, postgres_server.database(template) as second:
            with psycopg.connect(libpq_address(make_url(first))) as connection:
                connection.execute("DELETE FROM service")
            assert rows_of(first, "SELECT name FROM service") == []
            assert rows_of(second, "SELECT name FROM service") == [("کوتاهی مو",)]


def test_a_database_is_gone_after_its_block_even_under_an_open_connection(postgres_server: PostgresServer):
    with postgres_server.database() as address:
        lingering = psycopg.connect(libpq_address(make_url(address)))
    lingering.close()
    with pytest.raises(psycopg.OperationalError, match="does not exist"):
        psycopg.connect(libpq_address(make_url(address)))


def test_trigrams_know_persian_letters(postgres_server: PostgresServer):
    with postgres_server.database() as address:
        with psycopg.connect(libpq_address(make_url(address))) as connection:
            connection.execute("CREATE EXTENSION pg_trgm")
        assert rows_of(
            address, "SELECT cardinality(show_trgm('مریم')), similarity('مریم احمدی', 'مریم احمد') > 0.5"
        ) == [(5, True)]
