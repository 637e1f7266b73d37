"""What a service asks of its bookings, from and to the shape of a call. Runs inside the caller's transaction."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import replace
from typing import Any

from ...catalog.booking_rules.queries import said_of, touch_ups
from ...catalog.booking_rules.rules import TouchUp
from ...catalog.booking_rules.services import set_rules, set_touch_ups
from ...catalog.phases.services import set_extras
from ...catalog.prices.services import set_own_prices
from ...customers.queries import customer
from ...staff.errors import staff_unknown
from ...staff.levels.queries import staff_level
from ...staff.queries import known_staff

# Rules as calls name them.
_FIELDS = {
    "minimum_notice": "least_notice",
    "furthest_days": "furthest_days",
    "patch_hours": "patch_hours",
    "patch_months": "patch_months",
}


def change_rules(service_id: int, asked: dict[str, Any]) -> None:
    """Change what is named. Raises NotFound for whom nobody knows, Invalid as the services do."""
    named = {field: asked[name] for name, field in _FIELDS.items() if name in asked}
    if named:
        set_rules(service_id=service_id, rules=replace(said_of([service_id])[service_id], **named))
    if "touch_ups" in asked:
        told = [TouchUp(service_id, **rule) for rule in asked["touch_ups"]]
        set_touch_ups(service_id=service_id, touch_ups=told)
    for whose, minutes in _by_whose(asked.get("extras", ()), "minutes").items():
        set_extras(service_id=service_id, whose=whose, minutes=minutes)
    for whose, prices in _by_whose(asked.get("prices", ()), "price").items():
        set_own_prices(service_id=service_id, whose=whose, prices=prices)


def rules_told(service_id: int) -> dict[str, Any]:
    """What the service says itself; null goes by the salon's settings, or isn't asked."""
    said = said_of([service_id])[service_id]
    told = {name: getattr(said, field) for name, field in _FIELDS.items()}
    return told | {"touch_ups": touch_ups([service_id])}


def _by_whose(rows: Collection[dict[str, Any]], named: str) -> dict[str, dict[int, int | None]]:
    """What is said of whom, by staff, level and customer."""
    found: defaultdict[str, dict[int, int | None]] = defaultdict(dict)
    for row in rows:
        found[row["whose"]][row["id"]] = row[named]
    for level_id in found.get("level", ()):
        staff_level(level_id)
    for customer_id in found.get("customer", ()):
        customer(customer_id)
    if known_staff(found.get("staff", ())) != set(found.get("staff", ())):
        raise staff_unknown()
    return found
