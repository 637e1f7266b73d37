"""How lots are made, spent, written off, told and audited, to the last field."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from salon.club.models import Lot, LotSpend, Reward
from salon.club.offers.rules import Award
from salon.club.wallet.queries import expired_lots, lots_of, verify_lots, wallet_from, wallet_of
from salon.club.wallet.rules import Balance, LotView
from salon.club.wallet.services import UNIT_OF, award_postings, keep_awards, open_balance, take_from_lots, write_off
from salon.core.db import db, is_postgresql, transaction
from salon.core.errors import Invalid
from salon.customers.services import CustomerSpec, add_customer
from salon.ledger.models import Account, AccountKind, Entry, Posting, Unit
from salon.ledger.queries import balance, verify_journal
from salon.ledger.rules import PostingSpec
from salon.ledger.services import post
from salon.setup.models import Branch
from tests.factories import SmallSalon

NOW = datetime(2026, 11, 21, 7, 50, tzinfo=UTC)
TODAY = date(2026, 11, 21)
DAY = timedelta(days=1)


@pytest.fixture
def mina(salon: SmallSalon) -> int:
    """Another customer."""
    with transaction():
        return add_customer(branch_id=salon.branch_id, spec=CustomerSpec("مینا"), actor=None, now=NOW).id


def bring(salon: SmallSalon, amount: int, key: str, **more: Any) -> int:
    """Bring a balance in; gives its entry."""
    told = {
        "branch_id": salon.branch_id,
        "customer_id": salon.zahra,
        "unit": Unit.RIAL,
        "valid_from": NOW,
        "expires_at": None,
        "business_date": TODAY,
        "actor_id": None,
        "now": NOW,
    }
    with transaction():
        return open_balance(amount=amount, key=key, **{**told, **more})


def lot_of(entry: int) -> Lot:
    lot = db.session.scalars(select(Lot).where(Lot.entry_id == entry)).one()
    db.session.refresh(lot)
    return lot


def facts(lot: Lot) -> tuple[object, ...]:
    return (
        lot.customer_id,
        lot.unit,
        lot.amount,
        lot.remaining,
        lot.valid_from,
        lot.expires_at,
        lot.offer_id,
        lot.entry_id,
        lot.terms,
    )


def postings_of(entry: int) -> list[tuple[object, ...]]:
    rows = db.session.execute(
        select(Account.kind, Account.owner_id, Account.branch_id, Account.unit, Posting.amount)
        .join(Account, Account.id == Posting.account_id)
        .where(Posting.entry_id == entry)
        .order_by(Posting.amount)
    )
    return [tuple(row) for row in rows]


def award(salon: SmallSalon, awards: list[Award]) -> int:
    """Give Zahra awards and their lots. Gives the entry's id."""
    given = [
        posting for one in awards for posting in award_postings(salon.zahra, UNIT_OF[Reward(one.reward)], one.amount)
    ]
    with transaction():
        entry = post(
            branch_id=salon.branch_id,
            business_date=TODAY,
            kind="award",
            source_kind="invoice",
            source_id=1,
            idempotency_key="award",
            postings=given,
            actor_id=None,
            now=NOW,
        )
        keep_awards(customer_id=salon.zahra, awards=awards, entry_id=entry)
    return entry


def test_club_value_is_given_against_what_the_salon_keeps_for_it() -> None:
    assert award_postings(7, Unit.RIAL, 50) == (
        PostingSpec(AccountKind.CLUB_COST, 50, 0, Unit.RIAL),
        PostingSpec(AccountKind.CLUB_CREDIT, -50, 7, Unit.RIAL),
    )
    assert award_postings(7, Unit.POINT, -3) == (
        PostingSpec(AccountKind.POINTS_ISSUED, -3, 0, Unit.POINT),
        PostingSpec(AccountKind.POINTS, 3, 7, Unit.POINT),
    )


def test_each_award_becomes_a_lot_with_its_days_and_terms(salon: SmallSalon) -> None:
    awards = [
        Award(Reward.POINTS, 40, NOW, None, 1, {"offer": "امتیاز"}),
        Award(Reward.CREDIT, 50_000, NOW + DAY, NOW + 60 * DAY, 2, {"offer": "کش‌بک"}),
    ]
    entry = award(salon, awards)
    lots = db.session.scalars(select(Lot).order_by(Lot.id)).all()
    hers = salon.zahra
    assert [facts(lot) for lot in lots] == [
        (hers, "PTS", 40, 40, NOW, None, 1, entry, {"offer": "امتیاز"}),
        (hers, "IRR", 50_000, 50_000, NOW + DAY, NOW + 60 * DAY, 2, entry, {"offer": "کش‌بک"}),
    ]
    assert verify_lots() == []


def test_what_is_brought_in_is_a_lot_against_the_opening_account(salon: SmallSalon) -> None:
    days = {"valid_from": NOW + DAY, "expires_at": NOW + 9 * DAY, "now": NOW - DAY, "business_date": date(2026, 11, 1)}
    entry = bring(salon, 700, "old", unit=Unit.POINT, actor_id=salon.desk_id, **days)
    assert facts(lot_of(entry)) == (
        salon.zahra,
        "PTS",
        700,
        700,
        NOW + DAY,
        NOW + 9 * DAY,
        None,
        entry,
        {"offer": "ماندهٔ پیشین"},
    )
    assert postings_of(entry) == [
        ("points", salon.zahra, salon.branch_id, "PTS", -700),
        ("opening", 0, salon.branch_id, "PTS", 700),
    ]
    kept = db.session.get_one(Entry, entry)
    assert (kept.business_date, kept.recorded_at, kept.actor_id) == (date(2026, 11, 1), NOW - DAY, salon.desk_id)
    assert (kept.kind, kept.source_kind, kept.source_id) == ("opening", "customer", salon.zahra)
    assert kept.idempotency_key == "old"


def test_the_least_that_is_brought_in_is_one(salon: SmallSalon) -> None:
    assert lot_of(bring(salon, 1, "one")).amount == 1
    for amount in (0, -1):
        with pytest.raises(Invalid) as refused:
            bring(salon, amount, "none")
        assert (refused.value.code, refused.value.field) == ("amount_invalid", "amount")


def test_what_is_taken_from_lots_stands_in_each_lot_and_beside_it(salon: SmallSalon) -> None:
    first, second = (lot_of(bring(salon, 100, key)).id for key in "ab")
    with transaction():
        entry = post(
            branch_id=salon.branch_id,
            business_date=TODAY,
            kind="payment",
            source_kind="invoice",
            source_id=1,
            idempotency_key="pay",
            postings=[
                PostingSpec(AccountKind.CLUB_CREDIT, 130, salon.zahra),
                PostingSpec(AccountKind.RECEIVABLE, -130, salon.zahra),
            ],
            actor_id=None,
            now=NOW,
        )
        take_from_lots(parts=[(first, 100), (second, 30)], entry_id=entry)
    remaining = dict(db.session.execute(select(Lot.id, Lot.remaining)).all())
    assert remaining == {first: 0, second: 70}
    spends = db.session.execute(select(LotSpend.lot_id, LotSpend.entry_id, LotSpend.amount).order_by(LotSpend.lot_id))
    assert [tuple(row) for row in spends] == [(first, entry, 100), (second, entry, 30)]
    assert [lot.id for lot in lots_of(salon.zahra)] == [second]
    assert verify_lots() == []


def test_an_expired_lot_is_written_off_in_the_branch_that_gave_it(salon: SmallSalon) -> None:
    with transaction() as session:
        east = Branch(name="شرق")
        session.add(east)
        session.flush()
        branch = east.id
    lot = lot_of(bring(salon, 100, "a", branch_id=branch, unit=Unit.POINT, expires_at=NOW + DAY)).id
    late = datetime(2026, 11, 22, 20, 30, tzinfo=UTC)  # the next day has begun in Tehran
    with transaction():
        assert write_off(lot_id=lot, now=late) is True
    entry = db.session.scalars(select(Entry).where(Entry.kind == "expiry")).one()
    assert (entry.branch_id, entry.business_date, entry.recorded_at) == (branch, date(2026, 11, 23), late)
    assert (entry.source_kind, entry.source_id, entry.actor_id) == ("lot", lot, None)
    assert entry.idempotency_key == f"lot:{lot}:expiry"
    assert postings_of(entry.id) == [
        ("points_issued", 0, branch, "PTS", -100),
        ("points", salon.zahra, branch, "PTS", 100),
    ]
    assert db.session.scalars(select(LotSpend.amount)).all() == [100]
    with transaction():
        assert write_off(lot_id=lot, now=late) is False
    assert verify_lots() + verify_journal() == []


def test_what_is_no_lot_or_not_over_is_not_written_off(salon: SmallSalon) -> None:
    lasting, ending = (
        lot_of(bring(salon, 100, key, expires_at=until)).id for key, until in (("a", None), ("b", NOW + DAY))
    )
    with transaction():
        assert not write_off(lot_id=10**6, now=NOW)
        assert not write_off(lot_id=lasting, now=NOW + 999 * DAY)
        assert not write_off(lot_id=ending, now=NOW + DAY - timedelta(seconds=1))
        assert write_off(lot_id=ending, now=NOW + DAY)
    assert balance(AccountKind.CLUB_CREDIT, salon.zahra) == -100


def test_what_is_spent_meanwhile_is_not_written_off_whatever_was_seen_of_it_before(salon: SmallSalon) -> None:
    entry = bring(salon, 100, "a", expires_at=NOW + DAY)
    with transaction():
        seen = lot_of(entry)
        take_from_lots(parts=[(seen.id, 100)], entry_id=entry)
        assert seen.remaining == 100
        assert not write_off(lot_id=seen.id, now=NOW + DAY)


def test_lots_that_are_over_with_something_left_are_found_oldest_first(salon: SmallSalon) -> None:
    keys = {"a": 2 * DAY, "b": DAY, "c": None, "d": 3 * DAY}
    lots = [
        lot_of(bring(salon, 100, key, expires_at=None if days is None else NOW + days)).id for key, days in keys.items()
    ]
    assert expired_lots(NOW + DAY - timedelta(seconds=1)) == []
    assert expired_lots(NOW + 2 * DAY) == [lots[0], lots[1]]
    with transaction():
        write_off(lot_id=lots[0], now=NOW + 2 * DAY)
    assert expired_lots(NOW + 2 * DAY) == [lots[1]]


def test_the_last_rial_of_a_lot_is_over_too(salon: SmallSalon) -> None:
    lot = lot_of(bring(salon, 1, "a", expires_at=NOW + DAY)).id
    assert expired_lots(NOW + DAY) == [lot]
    assert verify_lots() == []


def test_a_customer_is_shown_her_own_lots_what_expires_first_going_first(salon: SmallSalon, mina: int) -> None:
    entries = [
        bring(salon, 1, "a"),
        bring(salon, 2, "b", expires_at=NOW + 5 * DAY),
        bring(salon, 3, "c", expires_at=NOW + DAY, unit=Unit.POINT),
        bring(salon, 4, "d", expires_at=NOW + 5 * DAY),
    ]
    bring(salon, 9, "hers", customer_id=mina)
    lots = [lot_of(entry).id for entry in entries]
    assert lots_of(salon.zahra) == [
        LotView(lots[2], "PTS", 3, NOW, NOW + DAY, "ماندهٔ پیشین"),
        LotView(lots[1], "IRR", 2, NOW, NOW + 5 * DAY, "ماندهٔ پیشین"),
        LotView(lots[3], "IRR", 4, NOW, NOW + 5 * DAY, "ماندهٔ پیشین"),
        LotView(lots[0], "IRR", 1, NOW, None, "ماندهٔ پیشین"),
    ]
    wallet = wallet_of(salon.zahra, NOW)
    assert (wallet.points, wallet.credit) == (Balance(3, 0), Balance(7, 0))


def test_a_wallet_leaves_out_what_is_over(salon: SmallSalon) -> None:
    over, going = (LotView(number, "IRR", 5, NOW - DAY, NOW + number * DAY, "") for number in (0, 1))
    later = LotView(3, "PTS", 7, NOW + DAY, None, "")
    wallet = wallet_from([over, going, later], NOW)
    assert (wallet.lots, wallet.credit, wallet.points) == ((going, later), Balance(5, 0), Balance(0, 7))


def test_a_lot_without_the_name_of_its_offer_has_none(salon: SmallSalon) -> None:
    entry = bring(salon, 5, "a")
    with transaction():
        keep_awards(customer_id=salon.zahra, awards=[Award(Reward.CREDIT, 5, NOW, None, 1, {})], entry_id=entry)
    assert [lot.offer_name for lot in lots_of(salon.zahra)] == ["ماندهٔ پیشین", ""]


def tamper(*statements: str) -> list[str]:
    """What the audit says when somebody has changed the books past every guard."""
    with transaction() as session:
        connection = session.connection()
        if is_postgresql():
            connection.exec_driver_sql("SET LOCAL session_replication_role = replica")
        else:
            for (name,) in connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'trigger'").all():
                connection.exec_driver_sql(f"DROP TRIGGER {name}")
        for statement in statements:
            connection.exec_driver_sql(statement)
        said = verify_lots()
        session.rollback()
        return said


def test_the_audit_says_which_lot_and_whose_wallet_is_off_and_by_how_much(salon: SmallSalon, mina: int) -> None:
    entry = bring(salon, 100, "a", expires_at=NOW + DAY)
    lot = lot_of(entry).id
    whole = lot_of(bring(salon, 50, "b", unit=Unit.POINT)).id
    other = bring(salon, 9, "c", customer_id=mina)
    with transaction():
        write_off(lot_id=lot, now=NOW + DAY)
    assert verify_lots() == []
    hers = salon.zahra
    assert tamper(f"UPDATE lot SET remaining = 7 WHERE id = {lot}") == [
        f"lot {lot}: 7 remains, its movements leave 0",
        f"customer {hers}: lots hold 7 IRR, the ledger 0",
    ]
    assert tamper(f"UPDATE lot SET remaining = 30 WHERE id = {whole}") == [
        f"lot {whole}: 30 remains, its movements leave 50",
        f"customer {hers}: lots hold 30 PTS, the ledger 50",
    ]
    assert tamper(f"UPDATE lot SET amount = 10, remaining = 10 WHERE entry_id = {other}") == [
        f"customer {mina}: lots hold 10 IRR, the ledger 9",
        f"entry {other}: its lots and its postings differ by 1 IRR",
    ]
    assert tamper(f"DELETE FROM lot WHERE entry_id = {other}") == [
        f"customer {mina}: lots hold 0 IRR, the ledger 9",
        f"entry {other}: its lots and its postings differ by -9 IRR",
    ]


def test_the_audit_misses_not_one_rial_in_the_wrong_wallet(salon: SmallSalon, mina: int) -> None:
    entry = bring(salon, 1, "a")
    assert tamper(f"UPDATE lot SET customer_id = {mina} WHERE entry_id = {entry}") == [
        f"customer {salon.zahra}: lots hold 0 IRR, the ledger 1",
        f"customer {mina}: lots hold 1 IRR, the ledger 0",
        f"entry {entry}: its lots and its postings differ by -1 IRR",
        f"entry {entry}: its lots and its postings differ by 1 IRR",
    ]


def test_a_rial_too_many_and_a_point_too_few_do_not_make_up_for_each_other(salon: SmallSalon) -> None:
    awards = [Award(reward, 40, NOW, None, 1, {}) for reward in (Reward.POINTS, Reward.CREDIT)]
    entry = award(salon, awards)
    said = tamper(
        "UPDATE lot SET amount = 41, remaining = 41 WHERE unit = 'IRR'",
        "UPDATE lot SET amount = 39, remaining = 39 WHERE unit = 'PTS'",
    )
    assert sorted(said) == [
        f"customer {salon.zahra}: lots hold 39 PTS, the ledger 40",
        f"customer {salon.zahra}: lots hold 41 IRR, the ledger 40",
        f"entry {entry}: its lots and its postings differ by -1 PTS",
        f"entry {entry}: its lots and its postings differ by 1 IRR",
    ]
