"""The salon's profile, its branches, fiscal years and running numbers."""

from datetime import date, datetime, timedelta

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from ..core.db import Base, identity, rials

GRIDS = (5, 10, 15, 20, 30)  # minutes
LONGEST_HOLD = 60  # minutes
LEAST_REMINDER = 1  # minutes: a reminder has run out when the visit begins


class Branch(Base):
    """A place where the salon works. Everything that happens somewhere names its branch."""

    __tablename__ = "branch"

    id: Mapped[identity]
    name: Mapped[str] = mapped_column(String(80), unique=True)
    phone: Mapped[str] = mapped_column(String(40), default="")
    address: Mapped[str] = mapped_column(String(300), default="")
    active: Mapped[bool] = mapped_column(default=True)


class SalonProfile(Base):
    """The one row of what the salon is and how it works."""

    __tablename__ = "salon_profile"
    __table_args__ = (
        CheckConstraint("id = 1", name="one_row"),
        CheckConstraint("redeem_ceiling_bp BETWEEN 0 AND 10000", name="ceiling"),
        CheckConstraint("currency IN ('rial', 'toman')", name="currency"),
        CheckConstraint("waitlist_rule IN ('first_come', 'value')", name="waitlist_rule"),
        CheckConstraint("offer_minutes BETWEEN 5 AND 1440", name="offer_minutes"),
        CheckConstraint("least_notice >= 0", name="least_notice"),
        CheckConstraint("furthest_days > 0", name="furthest_days"),
        CheckConstraint("late_cancel_hours >= 0", name="late_cancel"),
        CheckConstraint("misses_before_deposit > 0", name="misses"),
        CheckConstraint("deposit_share_bp BETWEEN 0 AND 10000", name="deposit_share"),
        CheckConstraint("grid_minutes IN (5, 10, 15, 20, 30)", name="grid"),
        CheckConstraint("hold_minutes BETWEEN 1 AND 60", name="hold"),
    )

    id: Mapped[identity]
    name: Mapped[str] = mapped_column(String(120))
    currency: Mapped[str] = mapped_column(String(10), default="toman")  # what people see and type
    opens_at: Mapped[int] = mapped_column(default=9 * 60)  # minutes after midnight, local
    closes_at: Mapped[int] = mapped_column(default=21 * 60)
    tax_bp: Mapped[int] = mapped_column(default=0)  # VAT proposed for a new line, basis points
    debt_limit: Mapped[rials] = mapped_column(default=50_000_000)  # of a customer without a limit of her own
    club_title: Mapped[str] = mapped_column(String(120))
    club_starts_on: Mapped[date]  # older invoices earn nothing
    redeem_ceiling_bp: Mapped[int] = mapped_column(default=10_000)  # share of an invoice payable by credit
    reminder_minutes: Mapped[int] = mapped_column(default=24 * 60)  # an appointment's SMS goes out so long before
    round_to: Mapped[rials] = mapped_column(default=0)  # totals are rounded down to a multiple of it; 0: not at all
    reason_above: Mapped[rials | None]  # a greater discount needs a reason; None: none does
    reissue_days: Mapped[int] = mapped_column(default=30)  # how long credit lives that came back after its end
    deposit_full_hours: Mapped[int] = mapped_column(default=48)  # cancelled so long before, all of it is returned
    deposit_half_hours: Mapped[int] = mapped_column(default=24)  # and half of it; nothing afterwards
    waitlist_rule: Mapped[str] = mapped_column(String(12), default="first_come")  # who is offered an opening first
    offer_minutes: Mapped[int] = mapped_column(default=30)  # how long an offered time is kept
    web_address: Mapped[str] = mapped_column(String(200), default="")  # where customers reach it; empty: nowhere
    least_notice: Mapped[int] = mapped_column(default=0)  # minutes between booking and visit
    furthest_days: Mapped[int | None]  # days ahead for which is booked; None: as far as one likes
    late_cancel_hours: Mapped[int] = mapped_column(default=24)  # cancelled later than so long before, it is counted
    misses_before_deposit: Mapped[int | None]  # from so many misses on a deposit is asked; None: never
    deposit_share_bp: Mapped[int] = mapped_column(default=3_000)  # of the price, basis points
    grid_minutes: Mapped[int] = mapped_column(default=5)  # offered times lie so far apart, counted from midnight
    hold_minutes: Mapped[int] = mapped_column(default=5)  # how long a time is kept for whoever is being booked


class TaxRate(Base):
    """The VAT of new lines from a day on; before the first such day, the profile's own rate."""

    __tablename__ = "tax_rate"
    __table_args__ = (CheckConstraint("rate_bp BETWEEN 0 AND 10000", name="rate"),)

    id: Mapped[identity]
    starts_on: Mapped[date] = mapped_column(unique=True)
    rate_bp: Mapped[int]  # basis points


class SaleKind(Base):
    """How something was sold: in the salon, at home, in the shop, by phone (نوع فروش)."""

    __tablename__ = "sale_kind"

    id: Mapped[identity]
    name: Mapped[str] = mapped_column(String(60), unique=True)
    position: Mapped[int] = mapped_column(default=0)  # the first that is active is proposed
    active: Mapped[bool] = mapped_column(default=True)


class ClosedDay(Base):
    """A day on which a branch is closed: a holiday that it keeps, or a day of its own."""

    __tablename__ = "closed_day"
    __table_args__ = (UniqueConstraint("branch_id", "day"),)

    id: Mapped[identity]
    branch_id: Mapped[int] = mapped_column(ForeignKey("branch.id"))
    day: Mapped[date]
    name: Mapped[str] = mapped_column(String(120))


class KeptHoliday(Base):
    """An official day off on which a branch is closed; on one without a row it works."""

    __tablename__ = "kept_holiday"
    __table_args__ = (UniqueConstraint("branch_id", "code"),)

    id: Mapped[identity]
    branch_id: Mapped[int] = mapped_column(ForeignKey("branch.id"))
    code: Mapped[str] = mapped_column(String(20))  # calendar, month and day, as hijri-01-10


class HolidayShift(Base):
    """A Hijri day off that falls otherwise in a year than it is reckoned, by the moon that was seen."""

    __tablename__ = "holiday_shift"
    __table_args__ = (
        UniqueConstraint("code", "hijri_year"),
        CheckConstraint("days BETWEEN -2 AND 2 AND days <> 0", name="days"),
    )

    id: Mapped[identity]
    code: Mapped[str] = mapped_column(String(20))
    hijri_year: Mapped[int]
    days: Mapped[int]  # later; earlier when negative


class FiscalYear(Base):
    """A Jalali year of the books; nothing is posted into a closed one (the database refuses)."""

    __tablename__ = "fiscal_year"

    id: Mapped[identity]
    jalali_year: Mapped[int] = mapped_column(unique=True)
    starts_on: Mapped[date]
    ends_before: Mapped[date]
    closed: Mapped[bool] = mapped_column(default=False)
    closed_at: Mapped[datetime | None]
    closed_by: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))

    @property
    def ends_on(self) -> date:
        """Its last day."""
        return self.ends_before - timedelta(days=1)


class RunningNumber(Base):
    """The last number given: invoice numbers without gaps per branch and Jalali year, customer codes (year 0)."""

    __tablename__ = "running_number"
    __table_args__ = (UniqueConstraint("kind", "branch_id", "jalali_year"),)

    id: Mapped[identity]
    kind: Mapped[str] = mapped_column(String(20))
    branch_id: Mapped[int] = mapped_column(ForeignKey("branch.id"))
    jalali_year: Mapped[int]
    last: Mapped[int] = mapped_column(default=0)
