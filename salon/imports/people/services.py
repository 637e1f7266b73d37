"""Customers and staff, known by their codes; who is there already stays as she is."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from ...core.lengths import longest
from ...core.text import normalise_mobile, persian_digits, search_key
from ...customers import queries as customers
from ...customers.models import Customer
from ...customers.services import CustomerSpec, add_customer
from ...staff import queries as staff
from ...staff.models import StaffMember
from ...staff.services import add_staff, change_staff
from ..errors import code_of_another, code_repeated, customer_key_missing, mobile_claimed, mobile_dropped
from ..rows.rules import Field, Row
from ..rules import Books, Did, Kind, Plan, Stored, plan_rows, refusal_at, without_repeats


@dataclass(frozen=True)
class CustomerFact:
    """A customer as a file knows her; her mobile is as it was typed."""

    code: str
    spec: CustomerSpec

    @property
    def key(self) -> str:
        """What she is known again by."""
        return self.code or normalise_mobile(self.spec.mobile or "") or ""

    @property
    def name(self) -> str:
        """Her name, empty where her code or mobile stands in for it."""
        full = f"{self.spec.first_name} {self.spec.last_name}".strip()
        return "" if full in (self.code, self.spec.mobile) else full

    def is_same_as(self, other: "CustomerFact") -> bool:
        """Whether she comes without a code, and is somebody whose mobile and name are known."""
        return not self.code and self.name == other.name


@dataclass(frozen=True)
class StaffFact:
    """Somebody who serves, as a file knows her."""

    code: str
    name: str
    title: str
    mobile: str
    active: bool


def _customer(row: Row) -> CustomerFact:
    code, mobile = row.code("code"), row.text("mobile")
    first = row.text("first_name", longest(Customer.first_name))
    last = row.text("last_name", longest(Customer.last_name))
    if not code and normalise_mobile(mobile) is None:
        raise customer_key_missing()
    spec = CustomerSpec(
        first_name=first or last or code or mobile,
        last_name=last if first else "",
        mobile=mobile,
        shared_mobile=row.flag("shared_mobile") or False,
        birthday=row.day("birthday"),
        wedding_day=row.day("wedding_day"),
        note=row.text("note", longest(Customer.note)),
        allergies=row.text("allergies", longest(Customer.allergies)),
        is_walk_in=row.flag("is_walk_in") or False,
    )
    return CustomerFact(code, spec)


def _plan_customers(rows: Sequence[Row], books: Books) -> Plan[CustomerFact]:
    plan = without_repeats(plan_rows(rows, _customer), lambda fact: fact.key, code_repeated)
    plan.bundles.sort(key=lambda bundle: not bundle.fact.code)  # no code of the file is given to who comes without one
    _drop_no_mobiles(plan)
    _refuse_claimed_mobiles(plan, books)
    return plan


def _drop_no_mobiles(plan: Plan[CustomerFact]) -> None:
    """Let what is no mobile go to the note, and say so."""
    for place, bundle in enumerate(plan.bundles):
        spec = bundle.fact.spec
        if spec.mobile and normalise_mobile(spec.mobile) is None:
            plan.warnings.append(refusal_at(bundle.lines[0], mobile_dropped(spec.mobile)))
            note = f"{spec.note} {persian_digits(spec.mobile)}".strip()
            plan.bundles[place] = replace(bundle, fact=replace(bundle.fact, spec=replace(spec, mobile=None, note=note)))


def _refuse_claimed_mobiles(plan: Plan[CustomerFact], books: Books) -> None:
    """Refuse who comes with the mobile of somebody further up: so it is told before her batch is stored."""
    owners: dict[str, CustomerFact] = {}
    kept = []
    for bundle in plan.bundles:
        spec = bundle.fact.spec
        mobile = "" if bundle.fact.code in books.customers else normalise_mobile(spec.mobile or "")
        owner = owners.setdefault(mobile, bundle.fact) if mobile else bundle.fact
        if owner is bundle.fact or spec.shared_mobile or bundle.fact.is_same_as(owner):
            kept.append(bundle)
        else:
            plan.refused += [refusal_at(line, mobile_claimed(owner.spec.first_name)) for line in bundle.lines]
    plan.bundles = kept


def _store_customer(fact: CustomerFact, books: Books) -> Stored:
    """Let a customer in, unless her code, or without one her mobile and name, is known."""
    spec = fact.spec
    known = customers.by_code(fact.code) if fact.code else customers.by_mobile(spec.mobile or "")
    if known is not None and (fact.code or (known.first_name, known.last_name) == (spec.first_name, spec.last_name)):
        another = fact.name and search_key(fact.name) != search_key(known.full_name)
        return Stored(Did.UNCHANGED, remark=code_of_another(fact.code, known.full_name) if another else None)
    add_customer(branch_id=books.branch_id, spec=spec, code=fact.code, actor=books.actor, now=books.now)
    return Stored(Did.ADDED)


def _staff_member(row: Row) -> StaffFact:
    code = row.needed_code("code")
    active = row.flag("active")
    return StaffFact(
        code=code,
        name=row.text("name", longest(StaffMember.name)) or code,
        title=row.text("title", longest(StaffMember.title)),
        mobile=row.text("mobile"),
        active=True if active is None else active,
    )


def _plan_staff(rows: Sequence[Row], books: Books) -> Plan[StaffFact]:
    return without_repeats(plan_rows(rows, _staff_member), lambda fact: fact.code, code_repeated)


def _store_staff(fact: StaffFact, books: Books) -> Stored:
    if staff.by_code(books.branch_id, fact.code) is not None:
        return Stored(Did.UNCHANGED)
    member = add_staff(
        branch_id=books.branch_id,
        name=fact.name,
        code=fact.code,
        title=fact.title,
        mobile=fact.mobile or None,
        actor=books.actor,
        now=books.now,
    )
    if not fact.active:
        change_staff(
            staff_id=member.id,
            name=member.name,
            title=member.title,
            mobile=member.mobile,
            color=member.color,
            position=member.position,
            active=False,
            actor=books.actor,
            now=books.now,
        )
    return Stored(Did.ADDED)


CUSTOMERS = Kind(
    "customers",
    (
        Field("code", ("کد اشتراک", "کد مشتری", "کد")),
        Field("first_name", ("نام", "نام مشتری")),
        Field("last_name", ("نام خانوادگی", "فامیل")),
        Field("mobile", ("موبایل", "تلفن همراه", "شماره موبایل")),
        Field("shared_mobile", ("موبایل مشترک",)),
        Field("birthday", ("تاریخ تولد", "تولد")),
        Field("wedding_day", ("سالگرد ازدواج", "تاریخ ازدواج")),
        Field("note", ("یادداشت", "توضیحات")),
        Field("allergies", ("حساسیت", "حساسیت‌ها")),
        Field("is_walk_in", ("مشتری گذری", "گذری")),
    ),
    _plan_customers,
    _store_customer,
)

STAFF = Kind(
    "staff",
    (
        Field("code", ("کد پرسنل", "کد"), required=True),
        Field("name", ("نام", "نام پرسنل")),
        Field("title", ("سمت", "تخصص")),
        Field("mobile", ("موبایل", "تلفن همراه")),
        Field("active", ("فعال",)),
    ),
    _plan_staff,
    _store_staff,
)
