"""Opening, spending from and closing the demo's till, day by day."""

from collections.abc import Callable, Mapping
from datetime import date, datetime

from ...cashbox.boxes.queries import boxes_of, categories
from ...cashbox.models import Direction, VoucherKind
from ...cashbox.shifts.queries import open_shift_of, terminals_since
from ...cashbox.shifts.rules import SlipTotal
from ...cashbox.shifts.services import close_shift, open_shift
from ...cashbox.vouchers.rules import DIRECTION_OF, VoucherSpec
from ...cashbox.vouchers.services import record_voucher
from ...core.jalali import local_date
from ...inventory.queries import stock_of
from ...inventory.services import count_stock, receive, use
from ..story.rules import Story
from .rules import DIFFERENCES, FLOAT, PETTY_FLOAT, SLIPS_OFF, STEP, Outlay, drawn_amount, outlays_of, pieces_of

STOCK_EVERY, USE_EVERY, COUNT_EVERY = 21, 7, 10


def open_day(story: Story, day: date) -> None:
    """Count the till and begin its shift; what the terminal took yesterday has come to the bank."""
    boxes, now = story.salon.boxes, story.moment(day, 8, 45)
    if story.number_of(day):
        _transfer(story, now, boxes.terminal, boxes.bank, held(story, boxes.terminal), "تسویهٔ شاپرک")
    counted = held(story, boxes.till) if story.number_of(day) else FLOAT
    open_shift(
        branch_id=story.salon.branch_id,
        cashbox_id=boxes.till,
        counted=counted,
        key=f"demo:{day.isoformat()}:open",
        actor=story.salon.desk,
        now=now,
    )


def spend(story: Story, day: date) -> None:
    """Write the vouchers of a day, as far as the money is there."""
    for place, outlay in enumerate(outlays_of(story.number_of(day))):
        _write(story, day, outlay, f"demo:{day.isoformat()}:{place}")


def mind_the_shelf(story: Story, day: date) -> None:
    """Goods come, are used at work, and are counted now and then."""
    number, goods = story.number_of(day), story.salon.products
    if number % STOCK_EVERY == STOCK_EVERY - 1:
        _move(story, day, receive, dict.fromkeys(goods[::2], 12), "پخش آرایشی رز، حوالهٔ ۳۱۸")
    if number % USE_EVERY == 3:
        _move(story, day, use, {goods[0]: 1, goods[6]: 2}, "برای شست‌وشو و ناخن")
    if number % COUNT_EVERY == COUNT_EVERY - 2:
        seen = stock_of(story.salon.branch_id, goods[:5])
        found = {product_id: max(0, pieces - (product_id == goods[3])) for product_id, pieces in seen.items()}
        _move(story, day, count_stock, found, "شمارش قفسه")


def close_day(story: Story, day: date) -> None:
    """Bring what is above the float to the bank, count the till and close its shift."""
    boxes, now = story.salon.boxes, story.moment(day, 21)
    above = (held(story, boxes.till) - FLOAT) // STEP * STEP
    if held(story, boxes.petty) < PETTY_FLOAT // 2 and above > PETTY_FLOAT:
        _transfer(story, now, boxes.till, boxes.petty, PETTY_FLOAT, "شارژ تنخواه")
        above -= PETTY_FLOAT
    _transfer(story, now, boxes.till, boxes.bank, above, "واریز نقدی به حساب")
    _count(story, day)


def held(story: Story, box_id: int) -> int:
    """What a box holds by the books."""
    return next(box.balance for box in boxes_of(story.salon.branch_id) if box.id == box_id)


def _move(story: Story, day: date, move: Callable[..., None], pieces: Mapping[int, int], note: str) -> None:
    move(
        branch_id=story.salon.branch_id,
        pieces=pieces,
        note=note,
        key=f"demo:{day.isoformat()}:{move.__name__}",
        actor=story.salon.owner,
        now=story.moment(day, 12),
    )


def _count(story: Story, day: date) -> None:
    number, till = story.number_of(day), story.salon.boxes.till
    shift = open_shift_of(till)
    if shift is None:
        return
    off, why = DIFFERENCES.get(number % 9, (0, ""))
    slip_off, slip_why = SLIPS_OFF.get(number % 13, (0, ""))
    counted = held(story, till) + off
    slips = [SlipTotal(of.cashbox_id, max(0, of.books + slip_off)) for of in terminals_since(shift)]
    close_shift(
        branch_id=story.salon.branch_id,
        shift_id=shift.id,
        counted=counted,
        pieces=pieces_of(counted),
        slips=slips,
        explanation="؛ ".join(filter(None, (why, slip_why))),
        must_explain=True,
        key=f"demo:{day.isoformat()}:close",
        actor=story.salon.desk,
        now=story.moment(day, 21, 10),
    )


def _write(story: Story, day: date, outlay: Outlay, key: str) -> None:
    box_id = getattr(story.salon.boxes, outlay.box)
    amount = drawn_amount(story.chance, outlay)
    if outlay.kind != VoucherKind.RECEIPT and held(story, box_id) < amount:
        return
    direction = DIRECTION_OF.get(outlay.kind)
    is_owners = outlay.kind == VoucherKind.WITHDRAWAL
    spec = VoucherSpec(
        outlay.kind,
        box_id,
        amount,
        category_id=_category(direction, outlay.category) if direction else None,
        staff_id=story.chance.choice(sorted(story.salon.hours)) if outlay.kind == VoucherKind.ADVANCE else None,
        party=story.salon.owner.full_name if is_owners else outlay.party,
        note=outlay.note,
    )
    actor = story.salon.owner if is_owners else story.salon.desk
    now = story.moment(day, 20, 50)
    record_voucher(branch_id=story.salon.branch_id, spec=spec, key=key, actor=actor, now=now)


def _category(direction: Direction, name: str) -> int:
    return next(category.id for category in categories(direction) if category.name == name)


def _transfer(story: Story, now: datetime, source: int, target: int, amount: int, note: str) -> None:
    if amount <= 0:
        return
    spec = VoucherSpec(VoucherKind.TRANSFER, source, amount, to_cashbox_id=target, note=note)
    record_voucher(
        branch_id=story.salon.branch_id,
        spec=spec,
        key=f"demo:{local_date(now).isoformat()}:{source}:{target}",
        actor=story.salon.desk,
        now=now,
    )
