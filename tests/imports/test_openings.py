"""What customers owed and had when the books were opened."""

import threading
from datetime import date

import pytest
from sqlalchemy import select

from salon.cashbox.models import PaymentMethod
from salon.cashbox.rules import PaymentSpec
from salon.catalog.models import Service
from salon.club.models import PackageBalance
from salon.club.wallet.queries import verify_lots, wallet_of
from salon.core.db import db, transaction
from salon.core.jalali import start_of_day
from salon.customers.models import Customer
from salon.invoices.audit.queries import verify_invoices
from salon.invoices.models import Settlement
from salon.invoices.receipts.services import receive
from salon.ledger.models import AccountKind, Unit
from salon.ledger.queries import balance, receivable_of, verify_journal
from salon.reports.sales.queries import services_by_staff
from salon.setup.queries import profile
from tests.imports.conftest import counts, refusals

TOMAN = "[format]\nmoney_scale = 10"


@pytest.fixture(autouse=True)
def codes(salon):
    """The codes that the files name."""
    with transaction() as session:
        session.get(Customer, salon.zahra).code = "1001"
        session.get(Service, salon.color).code = "COLOR"


def test_debts_are_owed_from_the_first_day_once(bring_in, salon):
    text = "کد اشتراک,بدهی\n1001,۲۵۰٬۰۰۰\n1001,50,000\nX9,10\n1001,0\n1001,\n".replace("50,000", "50000")
    report = bring_in("opening-debts", text, TOMAN)
    assert counts(report) == (2, 0, 0)
    assert refusals(report) == [(4, "customer_unknown"), (5, "amount_not_positive"), (6, "value_missing")]
    assert receivable_of(salon.zahra) == 3_000_000
    assert balance(AccountKind.OPENING) == -3_000_000
    assert counts(bring_in("opening-debts", text, TOMAN)) == (0, 0, 2)
    assert receivable_of(salon.zahra) == 3_000_000
    assert balance(AccountKind.REVENUE) == 0
    assert [*verify_journal(), *verify_invoices()] == []


def test_a_debt_of_old_is_received_at_the_desk_and_earns_nothing(bring_in, salon, now):
    with transaction():
        profile().club_starts_on = date(2021, 3, 21)  # the second debt is from within the club's time
    bring_in("opening-debts", "مشتری,مبلغ,تاریخ\n1001,100000,\n1001,900000,1404/02/01\n")
    assert services_by_staff(date(2000, 1, 1), date(2030, 1, 1)).rows == []
    with transaction():
        receive(
            branch_id=salon.branch_id,
            customer_id=salon.zahra,
            payments=[PaymentSpec(PaymentMethod.CASH, 1_000_000)],
            key="k",
            actor_id=None,
            now=now,
        )
    acts = db.session.scalars(select(Settlement).where(Settlement.paid > 0).order_by(Settlement.id))
    assert [(act.status, act.paid, act.earned_points) for act in acts] == [
        ("settled", 100_000, 0),
        ("settled", 900_000, 0),
    ]
    assert receivable_of(salon.zahra) == 0
    assert wallet_of(salon.zahra, now).lots == ()
    assert [*verify_journal(), *verify_invoices()] == []


def test_a_debt_that_changed_since_is_refused(bring_in, salon):
    bring_in("opening-debts", "مشتری,مبلغ\n1001,500\n")
    assert refusals(bring_in("opening-debts", "مشتری,مبلغ\n1001,600\n")) == [(2, "import_changed")]
    assert receivable_of(salon.zahra) == 500


def test_points_and_credit_are_lots_with_their_days(bring_in, salon, now):
    assert counts(bring_in("opening-points", "مشتری,امتیاز\n1001,۱۲۰\n")) == (1, 0, 0)
    credit = "مشتری,اعتبار,انقضا\n1001,۵۰٬۰۰۰,1405/12/29\n"
    assert counts(bring_in("opening-credit", credit, TOMAN)) == (1, 0, 0)
    assert counts(bring_in("opening-credit", credit, TOMAN)) == (0, 0, 1)
    wallet = wallet_of(salon.zahra, now)
    assert (wallet.points.balance, wallet.credit.balance) == (120, 500_000)
    assert {lot.expires_at for lot in wallet.lots} == {None, start_of_day(date(2027, 3, 21))}
    assert balance(AccountKind.OPENING, unit=Unit.POINT) == 120
    assert [*verify_journal(), *verify_lots()] == []


@pytest.mark.parametrize("day", ["9999-12-31", "0001-01-01", "1899-12-31"])
def test_a_day_that_no_salon_knows_is_refused_and_stops_nothing(bring_in, day):
    text = f"مشتری,اعتبار,انقضا,تاریخ\n1001,50,{day},\n1001,60,,{day}\n1001,70,,\n"
    mapping = '[format]\ndate = "%Y-%m-%d"'
    report = bring_in("opening-credit", text, mapping)
    assert (refusals(report), counts(report)) == ([(2, "day_invalid"), (3, "day_invalid")], (1, 0, 0))


def test_sessions_left_of_a_service(bring_in, salon):
    text = "مشتری,خدمت,جلسه\n1001,رنگ کامل,۳\n"
    assert counts(bring_in("opening-sessions", text)) == (1, 0, 0)
    assert counts(bring_in("opening-sessions", text)) == (0, 0, 1)
    assert refusals(bring_in("opening-sessions", text.replace("۳", "۴"))) == [(2, "sessions_known")]
    assert refusals(bring_in("opening-sessions", text.replace("۳", "۰"))) == [(2, "sessions_invalid")]
    (left,) = db.session.scalars(select(PackageBalance))
    assert (left.customer_id, left.service_id, left.sessions_left) == (salon.zahra, salon.color, 3)


@pytest.mark.parametrize("kind", ["opening-debts", "opening-credit", "opening-sessions"])
def test_a_file_brought_in_twice_at_once_counts_once(app, bring_in, salon, kind):
    more = {"opening-sessions": ("کد خدمت,جلسه", "COLOR,3")}.get(kind, ("مبلغ", "1000"))
    text = f"مشتری,{more[0]}\n1001,{more[1]}\n"
    start, reports = threading.Barrier(2), []

    def bring() -> None:
        with app.app_context():
            start.wait()
            reports.append(counts(bring_in(kind, text)))
            db.session.remove()

    threads = [threading.Thread(target=bring) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(reports) == [(0, 0, 1), (1, 0, 0)]
    assert [*verify_journal(), *verify_lots(), *verify_invoices()] == []


def test_a_day_that_means_never_is_made_blank_by_the_mapping(bring_in, salon, now):
    mapping = '[columns]\ncustomer = "c"\namount = "a"\nexpires_on = "u"\n[values.expires_on]\n"9999-12-31" = ""'
    assert counts(bring_in("opening-credit", "c,a,u\n1001,50,9999-12-31\n", mapping)) == (1, 0, 0)
    assert [lot.expires_at for lot in wallet_of(salon.zahra, now).lots] == [None]
