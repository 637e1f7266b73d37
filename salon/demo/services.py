"""The demo's story: a salon opened some months ago, its days up to today, and the bookings after it."""

from collections.abc import Callable, Iterable
from datetime import date, datetime, timedelta
from random import Random

from ..appointments.queries import midnight_of
from ..core.jalali import local_date
from .bridal.services import open_bridal_file
from .calendar.services import close_days
from .drawer.services import close_day, mind_the_shelf, open_day, spend
from .opening.services import open_salon, raise_prices
from .pay.services import bring_own_clients, write_attendance
from .payday.services import pay_staff
from .people.rules import Person, draw_people
from .people.services import let_in
from .sequels.services import play_sequels
from .story.rules import Story
from .visits.services import STILL_WAITING, book_ahead, deliver_past, play_past_day, play_today
from .waiting.services import let_some_wait

DAYS = 100
CUSTOMERS = 300
ATTENDED = 20  # days on which coming and going was written down
SEED = 1405  # the same story every time, counted back from today
SHARES_AHEAD = (0.6, 0.4, 0.25, 0.2, 0.1)  # of a full day, tomorrow first

Pace = Callable[[Iterable[date]], Iterable[date]]


def make_demo(*, card_key: str, now: datetime, days: int = DAYS, customers: int = CUSTOMERS, pace: Pace = iter) -> None:
    """Make the whole demo inside one transaction: all of it or nothing. Cards are kept under the salon's card key."""
    today = local_date(now)
    first_day = today - timedelta(days=days)
    chance = Random(SEED)
    opened_at = midnight_of(first_day) + timedelta(hours=8)
    story = Story(open_salon(today=today, now=opened_at), chance, first_day, now, Random(SEED))
    people = draw_people(chance, customers, first_day=first_day, today=today)
    for passed, day in enumerate(pace([first_day + timedelta(days=passed) for passed in range(days)])):
        newcomers = _welcome(story, people, day, card_key)
        open_day(story, day)
        if passed == days // 2:
            raise_prices(story.salon, now=opened_at + timedelta(days=passed))
        play_past_day(story, day, [] if day == first_day else newcomers)
        _rest_of_day(story, day)
        close_day(story, day)
    close_days(story.salon.branch_id, first_day, today, story.salon.owner, now)
    open_day(story, today)
    attended = [today - timedelta(days=ago) for ago in range(min(days, ATTENDED), -1, -1)]
    write_attendance(story.salon.hours, attended, now)
    play_today(story, today, _star(story), now)
    _rest_of_day(story, today)
    for ahead, share in enumerate(SHARES_AHEAD, start=1):
        book_ahead(story, today + timedelta(days=ahead), share)
    let_some_wait(story, today)
    open_bridal_file(story, today)
    deliver_past(before=now - STILL_WAITING)


def _rest_of_day(story: Story, day: date) -> None:
    """What happens beside the visits."""
    play_sequels(story, day)
    mind_the_shelf(story, day)
    spend(story, day)
    pay_staff(story, day)


def _welcome(story: Story, people: Iterable[Person], day: date, card_key: str) -> list[int]:
    """Let in those who come for the first time on a day; gives their ids."""
    opens = midnight_of(day) + timedelta(hours=9)
    fresh = [person for person in people if person.joined == day]
    added = let_in(
        fresh,
        branch_id=story.salon.branch_id,
        groups=story.salon.distinctions.groups,
        card_key=card_key,
        actor=story.salon.desk,
        now=opens,
    )
    bring_own_clients(story.salon.branch_id, added)
    story.people.update(added)
    return list(added)


def _star(story: Story) -> int:
    """The customer whose card is known: the first."""
    return min(story.people)
