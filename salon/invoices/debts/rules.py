"""How old a debt is, and what its reminder says. Money in rials. No database."""

from dataclasses import dataclass
from datetime import date, timedelta

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from ...core.money import Currency, with_unit

AGES = (30, 60, 90)  # the last day of each part, counted from the day of the invoice
AGE_LABELS = (_l("تا ۳۰ روز"), _l("۳۱ تا ۶۰"), _l("۶۱ تا ۹۰"), _l("بیش از ۹۰"))


@dataclass(frozen=True)
class Movement:
    """What moved a customer's debt: an invoice adds to it, money takes from it. Rials."""

    day: date
    what: str  # kind of the entry
    number: int | None  # of its invoice
    invoice_id: int | None
    amount: int
    lessens_debt: bool = False  # of a return: it was set off against what was owed


@dataclass(frozen=True)
class StatementLine:
    """A movement with what she owed after it."""

    movement: Movement
    owed: int


def first_days(today: date) -> tuple[date, ...]:
    """The first day of each age but the oldest, the youngest age first."""
    return tuple(today - timedelta(days=days) for days in AGES)


def running(movements: list[Movement], owed: int = 0) -> list[StatementLine]:
    """Movements in order, each with what is owed after it; `owed` is what was owed before them."""
    lines = []
    for movement in movements:
        owed += movement.amount
        lines.append(StatementLine(movement, owed))
    return lines


def reminder_text(name: str, due: int, salon: str, currency: Currency) -> str:
    """What a customer is told of her debt."""
    sentence = _(
        "%(name)s عزیز، ماندهٔ حساب شما %(amount)s است. خوشحال می‌شویم آن را تسویه کنید.",
        name=name,
        amount=with_unit(due, currency),
    )
    return f"{sentence}\n{salon}"


def reminder_key(customer_id: int, day: date) -> str:
    """A customer is reminded once a day at the most."""
    return f"debt:{customer_id}:{day.isoformat()}"
