"""Several customers at once: a time for all, booked, moved and called off together, all or none."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import product

import pytest
from sqlalchemy import func, select

from salon.appointments.availability.rules import Order
from salon.appointments.errors import SlotTaken
from salon.appointments.groups.queries import bookings_of, group_visit, money_of, timeline_of
from salon.appointments.groups.rules import Party, Together
from salon.appointments.groups.services import take_group_deposit
from salon.appointments.groups.together.queries import group_offer_at, group_offers
from salon.appointments.groups.together.services import book_together, cancel_group, move_group
from salon.appointments.models import Appointment, Occupancy
from salon.appointments.models import AppointmentStatus as S
from salon.appointments.rules import BookingItem
from salon.appointments.services import book, set_status
from salon.cashbox.deposits.queries import verify_deposits
from salon.cashbox.models import PaymentMethod
from salon.cashbox.rules import PaymentSpec
from salon.catalog.models import BookingRule, PhaseKind, Resource, ServiceExtra, ServicePhase, ServiceResource
from salon.core.db import db, transaction
from salon.core.errors import DomainError
from salon.core.jalali import wall_clock
from salon.ledger.models import AccountKind
from salon.ledger.queries import balance
from tests.appointments.groups.conftest import GREAT_DAY, Bridal
from tests.factories import SmallSalon

TEN = wall_clock(GREAT_DAY, 600)
HOUR = timedelta(hours=1)


def booked(bridal: Bridal, wanted: Together, now: datetime, at: datetime = TEN, **more: bool) -> Sequence[Appointment]:
    """Book a group from a moment on."""
    with transaction():
        return book_together(group_id=bridal.id, wanted=wanted, starts_at=at, actor=None, now=now, **more)


def both(bridal: Bridal) -> Together:
    """The bride has her hair cut and brushed, her sister has it cut, by anybody."""
    salon = bridal.salon
    return bridal.wants(
        (salon.zahra, [(salon.cut, None), (salon.brushing, None)]), (bridal.sister, [(salon.cut, None)])
    )


def told(bridal: Bridal) -> list[tuple[str, str, str, str]]:
    """Who has what by whom and when, in the file."""
    return [
        (entry.customer, entry.service, entry.staff, f"{(entry.item.starts_at - TEN) // timedelta(minutes=1):+}")
        for entry in timeline_of([one for one in bookings_of(bridal.id) if one.status == S.BOOKED])
    ]


def test_all_begin_at_once_each_with_her_own_services_and_nobody_serves_two(bridal: Bridal, now: datetime) -> None:
    booked(bridal, both(bridal), now)
    assert told(bridal) == [
        ("زهرا کریمی", "کوتاهی", "سارا احمدی", "+0"),
        ("مینا کریمی", "کوتاهی", "نگار رضایی", "+0"),
        ("زهرا کریمی", "براشینگ", "سارا احمدی", "+45"),
    ]
    assert {one.group_id for one in bookings_of(bridal.id)} == {bridal.id}


def test_where_a_place_is_prepared_first_all_come_at_once_and_each_offered_time_is_booked_as_it_is(
    bridal: Bridal, now: datetime, salon: SmallSalon
) -> None:
    with transaction() as session:
        for place, (kind, minutes) in enumerate(((PhaseKind.BUFFER, 15), (PhaseKind.BUSY, 30))):
            session.add(ServicePhase(service_id=salon.brushing, position=place, kind=kind, minutes=minutes))
    wanted = bridal.wants((salon.zahra, [(salon.cut, None)]), (bridal.sister, [(salon.brushing, None)]))
    offered = group_offers(wanted, wall_clock(GREAT_DAY, 540), wall_clock(GREAT_DAY, 1260), 1_000, now)
    assert [group_offer_at(wanted, offer.starts_at, now) for offer in offered] == offered
    booked(bridal, wanted, now)
    assert [row[0::3] for row in told(bridal)] == [("مینا کریمی", "+0"), ("زهرا کریمی", "+15")]


def test_one_after_another_needs_but_one_person(bridal: Bridal, now: datetime) -> None:
    salon = bridal.salon
    by_sara = ((salon.zahra, [(salon.cut, salon.sara)]), (bridal.sister, [(salon.cut, salon.sara)]))
    assert group_offer_at(bridal.wants(*by_sara), TEN, now) is None
    booked(bridal, bridal.wants(*by_sara, order=Order.SEQUENCE), now)
    assert [row[0::3] for row in told(bridal)] == [("زهرا کریمی", "+0"), ("مینا کریمی", "+45")]


def test_a_time_that_does_not_fit_all_is_refused_with_the_nearest_and_books_nobody(
    bridal: Bridal, now: datetime, salon: SmallSalon
) -> None:
    with transaction():
        book(
            branch_id=salon.branch_id,
            customer_id=bridal.mother,
            starts_at=TEN,
            items=[BookingItem(salon.cut, salon.negar)],
            actor=None,
            now=now,
        )
    with pytest.raises(SlotTaken) as refused:
        booked(bridal, both(bridal), now)
    minute = timedelta(minutes=1)
    assert [(moment - TEN) // minute for moment in refused.value.nearest] == [-55, -50, -45, 45, 50]
    assert "همه با هم جا نمی‌شوند" in refused.value.message
    assert bookings_of(bridal.id) == []
    booked(bridal, both(bridal), now, refused.value.nearest[0])


def test_every_offered_time_can_be_booked_as_it_is_and_each_other_on_the_grid_is_refused(
    bridal: Bridal, now: datetime, salon: SmallSalon
) -> None:
    """Against a slow look at each five minutes: two who can, phases with a gap, one room for one, an own extra."""
    with transaction() as session:
        for place, (kind, minutes) in enumerate(
            ((PhaseKind.BUSY, 60), (PhaseKind.PROCESSING, 45), (PhaseKind.BUSY, 15))
        ):
            session.add(ServicePhase(service_id=salon.color, position=place, kind=kind, minutes=minutes))
        room = Resource(branch_id=salon.branch_id, name="سرشور", kind="chair", capacity=1)
        session.add(room)
        session.flush()
        session.add(ServiceResource(service_id=salon.brushing, resource_id=room.id))
        session.add(ServiceExtra(service_id=salon.cut, customer_id=bridal.sister, minutes=15))
        for hour, staff_id in ((13, salon.sara), (17, salon.negar)):
            book(
                branch_id=salon.branch_id,
                customer_id=bridal.mother,
                starts_at=wall_clock(GREAT_DAY, hour * 60),
                items=[BookingItem(salon.brushing, staff_id)],
                actor=None,
                now=now,
            )
    wanted = bridal.wants(
        (salon.zahra, [(salon.color, None)]), (bridal.sister, [(salon.cut, None), (salon.brushing, None)])
    )
    first, before = wall_clock(GREAT_DAY, 540), wall_clock(GREAT_DAY, 1260)
    offered = {offer.starts_at: offer for offer in group_offers(wanted, first, before, 1_000, now)}
    for place in range(144):
        moment = first + place * timedelta(minutes=5)
        assert (moment in offered) == _fits(bridal, wanted, moment, now), moment
    assert 0 < len(offered) < 144
    last = max(offered)
    parties = tuple(
        Party(customer, tuple(BookingItem(one.service_id, one.staff_id, one.starts_at) for one in laid))
        for customer, laid in offered[last].parties
    )
    booked(bridal, Together(salon.branch_id, parties), now, last)


def _fits(bridal: Bridal, wanted: Together, moment: datetime, now: datetime) -> bool:
    """Whether any choice of people lets everybody be booked then, one booking after the other."""
    people = (bridal.salon.sara, bridal.salon.negar)
    for chosen in product(people, repeat=len(wanted.items)):
        given = iter(chosen)
        try:
            with transaction():
                for party in wanted.parties:
                    items = [BookingItem(item.service_id, next(given)) for item in party.items]
                    book(
                        branch_id=wanted.branch_id,
                        customer_id=party.customer_id,
                        starts_at=moment,
                        items=items,
                        actor=None,
                        now=now,
                    )
                raise LookupError  # it fits, and is not to stay
        except LookupError:
            return True
        except DomainError:
            continue
    return False


def test_a_whole_group_moves_at_once_over_its_own_time_and_its_trial_stays(bridal: Bridal, now: datetime) -> None:
    salon = bridal.salon
    trial = bridal.wants((salon.zahra, [(salon.brushing, salon.sara)]))
    booked(bridal, trial, now, TEN - timedelta(days=2), trial=True)
    booked(bridal, both(bridal), now)
    with transaction():
        move_group(branch_id=salon.branch_id, group_id=bridal.id, minutes=30, actor=None, now=now)
    assert [row[3] for row in told(bridal)] == ["-2880", "+30", "+30", "+75"]
    with transaction():
        move_group(branch_id=salon.branch_id, group_id=bridal.id, minutes=24 * 60, actor=None, now=now)
    assert group_visit(bridal.id, salon.branch_id).day == GREAT_DAY + timedelta(days=1)
    held = select(func.min(Occupancy.starts_at), func.count()).where(Occupancy.starts_at > TEN)
    assert tuple(db.session.execute(held).one()) == (TEN + timedelta(days=1, minutes=30), 3)


def test_a_move_that_does_not_fit_somebody_moves_nobody_and_names_her(bridal: Bridal, now: datetime) -> None:
    salon = bridal.salon
    booked(bridal, both(bridal), now)
    with transaction():
        book(
            branch_id=salon.branch_id,
            customer_id=bridal.mother,
            starts_at=TEN + 2 * HOUR,
            items=[BookingItem(salon.cut, salon.negar)],
            actor=None,
            now=now,
        )
    before = told(bridal)
    with pytest.raises(SlotTaken) as refused, transaction():
        move_group(branch_id=salon.branch_id, group_id=bridal.id, minutes=120, actor=None, now=now)
    assert refused.value.message.startswith("جا نمی‌شود: کوتاهی مینا کریمی با نگار رضایی؛ نزدیک‌ترین")
    assert told(bridal) == before
    nearest = [(moment - TEN) // timedelta(minutes=1) for moment in refused.value.nearest]
    assert nearest == [65, 70, 75, 165, 170]
    for minutes in (nearest[0], nearest[-1] - nearest[0]):
        with transaction():
            move_group(branch_id=salon.branch_id, group_id=bridal.id, minutes=minutes, actor=None, now=now)


def test_calling_the_file_off_frees_everybody_and_keeps_of_deposits_by_the_ladder(
    bridal: Bridal, now: datetime
) -> None:
    salon = bridal.salon
    booked(
        bridal, bridal.wants((salon.zahra, [(salon.brushing, salon.sara)])), now, TEN - timedelta(days=3), trial=True
    )
    booked(bridal, both(bridal), now)
    with transaction():
        for key in ("bride-1", "bride-1"):
            taken = take_group_deposit(
                branch_id=salon.branch_id,
                group_id=bridal.id,
                payment=PaymentSpec(PaymentMethod.CARD, 3_000_000),
                key=key,
                actor=None,
                now=now,
            )
    great_day = next(one for one in bookings_of(bridal.id) if not one.trial and one.customer_id == salon.zahra)
    assert taken.appointment_id == great_day.id
    thirty_hours_before = TEN - 30 * HOUR
    money = money_of(bookings_of(bridal.id), thirty_hours_before)
    assert (money.taken, money.remaining, money.kept_if_off) == (3_000_000, 3_000_000, 1_500_000)
    trial = next(one for one in bookings_of(bridal.id) if one.trial)
    with transaction():
        set_status(appointment_id=trial.id, status=S.DONE.value, actor=None, now=trial.starts_at + HOUR)
        cancel_group(branch_id=salon.branch_id, group_id=bridal.id, actor=None, now=thirty_hours_before)
    assert [one.status for one in bookings_of(bridal.id)] == [S.DONE, S.CANCELLED, S.CANCELLED]
    assert db.session.scalar(select(func.count()).where(Occupancy.starts_at >= TEN)) == 0
    assert (balance(AccountKind.DEPOSIT, salon.zahra), balance(AccountKind.DEPOSIT_KEPT)) == (-1_500_000, -1_500_000)
    assert verify_deposits() == []
    with pytest.raises(DomainError) as refused:
        booked(bridal, both(bridal), now)
    assert refused.value.code == "group_over"


def test_a_companion_without_her_patch_test_is_not_booked_and_nobody_with_her(bridal: Bridal, now: datetime) -> None:
    salon = bridal.salon
    with transaction() as session:
        session.add(BookingRule(service_id=salon.color, patch_hours=48))
    wanted = bridal.wants((salon.zahra, [(salon.cut, None)]), (bridal.mother, [(salon.color, None)]))
    with pytest.raises(DomainError) as refused:
        booked(bridal, wanted, now)
    assert (refused.value.code, bookings_of(bridal.id)) == ("patch_test_missing", [])


def test_two_files_want_the_same_people_at_once_and_one_gets_them(bridal: Bridal, now: datetime, together) -> None:
    def act() -> Sequence[Appointment]:
        return booked(bridal, both(bridal), now)

    answers = together(act, act)
    assert sorted(isinstance(answer, SlotTaken) for answer in answers) == [False, True]
    assert len(bookings_of(bridal.id)) == 2


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    ("case", "code"),
    [
        ("stranger", "member_unknown"),
        ("twice", "parties_twice"),
        ("nothing", "items_missing"),
        ("nobody", "items_missing"),
    ],
)
def test_only_people_of_the_file_are_booked_in_it_each_once(
    bridal: Bridal, now: datetime, case: str, code: str
) -> None:
    cut: list[tuple[int, int | None]] = [(bridal.salon.cut, None)]
    parties = {
        "stranger": [(987, cut)],
        "twice": [(bridal.sister, cut), (bridal.sister, cut)],
        "nothing": [(bridal.sister, cut), (bridal.mother, [])],
        "nobody": [],
    }[case]
    with pytest.raises(DomainError) as refused:
        booked(bridal, bridal.wants(*parties), now)
    assert refused.value.code == code
