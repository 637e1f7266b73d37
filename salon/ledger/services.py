"""Posting: the one way value moves."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import bindparam, insert, select
from sqlalchemy.dialects import postgresql, sqlite

from ..core.db import db, is_postgresql
from .models import Account, Entry, EntrySeal, Posting
from .rules import EntrySpec, PostingSpec, imbalance_of

# Kinds are named so that the unique index, which begins with them, answers; else every account is looked at.
_ACCOUNTS = select(Account.branch_id, Account.kind, Account.owner_id, Account.unit, Account.id).where(
    Account.kind.in_(bindparam("kinds", expanding=True)),
    Account.owner_id.in_(bindparam("owners", expanding=True)),
    Account.branch_id.in_(bindparam("branches", expanding=True)),
)
_NEW_ENTRY = insert(Entry).returning(Entry.id)
_NEW_POSTINGS = insert(Posting)
_NEW_SEALS = insert(EntrySeal)
_ACCOUNT_KEY = ["kind", "owner_id", "branch_id", "unit"]
_NEW_ACCOUNT_SQLITE = sqlite.insert(Account).on_conflict_do_nothing(index_elements=_ACCOUNT_KEY)
_NEW_ACCOUNT_POSTGRESQL = postgresql.insert(Account).on_conflict_do_nothing(index_elements=_ACCOUNT_KEY)

AccountKey = tuple[int, str, int, str]  # branch, kind, owner, unit
AccountIds = dict[AccountKey, int]


def post_entries(*, entries: Sequence[EntrySpec], actor_id: int | None, now: datetime) -> list[int]:
    """Post entries in order and give their ids. Each sums to zero per unit; a used key raises IntegrityError."""
    accounts = _account_ids({_key_of(entry, posting) for entry in entries for posting in entry.postings})
    connection = db.session.connection()
    ids = [int(connection.execute(_NEW_ENTRY, _entry_row(entry, actor_id, now)).scalar_one()) for entry in entries]
    rows = [
        {"entry_id": entry_id, "account_id": accounts[_key_of(entry, posting)], "amount": posting.amount}
        for entry_id, entry in zip(ids, entries, strict=True)
        for posting in entry.postings
    ]
    connection.execute(_NEW_POSTINGS, rows)
    connection.execute(_NEW_SEALS, [{"entry_id": entry_id} for entry_id in ids])
    return ids


def post(
    *,
    branch_id: int,
    business_date: date,
    kind: str,
    source_kind: str,
    source_id: int,
    idempotency_key: str,
    postings: Sequence[PostingSpec],
    actor_id: int | None,
    now: datetime,
    reverses_id: int | None = None,
) -> int:
    """Post one entry and give its id."""
    spec = EntrySpec(
        branch_id, business_date, kind, source_kind, source_id, idempotency_key, tuple(postings), reverses_id
    )
    return post_entries(entries=[spec], actor_id=actor_id, now=now)[0]


def _entry_row(entry: EntrySpec, actor_id: int | None, now: datetime) -> dict[str, Any]:
    off = imbalance_of(entry.postings)
    if off or not entry.postings:
        raise ValueError(f"entry {entry.idempotency_key} does not balance: {off}")
    return {
        "branch_id": entry.branch_id,
        "business_date": entry.business_date,
        "recorded_at": now,
        "actor_id": actor_id,
        "kind": entry.kind,
        "source_kind": entry.source_kind,
        "source_id": entry.source_id,
        "idempotency_key": entry.idempotency_key,
        "reverses_id": entry.reverses_id,
    }


def _key_of(entry: EntrySpec, posting: PostingSpec) -> AccountKey:
    return posting.branch_id or entry.branch_id, posting.kind.value, posting.owner_id, posting.unit.value


def _account_ids(wanted: set[AccountKey]) -> AccountIds:
    """The ids of these accounts, opening those that are new."""
    question = {
        "branches": sorted({branch for branch, _, _, _ in wanted}),
        "kinds": sorted({kind for _, kind, _, _ in wanted}),
        "owners": sorted({owner for _, _, owner, _ in wanted}),
    }
    found = _known_accounts(question)
    missing = sorted(wanted - found.keys())
    if missing:
        statement = _NEW_ACCOUNT_POSTGRESQL if is_postgresql() else _NEW_ACCOUNT_SQLITE
        rows = [dict(zip(("branch_id", "kind", "owner_id", "unit"), key, strict=True)) for key in missing]
        db.session.connection().execute(statement, rows)
        found = _known_accounts(question)
    return found


def _known_accounts(question: dict[str, Any]) -> AccountIds:
    rows = db.session.connection().execute(_ACCOUNTS, question)
    return {(branch, kind, owner, unit): account_id for branch, kind, owner, unit, account_id in rows}
