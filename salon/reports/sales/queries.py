"""What was sold, read from issued invoices; returns are taken off. Half-open ranges of days, rials before tax."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import date
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import Executable, bindparam, func, select

from ...access.models import User
from ...core.db import db
from ...core.money import share
from ...customers.models import Customer
from ...customers.rules import full_name
from ...invoices.models import Invoice, InvoiceLine, InvoiceStatus, LineNature, LineShare
from ...setup.models import SaleKind
from ...staff.models import Line, LineMember, StaffMember
from ..rules import Column, Kind, Report, Row
from ..staff.queries import pay_by_staff
from ..staff.queries import productivity as work_of_staff

_QUANTITY, _NET = func.sum(InvoiceLine.quantity), func.sum(InvoiceLine.net)
_IN_DAYS = (
    Invoice.status != InvoiceStatus.DRAFT,
    Invoice.business_date >= bindparam("starts_on"),
    Invoice.business_date < bindparam("ends_before"),
)
# A debt of old was sold before these books; sessions sold ahead count on the days on which they are used.
_SOLD = (*_IN_DAYS, InvoiceLine.nature != LineNature.OPENING, InvoiceLine.package_id.is_(None))
_BY_STAFF = (
    select(InvoiceLine.staff_id, _QUANTITY, _NET)
    .join(Invoice, Invoice.id == InvoiceLine.invoice_id)
    .where(*_SOLD)
    .group_by(InvoiceLine.staff_id)
)
_SHARED = (
    select(InvoiceLine.id, InvoiceLine.staff_id, InvoiceLine.net, LineShare.staff_id, LineShare.share_bp)
    .join(Invoice, Invoice.id == InvoiceLine.invoice_id)
    .join(LineShare, LineShare.line_id == InvoiceLine.id)
    .where(*_SOLD)
    .order_by(LineShare.id)
)
_SUMS_BY_CUSTOMER = (
    select(Invoice.customer_id, _QUANTITY.label("quantity"), _NET.label("amount"))
    .join(InvoiceLine, InvoiceLine.invoice_id == Invoice.id)
    .where(*_SOLD)
    .group_by(Invoice.customer_id)
    .subquery()
)
# names are looked up once for each customer, not compared for each line
_BY_CUSTOMER = (
    select(
        Customer.id,
        Customer.code,
        Customer.first_name,
        Customer.last_name,
        _SUMS_BY_CUSTOMER.c.quantity,
        _SUMS_BY_CUSTOMER.c.amount,
    )
    .join(Customer, Customer.id == _SUMS_BY_CUSTOMER.c.customer_id)
    .order_by(_SUMS_BY_CUSTOMER.c.amount.desc(), Customer.id)
)
_BY_SALE_KIND = (
    select(Invoice.sale_kind_id, func.coalesce(SaleKind.name, ""), func.count(Invoice.id.distinct()), _NET)
    .select_from(InvoiceLine)
    .join(Invoice, Invoice.id == InvoiceLine.invoice_id)
    .outerjoin(SaleKind, SaleKind.id == Invoice.sale_kind_id)
    .where(*_SOLD)
    .group_by(Invoice.sale_kind_id, SaleKind.name, SaleKind.position)
    .order_by(SaleKind.position, SaleKind.name)
)
_OF_LINES = (
    select(InvoiceLine.discount_by, func.count(InvoiceLine.invoice_id.distinct()), func.sum(InvoiceLine.discount))
    .join(Invoice, Invoice.id == InvoiceLine.invoice_id)
    .where(*_SOLD, InvoiceLine.discount != 0)
    .group_by(InvoiceLine.discount_by)
)
_OF_WHOLES = (
    select(Invoice.discount_by, func.count(), func.sum(Invoice.shared_discount))
    .where(*_IN_DAYS, Invoice.shared_discount != 0)
    .group_by(Invoice.discount_by)
)

_AMOUNT = Column("amount", _l("مبلغ پیش از مالیات"), Kind.MONEY)
_PIECES = Column("quantity", _l("تعداد"), Kind.COUNT)
_PAY = Column("base", _l("مبنای سهم"), Kind.MONEY), Column("share", _l("سهم پرسنل"), Kind.MONEY)
BY_STAFF = Column("staff", _l("پرسنل")), _PIECES, _AMOUNT, *_PAY
BY_LINE = Column("line", _l("لاین")), _PIECES, _AMOUNT, *_PAY
BY_CUSTOMER = (
    Column("customer_id", _l("شماره"), Kind.COUNT, summed=False, for_people=False),
    Column("code", _l("کد")),
    Column("customer", _l("مشتری")),
    _PIECES,
    _AMOUNT,
)
BY_SALE_KIND = Column("sale_kind", _l("نوع فروش")), Column("invoices", _l("فاکتور"), Kind.COUNT), _AMOUNT
BY_GIVER = (
    Column("given_by", _l("تخفیف‌دهنده")),
    Column("discounts", _l("تعداد"), Kind.COUNT),
    Column("amount", _l("تخفیف"), Kind.MONEY),
)


def services_by_staff(starts_on: date, ends_before: date) -> Report:
    """Pieces and rials by person, the base of her pay and her share; a line of several is divided as agreed."""
    names, sums, pay = _names_of_staff(), _sums_by_staff(starts_on, ends_before), pay_by_staff(starts_on, ends_before)
    rows = [
        Row(
            (names.get(staff_id, ""), *sums.get(staff_id, (0, 0)), *pay.get(staff_id or 0, (0, 0))),
            "lines",
            {"staff": staff_id or 0},
        )
        for staff_id in dict.fromkeys([*sums, *pay])
    ]
    return Report(BY_STAFF, sorted(rows, key=_first), "amount")


def services_by_line(starts_on: date, ends_before: date) -> Report:
    """Pieces and rials by line (لاین), as its people stand today."""
    line_of = _lines_of_staff()
    by_staff, pay = _sums_by_staff(starts_on, ends_before), pay_by_staff(starts_on, ends_before)
    sums: defaultdict[str, list[int]] = defaultdict(lambda: [0] * 4)
    for staff_id in dict.fromkeys([*by_staff, *pay]):
        name = line_of.get(staff_id or 0, "")
        hers = *by_staff.get(staff_id, (0, 0)), *pay.get(staff_id or 0, (0, 0))
        sums[name] = [known + more for known, more in zip(sums[name], hers, strict=True)]
    numbers = _numbers_of_lines()
    rows = [Row((name, *figures), "lines", {"line": numbers.get(name, 0)}) for name, figures in sums.items()]
    return Report(BY_LINE, sorted(rows, key=_first), "amount")


def services_by_customer(starts_on: date, ends_before: date) -> Report:
    """Pieces and rials by customer, who bought most first."""
    rows = [
        Row((customer_id, code, full_name(first, last), int(quantity), int(amount)), "lines", {"customer": customer_id})
        for customer_id, code, first, last, quantity, amount in _asked(_BY_CUSTOMER, starts_on, ends_before)
    ]
    return Report(BY_CUSTOMER, rows, "amount")


def sales_by_kind(starts_on: date, ends_before: date) -> Report:
    """Invoices and rials by kind of sale."""
    rows = [
        Row((name, int(count), int(amount)), "lines", {"sale_kind": kind_id or 0})
        for kind_id, name, count, amount in _asked(_BY_SALE_KIND, starts_on, ends_before)
    ]
    return Report(BY_SALE_KIND, rows, "amount")


def discounts(starts_on: date, ends_before: date) -> Report:
    """What was taken off, by who gave it: on lines and on whole invoices."""
    sums: defaultdict[int | None, list[int]] = defaultdict(lambda: [0, 0])
    for question in (_OF_LINES, _OF_WHOLES):
        for giver, count, amount in _asked(question, starts_on, ends_before):
            sums[giver][0] += int(count)
            sums[giver][1] += int(amount)
    names = {row.id: row.full_name for row in db.session.execute(select(User.id, User.full_name))}
    rows = [
        Row((names.get(giver or 0, ""), count, amount), "lines", {"giver": giver or 0})
        for giver, (count, amount) in sums.items()
    ]
    return Report(BY_GIVER, sorted(rows, key=_first), "amount")


def _asked(question: Executable, starts_on: date, ends_before: date) -> Sequence[Any]:
    return db.session.connection().execute(question, {"starts_on": starts_on, "ends_before": ends_before}).all()


def _first(row: Row) -> str:
    return str(row.cells[0])


def _sums_by_staff(starts_on: date, ends_before: date) -> dict[int | None, tuple[int, int]]:
    """Pieces and rials by the person's id. A piece that several made counts for the first of them."""
    sums = {
        staff_id: [int(quantity), int(amount)]
        for staff_id, quantity, amount in _asked(_BY_STAFF, starts_on, ends_before)
    }
    for first, net, people in _shared(starts_on, ends_before):
        sums[first][1] -= net
        for (person, _part), amount in zip(people, share(net, [part for _person, part in people]), strict=True):
            sums.setdefault(person, [0, 0])[1] += amount
    return {staff_id: (quantity, amount) for staff_id, (quantity, amount) in sums.items()}


def _shared(starts_on: date, ends_before: date) -> list[tuple[int | None, int, list[tuple[int, int]]]]:
    """Lines of several: whose line it is called, its rials, and each person's part."""
    lines: dict[int, tuple[int | None, int, list[tuple[int, int]]]] = {}
    for line_id, first, net, person, part in _asked(_SHARED, starts_on, ends_before):
        lines.setdefault(line_id, (first, int(net), []))[2].append((person, part))
    return list(lines.values())


def productivity(starts_on: date, ends_before: date) -> Report:
    """How much each person did; a line of several is divided as it was agreed."""
    revenue = {staff: amount for staff, (_quantity, amount) in _sums_by_staff(starts_on, ends_before).items()}
    return work_of_staff(starts_on, ends_before, revenue)


def _numbers_of_lines() -> dict[str, int]:
    return {name: number for number, name in db.session.execute(select(Line.id, Line.name).order_by(Line.id.desc()))}


def _names_of_staff() -> dict[int | None, str]:
    return {row.id: row.name for row in db.session.execute(select(StaffMember.id, StaffMember.name))}


def _lines_of_staff() -> dict[int, str]:
    """The line of each person: the one she belongs to, else the one she leads."""
    heads = db.session.execute(
        select(Line.head_id, Line.name).where(Line.head_id.is_not(None)).order_by(Line.id.desc())
    )
    members = db.session.execute(select(LineMember.staff_id, Line.name).join(Line, Line.id == LineMember.line_id))
    return {int(person or 0): name for person, name in [*heads, *members]}


def people_of_line(number: int) -> set[int]:
    """Whose work counts for a line, 0: for none. 0 among them is nobody, and lines of one name are one line."""
    line_of = _lines_of_staff()
    name = {number: name for name, number in _numbers_of_lines().items()}.get(number, "")
    everybody = {0, *db.session.scalars(select(StaffMember.id))}
    return {person for person in everybody if line_of.get(person, "") == name}


def earned_by(people: Collection[int], starts_on: date, ends_before: date) -> int:
    """What people made together, in rials, as the reports by person and by line tell it; 0 is nobody."""
    sums = _sums_by_staff(starts_on, ends_before)
    return sum(amount for person, (_quantity, amount) in sums.items() if (person or 0) in people)
