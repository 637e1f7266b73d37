"""What the desk reads: what it offers, the customer beside the board, her visits so far."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple

from flask_babel import gettext as _
from sqlalchemy import func, select

from ..appointments.groups.queries import files_of
from ..appointments.models import Appointment, GroupVisit
from ..appointments.queries import today_of, upcoming_of
from ..appointments.queue.queries import queue_length
from ..appointments.record.queries import record_of
from ..appointments.record.rules import asks_deposit
from ..appointments.requests.queries import open_count
from ..appointments.waitlist.queries import waiting_count as on_waitlist
from ..cashbox.deposits.queries import deposits_of
from ..catalog.models import Service
from ..catalog.queries import active_services, staff_ids_by_service
from ..club.cards.queries import cards_of
from ..club.models import MemberCard
from ..club.wallet.queries import wallet_of
from ..club.wallet.rules import Wallet
from ..core.db import db
from ..core.jalali import local_date
from ..core.pages import percent
from ..customers.models import Customer
from ..customers.queries import customer
from ..invoices.models import Invoice, InvoiceLine, InvoiceStatus
from ..invoices.packages.queries import sessions_left
from ..invoices.packages.rules import named_sentence
from ..invoices.queries import open_invoices_of
from ..ledger.queries import receivable_of
from ..setup.queries import profile
from ..staff.models import StaffMember
from ..staff.queries import active_staff
from .rules import near_birthday, near_wedding

_VISITS = 8


class WhoWaits(NamedTuple):
    """How many wait: for a time, in the salon, for the salon's answer."""

    waitlist: int
    queue: int
    requests: int


@dataclass(frozen=True)
class PastVisit:
    """An invoice of the past in one line; `total` in rials."""

    invoice_id: int
    day: date
    what: str
    by: str
    total: int
    is_open: bool


@dataclass(frozen=True)
class Panel:
    """All that the desk shows of a customer; `debt` in rials."""

    customer: Customer
    birthday: str | None
    wedding: str | None
    wallet: Wallet
    debt: int
    owed_on: int | None  # the oldest open invoice
    cards: Sequence[MemberCard]
    today: Sequence[Appointment]
    upcoming: Sequence[Appointment]
    names: dict[str, dict[int, str]]
    visits: Sequence[PastVisit]
    deposits: int = 0  # deposits and on-account money that she has left, in rials
    sessions: Sequence[str] = ()  # what is left of those that she bought ahead, and until when
    files: Sequence[GroupVisit] = ()  # open files of group visits that she is in
    record: str = ""  # how often she did not come, or called off late


def who_waits(branch_id: int, now: datetime) -> WhoWaits:
    """How many wait in a branch."""
    return WhoWaits(on_waitlist(branch_id), queue_length(branch_id, now), open_count(branch_id))


def columns(branch_id: int, booked_for: set[int]) -> list[StaffMember]:
    """Who has a column: those who work here, and those who left but are still booked, as `booked_for` says."""
    people = list(active_staff(branch_id))
    missing = booked_for - {person.id for person in people}
    if missing:
        people += db.session.scalars(select(StaffMember).where(StaffMember.id.in_(missing)))
    return people


def offered(branch_id: int) -> dict[str, Any]:
    """Services and people for the booking dialog."""
    able = staff_ids_by_service()
    return {
        "services": [
            {
                "id": found.id,
                "name": found.name,
                "category": found.category,
                "minutes": found.duration,
                "staff": sorted(able.get(found.id, ())),
            }
            for found in active_services()
        ],
        "people": [{"id": person.id, "name": person.name} for person in active_staff(branch_id)],
    }


def panel_of(customer_id: int, now: datetime) -> Panel:
    """The customer as the desk sees her. Raises NotFound `customer_unknown`."""
    found, today = customer(customer_id), local_date(now)
    debt = receivable_of(customer_id)
    owed = open_invoices_of(customer_id) if debt > 0 else ()
    booked_today, upcoming = today_of(customer_id, today), upcoming_of(customer_id, today)[:3]
    return Panel(
        customer=found,
        birthday=near_birthday(found.birthday, today),
        wedding=near_wedding(found.wedding_day, today),
        wallet=wallet_of(customer_id, now),
        debt=debt,
        owed_on=owed[0].id if owed else None,
        cards=cards_of(customer_id),
        today=booked_today,
        upcoming=upcoming,
        names=names_in([*booked_today, *upcoming]),
        visits=visits_of(customer_id),
        deposits=sum(deposit.remaining for deposit in deposits_of(customer_id)),
        sessions=[named_sentence(series) for series in sessions_left(customer_id, today)],
        files=files_of(customer_id),
        record=_record(customer_id, now),
    )


def _record(customer_id: int, now: datetime) -> str:
    """Her misses in one line, with the deposit that the salon's ladder asks for them."""
    salon, record = profile(), record_of(customer_id, now)
    if not asks_deposit(record, salon.misses_before_deposit):
        return record.sentence
    return str(
        _("%(record)s؛ بیعانه بگیرید (%(share)s قیمت)", record=record.sentence, share=percent(salon.deposit_share_bp))
    )


def names_in(found: Sequence[Appointment]) -> dict[str, dict[int, str]]:
    """The names of the services and people of these bookings."""
    items = [item for appointment in found for item in appointment.items]
    return {
        "service": _names(Service, {item.service_id for item in items}),
        "staff": _names(StaffMember, {item.staff_id for item in items}),
    }


def _names(table: type[Service] | type[StaffMember], ids: set[int]) -> dict[int, str]:
    if not ids:
        return {}
    return {row.id: row.name for row in db.session.execute(select(table.id, table.name).where(table.id.in_(ids)))}


def visits_of(customer_id: int, limit: int = _VISITS) -> list[PastVisit]:
    """Her latest issued invoices, each in one line."""
    invoices = db.session.execute(
        select(Invoice.id, Invoice.business_date, Invoice.total, Invoice.status)
        .where(Invoice.customer_id == customer_id, Invoice.status != InvoiceStatus.DRAFT)
        .order_by(Invoice.business_date.desc(), Invoice.id.desc())
        .limit(limit)
    ).all()
    lines = _lines_of([row.id for row in invoices])
    return [
        PastVisit(
            row.id,
            row.business_date,
            "، ".join(line.description for line in lines.get(row.id, [])),
            next((line.name for line in lines.get(row.id, []) if line.name), ""),
            row.total,
            row.status == InvoiceStatus.OPEN,
        )
        for row in invoices
    ]


def _lines_of(invoice_ids: Sequence[int]) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = {}
    if not invoice_ids:
        return found
    rows = db.session.execute(
        select(InvoiceLine.invoice_id, InvoiceLine.description, StaffMember.name)
        .outerjoin(StaffMember, StaffMember.id == InvoiceLine.staff_id)
        .where(InvoiceLine.invoice_id.in_(invoice_ids))
        .order_by(InvoiceLine.invoice_id, InvoiceLine.position)
    )
    for row in rows:
        found.setdefault(row.invoice_id, []).append(row)
    return found


def drafts_waiting(branch_id: int) -> int:
    """Drafts that nobody has settled or thrown away."""
    drafts = select(func.count()).where(Invoice.branch_id == branch_id, Invoice.status == InvoiceStatus.DRAFT)
    return db.session.scalar(drafts) or 0
