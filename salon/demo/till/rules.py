"""How the demo's customers pay, drawn by chance. Rials."""

from collections.abc import Sequence
from datetime import date, timedelta
from random import Random

from ...cashbox.models import PaymentMethod as M
from ...cashbox.rules import PaymentSpec
from ..opening.services import Offered

ROUND = 10_000  # people spend round sums
DEPOSIT_FROM = 24_000_000  # what a service costs for which a deposit is asked
DEPOSIT_SHARE = 5  # a fifth of it
WAYS = (M.CARD, M.CASH, M.TRANSFER, M.CARD_TO_CARD, M.STAFF_CARD)
REASONS = ("مشتری قدیمی", "هدیهٔ تولد", "معرفی دوست", "جبران معطلی", "نوبت صبح")
CHEQUE_FROM, CHEQUE_DAYS = 90_000_000, (15, 60)


def asked_price(chance: Random, offered: Offered) -> int | None:
    """The price agreed within a service's range, in steps of 50,000 toman; None for a fixed price."""
    if offered.price_to is None:
        return None
    return offered.price + chance.randint(0, (offered.price_to - offered.price) // 500_000) * 500_000


def payments_for(
    chance: Random, due: int, *, performer: int | None = None, day: date | None = None
) -> tuple[PaymentSpec, ...]:
    """How an amount is paid: mostly by card, sometimes partly in cash, much of it by a cheque that is due later.

    `performer`: whose own card may take it. Without a `day` nobody writes a cheque.
    """
    if not due:
        return ()
    if day is not None and due >= CHEQUE_FROM and chance.random() < 0.5:
        return partly_by_cheque(chance, due, day)
    if chance.random() < 0.1 and due > 5_000_000:
        cash = due // 2 // 1_000_000 * 1_000_000
        return PaymentSpec(M.CASH, cash), PaymentSpec(M.CARD, due - cash)
    method = chance.choices(WAYS, (60, 18, 10, 9, 0 if performer is None else 3))[0]
    reference = tracking_number(chance) if method == M.CARD_TO_CARD else ""
    staff_id = performer if method == M.STAFF_CARD else None
    return (PaymentSpec(method, due, staff_id=staff_id, reference=reference),)


def by_card_to_card(chance: Random, due: int) -> tuple[PaymentSpec, ...]:
    """All of it sent to the salon's account."""
    return (PaymentSpec(M.CARD_TO_CARD, due, reference=tracking_number(chance)),)


def partly_by_cheque(chance: Random, due: int, day: date) -> tuple[PaymentSpec, ...]:
    """Half of it now, the rest when a cheque is due."""
    later = due // 2 // 1_000_000 * 1_000_000
    due_on = day + timedelta(chance.randint(*CHEQUE_DAYS))
    cheque = PaymentSpec(M.CHEQUE, later, reference=str(chance.randint(100_000, 999_999)), due_on=due_on)
    return PaymentSpec(M.CARD, due - later), cheque


def tracking_number(chance: Random) -> str:
    """What a bank's receipt calls a transfer."""
    return str(chance.randint(100_000_000_000, 999_999_999_999))


def paid_now(chance: Random, due: int, limit: int) -> int:
    """What is paid at once; about every twentieth leaves a part as debt, within the limit."""
    rest = due * chance.randint(3, 7) // 10 // 100_000 * 100_000
    return due - rest if chance.random() < 0.06 and rest <= limit else due


def tip_for(chance: Random, staff_id: int) -> tuple[tuple[int, int], ...]:
    """Something for who served, now and then."""
    return ((staff_id, chance.randint(1, 6) * 500_000),) if chance.random() < 0.05 else ()


def shares_of(chance: Random, offered: Offered, staff_id: int) -> tuple[tuple[int, int], ...]:
    """Long services are sometimes shared with a colleague, who has three tenths."""
    others: Sequence[int] = [person for person in offered.people if person != staff_id]
    if not others or offered.minutes < 90 or chance.random() > 0.3:
        return ()
    return (staff_id, 7_000), (chance.choice(others), 3_000)


def deposit_asked(offered: Sequence[Offered]) -> int:
    """What is asked in advance for services of so much."""
    price = sum(each.price for each in offered)
    return price // DEPOSIT_SHARE // 1_000_000 * 1_000_000 if price >= DEPOSIT_FROM else 0
