"""How entries are written and read back, to the last field."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from sqlalchemy import select, text

from salon.core.db import db, is_postgresql, transaction
from salon.ledger.models import Account, AccountKind, Entry, EntrySeal, Posting, Unit
from salon.ledger.queries import (
    balance,
    balances_by_owner,
    branch_of_entry,
    posted_under,
    receivable_of,
    verify_journal,
)
from salon.ledger.rules import EntrySpec, PostingSpec
from salon.ledger.services import post, post_entries
from salon.setup.models import Branch
from tests.factories import SmallSalon

NOW = datetime(2026, 11, 21, 7, 50, tzinfo=UTC)
TODAY, YESTERDAY = date(2026, 11, 21), date(2026, 11, 20)
CASH, REVENUE, POINTS = AccountKind.CASH, AccountKind.REVENUE, AccountKind.POINTS
HERS, OTHERS = 7, 8


@pytest.fixture
def east(salon: SmallSalon) -> int:
    """Another branch."""
    with transaction() as session:
        branch = Branch(name="شرق")
        session.add(branch)
        session.flush()
        return branch.id


def owed(customer: int, amount: int) -> tuple[PostingSpec, PostingSpec]:
    return PostingSpec(AccountKind.RECEIVABLE, amount, customer), PostingSpec(REVENUE, -amount)


def earned(customer: int, points: int) -> tuple[PostingSpec, PostingSpec]:
    return (
        PostingSpec(AccountKind.POINTS_ISSUED, points, 0, Unit.POINT),
        PostingSpec(POINTS, -points, customer, Unit.POINT),
    )


def entry(branch: int, key: str, *postings: PostingSpec, **more: Any) -> EntrySpec:
    return EntrySpec(branch, TODAY, "sale", "invoice", 31, key, postings, **more)


def write(*entries: EntrySpec) -> list[int]:
    with transaction():
        return post_entries(entries=entries, actor_id=None, now=NOW)


def test_an_entry_is_kept_with_all_that_was_said_of_it(salon: SmallSalon) -> None:
    with transaction():
        first = post(
            branch_id=salon.branch_id,
            business_date=YESTERDAY,
            kind="sale",
            source_kind="invoice",
            source_id=31,
            idempotency_key="invoice:31:sale",
            postings=owed(HERS, 100),
            actor_id=salon.desk_id,
            now=NOW,
        )
        second = post(
            branch_id=salon.branch_id,
            business_date=TODAY,
            kind="reversal",
            source_kind="customer",
            source_id=7,
            idempotency_key="back",
            postings=owed(HERS, -100),
            actor_id=None,
            now=NOW,
            reverses_id=first,
        )
    columns = (
        Entry.id,
        Entry.branch_id,
        Entry.business_date,
        Entry.recorded_at,
        Entry.actor_id,
        Entry.kind,
        Entry.source_kind,
        Entry.source_id,
        Entry.idempotency_key,
        Entry.reverses_id,
    )
    assert [tuple(row) for row in db.session.execute(select(*columns).order_by(Entry.id))] == [
        (first, salon.branch_id, YESTERDAY, NOW, salon.desk_id, "sale", "invoice", 31, "invoice:31:sale", None),
        (second, salon.branch_id, TODAY, NOW, None, "reversal", "customer", 7, "back", first),
    ]
    assert set(db.session.scalars(select(EntrySeal.entry_id))) == {first, second}


def test_entries_are_posted_in_their_order_each_with_its_own_postings(salon: SmallSalon) -> None:
    first, second = write(
        entry(salon.branch_id, "a", *owed(HERS, 100)),
        entry(salon.branch_id, "b", *owed(OTHERS, 30), *earned(OTHERS, 2)),
    )
    assert first < second
    rows = db.session.execute(
        select(Posting.entry_id, Account.kind, Account.owner_id, Account.branch_id, Account.unit, Posting.amount)
        .join(Account, Account.id == Posting.account_id)
        .order_by(Posting.entry_id, Posting.amount)
    )
    branch = salon.branch_id
    assert [tuple(row) for row in rows] == [
        (first, "revenue", 0, branch, "IRR", -100),
        (first, "receivable", HERS, branch, "IRR", 100),
        (second, "revenue", 0, branch, "IRR", -30),
        (second, "points", OTHERS, branch, "PTS", -2),
        (second, "points_issued", 0, branch, "PTS", 2),
        (second, "receivable", OTHERS, branch, "IRR", 30),
    ]


def test_an_account_is_opened_once_for_each_branch_owner_and_unit(salon: SmallSalon, east: int) -> None:
    write(entry(salon.branch_id, "a", *owed(HERS, 100)))
    before = set(db.session.scalars(select(Account.id)))
    write(entry(salon.branch_id, "b", *owed(HERS, 50)), entry(east, "c", *owed(HERS, 7), *earned(HERS, 3)))
    accounts = db.session.execute(
        select(Account.branch_id, Account.kind, Account.owner_id, Account.unit).order_by(Account.id)
    ).all()
    assert len(accounts) == len(set(accounts)) == 6
    assert before < set(db.session.scalars(select(Account.id)))
    assert {tuple(row) for row in accounts if row.branch_id == east} == {
        (east, "receivable", HERS, "IRR"),
        (east, "revenue", 0, "IRR"),
        (east, "points_issued", 0, "PTS"),
        (east, "points", HERS, "PTS"),
    }


def test_a_balance_is_over_all_branches_of_one_account_owner_and_unit(salon: SmallSalon, east: int) -> None:
    write(
        entry(salon.branch_id, "a", *owed(HERS, 100), *earned(HERS, 5)),
        entry(east, "b", *owed(HERS, 7)),
        entry(east, "c", *owed(OTHERS, 20)),
    )
    assert (receivable_of(HERS), receivable_of(OTHERS), receivable_of(99)) == (107, 20, 0)
    assert balance(REVENUE) == -127
    assert balance(POINTS, HERS, Unit.POINT) == -5
    assert balance(POINTS, HERS) == balance(AccountKind.RECEIVABLE) == 0


def test_owners_are_told_with_their_balances_unless_they_have_none(salon: SmallSalon, east: int) -> None:
    write(
        entry(salon.branch_id, "a", *owed(HERS, 100), *earned(HERS, 5)),
        entry(east, "b", *owed(HERS, 1), *owed(OTHERS, 20)),
        entry(east, "c", *owed(OTHERS, -20)),
        entry(east, "d", *owed(salon.zahra, 3)),
    )
    assert balances_by_owner(AccountKind.RECEIVABLE, Unit.RIAL) == {HERS: 101, salon.zahra: 3}
    assert balances_by_owner(POINTS, Unit.POINT) == {HERS: -5}
    assert balances_by_owner(POINTS, Unit.RIAL) == {}


def test_what_a_key_moved_is_told_by_account_and_unit(salon: SmallSalon) -> None:
    write(entry(salon.branch_id, "a", *owed(HERS, 100), *owed(OTHERS, 20), *earned(HERS, 5)))
    write(entry(salon.branch_id, "b", *owed(HERS, 1)))
    assert posted_under("a", AccountKind.RECEIVABLE, Unit.RIAL) == 120
    assert posted_under("a", POINTS, Unit.POINT) == -5
    assert posted_under("a", POINTS, Unit.RIAL) is None
    assert posted_under("c", AccountKind.RECEIVABLE, Unit.RIAL) is None


def test_one_entry_may_serve_several_branches(salon: SmallSalon, east: int) -> None:
    parts = [PostingSpec(REVENUE, 5, branch_id=east), PostingSpec(REVENUE, 7), PostingSpec(AccountKind.RETAINED, -12)]
    with transaction():
        post(
            branch_id=salon.branch_id,
            business_date=TODAY,
            kind="closing",
            source_kind="fiscal_year",
            source_id=1,
            idempotency_key="both",
            postings=parts,
            actor_id=None,
            now=NOW,
        )
    rows = db.session.execute(
        select(Account.branch_id, Account.kind, Posting.amount).join(Posting, Posting.account_id == Account.id)
    )
    assert sorted(rows) == sorted(
        [(east, "revenue", 5), (salon.branch_id, "revenue", 7), (salon.branch_id, "retained", -12)]
    )


def test_an_entry_knows_its_branch(salon: SmallSalon, east: int) -> None:
    here, there = write(entry(salon.branch_id, "a", *owed(HERS, 1)), entry(east, "b", *owed(HERS, 1)))
    assert (branch_of_entry(here), branch_of_entry(there)) == (salon.branch_id, east)


def test_an_entry_without_postings_is_refused(salon: SmallSalon) -> None:
    with pytest.raises(ValueError, match="balance"):
        write(entry(salon.branch_id, "a"))


def test_the_audit_names_what_is_off_in_the_journal_itself(salon: SmallSalon) -> None:
    sound, off, open_, empty = write(
        entry(salon.branch_id, "a", *owed(HERS, 9)),
        entry(salon.branch_id, "b", *owed(HERS, 100), *earned(HERS, 5)),
        entry(salon.branch_id, "c", *owed(HERS, 1)),
        entry(salon.branch_id, "d", *owed(HERS, 1)),
    )
    with transaction() as session:
        connection = session.connection()
        if is_postgresql():
            connection.exec_driver_sql("SET LOCAL session_replication_role = replica")
        else:
            connection.exec_driver_sql("PRAGMA defer_foreign_keys = ON")
            for (name,) in connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'trigger'").all():
                connection.exec_driver_sql(f"DROP TRIGGER {name}")
        connection.execute(text("UPDATE posting SET amount = 107 WHERE entry_id = :off AND amount = 100"), {"off": off})
        connection.execute(text("DELETE FROM entry_seal WHERE entry_id = :open"), {"open": open_})
        connection.execute(text("DELETE FROM posting WHERE entry_id = :empty"), {"empty": empty})
        points = "UPDATE posting SET amount = -2 WHERE entry_id = :off AND amount = -5"
        connection.execute(text(points.replace("-2", "-12")), {"off": off})
        said = verify_journal()
        assert sorted(said[:2]) == [f"entry {off}: IRR sums to 7, not zero", f"entry {off}: PTS sums to -7, not zero"]
        connection.execute(text(points.replace("= -5", "= -12").replace("-2", "-5")), {"off": off})
        assert verify_journal() == [
            f"entry {off}: IRR sums to 7, not zero",
            f"entry {open_}: has no seal",
            f"entry {empty}: has no postings",
        ]
        session.rollback()
    assert verify_journal() == []
    assert sound < off


def test_a_posting_to_a_new_account_of_somebody_else_opens_it_beside_hers(salon: SmallSalon) -> None:
    write(entry(salon.branch_id, "a", *owed(HERS, 1)))
    write(entry(salon.branch_id, "b", *owed(OTHERS, 2)))
    assert (receivable_of(HERS), receivable_of(OTHERS), balance(REVENUE)) == (1, 2, -3)
