"""What the slip of an invoice says."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select

from ...cashbox.deposits.queries import deposits_of
from ...cashbox.models import Cashbox, PaymentMethod
from ...cashbox.rules import METHOD_LABELS
from ...club.models import Lot, Reward
from ...club.wallet.services import UNIT_OF
from ...core.db import db
from ...core.money import Currency
from ...customers.models import Customer
from ...customers.queries import customer
from ...ledger.models import Entry
from ...messaging.models import OutboxMessage
from ...setup.models import Branch, SalonProfile
from ...setup.queries import profile
from ...staff.models import StaffMember
from ..checkout.rules import Told, club_sentences
from ..errors import invoice_draft
from ..models import Invoice, InvoiceKind, Payment, Settlement
from ..packages.queries import sessions_left
from ..packages.rules import named_sentence
from ..queries import invoice, payments_of, settlements_of
from ..returns.queries import Counterpart, counterparts_of
from ..returns.rules import taken_back_sentences
from ..terms.queries import shares_of


@dataclass(frozen=True)
class SlipLine:
    """A line as it is printed. Money in rials."""

    description: str
    staff: str
    quantity: int
    unit_price: int
    discount: int  # of this line alone
    net: int
    shared_discount: int = 0  # its part of the discount on the whole

    @property
    def amount(self) -> int:
        """What stands at the line: after its own discount, before the one on the whole."""
        return self.net + self.shared_discount


@dataclass(frozen=True)
class Slip:
    """All that the slip of an issued invoice says. Money in rials."""

    invoice_id: int
    customer_id: int
    salon: str
    currency: Currency
    branch: str
    phone: str
    address: str
    number: int
    business_date: date
    issued_at: datetime | None
    customer: str
    customer_code: str
    lines: tuple[SlipLine, ...]
    discount: int  # on the whole
    net: int
    tax: int
    total: int
    payments: tuple[tuple[PaymentMethod, int], ...]
    due: int
    club: tuple[str, ...]
    tips: int = 0
    rounding: int = 0
    change: int = 0  # cash given back at the last settlement
    kept: int = 0  # what stayed on account of it
    promised_on: date | None = None  # when the rest will be paid
    on_account: int = 0  # deposits and on-account money that she has left
    till: str = ""  # that took the cash, where it is not the main one
    sessions: tuple[str, ...] = ()  # what is left of those that she bought ahead
    kind: str = InvoiceKind.SALE.value
    reason: str = ""  # of a return or a correction
    counterparts: tuple[Counterpart, ...] = ()  # what it points at, and what points at it

    @staticmethod
    def method_label(method: PaymentMethod) -> str:
        """What a way to pay is called."""
        return str(METHOD_LABELS[method])

    @property
    def sum(self) -> int:
        """What the lines come to, before the discount on the whole."""
        return self.net + self.discount


def slip(invoice_id: int) -> Slip:
    """The slip of an invoice. Raises NotFound, DomainError `invoice_draft` for one that has no number yet."""
    found = invoice(invoice_id)
    if found.number is None:
        raise invoice_draft()
    salon, owner = profile(), customer(found.customer_id)
    branch, acts = db.session.get_one(Branch, found.branch_id), settlements_of(found.id)
    return Slip(
        invoice_id=found.id,
        customer_id=owner.id,
        salon=salon.name,
        currency=Currency(salon.currency),
        branch=branch.name,
        phone=branch.phone,
        address=branch.address,
        number=found.number,
        business_date=found.business_date,
        issued_at=found.issued_at,
        customer=owner.full_name,
        customer_code=owner.code,
        lines=_lines(found),
        discount=found.shared_discount,
        net=found.net,
        tax=found.tax,
        total=found.total,
        payments=tuple(payments_of(found.id)),
        due=found.due,
        club=_club(found, owner, salon, acts),
        tips=found.tips,
        rounding=found.rounding,
        change=acts[-1].change if acts else 0,
        kept=acts[-1].kept if acts else 0,
        promised_on=found.promised_on if found.due else None,
        on_account=sum(deposit.remaining for deposit in deposits_of(owner.id)),
        till=_other_till(found.id),
        kind=found.kind,
        reason=found.reason,
        counterparts=tuple(counterparts_of(found.id)),
        sessions=tuple(named_sentence(series) for series in sessions_left(owner.id, found.business_date)),
    )


def _other_till(invoice_id: int) -> str:
    """The tills besides the main one that took cash of an invoice."""
    names = (
        select(Cashbox.name)
        .join(Payment, Payment.cashbox_id == Cashbox.id)
        .join(Settlement, Settlement.id == Payment.settlement_id)
        .where(Settlement.invoice_id == invoice_id, Payment.method == PaymentMethod.CASH.value, ~Cashbox.is_main)
        .order_by(Cashbox.id)
        .distinct()
    )
    return "، ".join(db.session.scalars(names.add_columns(Cashbox.id)))


def messages_about(invoice_id: int) -> Sequence[OutboxMessage]:
    """What the customer was told of the settlements of an invoice, newest first."""
    keys = [f"settlement:{settlement.idempotency_key}" for settlement in settlements_of(invoice_id)]
    return db.session.scalars(
        select(OutboxMessage).where(OutboxMessage.dedupe_key.in_(keys)).order_by(OutboxMessage.id.desc())
    ).all()


def _lines(found: Invoice) -> tuple[SlipLine, ...]:
    shares = shares_of(found.id)
    wanted = {line.staff_id for line in found.lines if line.staff_id is not None}
    wanted |= {staff_id for parts in shares.values() for staff_id, _part in parts}
    rows = db.session.execute(select(StaffMember.id, StaffMember.name).where(StaffMember.id.in_(wanted)))
    names: dict[int, str] = {row.id: row.name for row in rows}
    return tuple(
        SlipLine(
            line.description,
            "، ".join(names.get(staff_id, "") for staff_id, _part in shares.get(line.id, [(line.staff_id or 0, 0)])),
            line.quantity,
            line.unit_price,
            line.discount,
            line.net,
            line.shared_discount,
        )
        for line in found.lines
    )


def _club(found: Invoice, owner: Customer, salon: SalonProfile, acts: Sequence[Settlement]) -> tuple[str, ...]:
    """Credit used, earned and left, by the figures that the settlements kept; nothing for those brought in."""
    if not acts or not owner.is_member:
        return ()
    if found.kind == InvoiceKind.RETURN:
        return tuple(taken_back_sentences(acts[0], Currency(salon.currency)))
    told = Told(
        salon=salon.name,
        name=owner.first_name,
        number=found.number or 0,
        total=found.total,
        due=found.due,
        credit_used=sum(act.credit_used for act in acts),
        earned_points=sum(act.earned_points for act in acts),
        earned_credit=sum(act.earned_credit for act in acts),
        points_left=acts[-1].points_left,
        credit_left=acts[-1].credit_left,
        usable_from=_credit_usable_from(acts),
    )
    return tuple(club_sentences(told, Currency(salon.currency)))


def _credit_usable_from(acts: Sequence[Settlement]) -> datetime | None:
    """The first moment of the credit that the invoice earned."""
    if not any(act.earned_credit for act in acts):
        return None
    return db.session.scalar(
        select(Lot.valid_from)
        .join(Entry, Entry.id == Lot.entry_id)
        .where(Entry.idempotency_key == f"invoice:{acts[0].invoice_id}:award")
        .where(Lot.unit == UNIT_OF[Reward.CREDIT].value)
        .order_by(Lot.valid_from)
    )
