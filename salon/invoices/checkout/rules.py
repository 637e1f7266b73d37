"""What a settlement moves, and what the customer is told of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from flask_babel import gettext as _

from ...cashbox.rules import ACCOUNT_OF_METHOD, PaymentSpec
from ...club.models import Reward
from ...club.offers.rules import Award
from ...club.wallet.services import UNIT_OF, award_postings
from ...core.jalali import format_date, local_date
from ...core.money import Currency, group, with_unit
from ...core.text import persian_digits
from ...ledger.models import AccountKind
from ...ledger.rules import EntrySpec, PostingSpec, without_zeros


@dataclass(frozen=True)
class Sale:
    """The invoice as it stood, locked, before the settlement. Money in rials."""

    id: int
    branch_id: int
    customer_id: int
    appointment_id: int | None
    status: str
    number: int | None
    business_date: date
    net: int
    discount: int
    products: int  # what goods cost before discounts; the rest of net and discount is services
    tax: int
    total: int
    paid: int
    first_name: str
    mobile: str | None
    is_member: bool
    debt_limit: int | None
    offer_terms: list[dict[str, Any]] | None  # those of the invoice's day, while somebody owes
    tips: int = 0
    rounding: int = 0  # negative when the total was rounded down
    by_nobody: int | None = None  # the position of the first service that nobody did
    unpriced: int | None = None  # the position of the first line that waits for its price
    goods: int = 0  # lines of goods, which lie on a shelf
    is_nameless: bool = False  # stands for everybody who gives no name
    packed: int = 0  # lines that sell sessions ahead
    using: int = 0  # lines that use sessions
    packed_net: int = 0
    packed_gross: int = 0
    sessions: int = 0  # what these pay of it

    @property
    def due(self) -> int:
        """What is left to pay."""
        return self.total - self.paid


@dataclass(frozen=True)
class Before:
    """What earlier settlements of an invoice did."""

    credit_used: int
    earned: bool  # it was settled once; a cheque that did not come made it a debt again, what it earned stays


@dataclass(frozen=True)
class Outcome:
    """The answer to a settlement; the same key gives the same answer again. Money in rials."""

    invoice_id: int
    number: int
    total: int  # of the invoice
    status: str
    paid: int  # by this act, club credit included
    due: int
    credit_used: int
    earned_points: int
    earned_credit: int
    points_left: int
    credit_left: int
    deposit_used: int = 0
    change: int = 0  # cash given back
    kept: int = 0  # what was given above the due and stays on account

    @property
    def paid_so_far(self) -> int:
        """All that was paid of the invoice up to this act."""
        return self.total - self.due


@dataclass(frozen=True)
class Tender:
    """What is put on the table, in which branch: money, club credit, deposits, and the key of the request."""

    branch_id: int
    payments: tuple[PaymentSpec, ...]
    credit: int
    key: str
    fingerprint: str
    actor_id: int | None
    now: datetime
    deposit: int = 0
    change: int = 0
    kept: tuple[PaymentSpec, ...] = ()  # what is above the due and stays on account
    promised_on: date | None = None
    sessions: int = 0  # what sessions that were paid before pay

    @property
    def today(self) -> date:
        """The day of the settlement in the salon's zone."""
        return local_date(self.now)

    @property
    def amount(self) -> int:
        """All that pays the invoice, in rials."""
        return sum(payment.amount for payment in self.payments) + self.credit + self.deposit + self.sessions

    def left_of(self, sale: Sale) -> int:
        """What the customer still owes afterwards."""
        return sale.due - self.amount


@dataclass(frozen=True)
class Spent:
    """What pays of her own, part by part: (lot id, amount) and (deposit id, amount)."""

    lots: tuple[tuple[int, int], ...]
    deposits: tuple[tuple[int, int], ...]


def is_booked(sale: Sale) -> bool:
    """Whether a sale moves anything: it comes to something, or only rounding brought it to nothing."""
    return bool(sale.total or sale.rounding)


def sale_entry(sale: Sale, tips: Sequence[tuple[int, int]] = ()) -> EntrySpec:
    """The customer owes the total; revenue by kind and tax are earned, discounts are given, tips are their people's.

    Sessions sold ahead are no revenue yet: what they were sold for is hers until she uses them.
    """
    given = sale.discount - (sale.packed_gross - sale.packed_net)
    return EntrySpec(
        sale.branch_id,
        sale.business_date,
        "sale",
        "invoice",
        sale.id,
        f"invoice:{sale.id}:sale",
        without_zeros(
            [
                PostingSpec(AccountKind.RECEIVABLE, sale.total, sale.customer_id),
                PostingSpec(AccountKind.REVENUE, sale.products + sale.packed_net - sale.net - given),
                PostingSpec(AccountKind.PRODUCT_REVENUE, -sale.products),
                PostingSpec(AccountKind.DISCOUNT, given),
                PostingSpec(AccountKind.PREPAID, -sale.packed_net, sale.customer_id),
                PostingSpec(AccountKind.TAX_PAYABLE, -sale.tax),
                *(PostingSpec(AccountKind.STAFF_PAYABLE, -amount, staff_id) for staff_id, amount in tips),
                PostingSpec(AccountKind.ROUNDING, -sale.rounding),
            ]
        ),
    )


def payment_entry(sale: Sale, tender: Tender) -> EntrySpec:
    """Money, club credit, deposits and sessions come in, the customer owes so much less."""
    taken: dict[tuple[AccountKind, int], int] = {}
    for payment in tender.payments:
        account = ACCOUNT_OF_METHOD[payment.method], payment.owner_of(sale.customer_id)
        taken[account] = taken.get(account, 0) + payment.amount
    postings = [
        *(PostingSpec(kind, amount, owner) for (kind, owner), amount in taken.items()),
        PostingSpec(AccountKind.CLUB_CREDIT, tender.credit, sale.customer_id),
        PostingSpec(AccountKind.DEPOSIT, tender.deposit, sale.customer_id),
        PostingSpec(AccountKind.PREPAID, tender.sessions, sale.customer_id),
        PostingSpec(AccountKind.RECEIVABLE, -tender.amount, sale.customer_id),
    ]
    key = f"settlement:{tender.key}"
    return EntrySpec(tender.branch_id, tender.today, "payment", "invoice", sale.id, key, without_zeros(postings))


def award_entry(sale: Sale, awards: Sequence[Award], today: date) -> EntrySpec:
    """The club gives; the key lets an invoice earn once and never again."""
    postings = [
        posting
        for reward in dict.fromkeys(award.reward for award in awards)
        for posting in award_postings(sale.customer_id, UNIT_OF[Reward(reward)], earned(awards, reward))
    ]
    return EntrySpec(sale.branch_id, today, "award", "invoice", sale.id, f"invoice:{sale.id}:award", tuple(postings))


def earned(awards: Sequence[Award], reward: str) -> int:
    """All that awards of one kind give."""
    return sum(award.amount for award in awards if award.reward == reward)


@dataclass(frozen=True)
class Told:
    """What slip and message say of a settlement."""

    salon: str
    name: str
    number: int
    total: int
    due: int
    credit_used: int
    earned_points: int
    earned_credit: int
    points_left: int
    credit_left: int
    usable_from: datetime | None  # first moment of the credit earned now


def told_of(outcome: Outcome, *, salon_name: str, customer_name: str, total: int, awards: Sequence[Award] = ()) -> Told:
    """What is said of a settlement."""
    credit_days = [award.valid_from for award in awards if award.reward == Reward.CREDIT]
    return Told(
        salon=salon_name,
        name=customer_name,
        number=outcome.number,
        total=total,
        due=outcome.due,
        credit_used=outcome.credit_used,
        earned_points=outcome.earned_points,
        earned_credit=outcome.earned_credit,
        points_left=outcome.points_left,
        credit_left=outcome.credit_left,
        usable_from=min(credit_days, default=None),
    )


def club_sentences(told: Told, currency: Currency) -> list[str]:
    """What the club did at this settlement: used, earned and left, a sentence each."""
    sentences = []
    if told.credit_used:
        sentences.append(_("اعتبار استفاده‌شده: %(amount)s", amount=with_unit(told.credit_used, currency)))
    if told.earned_points:
        sentences.append(_("امتیاز این خرید: %(points)s", points=group(told.earned_points)))
    if told.earned_credit:
        sentences.append(_earned_credit(with_unit(told.earned_credit, currency), told.usable_from))
    if told.points_left or told.credit_left or sentences:
        sentences.append(club_left(told.points_left, told.credit_left, currency))
    return sentences


def club_left(points: int, credit: int, currency: Currency) -> str:
    """What she has in the club afterwards."""
    kept = with_unit(credit, currency)
    return str(_("ماندهٔ باشگاه: %(points)s امتیاز، %(credit)s اعتبار", points=group(points), credit=kept))


def _earned_credit(amount: str, usable_from: datetime | None) -> str:
    if usable_from is None:
        return str(_("اعتبار این خرید: %(amount)s", amount=amount))
    start = format_date(local_date(usable_from), "short")
    return str(_("اعتبار این خرید: %(amount)s (از %(start)s)", amount=amount, start=start))


def message_text(told: Told, currency: Currency, sessions: Sequence[str] = ()) -> str:
    """The SMS after a settlement: the same facts as the slip. `sessions`: what is left, a sentence each."""
    number = persian_digits(str(told.number))
    total, due = (with_unit(amount, currency) for amount in (told.total, told.due))
    opening = _("%(name)s عزیز، فاکتور %(number)s: %(total)s", name=told.name, number=number, total=total)
    left = [_("مانده بدهی: %(amount)s", amount=due)] if told.due else []
    return "\n".join([opening, *left, *club_sentences(told, currency), *sessions, told.salon])
