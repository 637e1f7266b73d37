"""A year closed with debtors, deposits and lots outstanding, and the next one opened with the same, to the last rial."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta

from flask import Flask

from salon.access.models import User
from salon.appointments.deposits.services import take_deposit
from salon.cashbox.boxes.queries import boxes_of
from salon.cashbox.models import BoxKind, CashCategory, PaymentMethod, VoucherKind
from salon.cashbox.rules import PaymentSpec
from salon.cashbox.shifts.services import close_shift, open_shift
from salon.cashbox.vouchers.rules import VoucherSpec
from salon.cashbox.vouchers.services import record_voucher
from salon.cli import salon as command
from salon.club.wallet.queries import wallet_of
from salon.core.db import db, transaction
from salon.customers.services import CustomerSpec, add_customer
from salon.invoices.checkout.rules import Outcome
from salon.invoices.checkout.services import settle
from salon.invoices.outcomes.services import record_arrival
from salon.invoices.receipts.services import receive
from salon.invoices.returns.services import Refund, return_sale
from salon.invoices.rules import LineSpec
from salon.invoices.services import draft
from salon.ledger.models import PERMANENT, AccountKind
from salon.ledger.queries import balance, receivable_of
from salon.payroll.statements.services import approve_statement
from salon.reports.books.queries import accounts
from salon.reports.queries import REPORTS
from salon.setup.services import ensure_fiscal_year
from salon.years.queries import fiscal_years
from salon.years.services import close_year
from tests.factories import SmallSalon

CASH, CHEQUE = PaymentMethod.CASH, PaymentMethod.CHEQUE
SPRING = datetime(2027, 3, 22, 7, 50, tzinfo=UTC)  # 2 Farvardin 1406
FIRST_OF_1405, FIRST_OF_1406 = date(2026, 3, 21), date(2027, 3, 21)
DAY = timedelta(days=1)


def sell(salon: SmallSalon, customer: int, price: int, now: datetime, **paid: object) -> Outcome:
    """A cut by Sara at a price; `payments` and more as the till takes them."""
    line = LineSpec(service_id=salon.cut, staff_id=salon.sara, unit_price=price)
    who = {"branch_id": salon.branch_id, "actor_id": salon.desk_id, "now": now}
    with transaction():
        written = draft(customer_id=customer, lines=[line], **who)  # type: ignore[arg-type]  # as said
        given = {"payments": [], "key": f"{customer}:{price}:{now.isoformat()}"} | paid
        return settle(invoice_id=written, **given, **who)  # type: ignore[arg-type]  # as said


def spend(salon: SmallSalon, kind: VoucherKind, amount: int, now: datetime, key: str, **more: object) -> None:
    """Money goes out of the till."""
    till = next(box.id for box in boxes_of(salon.branch_id) if box.kind == BoxKind.CASH)
    with transaction():
        record_voucher(
            branch_id=salon.branch_id,
            spec=VoucherSpec(kind, till, amount, **more),  # type: ignore[arg-type]  # as said
            key=key,
            actor=db.session.get_one(User, salon.owner_id),
            now=now,
        )


def close(salon: SmallSalon, jalali_year: int, now: datetime) -> None:
    """The owner closes a year."""
    year = next(row.year for row in fiscal_years() if row.year.jalali_year == jalali_year)
    with transaction():
        owner = db.session.get_one(User, salon.owner_id)
        close_year(year_id=year.id, key=f"close-{jalali_year}", actor=owner, now=now)


def running_on() -> Mapping[tuple[str, int, str], int]:
    """What runs on from year to year, account by account."""
    db.session.rollback()
    return {
        (row["kind"], row["owner"], row["unit"]): row["balance"]
        for row in accounts()
        if row["kind"] in PERMANENT - {AccountKind.RETAINED} and row["balance"]
    }


def in_order(app: Flask) -> bool:
    """What `salon ledger verify` says."""
    db.session.rollback()
    said = app.test_cli_runner().invoke(command, ["ledger", "verify"])
    assert said.exit_code == 0, said.output
    return True


def test_a_year_closed_with_debtors_deposits_and_lots_outstanding_and_opened_with_the_same(
    app: Flask, salon: SmallSalon, now: datetime
) -> None:
    # Autumn 1405. Zahra pays 2,000,000 in cash, which earns 5 % of credit and 80 points, and leaves a deposit.
    sell(salon, salon.zahra, 2_000_000, now, payments=[PaymentSpec(CASH, 2_000_000)])
    with transaction():
        take_deposit(
            branch_id=salon.branch_id,
            customer_id=salon.zahra,
            appointment_id=None,
            payment=PaymentSpec(CASH, 300_000),
            key="on account",
            actor=None,
            now=now,
        )
        mina = add_customer(
            branch_id=salon.branch_id, spec=CustomerSpec("مینا", mobile="09121112233"), actor=None, now=now
        ).id
        shirin = add_customer(
            branch_id=salon.branch_id, spec=CustomerSpec("شیرین", mobile="09121112244"), actor=None, now=now
        ).id
    # Mina owes 700,000 of 1,500,000; Shirin pays with a cheque of next spring.
    sell(salon, mina, 1_500_000, now, payments=[PaymentSpec(CASH, 800_000)])
    due_on = FIRST_OF_1406 + 30 * DAY
    cheque = PaymentSpec(CHEQUE, 900_000, reference="۷۷۱", due_on=due_on)
    sell(salon, shirin, 900_000, now, payments=[cheque])
    # Rent, an advance to Sara, the owner's own; then the till is counted and is 5,000 short.
    rent = db.session.query(CashCategory.id).filter_by(direction="out").order_by(CashCategory.id).first()
    spend(salon, VoucherKind.EXPENSE, 600_000, now, "rent", category_id=rent[0])
    spend(salon, VoucherKind.ADVANCE, 250_000, now, "advance", staff_id=salon.sara)
    spend(salon, VoucherKind.WITHDRAWAL, 100_000, now, "owner")
    till = next(box.id for box in boxes_of(salon.branch_id) if box.kind == BoxKind.CASH)
    with transaction():
        shift = open_shift(
            branch_id=salon.branch_id, cashbox_id=till, counted=2_150_000, key="morning", actor=None, now=now
        )
        close_shift(branch_id=1, shift_id=shift.id, counted=2_145_000, key="night", actor=None, now=now)
    # A cut of Zahra's credit: 100,000 came the day after; what she spends earns nothing.
    later = now + 2 * DAY
    sell(salon, salon.zahra, 450_000, later, payments=[PaymentSpec(CASH, 410_000)], credit=40_000)

    # What 1405 came to: sales 4,850,000, less rent, the missing notes, and credit given (100,000; Mina's cut owes and
    # earns nothing yet; Shirin's cheque earns 45,000; of the last cut 20,500).
    earned = 2_000_000 + 1_500_000 + 900_000 + 450_000
    result = earned - 600_000 - 5_000 - (100_000 + 45_000 + 20_500)
    before = running_on()
    assert before["receivable", mina, "IRR"] == 700_000
    assert before["deposit", salon.zahra, "IRR"] == -300_000
    assert before["club_credit", salon.zahra, "IRR"] == -80_500
    assert before["cash", till, "IRR"] == 2_145_000 + 410_000
    assert before["staff_payable", salon.sara, "IRR"] == 250_000
    assert before["cheques", 0, "IRR"] == 900_000
    assert before["owner", 0, "IRR"] == 100_000

    with transaction():
        ensure_fiscal_year(SPRING.date())
        approve_statement(
            branch_id=salon.branch_id,
            staff_id=salon.sara,
            starts_on=FIRST_OF_1405,
            ends_before=FIRST_OF_1406,
            key="sara",
            actor=None,
            now=SPRING,
        )
    close(salon, 1405, SPRING)

    # Nothing but the accounts of the year moved, and those came to nothing.
    assert running_on() == before
    assert balance(AccountKind.RETAINED) == -result
    assert {row["kind"] for row in accounts() if row["balance"]} == {kind for kind, _, _ in before} | {"retained"}
    assert in_order(app)

    # 1406 opens with the same, account by account.
    opened = REPORTS["year-trial-balance"].read(FIRST_OF_1406, FIRST_OF_1406 + DAY)
    rials = sorted(amount for (_, _, unit), amount in before.items() if unit == "IRR")
    assert sorted(row.cells[2] for row in opened.rows) == sorted([*rials, -result])
    assert (opened.sum_of("opening"), opened.sum_of("debit"), opened.sum_of("credit")) == (0, 0, 0)
    profit = REPORTS["profit-and-loss"].read(FIRST_OF_1405, FIRST_OF_1406)
    assert profit.total == result

    # In the new year what was outstanding is used as if no year had ended.
    with transaction():
        receive(
            branch_id=salon.branch_id,
            customer_id=mina,
            payments=[PaymentSpec(CASH, 700_000)],
            key="mina pays",
            actor_id=None,
            now=SPRING,
        )
    assert receivable_of(mina) == 0
    assert wallet_of(mina, SPRING).points.balance == 60
    spent = sell(salon, salon.zahra, 500_000, SPRING, payments=[PaymentSpec(CASH, 200_000)], deposit=300_000)
    assert (spent.deposit_used, spent.status, balance(AccountKind.DEPOSIT, salon.zahra)) == (300_000, "settled", 0)
    bank = next(box.id for box in boxes_of(salon.branch_id) if box.kind == BoxKind.BANK)
    with transaction():
        record_arrival(payment_id=3, cashbox_id=bank, actor_id=None, now=SPRING + 30 * DAY)
    assert balance(AccountKind.CHEQUES) == 0
    # Shirin's cut of last year comes back: this year's books take it.
    with transaction():
        return_sale(
            branch_id=salon.branch_id,
            invoice_id=3,
            lines=None,
            refund=Refund.CASH,
            key="back",
            actor_id=None,
            now=SPRING + 31 * DAY,
        )
    assert balance(AccountKind.RETAINED) == -result
    assert in_order(app)

    # 1406: a cut, last year's cut taken back with its credit, and the credit that Mina and Zahra earned.
    close(salon, 1406, SPRING + 366 * DAY)
    assert balance(AccountKind.RETAINED) == -(result + 500_000 - 900_000 + 45_000 - 75_000 - 25_000)
    assert in_order(app)
