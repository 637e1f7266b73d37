"""Changes what a service asks of its bookings as a call names it, in the transaction of the call."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import replace
from datetime import datetime
from typing import Any

from ...access.rules import Actor
from ...catalog.booking_rules.queries import said_of
from ...catalog.booking_rules.rules import TouchUp
from ...catalog.booking_rules.services import set_rules, set_touch_ups
from ...catalog.phases.services import set_extras
from ...catalog.prices.services import set_own_prices
from ...customers.queries import customer
from ...staff.errors import staff_unknown
from ...staff.levels.queries import staff_level
from ...staff.queries import known_staff

# Rules as calls name them.
RULES = {
    "minimum_notice": "least_notice",
    "furthest_days": "furthest_days",
    "patch_hours": "patch_hours",
    "patch_months": "patch_months",
}


def change_rules(*, service_id: int, branch_id: int, asked: dict[str, Any], actor: Actor | None, now: datetime) -> None:
    """Change what is named, of people of a branch. Raises NotFound for whom it doesn't know, Invalid as services do."""
    by: dict[str, Any] = {"service_id": service_id, "actor": actor, "now": now}
    named = {field: asked[name] for name, field in RULES.items() if name in asked}
    if named:
        set_rules(rules=replace(said_of([service_id])[service_id], **named), **by)
    if "touch_ups" in asked:
        told = [TouchUp(service_id, **rule) for rule in asked["touch_ups"]]
        set_touch_ups(touch_ups=told, **by)
    for whose, minutes in _by_whose(asked.get("extras", ()), "minutes", branch_id).items():
        set_extras(whose=whose, minutes=minutes, **by)
    for whose, prices in _by_whose(asked.get("prices", ()), "price", branch_id).items():
        set_own_prices(whose=whose, prices=prices, **by)


def _by_whose(rows: Collection[dict[str, Any]], named: str, branch_id: int) -> dict[str, dict[int, int | None]]:
    """What is said of whom, by staff, level and customer."""
    found: defaultdict[str, dict[int, int | None]] = defaultdict(dict)
    for row in rows:
        found[row["whose"]][row["id"]] = row[named]
    for level_id in found.get("level", ()):
        staff_level(level_id)
    for customer_id in found.get("customer", ()):
        customer(customer_id)
    if known_staff(found.get("staff", ()), branch_id) != set(found.get("staff", ())):
        raise staff_unknown()
    return found
