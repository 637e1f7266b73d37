"""Where the shares of staff disagree with the postings, or with what steps have counted."""

from collections import Counter
from collections.abc import Iterator
from datetime import date

from sqlalchemy import func, select

from ....core.db import db
from ....ledger.models import Account, AccountKind, Entry, Posting
from ....staff.models import PayKind
from ...models import PayRole, PayShare, PayTally, PayTerms


def verify_pay() -> list[str]:
    """What is off; empty when every share is posted as it was counted, and each month of steps its work."""
    return [*_shares(), *_tallies()]


def _shares() -> Iterator[str]:
    """An entry of shares moves what its rows say: what she is owed, and what her work costs."""
    said: Counter[tuple[int, str, int]] = Counter()
    rows = db.session.execute(
        select(PayShare.entry_id, PayTerms.staff_id, func.sum(PayShare.share))
        .join(PayTerms, PayTerms.id == PayShare.terms_id)
        .where(PayShare.entry_id.is_not(None))
        .group_by(PayShare.entry_id, PayTerms.staff_id)
    )
    for entry, staff_id, amount in rows:
        said[entry or 0, AccountKind.STAFF_PAYABLE, staff_id] -= int(amount)
        said[entry or 0, AccountKind.STAFF_COST, staff_id] += int(amount)
    posted = db.session.execute(
        select(Posting.entry_id, Account.kind, Account.owner_id, Posting.amount)
        .join(Account, Account.id == Posting.account_id)
        .join(Entry, Entry.id == Posting.entry_id)
        .where(Entry.kind == "pay_share")
    )
    for entry_id, kind, owner, amount in posted:
        said[entry_id, kind, owner] -= int(amount)
    for (off, kind, owner), amount in sorted(said.items()):
        if amount:
            yield f"entry {off}: {kind} of {owner} is {amount} off what the shares say"
    loose = select(PayShare.id).where(PayShare.entry_id.is_(None), PayShare.share != 0)
    yield from (f"pay share {share}: is not posted" for share in db.session.scalars(loose))


def _tallies() -> Iterator[str]:
    """What steps have counted of a month is the sum of the work that was done in it."""
    done: Counter[tuple[int, int, date]] = Counter()
    kind = PayTerms.terms["kind"].as_string()
    rows = db.session.execute(
        select(PayTerms.scheme_id, PayTerms.staff_id, PayTerms.month, func.sum(PayShare.base))
        .join(PayShare, PayShare.terms_id == PayTerms.id)
        .where(PayTerms.role == PayRole.WORK.value, kind == PayKind.STEPS.value)
        .group_by(PayTerms.scheme_id, PayTerms.staff_id, PayTerms.month)
    )
    for scheme_id, staff_id, month, base in rows:
        done[scheme_id or 0, staff_id, month] += int(base)
    for tally in db.session.scalars(select(PayTally)):
        done[tally.scheme_id, tally.staff_id, tally.month] -= tally.base
    for (scheme_id, staff_id, month), off in done.items():
        if off:
            yield f"scheme {scheme_id}: the month from {month} of staff {staff_id} counts {-off} more than was done"
