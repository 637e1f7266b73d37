"""Writing the invoices of the demo's visits, and taking the money."""

from datetime import date, datetime, timedelta

from sqlalchemy import select

from ...appointments.deposits.queries import spendable
from ...appointments.deposits.services import take_deposit
from ...appointments.models import AppointmentStatus as S
from ...appointments.services import set_status
from ...cashbox.models import PaymentMethod
from ...cashbox.rules import PaymentSpec
from ...club.wallet.queries import wallet_of
from ...core.db import db
from ...core.jalali import local_date
from ...core.money import percent_of
from ...invoices.checkout.services import settle
from ...invoices.models import Invoice
from ...invoices.queries import open_invoices_of
from ...invoices.receipts.services import receive
from ...invoices.rules import NOTHING_SAID, LineSpec, Rest
from ...invoices.services import draft
from ...invoices.terms.rules import Terms
from ..opening.rules import DEBT_LIMIT, REDEEM_CEILING_BP, STYLING
from ..opening.services import Offered
from ..story.rules import Booked, Sold, Story
from ..terms.rules import AT_HOME
from ..visits.rules import PlannedVisit
from .rules import (
    REASONS,
    ROUND,
    asked_price,
    deposit_asked,
    paid_now,
    payments_for,
    shares_of,
    tip_for,
    tracking_number,
)


def total_of(invoice_id: int) -> int:
    """What an invoice comes to."""
    return db.session.execute(select(Invoice.total).where(Invoice.id == invoice_id)).scalar_one()


def owed_by(customer_id: int) -> int:
    """What she owes over all her invoices."""
    return sum(found.due for found in open_invoices_of(customer_id))


def held_for(customer_id: int, appointment_id: int | None, total: int, day: date) -> int:
    """How much of an invoice her deposits and on-account money may pay."""
    held = spendable(customer_id, appointment_id=appointment_id, today=day)
    return min(total, sum(deposit.remaining for deposit in held))


def ask_deposit(story: Story, visit: Booked, now: datetime) -> None:
    """Take a deposit where the services cost much; every second one sent it, and all of those still to come."""
    amount = deposit_asked([item.offered for item in visit.plan.items])
    sends = visit.starts_at > story.until or story.chance.random() < 0.5
    if not amount or story.people[visit.customer_id].is_walk_in or not sends:
        return
    take_deposit(
        branch_id=story.salon.branch_id,
        customer_id=visit.customer_id,
        appointment_id=visit.appointment_id,
        payment=PaymentSpec(PaymentMethod.TRANSFER, amount, reference=tracking_number(story.chance)),
        key=f"demo:{visit.appointment_id}:deposit",
        actor=story.salon.desk,
        now=now,
    )


def write_draft(story: Story, visit: Booked, now: datetime) -> int:
    """The invoice of a visit, as a draft. Gives its id."""
    return draft(
        branch_id=story.salon.branch_id,
        customer_id=visit.customer_id,
        appointment_id=visit.appointment_id,
        lines=_lines(story, visit.plan),
        terms=_terms(story, visit.plan),
        actor_id=story.salon.desk.id,
        now=now,
    )


def serve(story: Story, visit: Booked, now: datetime) -> None:
    """Write the invoice of a visit and take the money; the visit is done with it."""
    invoice_id = write_draft(story, visit, now)
    total, day = total_of(invoice_id), local_date(now)
    deposit = held_for(visit.customer_id, visit.appointment_id, total, day)
    credit = min(_credit_for(story, visit.customer_id, total, now), total - deposit)
    paid = total - deposit - credit
    if not story.people[visit.customer_id].is_walk_in:
        paid = paid_now(story.chance, paid, DEBT_LIMIT - owed_by(visit.customer_id))
    rest = total - deposit - credit - paid
    settle(
        branch_id=story.salon.branch_id,
        invoice_id=invoice_id,
        payments=payments_for(story.chance, paid, performer=visit.plan.items[-1].staff_id, day=day),
        credit=credit,
        deposit=deposit,
        rest=_owe(story, visit.customer_id, day) if rest else NOTHING_SAID,
        key=f"demo:{invoice_id}",
        actor_id=story.salon.desk.id,
        now=now,
    )
    if not total:
        set_status(appointment_id=visit.appointment_id, status=S.DONE.value, actor=story.salon.desk, now=now)
    else:
        story.sold.append(Sold(invoice_id, visit.customer_id, day, total, rest))


def take_debts(story: Story, day: date) -> None:
    """Who had said to pay by now comes, and pays over all her open invoices."""
    for customer_id in [customer for customer, pays_on in story.debts.items() if pays_on <= day]:
        del story.debts[customer_id]
        amount = owed_by(customer_id)
        if not amount:
            continue
        receive(
            branch_id=story.salon.branch_id,
            customer_id=customer_id,
            payments=payments_for(story.chance, amount),
            key=f"demo:{customer_id}:{day.isoformat()}",
            actor_id=story.salon.desk.id,
            now=story.moment(day, 10),
        )


def _owe(story: Story, customer_id: int, day: date) -> Rest:
    """Remember a debt; most say when they will pay, and seven in ten do."""
    pays_on = day + timedelta(days=story.chance.randint(3, 25))
    if story.chance.random() < 0.7:
        story.debts[customer_id] = pays_on
    return Rest(promised_on=pays_on) if story.chance.random() < 0.75 else NOTHING_SAID


def _lines(story: Story, plan: PlannedVisit) -> list[LineSpec]:
    """What was done, sometimes with a discount, sometimes with something from the shelf."""
    lines = [_line(story, item.offered, item.staff_id) for item in plan.items]
    if story.chance.random() < 0.08:
        product_id = story.chance.choice(story.salon.products)
        lines.append(LineSpec(product_id=product_id, staff_id=plan.items[-1].staff_id))
    return lines


def _line(story: Story, offered: Offered, staff_id: int) -> LineSpec:
    chance = story.chance
    is_discounted = chance.random() < 0.07
    return LineSpec(
        offered.service_id,
        None,
        staff_id,
        unit_price=asked_price(chance, offered),
        discount_bp=chance.choice((500, 1_000, 1_500)) if is_discounted else None,
        discount_reason=chance.choice(REASONS) if is_discounted else "",
        shares=shares_of(chance, offered, staff_id),
    )


def _terms(story: Story, plan: PlannedVisit) -> Terms:
    """Now and then a discount on the whole, a tip, or work at the customer's home."""
    chance = story.chance
    is_discounted, last = chance.random() < 0.03, plan.items[-1]
    at_home = plan.items[0].offered.category == STYLING and chance.random() < 0.3
    return Terms(
        discount_bp=500 if is_discounted else None,
        discount_reason=chance.choice(REASONS) if is_discounted else "",
        tips=tip_for(chance, last.staff_id),
        sale_kind_id=story.salon.distinctions.sale_kinds[AT_HOME] if at_home else None,
    )


def _credit_for(story: Story, customer_id: int, total: int, now: datetime) -> int:
    """The club credit she spends: all that she may, one time in four."""
    if story.people[customer_id].is_walk_in or story.chance.random() > 0.25:
        return 0
    spendable_credit = min(wallet_of(customer_id, now).credit.balance, percent_of(total, REDEEM_CEILING_BP))
    return max(0, spendable_credit) // ROUND * ROUND  # what a return took back may be owed still
