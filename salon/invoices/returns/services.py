"""Returning a sale: money, debt, club value and goods go back in one transaction."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import select

from ...appointments.deposits.services import keep_what_came_back
from ...cashbox.deposits.rules import SETTLED
from ...cashbox.deposits.services import use_deposits
from ...cashbox.models import PaymentMethod
from ...cashbox.queries import boxes_for, hold_tills
from ...cashbox.rules import BOX_OF_METHOD, PaymentSpec
from ...cashbox.services import placed
from ...club.models import Reward
from ...club.offers.queries import terms_of
from ...club.offers.rules import Award, Purchase, awards_for
from ...club.wallet.queries import wallet_of
from ...club.wallet.services import award_postings, claw_back, give_back, keep_awards, write_off_expired
from ...core.db import db
from ...core.jalali import days_later, start_of_day
from ...core.lengths import line_of
from ...ledger.models import AccountKind, Entry, Unit
from ...ledger.rules import EntrySpec, PostingSpec
from ...ledger.services import post_entries
from ...setup.queries import profile
from ..checkout.queries import locked_sale, tips_of
from ..checkout.rules import Sale, Tender, award_entry, earned, payment_entry, sale_entry
from ..errors import invoice_unknown
from ..models import Invoice, InvoiceStatus, LineNature
from ..outcomes.services import record_absence
from ..pay.services import Cause, count_pay_again
from ..queries import credit_used_on
from ..stock.services import move_stock
from .books.services import (
    corrected_by,
    keep_on_account,
    lessen_debt,
    write_correction,
    write_return,
    write_settlement,
)
from .errors import cancel_late, opening_kept, return_changed
from .lines.rules import WantedLine
from .plans.queries import known_return, plan_of, returned_of
from .queries import award_of, standing
from .rules import Asked, Refund, Returned, ReturnPlan, fingerprint, merged


@dataclass(frozen=True)
class Corrected:
    """A sale that was taken back as a whole, and the draft that is to be settled instead of it."""

    returned: Returned
    draft_id: int


def return_sale(
    *,
    branch_id: int,
    invoice_id: int,
    lines: Sequence[WantedLine] | None,
    refund: Refund,
    reason: str = "",
    seen_total: int | None = None,
    key: str,
    actor_id: int | None,
    now: datetime,
) -> Returned:
    """Take lines of a sale back; None takes all that is left. Money goes where `refund` says, her debt goes first.

    `branch_id`: where it is asked. `seen_total`: rials that the receptionist saw. The same `key` with the same body
    gives the same answer and moves nothing.
    Raises DomainError `return_of_return`, `invoice_draft`, `invoice_changed`, `payment_awaited`, `till_short`,
    `period_closed`; Invalid `return_exceeds_sale`, `line_unknown`, `quantity_invalid`, `customer_nameless`,
    `key_reused`; NotFound.
    """
    reason = line_of(reason, Invoice.reason)
    said = fingerprint("return", invoice_id, lines, refund)
    return _returned(
        invoice_id, Asked(branch_id, lines, refund, reason, key, said, actor_id, now), seen_total=seen_total
    )


def cancel_sale(
    *, branch_id: int, invoice_id: int, reason: str, key: str, actor_id: int | None, now: datetime
) -> Returned:
    """Take back all that is left of a sale on its own day, to where it came from (ابطال).

    Raises DomainError `cancel_late` on another day, and what `return_sale` raises.
    """
    reason = line_of(reason, Invoice.reason)
    said = fingerprint("cancel", invoice_id, None, Refund.ORIGINAL)
    asked = Asked(branch_id, None, Refund.ORIGINAL, reason, key, said, actor_id, now)
    return _returned(invoice_id, asked, same_day=True)


def correct_sale(
    *, branch_id: int, invoice_id: int, reason: str, key: str, actor_id: int | None, now: datetime
) -> Corrected:
    """Take back all that is left of a sale and draft it anew; what was paid stays as on-account money.

    Money of somebody without a name goes back where it came from: nobody could find it again.
    Raises DomainError `opening_kept` for a debt from before, and what `return_sale` raises.
    """
    reason = line_of(reason, Invoice.reason)
    said = fingerprint("correct", invoice_id, None, Refund.ACCOUNT)
    asked = Asked(branch_id, None, Refund.ACCOUNT, reason, key, said, actor_id, now)
    locked_sale(invoice_id)
    known = known_return(asked)
    if known is None:
        asked = replace(asked, refund=Refund.ORIGINAL) if standing(invoice_id).is_nameless else asked
        plan = plan_of(invoice_id, asked.lines, asked.refund, now)
        if any(part.line.nature == LineNature.OPENING for part in plan.back):
            raise opening_kept()
        known = _written(plan, asked)
        return Corrected(known, write_correction(plan, asked))
    draft_id = corrected_by(invoice_id)
    if draft_id is None:
        raise invoice_unknown()
    return Corrected(known, draft_id)


def _returned(invoice_id: int, asked: Asked, *, seen_total: int | None = None, same_day: bool = False) -> Returned:
    sale = locked_sale(invoice_id)
    known = known_return(asked)
    if known is not None:
        return known
    plan = plan_of(invoice_id, asked.lines, asked.refund, asked.now)
    if same_day and sale.business_date != asked.today:
        raise cancel_late()
    if seen_total is not None and plan.worth.total != seen_total:
        raise return_changed()
    return _written(plan, asked)


def _written(plan: ReturnPlan, asked: Asked) -> Returned:
    """Write and post a return that was planned while the sale and its customer were locked."""
    for payment_id in plan.let_go:
        record_absence(payment_id=payment_id, actor_id=asked.actor_id, now=asked.now)
    write_off_expired(customer_id=plan.sale.customer_id, now=asked.now)
    awards = _awards(plan, asked) if plan.settles else []
    return_id = write_return(plan, asked)
    payments = _paid_back(plan, asked)
    _settle(plan, asked, return_id, payments, awards)
    _post(plan, asked, return_id, payments, awards)
    count_pay_again(Cause(plan.sale.id, return_id, plan.sale.branch_id, asked.key, asked.actor_id, asked.now))
    move_stock(invoice_id=return_id, actor_id=asked.actor_id, now=asked.now)
    return returned_of(return_id)


def _paid_back(plan: ReturnPlan, asked: Asked) -> tuple[PaymentSpec, ...]:
    """The payments of the return, negative: the sale's debt, then money out of the box that it came into.

    Out of a box that is closed, or of another branch than the one where it is asked, nobody there can pay.
    """
    boxes = boxes_for(asked.branch_id, asked.actor_id)
    drawn = merged([_drawn(part, boxes, asked) for part in plan.refund.payments])
    hold_tills(drawn)
    debt = [PaymentSpec(PaymentMethod.RETURN, plan.refund.debt)] if plan.refund.debt else []
    return tuple(replace(part, amount=-part.amount) for part in [*debt, *drawn])


def _drawn(part: PaymentSpec, boxes: Collection[int], asked: Asked) -> PaymentSpec:
    if part.method not in BOX_OF_METHOD or part.cashbox_id in boxes:
        return part
    here = PaymentSpec(part.method, part.amount)
    return placed(payments=[here], branch_id=asked.branch_id, actor_id=asked.actor_id)[0]


def _awards(plan: ReturnPlan, asked: Asked) -> list[Award]:
    """An open sale that is settled by what came back earns now, for what stays sold; once only."""
    sale = plan.sale
    if award_of(sale.id, asked.now) is not None:
        return []
    spent = credit_used_on(sale.id) - plan.refund.spent_credit
    stays = sale.net - plan.returned_net
    purchase = Purchase(sale.customer_id, sale.is_member, sale.business_date, stays, spent)
    return awards_for(purchase, terms_of(sale.offer_terms), club_starts_on=profile().club_starts_on, today=asked.today)


def _settle(
    plan: ReturnPlan, asked: Asked, return_id: int, payments: Sequence[PaymentSpec], awards: Sequence[Award]
) -> None:
    """Keep how the return was settled and, where it lessened a debt, how much of the sale that settled."""
    before = wallet_of(plan.sale.customer_id, asked.now)
    points, credit = plan.clawback.get(Unit.POINT, 0), plan.clawback.get(Unit.RIAL, 0)
    more_points, more_credit = earned(awards, Reward.POINTS), earned(awards, Reward.CREDIT)
    given = plan.refund.spent_credit + plan.refund.new_credit
    left = {
        "points_left": before.points.current - points + more_points,
        "credit_left": before.credit.current + given - credit + more_credit,
    }
    told = {"status": InvoiceStatus.SETTLED.value, "due": 0, "earned_points": -points, "earned_credit": -credit}
    write_settlement(return_id, payments, asked, told | left)
    debt = plan.refund.debt
    if not debt:
        return
    lessened = replace(asked, key=_debt_key(asked), fingerprint=asked.fingerprint[::-1])  # no act of its own
    # Nothing is due any more; also of a settled sale whose cheque was let go a moment ago, which `settles` leaves out.
    status = InvoiceStatus.SETTLED if debt == plan.sale.due else InvoiceStatus.OPEN
    told = {"status": status.value, "due": plan.sale.due - debt}
    told |= {"earned_points": more_points, "earned_credit": more_credit}
    write_settlement(plan.sale.id, [PaymentSpec(PaymentMethod.RETURN, debt)], lessened, told | left)
    lessen_debt(plan.sale, debt, asked)


def _debt_key(asked: Asked) -> str:
    return f"{asked.key}:debt"


def _post(
    plan: ReturnPlan, asked: Asked, return_id: int, payments: tuple[PaymentSpec, ...], awards: Sequence[Award]
) -> None:
    """Post what goes back: sale, debt, money; then what the club takes back, or gives for what stays."""
    back, sale = locked_sale(return_id), locked_sale(plan.sale.id)
    tender = Tender(asked.branch_id, payments, 0, asked.key, asked.fingerprint, asked.actor_id, asked.now)
    debt = replace(tender, payments=(PaymentSpec(PaymentMethod.RETURN, plan.refund.debt),), key=_debt_key(asked))
    entries = {
        "sale": _sale_entry(back, sale),
        "opening": _opening_entry(plan, back),
        "debt": payment_entry(sale, debt) if plan.refund.debt else None,
        "payment": payment_entry(back, tender) if payments else None,
    }
    posted = _posted(entries, asked)
    if "payment" in posted:
        _give_back(plan, asked, posted["payment"])
    _post_club(plan, asked, return_id, sale, awards)


def _posted(entries: dict[str, EntrySpec | None], asked: Asked) -> dict[str, int]:
    wanted = {name: entry for name, entry in entries.items() if entry is not None}
    if not wanted:
        return {}
    ids = post_entries(entries=list(wanted.values()), actor_id=asked.actor_id, now=asked.now)
    return dict(zip(wanted, ids, strict=True))


def _sale_entry(back: Sale, sale: Sale) -> EntrySpec | None:
    """What was sold goes back; of a sale that was given away nothing was posted, so nothing is now."""
    entry = sale_entry(back, tips_of(back))
    known = db.session.scalar(select(Entry.id).where(Entry.idempotency_key == sale_entry(sale).idempotency_key))
    return entry if known is not None and entry.postings else None


def _opening_entry(plan: ReturnPlan, back: Sale) -> EntrySpec | None:
    """A debt from before that goes back was no revenue of these books: the opening account takes it."""
    net = sum(part.net for part in plan.back if part.line.nature == LineNature.OPENING)
    if not net:
        return None
    postings = (PostingSpec(AccountKind.REVENUE, -net), PostingSpec(AccountKind.OPENING, net))
    key = f"invoice:{back.id}:opening"
    return EntrySpec(back.branch_id, back.business_date, "opening", "customer", back.customer_id, key, postings)


def _give_back(plan: ReturnPlan, asked: Asked, entry_id: int) -> None:
    """Credit goes to its lots, deposits to theirs; what money becomes is kept as a new lot, or on account."""
    if plan.to_lots or plan.refund.new_credit:
        give_back(
            customer_id=plan.sale.customer_id,
            spent=plan.to_lots,
            new_credit=plan.refund.new_credit,
            reissued_until=start_of_day(days_later(asked.today, profile().reissue_days + 1)),
            entry_id=entry_id,
            now=asked.now,
        )
    if plan.to_deposits:
        back = [(deposit, -part) for deposit, part in plan.to_deposits]
        use_deposits(parts=back, entry_id=entry_id, purpose=SETTLED)
        keep_what_came_back(invoice_id=plan.sale.id, parts=plan.to_deposits, actor_id=asked.actor_id, now=asked.now)
    if plan.refund.new_deposit:
        keep_on_account(plan, asked, entry_id)


def _post_club(plan: ReturnPlan, asked: Asked, return_id: int, sale: Sale, awards: Sequence[Award]) -> None:
    """The club takes back what the goods had earned, or gives what those that stay earn now."""
    customer_id = plan.sale.customer_id
    if plan.clawback:
        entry = _claw_entry(plan, asked, return_id)
        entry_id = post_entries(entries=[entry], actor_id=asked.actor_id, now=asked.now)[0]
        claw_back(customer_id=customer_id, wanted=plan.clawback, first=plan.from_lots, entry_id=entry_id)
    if awards:
        entry = award_entry(sale, awards, asked.today)
        entry_id = post_entries(entries=[entry], actor_id=asked.actor_id, now=asked.now)[0]
        keep_awards(customer_id=customer_id, awards=awards, entry_id=entry_id)


def _claw_entry(plan: ReturnPlan, asked: Asked, return_id: int) -> EntrySpec:
    postings = [
        posting
        for unit, amount in plan.clawback.items()
        for posting in award_postings(plan.sale.customer_id, unit, -amount)
    ]
    key = f"invoice:{return_id}:clawback"
    return EntrySpec(plan.sale.branch_id, asked.today, "clawback", "invoice", return_id, key, tuple(postings))
