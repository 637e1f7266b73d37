"""A few who wait, through the services that the desk uses; chance is not asked, so that nothing else moves."""

from datetime import date, timedelta

from ...appointments.availability.queries import offers
from ...appointments.availability.rules import Asked
from ...appointments.queue.services import come
from ...appointments.requests.services import ask
from ...appointments.rules import BookingItem
from ...appointments.waitlist.rules import WaitSpec, mask_of
from ...appointments.waitlist.services import join
from ...core.jalali import local_date, start_of_day
from ..story.rules import Story
from .rules import IN_QUEUE, REQUEST_NOTE, WISHES, Wish

_DAY = timedelta(days=1)


def let_some_wait(story: Story, today: date) -> None:
    """Some wait for a time to open, some came without a booking, and one asked for a time herself."""
    regulars = sorted(story.last_visits)[1:]  # the first is about to come
    for number, wish in enumerate(WISHES):
        _wait(story, regulars[number], wish, today)
    for number, minutes in enumerate(IN_QUEUE, start=len(WISHES)):
        _queue(story, regulars[number], number, minutes)
    _ask(story, regulars[len(WISHES) + len(IN_QUEUE)], today)


def _wait(story: Story, customer_id: int, wish: Wish, today: date) -> None:
    spec = WaitSpec(
        [BookingItem(story.salon.services[wish.service].service_id, None)],
        today + _DAY,
        today + (wish.days + 1) * _DAY,
        mask_of(wish.weekdays),
        wish.from_time,
        wish.to_time,
        wish.note,
    )
    moment = story.until - timedelta(hours=2 + 20 * wish.service)
    join(branch_id=story.salon.branch_id, customer_id=customer_id, spec=spec, actor=story.salon.desk, now=moment)


def _queue(story: Story, customer_id: int, number: int, minutes: int) -> None:
    """She came so many minutes ago, if the day is as old."""
    items = [BookingItem(story.salon.services[number].service_id, None)]
    came_at = max(story.until - timedelta(minutes=minutes), start_of_day(local_date(story.until)))
    come(branch_id=story.salon.branch_id, customer_id=customer_id, items=items, actor=story.salon.desk, now=came_at)


def _ask(story: Story, customer_id: int, today: date) -> None:
    """For the first free time of the day after tomorrow, or after it."""
    items = [BookingItem(story.salon.services[0].service_id, None)]
    branch_id = story.salon.branch_id
    first = start_of_day(today + 2 * _DAY)
    free = next(offers(Asked(branch_id, items, customer_id), first, first + 14 * _DAY, story.until), None)
    if free is not None:
        ask(
            branch_id=branch_id,
            customer_id=customer_id,
            starts_at=free.starts_at,
            items=items,
            note=REQUEST_NOTE,
            actor=None,
            now=story.until,
        )
