"""A day of the small salon, from the first booking to the audit at night."""

from datetime import datetime, timedelta

from sqlalchemy import func, select

from salon.appointments.services import BookingItem, book
from salon.cashbox.models import PaymentMethod
from salon.cashbox.rules import PaymentSpec
from salon.club.wallet.jobs import expire_lots
from salon.club.wallet.queries import verify_lots, wallet_of
from salon.core.db import db, transaction
from salon.customers.services import CustomerSpec, add_customer
from salon.invoices.audit.queries import verify_invoices
from salon.invoices.checkout.rules import Outcome
from salon.invoices.checkout.services import settle
from salon.invoices.queries import invoice, settlements_of
from salon.invoices.receipts.services import receive
from salon.invoices.rules import LineSpec
from salon.invoices.services import change_draft, draft
from salon.invoices.slip.queries import slip
from salon.invoices.till.services import draft_of_visit, open_draft, walk_in
from salon.ledger.models import AccountKind
from salon.ledger.queries import balance, receivable_of, total, verify_journal
from salon.messaging.models import OutboxMessage
from tests.factories import SmallSalon, revenue

CASH, CARD = PaymentMethod.CASH, PaymentMethod.CARD


def pay(
    salon: SmallSalon, now: datetime, invoice_id: int, *parts: tuple[PaymentMethod, int], credit: int = 0
) -> Outcome:
    with transaction():
        return settle(
            branch_id=salon.branch_id,
            invoice_id=invoice_id,
            payments=[PaymentSpec(method, amount) for method, amount in parts],
            credit=credit,
            key=f"{invoice_id}@{now.isoformat()}",
            actor_id=salon.desk_id,
            now=now,
        )


def test_a_day_ends_with_nothing_for_the_audit_to_say(salon: SmallSalon, now: datetime) -> None:
    # 11:20. Zahra has booked a cut with Sara and brushing with Negar; she pays half by card, half in cash.
    items = [BookingItem(salon.cut, salon.sara), BookingItem(salon.brushing, salon.negar)]
    with transaction():
        visit = book(
            branch_id=salon.branch_id,
            customer_id=salon.zahra,
            starts_at=now + timedelta(hours=1),
            items=items,
            note="",
            actor=None,
            now=now,
        ).id
        hers = draft_of_visit(appointment_id=visit, actor_id=salon.desk_id, now=now)
    first = pay(salon, now, hers, (CARD, 415_000), (CASH, 415_000))
    assert (first.number, first.status, first.earned_points, first.earned_credit) == (1, "settled", 32, 41_500)

    # 13:00. Mina comes for colour, has 1,800,000 with her and owes the rest.
    with transaction():
        mina = add_customer(
            branch_id=salon.branch_id, spec=CustomerSpec("مینا", mobile="09121112233"), actor=None, now=now
        ).id
        colour = draft(
            branch_id=salon.branch_id,
            customer_id=mina,
            lines=[LineSpec(service_id=salon.color, staff_id=salon.sara, discount=300_000)],
            actor_id=salon.desk_id,
            now=now,
        )
    owing = pay(salon, now + timedelta(hours=2), colour, (CASH, 1_800_000))
    assert (owing.number, owing.status, owing.due, owing.earned_points) == (2, "open", 700_000, 0)

    # 15:00. Somebody passes by for brushing and gives no name.
    with transaction():
        passing = open_draft(
            branch_id=salon.branch_id,
            customer_id=walk_in(branch_id=salon.branch_id, actor=None, now=now),
            actor_id=salon.desk_id,
            now=now,
        )
        change_draft(invoice_id=passing, lines=[LineSpec(service_id=salon.brushing, staff_id=salon.negar)])
    assert pay(salon, now + timedelta(hours=4), passing, (CASH, 380_000)).earned_points == 0

    # The next day Zahra spends her credit, and Mina pays what she owes.
    tomorrow = now + timedelta(days=1)
    with transaction():
        again = draft(
            branch_id=salon.branch_id,
            customer_id=salon.zahra,
            lines=[LineSpec(service_id=salon.cut, staff_id=salon.sara)],
            actor_id=salon.desk_id,
            now=tomorrow,
        )
    spent = pay(salon, tomorrow, again, (CASH, 408_500), credit=41_500)
    assert (spent.credit_used, spent.earned_points, spent.earned_credit) == (41_500, 16, 20_425)
    with transaction():
        receive(
            branch_id=salon.branch_id,
            customer_id=mina,
            payments=[PaymentSpec(CARD, 700_000)],
            key="mina",
            actor_id=salon.desk_id,
            now=tomorrow,
        )
    received = settlements_of(colour)[-1]
    assert (received.status, received.earned_points, received.earned_credit) == ("settled", 100, 125_000)

    # What the books, the wallets, the slip and the outbox say.
    assert total(AccountKind.CASH) == 415_000 + 1_800_000 + 380_000 + 408_500
    assert total(AccountKind.CARD_TERMINAL) == 415_000 + 700_000
    assert revenue() == -(830_000 + 2_500_000 + 380_000 + 450_000)
    assert balance(AccountKind.DISCOUNT) == 300_000
    assert receivable_of(mina) == 0
    assert wallet_of(salon.zahra, tomorrow).points.balance == 48
    assert "اعتبار استفاده‌شده: ۴٬۱۵۰ تومان" in slip(again).club
    assert [invoice(one).number for one in (hers, colour, passing, again)] == [1, 2, 3, 4]
    told = db.session.scalar(select(func.count()).where(OutboxMessage.kind == "settlement"))
    assert told == 4

    # Two months later what nobody used is written off, and the audit is silent.
    assert expire_lots(now + timedelta(days=70)) == 2
    assert wallet_of(mina, now + timedelta(days=70)).credit.current == 0
    assert verify_journal() + verify_lots() + verify_invoices() == []
