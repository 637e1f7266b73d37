"""The demo's schemes of pay: rials of 1405, basis points. People by their codes."""

from dataclasses import dataclass, field
from typing import Any

from ...staff.models import PayKind, PayTarget
from ..opening.rules import COLOR, HAIR, NAILS, SKIN

CHAIR_RENTER = "shirin"
MATERIALS_BP = {COLOR: 1_500, HAIR: 400, NAILS: 800, SKIN: 1_200}  # of the price of a service, by category


@dataclass(frozen=True)
class DemoScheme:
    """A scheme of somebody; of everybody without a code."""

    name: str
    kind: PayKind
    code: str | None = None
    said: dict[str, Any] = field(default_factory=dict)


SCHEMES = (
    DemoScheme(
        "سارا: مو پس از مواد",
        PayKind.PERCENT,
        "sara",
        {"percent_bp": 4_000, "after_materials": True, "discount_bp": 5_000, "redo_bp": 5_000},
    ),
    DemoScheme(
        "نگار: رنگ پلکانی",
        PayKind.STEPS,
        "negar",
        {
            "steps": ((0, 3_000), (400_000_000, 3_500), (800_000_000, 4_000)),
            "after_materials": True,
            "discount_bp": 0,
        },
    ),
    DemoScheme("مهسا: سرلاین ناخن", PayKind.PERCENT, "mahsa", {"percent_bp": 5_000, "after_materials": True}),
    DemoScheme("فرناز: ناخن و مژه", PayKind.PERCENT, "farnaz", {"percent_bp": 4_500}),
    DemoScheme("الهام: هر اصلاح", PayKind.FIXED, "elham", {"amount": 1_200_000}),
    DemoScheme(
        "شیرین: صندلی اجاره‌ای",
        PayKind.PERCENT,
        CHAIR_RENTER,
        {"percent_bp": 3_000, "own_bp": 10_000, "credit_bp": 5_000},
    ),
    DemoScheme("شیرین: اجارهٔ صندلی", PayKind.RENT, CHAIR_RENTER, {"amount": 150_000_000}),
    DemoScheme("پریسا: میکاپ", PayKind.PERCENT, "parisa", {"percent_bp": 2_500}),
    DemoScheme("پریسا: حقوق", PayKind.SALARY, "parisa", {"amount": 180_000_000}),
    DemoScheme("فروش کالا", PayKind.PERCENT, None, {"percent_bp": 1_000, "target": PayTarget.GOODS.value}),
)
