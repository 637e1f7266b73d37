"""The small salon in which most tests play."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from salon.access.models import Role
from salon.access.services import create_token, create_user, hash_of
from salon.cashbox.boxes.services import furnish
from salon.cashbox.models import PaymentMethod
from salon.cashbox.rules import PaymentSpec
from salon.cashbox.services import placed
from salon.catalog.services import add_service
from salon.club.models import Reward
from salon.club.offers.services import OfferTerms, add_offer
from salon.club.wallet.services import open_balance
from salon.core.db import db, transaction
from salon.core.jalali import local_date
from salon.customers.services import CustomerSpec, add_customer
from salon.invoices.checkout.services import settle
from salon.ledger.models import AccountKind, Unit
from salon.ledger.queries import balance
from salon.ledger.rules import PostingSpec
from salon.ledger.services import post
from salon.setup.models import Branch
from salon.setup.queries import profile
from salon.setup.services import init_salon
from salon.staff.services import add_staff

PASSWORD = "golnarges-1405"


@dataclass(frozen=True)
class SecondBranch:
    """What tests name of another branch."""

    branch_id: int
    desk_id: int
    mina: int  # staff


@dataclass(frozen=True)
class SmallSalon:
    """What tests name of the small salon."""

    branch_id: int
    owner_id: int
    desk_id: int
    sara: int  # staff
    negar: int
    cut: int  # services: 450,000 rials, 45 minutes
    color: int  # 2,800,000 rials, 120 minutes
    brushing: int  # 380,000 rials, 30 minutes
    zahra: int  # customer, 0912 345 6789, member
    token: str
    password: str = PASSWORD


def revenue() -> int:
    """What services and goods brought after discounts, in rials; negative, as credit is."""
    return sum(balance(kind) for kind in (AccountKind.REVENUE, AccountKind.PRODUCT_REVENUE, AccountKind.DISCOUNT))


def open_second_branch(now: datetime) -> SecondBranch:
    """A branch in the east with a receptionist and one who cuts."""
    kept = hash_of(PASSWORD)
    with transaction():
        branch = Branch(name="شعبهٔ شرق", phone="", address="")
        db.session.add(branch)
        db.session.flush()
        desk = create_user(
            name="east",
            full_name="رها",
            role=Role.RECEPTIONIST,
            password_hash=kept,
            branch_id=branch.id,
            actor=None,
            now=now,
        )
        mina = add_staff(branch_id=branch.id, name="مینا", actor=None, now=now)
        return SecondBranch(branch.id, desk.id, mina.id)


def give_credit(
    salon: SmallSalon,
    now: datetime,
    amount: int,
    key: str,
    *,
    valid_from: datetime | None = None,
    expires_at: datetime | None = None,
) -> None:
    """Give Zahra club credit in rials, usable at once and for ever unless said otherwise."""
    with transaction():
        open_balance(
            branch_id=salon.branch_id,
            customer_id=salon.zahra,
            unit=Unit.RIAL,
            amount=amount,
            valid_from=valid_from or now,
            expires_at=expires_at,
            business_date=local_date(now),
            key=key,
            actor_id=None,
            now=now,
        )


def pay_cash(salon: SmallSalon, now: datetime, invoice_id: int, amount: int, key: str) -> None:
    """Settle an invoice at the first branch's desk with cash, in rials."""
    payments = [PaymentSpec(PaymentMethod.CASH, amount)]
    with transaction():
        settle(
            branch_id=salon.branch_id,
            invoice_id=invoice_id,
            payments=payments,
            key=key,
            actor_id=salon.desk_id,
            now=now,
        )


def fill_till(branch_id: int, now: datetime, amount: int) -> None:
    """Lay cash into the main till of a branch, in rials, as if it had lain there from the first day."""
    with transaction():
        (paid,) = placed(payments=[PaymentSpec(PaymentMethod.CASH, amount)], branch_id=branch_id, actor_id=None)
        assert paid.cashbox_id is not None
        post(
            branch_id=branch_id,
            business_date=local_date(now),
            kind="opening",
            source_kind="cashbox",
            source_id=paid.cashbox_id,
            idempotency_key=f"till:{paid.cashbox_id}",
            postings=[
                PostingSpec(AccountKind.CASH, amount, paid.cashbox_id),
                PostingSpec(AccountKind.OPENING, -amount),
            ],
            actor_id=None,
            now=now,
        )


def open_small_salon(now: datetime) -> SmallSalon:
    """Set the small salon up: 2 points per 50,000 rials at once; 5% credit from tomorrow for 60 days."""
    kept = hash_of(PASSWORD)
    with transaction():
        branch = init_salon(name="سالن گل‌نرگس", actor=None, now=now)
        furnish(branch_id=branch.id, actor=None, now=now)
        profile().club_starts_on = local_date(now) - timedelta(days=365)
        desk, owner = (
            create_user(
                name=name, full_name=full, role=role, password_hash=kept, branch_id=branch.id, actor=None, now=now
            )
            for name, full, role in (("desk", "سمیرا", Role.RECEPTIONIST), ("owner", "خانم گلی", Role.OWNER))
        )
        sara, negar = (
            add_staff(branch_id=branch.id, name=name, code=code, actor=None, now=now)
            for name, code in (("سارا احمدی", "sara"), ("نگار رضایی", "negar"))
        )
        cut, color, brushing = (
            add_service(name=name, price=price, duration=minutes, actor=None, now=now)
            for name, price, minutes in (
                ("کوتاهی", 450_000, 45),
                ("رنگ کامل", 2_800_000, 120),
                ("براشینگ", 380_000, 30),
            )
        )
        zahra = add_customer(
            branch_id=branch.id, spec=CustomerSpec("زهرا", "کریمی", "09123456789"), actor=None, now=now
        )
        add_offer(
            terms=OfferTerms("هر ۵۰٬۰۰۰ ریال ۲ امتیاز", Reward.POINTS, step_amount=50_000, points_per_step=2),
            actor=None,
            now=now,
        )
        add_offer(
            terms=OfferTerms("کش‌بک ۵٪", Reward.CREDIT, percent_bp=500, usable_after_days=1, expires_after_days=60),
            actor=None,
            now=now,
        )
        token = create_token(user=desk, actor=None, now=now)
        return SmallSalon(
            branch.id, owner.id, desk.id, sara.id, negar.id, cut.id, color.id, brushing.id, zahra.id, token
        )
