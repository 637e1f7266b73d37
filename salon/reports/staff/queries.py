"""What people did and cost, read from issued invoices. Half-open ranges of days, rials before tax, basis points."""

from collections import Counter
from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import Executable, bindparam, func, select
from sqlalchemy.orm import aliased

from ...appointments.models import Appointment, AppointmentItem, AppointmentStatus
from ...cashbox.models import PaymentMethod
from ...catalog.models import Service
from ...core.db import db
from ...core.jalali import start_of_day, weekday_of
from ...invoices.models import (
    Invoice,
    InvoiceKind,
    InvoiceLine,
    InvoiceStatus,
    LineNature,
    LineShare,
    Payment,
    PayRole,
    PayShare,
    PayTerms,
    Settlement,
)
from ...staff.models import StaffMember, WorkingHours
from ..rules import Column, Kind, Report, Row, rate

_FIRST = aliased(InvoiceLine)
_IN_DAYS = (
    Invoice.status != InvoiceStatus.DRAFT,
    Invoice.business_date >= bindparam("starts_on"),
    Invoice.business_date < bindparam("ends_before"),
)
_SOLD = (*_IN_DAYS, InvoiceLine.nature != LineNature.OPENING, InvoiceLine.package_id.is_(None))
# Each of several people on a line, else the one who is named.
_WHO = func.coalesce(LineShare.staff_id, InvoiceLine.staff_id)
_NET = func.sum(InvoiceLine.net)
_OF_STAFF = (
    select(_WHO)
    .select_from(InvoiceLine)
    .join(Invoice, Invoice.id == InvoiceLine.invoice_id)
    .outerjoin(LineShare, LineShare.line_id == InvoiceLine.id)
    .where(*_SOLD, _WHO.is_not(None))
    .group_by(_WHO)
)
_PAY = (
    select(
        PayTerms.staff_id,
        func.coalesce(func.sum(PayShare.base).filter(PayTerms.role == PayRole.WORK.value), 0),
        func.sum(PayShare.share),
        func.sum(PayShare.discount_cost),
        func.sum(PayShare.credit_cost),
    )
    .join(PayTerms, PayTerms.id == PayShare.terms_id)
    .join(Invoice, Invoice.id == PayShare.invoice_id)
    .where(*_IN_DAYS)
    .group_by(PayTerms.staff_id)
)
_VISITS = _OF_STAFF.add_columns(func.count(InvoiceLine.invoice_id.distinct())).where(
    Invoice.kind == InvoiceKind.SALE.value, InvoiceLine.service_id.is_not(None)
)
_NET_SOLD = _OF_STAFF.add_columns(_NET).where(Invoice.kind == InvoiceKind.SALE.value)
_NET_BACK = _OF_STAFF.add_columns(-_NET).where(Invoice.kind == InvoiceKind.RETURN.value)
# A piece that several sold is counted once.
_GOODS = _OF_STAFF.add_columns(func.sum(InvoiceLine.quantity)).where(
    InvoiceLine.product_id.is_not(None), InvoiceLine.staff_id == _WHO
)
_SERVICES = _OF_STAFF.add_columns(func.count()).where(
    Invoice.kind == InvoiceKind.SALE.value, InvoiceLine.service_id.is_not(None)
)
_DID_FIRST = func.coalesce(LineShare.staff_id, _FIRST.staff_id)
_REDONE = (
    select(_DID_FIRST, func.count())
    .select_from(_FIRST)
    .join(InvoiceLine, InvoiceLine.redo_line_id == _FIRST.id)
    .join(Invoice, Invoice.id == InvoiceLine.invoice_id)
    .outerjoin(LineShare, LineShare.line_id == _FIRST.id)
    .where(*_SOLD, Invoice.kind == InvoiceKind.SALE.value, _DID_FIRST.is_not(None))
    .group_by(_DID_FIRST)
)
_UNBOOKED = (
    _OF_STAFF.join(Service, Service.id == InvoiceLine.service_id)
    .add_columns(func.sum(InvoiceLine.quantity * Service.duration))
    .where(Invoice.kind == InvoiceKind.SALE.value, Invoice.appointment_id.is_(None))
)
_BOOKED = (
    select(AppointmentItem.staff_id, AppointmentItem.starts_at, AppointmentItem.ends_at)
    .join(Appointment, Appointment.id == AppointmentItem.appointment_id)
    .where(
        Appointment.status.not_in([AppointmentStatus.CANCELLED.value, AppointmentStatus.NO_SHOW.value]),
        AppointmentItem.starts_at >= bindparam("from"),
        AppointmentItem.starts_at < bindparam("before"),
    )
)
_GIVEN = (
    select(func.coalesce(func.sum(InvoiceLine.discount + InvoiceLine.shared_discount), 0))
    .join(Invoice, Invoice.id == InvoiceLine.invoice_id)
    .where(*_SOLD, InvoiceLine.redo_line_id.is_(None))
)
_CREDIT = (
    select(func.coalesce(func.sum(Payment.amount), 0))
    .join(Settlement, Settlement.id == Payment.settlement_id)
    .join(Invoice, Invoice.id == Settlement.invoice_id)
    .where(*_IN_DAYS, Payment.method == PaymentMethod.CREDIT.value)
)

_STAFF = Column("staff", _l("پرسنل"))
OF_WORK = (
    _STAFF,
    Column("revenue", _l("فروش پیش از مالیات"), Kind.MONEY),
    Column("visits", _l("مراجعه"), Kind.COUNT),
    Column("average", _l("میانگین هر مراجعه"), Kind.MONEY, summed=False),
    Column("products", _l("کالای فروخته"), Kind.COUNT),
    Column("returned_bp", _l("برگشتی"), Kind.PERCENT),
    Column("redone_bp", _l("کار مجدد"), Kind.PERCENT),
    Column("occupied_bp", _l("ساعت پر"), Kind.PERCENT),
)
OF_BEARERS = (
    Column("bearer", _l("چه کسی")),
    Column("discount", _l("تخفیف"), Kind.MONEY),
    Column("credit", _l("اعتبار باشگاه"), Kind.MONEY),
    Column("amount", _l("جمع"), Kind.MONEY),
)


def pay_by_staff(starts_on: date, ends_before: date) -> dict[int, tuple[int, int]]:
    """The base of what each did, and her share of it, by the documents of these days."""
    rows = _asked(_PAY, starts_on, ends_before)
    return {staff_id: (int(base), int(part)) for staff_id, base, part, _discount, _credit in rows}


def productivity(starts_on: date, ends_before: date, revenue: dict[int | None, int]) -> Report:
    """How much each did: `revenue` by person, visits, goods, what came back or was done again, how full her hours."""
    visits, goods, sold, back, services, redone = (
        _counted(question, starts_on, ends_before)
        for question in (_VISITS, _GOODS, _NET_SOLD, _NET_BACK, _SERVICES, _REDONE)
    )
    busy, hours = _busy(starts_on, ends_before), _working_minutes(starts_on, ends_before)
    names = _names()
    rows = []
    for staff in sorted({staff for staff in [*revenue, *visits, *busy] if staff}):
        earned = revenue.get(staff, 0)
        average = earned // visits[staff] if visits[staff] else 0
        rates = rate(back[staff], sold[staff]), rate(redone[staff], services[staff]), rate(busy[staff], hours[staff])
        cells = names.get(staff, ""), earned, visits[staff], average, goods[staff], *rates
        rows.append(Row(cells, "lines", {"staff": staff}))
    return Report(OF_WORK, sorted(rows, key=lambda row: str(row.cells[0])), "revenue")


def discount_costs(starts_on: date, ends_before: date) -> Report:
    """What discounts and club credit cost, by who bears it; the salon bears what nobody else does."""
    days = {"starts_on": starts_on, "ends_before": ends_before}
    names = _names()
    borne = [
        (staff_id, int(discount), int(credit))
        for staff_id, _base, _part, discount, credit in _asked(_PAY, starts_on, ends_before)
        if discount or credit
    ]
    given = int(db.session.connection().execute(_GIVEN, days).scalar_one())
    credit_given = int(db.session.connection().execute(_CREDIT, days).scalar_one())
    rest = given - sum(row[1] for row in borne), credit_given - sum(row[2] for row in borne)
    rows = [
        Row((names.get(staff, ""), discount, credit, discount + credit), "lines", {"staff": staff})
        for staff, discount, credit in borne
    ]
    salon = [Row((_("سالن"), *rest, sum(rest)))] if any(rest) or rows else []
    return Report(OF_BEARERS, [*salon, *sorted(rows, key=lambda row: str(row.cells[0]))], "amount")


def _asked(question: Executable, starts_on: date, ends_before: date) -> Iterable[Any]:
    return db.session.connection().execute(question, {"starts_on": starts_on, "ends_before": ends_before})


def _counted(question: Executable, starts_on: date, ends_before: date) -> Counter[int]:
    return Counter({staff: int(figure or 0) for staff, figure in _asked(question, starts_on, ends_before)})


def _busy(starts_on: date, ends_before: date) -> Counter[int]:
    """Minutes that were booked, and those of services that came without a booking."""
    minutes = _counted(_UNBOOKED, starts_on, ends_before)
    asked = {"from": start_of_day(starts_on), "before": start_of_day(ends_before)}
    for row in db.session.execute(_BOOKED, asked):
        minutes[row.staff_id] += int((row.ends_at - row.starts_at).total_seconds()) // 60
    return minutes


def _working_minutes(starts_on: date, ends_before: date) -> Counter[int]:
    """Minutes of working hours on these days, by person."""
    weekdays = Counter(weekday_of(starts_on + timedelta(days=place)) for place in range((ends_before - starts_on).days))
    minutes: Counter[int] = Counter()
    hours = select(WorkingHours.staff_id, WorkingHours.weekday, WorkingHours.starts_at, WorkingHours.ends_at)
    for row in db.session.execute(hours):
        minutes[row.staff_id] += weekdays[row.weekday] * (row.ends_at - row.starts_at)
    return minutes


def _names() -> dict[int, str]:
    return dict(db.session.execute(select(StaffMember.id, StaffMember.name)).all())
