"""Where boxes, shifts and vouchers disagree with the postings."""

from collections import Counter
from collections.abc import Iterator

from sqlalchemy import func, select

from ...core.db import db
from ...ledger.models import Account, AccountKind, Entry, Posting, Unit
from ..models import BoxKind, Cashbox, Shift, Voucher
from ..vouchers.rules import Place, postings_of, spec_of

Sums = Counter[tuple[str, int]]  # rials by kind of account and owner


def verify_cashbox() -> list[str]:
    """What is off; empty when every voucher is posted as it says and every counting is the balance of its moment."""
    return [*_vouchers(), *_without_voucher(), *_reversals(), *_shifts(), *_pieces(), *_without_box()]


def _vouchers() -> Iterator[str]:
    """A voucher has moved what it says, on its day, and nothing else."""
    kinds = {box_id: BoxKind(kind) for box_id, kind in db.session.execute(select(Cashbox.id, Cashbox.kind))}
    posted = _posted()
    rows = db.session.execute(
        select(Voucher, Entry.business_date, Entry.kind).join(Entry, Entry.id == Voucher.entry_id)
    )
    for voucher, day, kind in rows:
        box = Place(voucher.cashbox_id, kinds[voucher.cashbox_id])
        to = voucher.to_cashbox_id and Place(voucher.to_cashbox_id, kinds[voucher.to_cashbox_id])
        said: Sums = Counter()
        for posting in postings_of(spec_of(voucher), box, to or None, back=voucher.reverses_id is not None):
            said[posting.kind.value, posting.owner_id] += posting.amount
        if (said, day, kind) != (posted.get(voucher.entry_id, Counter()), voucher.business_date, voucher.kind):
            yield f"voucher {voucher.id}: its entry {voucher.entry_id} moves something else, or on another day"


def _posted() -> dict[int, Sums]:
    """What the entries of vouchers move."""
    sums: dict[int, Sums] = {}
    rows = db.session.execute(
        select(Posting.entry_id, Account.kind, Account.owner_id, Posting.amount)
        .join(Account, Account.id == Posting.account_id)
        .join(Entry, Entry.id == Posting.entry_id)
        .where(Entry.source_kind == "voucher")
    )
    for entry_id, kind, owner, amount in rows:
        sums.setdefault(entry_id, Counter())[kind, owner] += amount
    return sums


def _without_voucher() -> list[str]:
    """Entries whose voucher is gone, or that several vouchers claim."""
    claims = func.count(Voucher.id)
    rows = db.session.execute(
        select(Entry.id, claims)
        .outerjoin(Voucher, Voucher.entry_id == Entry.id)
        .where(Entry.source_kind == "voucher")
        .group_by(Entry.id)
        .having(claims != 1)
    )
    return [f"entry {entry}: {count} vouchers, not one" for entry, count in rows]


def _reversals() -> list[str]:
    """What takes a voucher back is the same, the other way round."""
    wrong = Voucher.__table__.alias("wrong")
    rows = db.session.scalars(
        select(Voucher.id)
        .join(wrong, wrong.c.id == Voucher.reverses_id)
        .where(
            (wrong.c.amount != Voucher.amount)
            | (wrong.c.kind != Voucher.kind)
            | (wrong.c.cashbox_id != Voucher.cashbox_id)
            | wrong.c.reverses_id.is_not(None)
        )
    )
    return [f"voucher {voucher}: takes back another one than it says" for voucher in rows]


def _shifts() -> Iterator[str]:
    """What was counted is what the till held by the books at that moment, the difference posted with it."""
    posted = _differences()
    for cashbox_id in db.session.scalars(select(Shift.cashbox_id).distinct().order_by(Shift.cashbox_id)).all():
        shifts = db.session.scalars(select(Shift).where(Shift.cashbox_id == cashbox_id).order_by(Shift.id)).all()
        wanted = sorted(
            {mark for shift in shifts for mark in (shift.opened_after, shift.closed_after) if mark is not None}
        )
        held = _held_after(cashbox_id, wanted)
        for shift in shifts:
            yield from _findings_of(shift, held, posted)


def _findings_of(shift: Shift, held: dict[int, int], posted: Counter[tuple[int, str]]) -> Iterator[str]:
    if held[shift.opened_after] != shift.opening_counted:
        yield f"shift {shift.id}: opened with {shift.opening_counted}, the till held {held[shift.opened_after]}"
    if posted[shift.id, "shift_open"] != shift.opening_difference:
        yield f"shift {shift.id}: the difference of its opening is not the one posted"
    if shift.closed_at is None:
        return
    expected, counted, difference = shift.expected or 0, shift.counted or 0, shift.difference or 0
    if held[shift.closed_after or 0] != counted or expected + difference != counted:
        yield f"shift {shift.id}: expected {expected}, counted {counted}, the till held {held[shift.closed_after or 0]}"
    if posted[shift.id, "shift_close"] != difference:
        yield f"shift {shift.id}: the difference of its closing is not the one posted"


def _held_after(cashbox_id: int, marks: list[int]) -> dict[int, int]:
    """What a till held after each of these entries."""
    rows = db.session.execute(
        select(Posting.entry_id, func.sum(Posting.amount))
        .join(Account, Account.id == Posting.account_id)
        .where(Account.kind == AccountKind.CASH.value, Account.owner_id == cashbox_id, Account.unit == Unit.RIAL.value)
        .group_by(Posting.entry_id)
        .order_by(Posting.entry_id)
    )
    held, sums = 0, {0: 0}
    left = list(marks)
    for entry_id, amount in rows:
        while left and left[0] < entry_id:
            sums[left.pop(0)] = held
        held += int(amount)
    return sums | dict.fromkeys(left, held)


def _differences() -> Counter[tuple[int, str]]:
    """What the countings of shifts posted to their tills, by shift and kind of entry."""
    rows = db.session.execute(
        select(Entry.source_id, Entry.kind, func.sum(Posting.amount))
        .join(Posting, Posting.entry_id == Entry.id)
        .join(Account, Account.id == Posting.account_id)
        .join(Shift, (Shift.id == Entry.source_id) & (Shift.cashbox_id == Account.owner_id))
        .where(Entry.source_kind == "shift", Account.kind == AccountKind.CASH.value)
        .group_by(Entry.source_id, Entry.kind)
    )
    return Counter({(shift_id, kind): int(amount) for shift_id, kind, amount in rows})


def _pieces() -> Iterator[str]:
    """The pieces of a counting come to what was counted."""
    for shift in db.session.scalars(select(Shift).where(Shift.pieces.is_not(None))):
        if sum(int(value) * count for value, count in (shift.pieces or {}).items()) != shift.counted:
            yield f"shift {shift.id}: its pieces come to something else than {shift.counted}"


def _without_box() -> list[str]:
    """Money on the account of a box that is not there."""
    rows = db.session.execute(
        select(Account.kind, Account.owner_id)
        .join(Posting, Posting.account_id == Account.id)
        .outerjoin(
            Cashbox,
            (Cashbox.id == Account.owner_id)
            & (Cashbox.kind == Account.kind)
            & (Cashbox.branch_id == Account.branch_id),
        )
        .where(Account.kind.in_([kind.value for kind in BoxKind]), Cashbox.id.is_(None))
        .distinct()
    )
    return [f"{kind} of {owner}: there is no such box in its branch" for kind, owner in rows]
