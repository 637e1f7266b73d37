"""Lots of points and credit."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import func, select
from structlog.testing import capture_logs

from salon.club.models import LotSpend
from salon.club.wallet.jobs import expire_lots
from salon.club.wallet.queries import lots_of, verify_lots, wallet_of
from salon.club.wallet.rules import LotView, balance_of, take
from salon.club.wallet.services import award_postings, write_off
from salon.core.db import db, transaction
from salon.core.errors import Invalid
from salon.core.jalali import local_date
from salon.ledger.models import AccountKind, Unit
from salon.ledger.queries import balance, verify_journal
from salon.ledger.services import post
from tests.factories import SmallSalon, give_credit

NOW = datetime(2026, 11, 21, 7, 50, tzinfo=UTC)
days = st.integers(-5, 5).map(lambda day: NOW + timedelta(days=day))
lots = st.lists(
    st.builds(
        LotView,
        id=st.integers(1, 10**6),
        unit=st.sampled_from([Unit.RIAL.value, Unit.POINT.value]),
        remaining=st.integers(1, 10**9),
        valid_from=days,
        expires_at=st.none() | days,
        offer_name=st.just(""),
    ),
    max_size=8,
    unique_by=lambda lot: lot.id,
)


@given(lots, st.data())
def test_what_is_usable_can_be_taken_to_the_last_rial_and_no_more(held: list[LotView], draw: st.DataObject) -> None:
    usable = balance_of(held, Unit.RIAL, NOW).balance
    amount = draw.draw(st.integers(0, usable))
    parts = take(held, Unit.RIAL, amount, NOW)
    by_id = {lot.id: lot for lot in held}
    assert sum(part for _, part in parts) == amount
    assert all(0 < part <= by_id[lot].remaining and by_id[lot].unit == Unit.RIAL for lot, part in parts)
    with pytest.raises(ValueError, match="short"):
        take(held, Unit.RIAL, usable + 1, NOW)


@given(lots)
def test_what_expires_first_is_taken_first(held: list[LotView]) -> None:
    usable = balance_of(held, Unit.RIAL, NOW).balance
    by_id = {lot.id: lot for lot in held}
    ends = [by_id[lot].expires_at or datetime.max.replace(tzinfo=UTC) for lot, _ in take(held, Unit.RIAL, usable, NOW)]
    assert ends == sorted(ends)


def give(salon: SmallSalon, now: datetime, amount: int, key: str, **days: timedelta) -> None:
    ends = now + days["until"] if "until" in days else None
    give_credit(salon, now, amount, key, valid_from=now + days.get("after", timedelta()), expires_at=ends)


def test_a_wallet_tells_what_can_be_used_now_and_later_and_forgets_what_is_over(
    salon: SmallSalon, now: datetime
) -> None:
    give(salon, now, 100, "a")
    give(salon, now, 20, "b", after=timedelta(days=1))
    give(salon, now, 3, "c", until=timedelta(seconds=1))
    assert wallet_of(salon.zahra, now).credit.balance == 103
    later = wallet_of(salon.zahra, now + timedelta(seconds=1))
    assert (later.credit.balance, later.credit.pending, later.credit.current) == (100, 20, 120)


def test_nothing_can_be_brought_in(salon: SmallSalon, now: datetime) -> None:
    with pytest.raises(Invalid):
        give(salon, now, 0, "nothing")


def test_expired_lots_are_written_off_once_however_often_the_job_runs(salon: SmallSalon, now: datetime) -> None:
    give(salon, now, 100, "a", until=timedelta(days=1))
    give(salon, now, 50, "b", until=timedelta(days=9))
    assert expire_lots(now + timedelta(days=1) - timedelta(seconds=1)) == 0
    assert expire_lots(now + timedelta(days=1)) == 1
    assert expire_lots(now + timedelta(days=1)) == 0
    assert balance(AccountKind.CLUB_CREDIT, salon.zahra) == -50
    assert db.session.scalar(select(func.sum(LotSpend.amount))) == 100
    assert verify_lots() + verify_journal() == []


def test_a_lot_that_cannot_be_written_off_does_not_hold_up_the_others(salon: SmallSalon, now: datetime) -> None:
    for key in ("first", "second", "third"):
        give(salon, now, 10, key, until=timedelta(days=1))
    second = sorted(lot.id for lot in lots_of(salon.zahra))[1]
    with transaction():  # its entry is there already, so that a second one is refused
        post(
            branch_id=salon.branch_id,
            business_date=local_date(now),
            kind="expiry",
            source_kind="lot",
            source_id=second,
            idempotency_key=f"lot:{second}:expiry",
            postings=award_postings(salon.zahra, Unit.RIAL, -1),
            actor_id=None,
            now=now,
        )
    with capture_logs() as logged:
        assert expire_lots(now + timedelta(days=1)) == 2
    assert [(line["event"], line["lot_id"]) for line in logged] == [("lot_not_written_off", second)]
    assert [lot.id for lot in lots_of(salon.zahra)] == [second]


def test_the_audit_sees_a_lot_that_was_tampered_with(salon: SmallSalon, now: datetime) -> None:
    give(salon, now, 100, "a")
    with transaction():
        db.session.connection().exec_driver_sql("UPDATE lot SET remaining = 40")
    assert verify_lots() != []


def test_what_is_still_usable_is_never_written_off(salon: SmallSalon, now: datetime) -> None:
    give(salon, now, 1_000, "for ever")
    give(salon, now, 1_000, "a day", until=timedelta(days=1))
    with transaction():
        for lot in (1, 2):
            assert not write_off(lot_id=lot, now=now)
    assert wallet_of(salon.zahra, now).credit.balance == 2_000
