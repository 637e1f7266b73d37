"""Verbs about deposits: take, spend, return, keep. Each moves money and the row of the deposit together."""

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import bindparam, insert, update

from ...access.rules import Actor
from ...core.db import db
from ...core.jalali import local_date
from ...core.keys import KEY_REUSED
from ...core.money import MOST_RIALS
from ...customers.queries import is_nameless
from ...ledger.models import AccountKind
from ...ledger.rules import EntrySpec, PostingSpec
from ...ledger.services import post, post_entries
from ...setup.services import ensure_fiscal_year
from ..models import Deposit, DepositUse
from ..queries import hold_tills
from ..rules import ACCOUNT_OF_METHOD, PaymentSpec
from ..services import placed
from .errors import (
    deposit_amount_invalid,
    deposit_exceeds_balance,
    deposit_nameless,
    deposit_spent,
    method_invalid,
)
from .queries import deposit, deposit_under, kept_for, lock_customer, locked_deposit, returned_under, uses_of
from .rules import KEPT, MONEY, RETURNED, fingerprint, return_key

_TAKE = (
    update(Deposit).where(Deposit.id == bindparam("deposit")).values(remaining=Deposit.remaining - bindparam("part"))
)
_NEW_USES = insert(DepositUse)
_NEW_DEPOSIT = insert(Deposit).returning(Deposit.id)


def take_deposit(
    *,
    branch_id: int,
    customer_id: int,
    appointment_id: int | None = None,
    payment: PaymentSpec,
    key: str,
    actor: Actor | None,
    now: datetime,
) -> Deposit:
    """Take a deposit for a booking, or on-account money. The same `key` with the same body gives the same one.

    Raises Invalid `amount_invalid`, `method_invalid`, `cashbox_unknown`, `customer_nameless`, `key_reused`; NotFound
    `customer_unknown`.
    """
    _check(payment)
    lock_customer(customer_id)
    asked = fingerprint(customer_id, appointment_id, payment)
    known = deposit_under(key)
    if known is not None:
        if known.fingerprint != asked:
            raise KEY_REUSED.again()
        return known
    if is_nameless(customer_id):
        raise deposit_nameless()
    (paid,) = placed(payments=[payment], branch_id=branch_id, actor_id=_id_of(actor))
    deposit_id = lay_down(
        branch_id=branch_id,
        customer_id=customer_id,
        appointment_id=appointment_id,
        payment=paid,
        key=key,
        asked=asked,
        actor_id=_id_of(actor),
        now=now,
    )
    return deposit(deposit_id)


def lay_down(
    *,
    branch_id: int,
    customer_id: int,
    appointment_id: int | None,
    payment: PaymentSpec,
    key: str,
    asked: str,
    actor_id: int | None,
    now: datetime,
) -> int:
    """Post money of a placed payment to her deposits and write the row. `asked`: fingerprint. Gives the id."""
    today = local_date(now)
    ensure_fiscal_year(today)
    hers = PostingSpec(AccountKind.DEPOSIT, -payment.amount, customer_id)
    entry_id = post(
        branch_id=branch_id,
        business_date=today,
        kind="deposit",
        source_kind="customer",
        source_id=customer_id,
        idempotency_key=f"deposit:{key}",
        postings=[_money(payment, payment.amount, customer_id), hers],
        actor_id=actor_id,
        now=now,
    )
    return write_deposit(
        branch_id=branch_id,
        customer_id=customer_id,
        appointment_id=appointment_id,
        payment=payment,
        key=key,
        asked=asked,
        entry_id=entry_id,
        actor_id=actor_id,
        now=now,
    )


def write_deposit(
    *,
    branch_id: int,
    customer_id: int,
    appointment_id: int | None,
    payment: PaymentSpec,
    key: str,
    asked: str,
    entry_id: int,
    actor_id: int | None,
    now: datetime,
) -> int:
    """Write the row of a deposit that an entry has posted today. `asked`: fingerprint. Gives the id."""
    row = {
        "branch_id": branch_id,
        "customer_id": customer_id,
        "appointment_id": appointment_id,
        "amount": payment.amount,
        "remaining": payment.amount,
        "method": payment.method.value,
        "cashbox_id": payment.cashbox_id,
        "reference": payment.reference,
        "taken_at": now,
        "business_date": local_date(now),
        "actor_id": actor_id,
        "idempotency_key": key,
        "fingerprint": asked,
        "entry_id": entry_id,
    }
    return int(db.session.connection().execute(_NEW_DEPOSIT, row).scalar_one())


def use_deposits(*, parts: Sequence[tuple[int, int]], entry_id: int, purpose: str) -> None:
    """Take (deposit id, amount) parts from deposits, for an entry that moved as much; negative parts come back."""
    connection = db.session.connection()
    connection.execute(_TAKE, [{"deposit": deposit, "part": part} for deposit, part in parts])
    rows = [
        {"deposit_id": deposit, "entry_id": entry_id, "amount": part, "purpose": purpose} for deposit, part in parts
    ]
    connection.execute(_NEW_USES, rows)


def return_deposit(
    *, branch_id: int, deposit_id: int, payment: PaymentSpec, key: str, actor: Actor | None, now: datetime
) -> Deposit:
    """Give money of a deposit back. The same `key` with the same body moves nothing twice.

    Raises NotFound `deposit_unknown`, DomainError `deposit_spent`, `till_short`, Invalid `deposit_exceeds_balance` and
    what `take_deposit` raises.
    """
    _check(payment)
    found = locked_deposit(deposit_id)
    entry_key = return_key(deposit_id, key)
    known = returned_under(entry_key)
    if known is not None:
        amount, account, owner = known
        same_box = payment.cashbox_id in (None, owner)
        if (amount, account) != (payment.amount, ACCOUNT_OF_METHOD[payment.method]) or not same_box:
            raise KEY_REUSED.again()
        return found
    if not found.remaining:
        raise deposit_spent()
    if payment.amount > found.remaining:
        raise deposit_exceeds_balance("amount")
    (paid,) = placed(payments=[payment], branch_id=branch_id, actor_id=_id_of(actor))
    hold_tills([paid])
    ensure_fiscal_year(local_date(now))
    entry_id = post(
        branch_id=branch_id,
        business_date=local_date(now),
        kind="deposit_return",
        source_kind="deposit",
        source_id=deposit_id,
        idempotency_key=entry_key,
        postings=[
            PostingSpec(AccountKind.DEPOSIT, paid.amount, found.customer_id),
            _money(paid, -paid.amount, found.customer_id),
        ],
        actor_id=_id_of(actor),
        now=now,
    )
    use_deposits(parts=[(deposit_id, paid.amount)], entry_id=entry_id, purpose=RETURNED)
    db.session.refresh(found)
    return found


def keep_deposits(
    *, parts: Sequence[tuple[Deposit, int]], appointment_id: int, actor: Actor | None, now: datetime
) -> None:
    """Keep parts of the deposits of a booking that was called off; what is left of them stays hers."""
    kept = [(deposit, part) for deposit, part in parts if part]
    if not kept:
        return
    today = local_date(now)
    ensure_fiscal_year(today)
    entries = [_keeping(deposit, part, appointment_id, today) for deposit, part in kept]
    ids = post_entries(entries=entries, actor_id=_id_of(actor), now=now)
    for (held, part), entry_id in zip(kept, ids, strict=True):
        use_deposits(parts=[(held.id, part)], entry_id=entry_id, purpose=KEPT)


def give_back_kept(*, appointment_id: int, actor: Actor | None, now: datetime) -> None:
    """Take the keeping back when the booking takes place after all: the deposits are whole again, as far as unspent."""
    held = kept_for(appointment_id)
    if held:
        back = [(deposit, -amount) for deposit, amount in held]
        keep_deposits(parts=back, appointment_id=appointment_id, actor=actor, now=now)


def _keeping(deposit: Deposit, part: int, appointment_id: int, today: date) -> EntrySpec:
    before = uses_of(deposit.id)
    return EntrySpec(
        deposit.branch_id,
        today,
        "deposit_kept",
        "appointment",
        appointment_id,
        f"deposit:{deposit.id}:kept:{before}",
        (
            PostingSpec(AccountKind.DEPOSIT, part, deposit.customer_id),
            PostingSpec(AccountKind.DEPOSIT_KEPT, -part),
        ),
    )


def _money(payment: PaymentSpec, amount: int, customer_id: int) -> PostingSpec:
    return PostingSpec(ACCOUNT_OF_METHOD[payment.method], amount, payment.owner_of(customer_id))


def _id_of(actor: Actor | None) -> int | None:
    return actor.id if actor else None


def _check(payment: PaymentSpec) -> None:
    if not 0 < payment.amount <= MOST_RIALS:
        raise deposit_amount_invalid()
    if payment.method not in MONEY:
        raise method_invalid()
