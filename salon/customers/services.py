"""Verbs about customers: let in, change."""

from dataclasses import dataclass
from datetime import date, datetime

from ..access.models import User
from ..core.db import db
from ..core.jalali import local_date
from ..core.text import latin_digits, normalise, normalise_mobile
from ..setup.services import next_number, skip_numbers
from .errors import (
    CODE_TAKEN,
    customer_exists,
    day_ahead,
    debt_limit_invalid,
    first_name_missing,
    mobile_invalid,
)
from .models import Customer
from .queries import by_code, codes_in_use, customer, owner_of_mobile
from .rules import FIRST_CODE, key_of, reversed_mobile

_CODES_AT_ONCE = 500


@dataclass(frozen=True)
class _Person:
    """What was typed about a customer, checked and in one spelling."""

    first_name: str
    last_name: str
    mobile: str | None
    note: str
    allergies: str


def add_customer(
    *,
    branch_id: int,
    first_name: str,
    last_name: str = "",
    mobile: str | None = None,
    shared_mobile: bool = False,
    birthday: date | None = None,
    wedding_day: date | None = None,
    note: str = "",
    allergies: str = "",
    is_walk_in: bool = False,
    code: str | None = None,
    actor: User | None,
    now: datetime,
) -> Customer:
    """Let a customer in. Raises DomainError customer_exists or code_taken, Invalid for what was typed wrong."""
    person = _person(first_name, last_name, mobile, note, allergies)
    _check_days(birthday, wedding_day, local_date(now))
    if person.mobile and not shared_mobile:
        _refuse_known_mobile(person.mobile, None)
    kept_code = _code(branch_id, code)
    added = Customer(
        branch_id=branch_id,
        code=kept_code,
        first_name=person.first_name,
        last_name=person.last_name,
        mobile=person.mobile,
        mobile_reversed=reversed_mobile(person.mobile),
        shared_mobile=shared_mobile,
        birthday=birthday,
        wedding_day=wedding_day,
        note=person.note,
        allergies=person.allergies,
        is_walk_in=is_walk_in,
        is_member=not is_walk_in,
        search_key=key_of(kept_code, person.first_name, person.last_name, person.mobile),
        created_at=now,
    )
    db.session.add(added)
    db.session.flush()
    return added


def change_customer(
    *,
    customer_id: int,
    first_name: str,
    last_name: str,
    mobile: str | None,
    shared_mobile: bool,
    birthday: date | None,
    wedding_day: date | None,
    note: str,
    allergies: str,
    is_walk_in: bool,
    is_member: bool,
    debt_limit: int | None,
    actor: User | None,
    now: datetime,
) -> Customer:
    """Change who a customer is. Raises NotFound customer_unknown, DomainError customer_exists, Invalid."""
    changed = customer(customer_id)
    person = _person(first_name, last_name, mobile, note, allergies)
    _check_days(birthday, wedding_day, local_date(now))
    if debt_limit is not None and debt_limit < 0:
        raise debt_limit_invalid()
    claims_mobile = person.mobile != changed.mobile or changed.shared_mobile
    if person.mobile and not shared_mobile and claims_mobile:
        _refuse_known_mobile(person.mobile, customer_id)
    changed.first_name, changed.last_name = person.first_name, person.last_name
    changed.mobile, changed.mobile_reversed = person.mobile, reversed_mobile(person.mobile)
    changed.shared_mobile = shared_mobile
    changed.birthday, changed.wedding_day = birthday, wedding_day
    changed.note, changed.allergies = person.note, person.allergies
    changed.is_walk_in, changed.is_member = is_walk_in, is_member
    changed.debt_limit = debt_limit
    changed.search_key = key_of(changed.code, person.first_name, person.last_name, person.mobile)
    db.session.flush()
    return changed


def _person(first_name: str, last_name: str, mobile: str | None, note: str, allergies: str) -> _Person:
    first, last = normalise(first_name), normalise(last_name)
    if not first:
        raise first_name_missing()
    lines = "\n".join(normalise(line) for line in note.splitlines()).strip()
    return _Person(first[:80], last[:80], _mobile(mobile), lines[:1000], normalise(allergies)[:300])


def _mobile(typed: str | None) -> str | None:
    if not typed or not typed.strip():
        return None
    mobile = normalise_mobile(typed)
    if mobile is None:
        raise mobile_invalid()
    return mobile


def _check_days(birthday: date | None, wedding_day: date | None, today: date) -> None:
    for field, day in (("birthday", birthday), ("wedding_day", wedding_day)):
        if day is not None and day > today:
            raise day_ahead(field)


def _refuse_known_mobile(mobile: str, customer_id: int | None) -> None:
    owner = owner_of_mobile(mobile, besides=customer_id)
    if owner is not None:
        raise customer_exists(owner)


def _code(branch_id: int, typed: str | None) -> str:
    kept = latin_digits(normalise(typed or ""))[:40]
    if not kept:
        return _next_code(branch_id)
    if by_code(kept) is not None:
        raise CODE_TAKEN.again()
    return kept


def _next_code(branch_id: int) -> str:
    """The next number that nobody has; what was given by hand or brought in from elsewhere is skipped in strides."""
    number = FIRST_CODE - 1 + next_number(kind="customer", branch_id=branch_id, year=0)
    if by_code(str(number)) is None:
        return str(number)
    while True:
        candidates = [str(candidate) for candidate in range(number, number + _CODES_AT_ONCE)]
        used = codes_in_use(candidates)
        free = next((candidate for candidate in candidates if candidate not in used), None)
        if free is not None:
            skip_numbers(kind="customer", branch_id=branch_id, year=0, up_to=int(free) - FIRST_CODE + 1)
            return free
        number += _CODES_AT_ONCE
