"""The journal, and what the database itself refuses, on both engines."""

from collections.abc import Sequence
from datetime import UTC, date, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import insert, select, update
from sqlalchemy.exc import DBAPIError

from salon.core.db import db, transaction
from salon.core.errors import DomainError
from salon.core.jalali import local_date
from salon.ledger.models import Account, AccountKind, Entry, EntrySeal, Posting, Unit
from salon.ledger.queries import balance, verify_journal
from salon.ledger.rules import PostingSpec, imbalance_of
from salon.ledger.services import post
from salon.setup.models import FiscalYear
from tests.factories import SmallSalon

NOW = datetime(2026, 11, 21, 7, 50, tzinfo=UTC)
SALE = (PostingSpec(AccountKind.CASH, 100), PostingSpec(AccountKind.REVENUE, -100))
amounts = st.integers(-(10**12), 10**12).filter(bool)
legs = st.lists(
    st.tuples(st.sampled_from([AccountKind.CASH, AccountKind.BANK, AccountKind.REVENUE]), amounts), max_size=6
)


def write(salon: SmallSalon, key: str = "a", postings: Sequence[PostingSpec] = SALE, day: date | None = None) -> int:
    with transaction():
        return post(
            branch_id=salon.branch_id,
            business_date=day or local_date(NOW),
            kind="sale",
            source_kind="invoice",
            source_id=1,
            idempotency_key=key,
            postings=postings,
            actor_id=None,
            now=NOW,
        )


def raw_entry(salon: SmallSalon, amounts: Sequence[int], *, sealed: bool = True) -> None:
    """Write past the service, as a bug or a stranger would."""
    write(salon, "first")
    with transaction() as session:
        accounts = session.scalars(select(Account.id).order_by(Account.id)).all()
        row = {
            "branch_id": salon.branch_id,
            "business_date": local_date(NOW),
            "recorded_at": NOW,
            "kind": "sale",
            "source_kind": "invoice",
            "source_id": 2,
            "idempotency_key": "raw",
        }
        entry = session.execute(insert(Entry).values(row).returning(Entry.id)).scalar_one()
        for account, amount in zip(accounts, amounts, strict=False):
            session.execute(insert(Posting).values(entry_id=entry, account_id=account, amount=amount))
        if sealed:
            session.execute(insert(EntrySeal).values(entry_id=entry))


def test_an_entry_moves_value_between_accounts(salon: SmallSalon) -> None:
    write(salon)
    write(salon, "b")
    assert (balance(AccountKind.CASH), balance(AccountKind.REVENUE)) == (200, -200)
    assert verify_journal() == []


@given(legs)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=25, deadline=None)
def test_only_what_sums_to_zero_in_each_unit_is_posted(salon: SmallSalon, drawn: list[tuple[AccountKind, int]]) -> None:
    postings = [PostingSpec(kind, amount) for kind, amount in drawn]
    before = len(db.session.scalars(select(Entry.id)).all())
    if imbalance_of(postings) or not postings:
        with pytest.raises(ValueError, match="balance"):
            write(salon, f"key-{before}", postings)
        left = -sum(posting.amount for posting in postings)
        postings = [*postings, PostingSpec(AccountKind.OPENING, left)] if left else list(SALE)
    write(salon, f"key-{before}", postings)
    assert verify_journal() == []


def test_rials_do_not_balance_points(salon: SmallSalon) -> None:
    mixed = [PostingSpec(AccountKind.CASH, 5), PostingSpec(AccountKind.POINTS, -5, salon.zahra, Unit.POINT)]
    with pytest.raises(ValueError, match="balance"):
        write(salon, postings=mixed)


@pytest.mark.parametrize("amounts", [[100, -99], [100], []])
def test_the_database_refuses_the_seal_of_an_unbalanced_or_empty_entry(salon: SmallSalon, amounts: list[int]) -> None:
    with pytest.raises(DBAPIError, match="entry_unbalanced"):
        raw_entry(salon, amounts)
    assert verify_journal() == []


def test_an_entry_without_its_seal_never_lands(salon: SmallSalon) -> None:
    with pytest.raises(DBAPIError):
        raw_entry(salon, [100, -100], sealed=False)
    assert db.session.scalars(select(Entry.idempotency_key)).all() == ["first"]


def test_a_sealed_entry_takes_no_late_posting(salon: SmallSalon) -> None:
    entry = write(salon)
    with pytest.raises(DBAPIError, match="entry_sealed"), transaction() as session:
        account = session.scalars(select(Account.id)).first()
        session.execute(insert(Posting).values(entry_id=entry, account_id=account, amount=1))


@pytest.mark.parametrize("table", ["entry", "posting", "entry_seal"])
@pytest.mark.parametrize("verb", ["UPDATE {} SET {} = {}", "DELETE FROM {}"])
def test_what_is_written_is_neither_changed_nor_deleted(salon: SmallSalon, table: str, verb: str) -> None:
    write(salon)
    column = {"entry": "kind", "posting": "amount", "entry_seal": "entry_id"}[table]
    with pytest.raises(DBAPIError, match="append_only"), transaction() as session:
        session.connection().exec_driver_sql(verb.format(table, column, column))
    assert (balance(AccountKind.CASH), verify_journal()) == (100, [])


def test_a_closed_year_takes_nothing_and_says_so(salon: SmallSalon) -> None:
    with transaction() as session:
        session.execute(update(FiscalYear).values(closed=True))
    with pytest.raises(DomainError) as refused:
        write(salon)
    assert (refused.value.code, refused.value.field) == ("period_closed", "date")
    next_year = date(2027, 4, 1)
    assert write(salon, day=next_year)


def test_one_key_posts_once(salon: SmallSalon) -> None:
    write(salon)
    with pytest.raises(DBAPIError):
        write(salon)
    assert balance(AccountKind.CASH) == 100


def test_a_mistake_is_reversed_once_and_only_once(salon: SmallSalon) -> None:
    wrong = write(salon)
    back = [PostingSpec(posting.kind, -posting.amount) for posting in SALE]

    def reverse(key: str) -> None:
        with transaction():
            post(
                branch_id=salon.branch_id,
                business_date=local_date(NOW),
                kind="reversal",
                source_kind="invoice",
                source_id=1,
                idempotency_key=key,
                postings=back,
                actor_id=None,
                now=NOW,
                reverses_id=wrong,
            )

    reverse("back")
    with pytest.raises(DBAPIError):
        reverse("again")
    assert balance(AccountKind.CASH) == 0


def test_nothing_is_written_outside_a_transaction(salon: SmallSalon) -> None:
    with pytest.raises(RuntimeError, match="outside"):
        db.session.execute(insert(EntrySeal).values(entry_id=1))
