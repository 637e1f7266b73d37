"""Reads about patch tests."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import BindParameter, bindparam, select

from ...access.models import User
from ...catalog.booking_rules.queries import rules_of
from ...catalog.models import Service
from ...core.db import db
from ..models import PatchTest
from .rules import Tested, Trouble, trouble_with

_IDS: BindParameter[Any] = bindparam("ids", expanding=True)
_TESTS = (
    select(PatchTest.service_id, PatchTest.tested_at, PatchTest.result)
    .where(PatchTest.customer_id == bindparam("customer"), PatchTest.service_id.in_(_IDS))
    .order_by(PatchTest.tested_at.desc(), PatchTest.id.desc())
)
_ON_FILE = (
    select(
        PatchTest.id, Service.name.label("service"), PatchTest.tested_at, PatchTest.result, PatchTest.note,
        User.full_name.label("by"),
    )
    .join(Service, Service.id == PatchTest.service_id)
    .outerjoin(User, User.id == PatchTest.created_by)
    .where(PatchTest.customer_id == bindparam("customer"))
    .order_by(PatchTest.tested_at.desc(), PatchTest.id.desc())
)  # fmt: skip


class OnFile(NamedTuple):
    """A patch test as it is read."""

    id: int
    service: str
    tested_at: datetime
    result: str
    note: str
    by: str | None


def patch_tests_of(customer_id: int) -> list[OnFile]:
    """Her patch tests, the latest first."""
    return [OnFile(*row) for row in db.session.connection().execute(_ON_FILE, {"customer": customer_id})]


def on_file(customer_id: int) -> Sequence[PatchTest]:
    """Her patch tests as they are kept, the latest first."""
    order = (PatchTest.tested_at.desc(), PatchTest.id.desc())
    return db.session.scalars(select(PatchTest).where(PatchTest.customer_id == customer_id).order_by(*order)).all()


def troubles(customer_id: int, wanted: Collection[tuple[int, datetime]]) -> dict[int, Trouble]:
    """Which of these services (with their begins) her patch tests, or the want of them, stand against."""
    ids = sorted({service_id for service_id, _starts_at in wanted})
    rules, tests = rules_of(ids), _tests(customer_id, ids)
    found = {}
    for service_id, starts_at in wanted:
        hers = [test for test in tests if test.service_id == service_id]
        trouble = trouble_with(rules[service_id], hers, starts_at)
        if trouble is not None:
            found[service_id] = trouble
    return found


def stands_without(customer_id: int, standing: Collection[tuple[int, datetime]]) -> bool:
    """Whether a booking as it stands lacks a patch test already: booked by permission, or before one was asked for."""
    return bool(troubles(customer_id, standing))


def _tests(customer_id: int, service_ids: Sequence[int]) -> list[Tested]:
    asked = {"customer": customer_id, "ids": service_ids}
    return [Tested(*row) for row in db.session.connection().execute(_TESTS, asked)]
