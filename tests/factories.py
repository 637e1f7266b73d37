"""The small salon in which most tests play."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from salon.access.models import Role
from salon.access.services import create_token, create_user, hash_of
from salon.catalog.services import add_service
from salon.club.models import Reward
from salon.club.offers.services import OfferTerms, add_offer
from salon.core.db import db, transaction
from salon.core.jalali import local_date
from salon.customers.services import CustomerSpec, add_customer
from salon.ledger.models import AccountKind
from salon.ledger.queries import balance
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
            name="east", full_name="رها", role=Role.RECEPTIONIST, password_hash=kept, branch_id=branch.id, now=now
        )
        mina = add_staff(branch_id=branch.id, name="مینا", actor=None, now=now)
        return SecondBranch(branch.id, desk.id, mina.id)


def open_small_salon(now: datetime) -> SmallSalon:
    """Set the small salon up: 2 points per 50,000 rials at once; 5% credit from tomorrow for 60 days."""
    kept = hash_of(PASSWORD)
    with transaction():
        branch = init_salon(name="سالن گل‌نرگس", now=now)
        profile().club_starts_on = local_date(now) - timedelta(days=365)
        desk, owner = (
            create_user(name=name, full_name=full, role=role, password_hash=kept, branch_id=branch.id, now=now)
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
        add_offer(OfferTerms("هر ۵۰٬۰۰۰ ریال ۲ امتیاز", Reward.POINTS, step_amount=50_000, points_per_step=2))
        add_offer(OfferTerms("کش‌بک ۵٪", Reward.CREDIT, percent_bp=500, usable_after_days=1, expires_after_days=60))
        token = create_token(user=desk, now=now)
        return SmallSalon(
            branch.id, owner.id, desk.id, sara.id, negar.id, cut.id, color.id, brushing.id, zahra.id, token
        )
