"""What services ask of their bookings, and whose minutes and prices differ."""

from datetime import timedelta

import pytest

from salon.catalog.booking_rules.queries import rules_of, said_of, touch_ups
from salon.catalog.booking_rules.rules import Rules, TouchUp
from salon.catalog.booking_rules.services import set_rules, set_touch_ups
from salon.catalog.phases.queries import made_of
from salon.catalog.phases.services import set_extras
from salon.catalog.prices.queries import own_prices_of
from salon.catalog.prices.services import set_own_prices
from salon.core.db import transaction
from salon.core.errors import Invalid, NotFound
from salon.setup.queries import profile


def test_a_service_says_nothing_and_goes_by_the_salon(salon):
    with transaction():
        profile().least_notice, profile().furthest_days = 120, 90
        set_rules(service_id=salon.color, rules=Rules(least_notice=0, patch_hours=48))
    assert said_of([salon.cut, salon.color]) == {
        salon.cut: Rules(),
        salon.color: Rules(least_notice=0, patch_hours=48),
    }
    assert rules_of([salon.cut]) == {salon.cut: Rules(120, 90)}
    assert rules_of([salon.color]) == {salon.color: Rules(0, 90, 48)}
    with transaction():
        set_rules(service_id=salon.color, rules=Rules())
    assert said_of([salon.color]) == {salon.color: Rules()}


@pytest.mark.parametrize(
    ("rules", "field"),
    [
        (Rules(least_notice=-1), "least_notice"),
        (Rules(furthest_days=0), "furthest_days"),
        (Rules(furthest_days=731), "furthest_days"),
        (Rules(patch_hours=721), "patch_hours"),
        (Rules(patch_hours=1, patch_months=0), "patch_months"),
        (Rules(patch_months=6), "patch_hours"),
    ],
)
def test_no_rule_that_nobody_could_mean(salon, rules, field):
    with pytest.raises(Invalid) as refused, transaction():
        set_rules(service_id=salon.cut, rules=rules)
    assert (refused.value.code, refused.value.field) == ("rule_invalid", field)


def test_a_visit_is_short_before_its_notice_and_far_after_its_last_day(now):
    rules = Rules(least_notice=60, furthest_days=1)
    minute, day = timedelta(minutes=1), timedelta(days=1)
    assert [rules.is_short(now + after * minute, now) for after in (-1, 0, 59, 60)] == [False, True, True, False]
    assert [rules.is_far(now + after * day, now) for after in (0, 1, 2)] == [False, False, True]


def test_touch_ups_are_written_anew(salon):
    of_cut = TouchUp(salon.brushing, salon.cut, 20, 200_000)
    with transaction():
        set_touch_ups(service_id=salon.brushing, touch_ups=[of_cut, TouchUp(salon.brushing, salon.color, 9, 0)])
    assert touch_ups([salon.brushing]) == [TouchUp(salon.brushing, salon.color, 9, 0), of_cut]
    with transaction():
        set_touch_ups(service_id=salon.brushing, touch_ups=[of_cut])
    assert touch_ups([salon.brushing, salon.cut]) == [of_cut]


def test_no_touch_up_of_itself_twice_or_of_nothing(salon):
    def sets(*told):
        with transaction():
            set_touch_ups(service_id=salon.cut, touch_ups=[TouchUp(salon.cut, *one) for one in told])

    for told in (
        [(salon.cut, 5, 1)],
        [(salon.color, 5, 1), (salon.color, 6, 1)],
        [(salon.color, 0, 1)],
        [(salon.color, 731, 1)],
        [(salon.color, 5, -1)],
    ):
        with pytest.raises(Invalid) as refused:
            sets(*told)
        assert refused.value.code == "touch_up_invalid"
    with pytest.raises(NotFound):
        sets((999, 5, 1))


def test_minutes_of_a_person_and_of_a_customer_lengthen_a_service(salon):
    with transaction():
        set_extras(service_id=salon.cut, whose="staff", minutes={salon.sara: -10, salon.negar: 5})
        set_extras(service_id=salon.cut, whose="customer", minutes={salon.zahra: 20})
        set_extras(service_id=salon.cut, whose="staff", minutes={salon.negar: None})
    made = made_of([salon.cut])[salon.cut]
    assert [phase.minutes for phase in made.phases_by(salon.sara, None, salon.zahra)] == [55]
    assert [phase.minutes for phase in made.phases_by(salon.negar, None, None)] == [45]
    with pytest.raises(Invalid) as refused, transaction():
        set_extras(service_id=salon.cut, whose="staff", minutes={salon.sara: 721})
    assert refused.value.code == "extra_invalid"


def test_prices_of_people_and_customers_are_kept_until_they_are_taken_away(salon):
    with transaction():
        set_own_prices(service_id=salon.cut, whose="staff", prices={salon.sara: 600_000, salon.negar: 500_000})
        set_own_prices(service_id=salon.cut, whose="customer", prices={salon.zahra: 0})
        set_own_prices(service_id=salon.cut, whose="staff", prices={salon.negar: None})
    assert own_prices_of(salon.cut) == {"staff": {salon.sara: 600_000}, "customer": {salon.zahra: 0}}
    with pytest.raises(Invalid) as refused, transaction():
        set_own_prices(service_id=salon.cut, whose="staff", prices={salon.sara: -1})
    assert refused.value.code == "price_invalid"
