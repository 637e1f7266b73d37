"""Lets a booking be as somebody wants it: other services, another time, another note."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from ...access.rules import Actor
from ...core.db import db
from ...core.lengths import line_of
from ..changes.rules import What
from ..changes.services import record_change
from ..holding.services import release
from ..models import Appointment, AppointmentItem
from ..moves.services import replan, reschedule
from ..queries import items_of, locked
from ..rules import BookingItem


def amend(
    *,
    appointment_id: int,
    starts_at: datetime,
    items: Sequence[BookingItem],
    note: str,
    hold_id: int | None = None,
    overbook: bool = False,
    without_patch_test: bool = False,
    actor: Actor | None,
    now: datetime,
) -> Appointment:
    """Let a booking be as it stands in its dialog; it is laid out anew only where its services or people changed.

    Raises DomainError `slot_taken`, `patch_test_missing` or `wrong_status`, NotFound, Invalid.
    """
    found = locked(appointment_id)
    before = sorted(items_of(found.id), key=lambda item: (item.starts_at, item.id))
    release(hold_id, branch_id=found.branch_id, now=now)
    later = _shift(before, items)
    if later is None:
        replan(
            appointment_id=found.id,
            starts_at=starts_at,
            items=items,
            overbook=overbook,
            without_patch_test=without_patch_test,
            actor=actor,
            now=now,
        )
    elif later:
        reschedule(
            appointment_id=found.id,
            starts_at=found.starts_at + later,
            overbook=overbook,
            without_patch_test=without_patch_test,
            actor=actor,
            now=now,
        )
    _write_note(found, line_of(note, Appointment.note), actor, now)
    return found


def _write_note(found: Appointment, note: str, actor: Actor | None, now: datetime) -> None:
    if note == found.note:
        return
    before, found.note = {"note": found.note}, note
    db.session.flush()
    record_change(appointment_id=found.id, what=What.NOTE, before=before, after={"note": note}, actor=actor, now=now)


def _shift(before: Sequence[AppointmentItem], items: Sequence[BookingItem]) -> timedelta | None:
    """By how much the same services by the same people move together; None when it is another visit."""
    if [(item.service_id, item.staff_id) for item in before] != [(item.service_id, item.staff_id) for item in items]:
        return None
    shifts = {one.starts_at - item.starts_at for item, one in zip(before, items, strict=True) if one.starts_at}
    return shifts.pop() if len(shifts) == 1 and all(one.starts_at for one in items) else None
