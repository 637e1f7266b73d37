"""Verbs about customers: let in, change."""

from dataclasses import dataclass, replace
from datetime import date, datetime

from flask_babel import gettext as _

from ..access.rules import Actor
from ..core.db import db
from ..core.jalali import local_date
from ..core.lengths import line_of, longest, note_of
from ..core.mobile import mobile_of
from ..setup.numbers.services import CodeSeries, give_code
from .errors import CODE_TAKEN, customer_exists, day_ahead, debt_limit_invalid, first_name_missing, mobile_missing
from .groups.queries import customer_group
from .models import Customer
from .queries import codes_in_use, customer, owner_of_mobile
from .rules import FIRST_CODE, key_of, reversed_mobile

_CODES = CodeSeries("customer", CODE_TAKEN, lambda _branch, codes: codes_in_use(codes), first=FIRST_CODE)


@dataclass(frozen=True)
class CustomerSpec:
    """Who a customer is, as somebody types it."""

    first_name: str
    last_name: str = ""
    mobile: str | None = None
    shared_mobile: bool = False
    birthday: date | None = None
    wedding_day: date | None = None
    note: str = ""
    allergies: str = ""
    is_walk_in: bool = False
    group_id: int | None = None
    own_staff_id: int | None = None  # whose own client she is


def add_customer(
    *,
    branch_id: int,
    spec: CustomerSpec,
    code: str | None = None,
    mobile_needed: bool = False,
    actor: Actor | None,
    now: datetime,
) -> Customer:
    """Let a customer in; the desk insists on a mobile, other programs may have none to give.

    Raises DomainError customer_exists or code_taken, Invalid mobile_missing and for what was typed wrong.
    """
    person = _checked(spec, local_date(now), mobile_needed=mobile_needed)
    if person.mobile and not person.shared_mobile:
        _refuse_known_mobile(person.mobile, None)
    kept_code = give_code(_CODES, branch_id=branch_id, typed=code)
    added = Customer(branch_id=branch_id, code=kept_code, is_member=not person.is_walk_in, created_at=now)
    _describe(added, person)
    db.session.add(added)
    db.session.flush()
    return added


def change_customer(
    *,
    customer_id: int,
    spec: CustomerSpec,
    is_member: bool,
    debt_limit: int | None,
    mobile_needed: bool = False,
    actor: Actor | None,
    now: datetime,
) -> Customer:
    """Change who a customer is; `debt_limit` in rials, None for the salon's own. Nobody is asked for a mobile anew.

    Raises NotFound customer_unknown, DomainError customer_exists, Invalid.
    """
    changed = customer(customer_id)
    person = _checked(spec, local_date(now), mobile_needed=mobile_needed and changed.mobile is not None)
    if debt_limit is not None and debt_limit < 0:
        raise debt_limit_invalid()
    claims_mobile = person.mobile != changed.mobile or changed.shared_mobile
    if person.mobile and not person.shared_mobile and claims_mobile:
        _refuse_known_mobile(person.mobile, customer_id)
    _describe(changed, person)
    changed.is_member, changed.debt_limit = is_member, debt_limit
    db.session.flush()
    return changed


def _checked(spec: CustomerSpec, today: date, *, mobile_needed: bool) -> CustomerSpec:
    """The same in one spelling. Raises Invalid."""
    first_name = line_of(spec.first_name, Customer.first_name) or (_("مشتری گذری") if spec.is_walk_in else "")
    if not first_name:
        raise first_name_missing()
    for field, day in (("birthday", spec.birthday), ("wedding_day", spec.wedding_day)):
        if day is not None and day > today:
            raise day_ahead(field)
    if spec.group_id is not None:
        customer_group(spec.group_id)
    mobile = mobile_of(spec.mobile)
    if mobile_needed and mobile is None and not spec.is_walk_in:
        raise mobile_missing()
    return replace(
        spec,
        first_name=first_name,
        last_name=line_of(spec.last_name, Customer.last_name),
        mobile=mobile,
        note=note_of(spec.note, Customer.note),
        allergies=line_of(spec.allergies, Customer.allergies),
    )


def _describe(described: Customer, person: CustomerSpec) -> None:
    for name, value in vars(person).items():
        setattr(described, name, value)
    described.mobile_reversed = reversed_mobile(person.mobile)
    key = key_of(described.code, person.first_name, person.last_name, person.mobile)
    described.search_key = key[: longest(Customer.search_key)]  # some signs are spelt out in keys, and grow


def _refuse_known_mobile(mobile: str, customer_id: int | None) -> None:
    owner = owner_of_mobile(mobile, besides=customer_id)
    if owner is not None:
        raise customer_exists(owner)
