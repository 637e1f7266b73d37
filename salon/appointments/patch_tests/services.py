"""Verbs about patch tests."""

from collections.abc import Collection
from datetime import datetime

from ...access.rules import Actor
from ...catalog.booking_rules.queries import rules_of
from ...catalog.queries import service
from ...core.db import db
from ...core.lengths import line_of
from ...customers.queries import customer
from ..errors import patch_test_missing, patch_test_reaction, patch_test_unknown, tested_at_invalid
from ..models import PatchResult, PatchTest
from ..rules import is_plausible
from .queries import troubles
from .rules import Trouble, patch_sentence


def record_patch_test(
    *,
    customer_id: int,
    service_id: int,
    result: str,
    tested_at: datetime,
    note: str = "",
    actor: Actor | None,
    now: datetime,
) -> PatchTest:
    """Put a patch test on file. Raises NotFound `customer_unknown`, `service_unknown`, Invalid."""
    customer(customer_id)
    service(service_id)
    if result not in set(PatchResult):
        raise patch_test_unknown()
    if not is_plausible(tested_at) or tested_at > now:
        raise tested_at_invalid()
    kept = PatchTest(customer_id=customer_id, service_id=service_id, result=result, tested_at=tested_at)
    kept.note, kept.created_at = line_of(note, PatchTest.note), now
    kept.created_by = actor.id if actor else None
    db.session.add(kept)
    db.session.flush()
    return kept


def check_patch_tests(customer_id: int, wanted: Collection[tuple[int, datetime]], *, passed: bool) -> bool:
    """Refuse services (with their begins) that want a patch test which isn't there; gives whether `passed` was needed.

    Raises DomainError `patch_test_missing` unless `passed`, and `patch_test_reaction` always.
    """
    against = troubles(customer_id, wanted)
    for service_id, trouble in sorted(against.items(), key=lambda found: found[1] != Trouble.REACTION):
        if trouble != Trouble.REACTION and passed:
            continue
        hours = rules_of([service_id])[service_id].patch_hours
        sentence = patch_sentence(service(service_id).name, trouble, hours)
        raise patch_test_reaction(sentence) if trouble == Trouble.REACTION else patch_test_missing(sentence)
    return bool(against)
