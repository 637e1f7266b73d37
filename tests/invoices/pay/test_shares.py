"""What a line earns its people is fixed when it is settled, and comes back with a return in the same terms."""

from datetime import date, datetime, timedelta

from sqlalchemy import select, update

from salon.catalog.models import Service
from salon.core.db import db, transaction
from salon.customers.models import Customer
from salon.invoices.models import PayShare, PayTally
from salon.invoices.rules import LineSpec
from salon.ledger.models import AccountKind
from salon.ledger.queries import balance
from salon.payroll.statements.queries import statement
from salon.staff.models import Line, LineMember, PayKind, PayScheme, StaffMember, StepsOver
from tests.factories import SmallSalon, give_credit
from tests.invoices.pay.conftest import Back, Pay, Scheme, Sell, Write, balances, counted, lines_of, owed, verify

STEPS = {0: 3_000, 1_000_000: 3_500, 2_000_000: 4_000}


def discounts_borne() -> list[int]:
    """What of the discount of each line its person bore, in order."""
    db.session.rollback()
    return list(db.session.scalars(select(PayShare.discount_cost).order_by(PayShare.id)))


def test_a_percentage_of_a_line_is_hers(salon: SmallSalon, scheme: Scheme, sell: Sell, pay: Pay) -> None:
    scheme(4_000)
    pay(sell(1_000_001), 1_000_001)
    assert (counted(salon.sara), owed(salon.sara)) == ((1_000_001, 400_000), 400_000)
    assert balance(AccountKind.STAFF_COST, salon.sara) == 400_000
    assert verify() == []


def test_forty_percent_after_materials_with_a_discount_shared_half_and_half(
    salon: SmallSalon, scheme: Scheme, sell: Sell, pay: Pay
) -> None:
    scheme(4_000, after_materials=True, discount_bp=5_000)
    with transaction() as session:
        session.execute(update(Service).where(Service.id == salon.cut).values(materials=150_000))
    pay(sell(1_000_000, discount=100_001), 899_999)
    # 40% of 850,000 is 340,000; of the discount of 100,001 she bears half, 50,000, and the salon the odd rial
    assert (counted(salon.sara), owed(salon.sara)) == ((850_000, 290_000), 290_000)


def test_after_discounts_the_percentage_is_of_what_is_left(
    salon: SmallSalon, scheme: Scheme, sell: Sell, pay: Pay
) -> None:
    scheme(4_000)
    pay(sell(1_000_000, discount=100_000), 900_000)
    assert counted(salon.sara) == (900_000, 360_000)


def test_before_discounts_the_salon_bears_them(salon: SmallSalon, scheme: Scheme, sell: Sell, pay: Pay) -> None:
    scheme(4_000, discount_bp=0)
    pay(sell(1_000_000, discount=100_000), 900_000)
    assert counted(salon.sara) == (1_000_000, 400_000)


def test_club_credit_that_pays_later_takes_its_part_then(
    salon: SmallSalon, scheme: Scheme, sell: Sell, pay: Pay, now: datetime
) -> None:
    scheme(4_000, credit_bp=5_000)
    give_credit(salon, now, 200_000, "gift")
    sold = sell(1_000_000)
    pay(sold, 500_000, credit=100_000)
    assert owed(salon.sara) == 350_000
    pay(sold, 300_000, credit=100_000)
    assert owed(salon.sara) == 300_000
    assert verify() == []


def test_a_fixed_amount_counts_pieces(salon: SmallSalon, scheme: Scheme, sell: Sell, pay: Pay, back: Back) -> None:
    scheme(0, kind=PayKind.FIXED, amount=70_000)
    sold = sell(300_000, quantity=3)
    pay(sold, 900_000)
    assert owed(salon.sara) == 210_000
    back(sold, 1)
    assert owed(salon.sara) == 140_000


def test_steps_over_the_part_above_cross_in_the_middle_of_a_day(
    salon: SmallSalon, scheme: Scheme, sell: Sell, pay: Pay
) -> None:
    scheme(0, kind=PayKind.STEPS, steps=STEPS)
    earned = []
    for price in (800_000, 500_000, 1_000_000):
        pay(sell(price), price)
        earned.append(owed(salon.sara))
    # 800,000 at 30%; 200,000 at 30% and 300,000 at 35%; 700,000 at 35% and 300,000 at 40%
    assert earned == [240_000, 405_000, 770_000]


def test_steps_over_the_whole_lift_what_was_done_before(
    salon: SmallSalon, scheme: Scheme, sell: Sell, pay: Pay
) -> None:
    scheme(0, kind=PayKind.STEPS, steps=STEPS, steps_over=StepsOver.WHOLE)
    earned = []
    for price in (800_000, 500_000, 1_000_000):
        pay(sell(price), price)
        earned.append(owed(salon.sara))
    assert earned == [240_000, 455_000, 920_000]  # 30% of 800,000, 35% of 1,300,000, 40% of 2,300,000


def test_a_return_leaves_the_steps_as_if_it_had_never_been_sold(
    salon: SmallSalon, scheme: Scheme, sell: Sell, pay: Pay, back: Back, now: datetime
) -> None:
    scheme(0, kind=PayKind.STEPS, steps=STEPS)
    first, second = sell(800_000), sell(500_000)
    pay(first, 800_000)
    pay(second, 500_000)
    back(first, at=now + timedelta(days=40))  # in the month after next: the month of the sale is what counts
    assert (counted(salon.sara), owed(salon.sara)) == ((500_000, 150_000), 150_000)
    assert db.session.query(PayTally.base).all() == [(500_000,)]
    assert verify() == []


def test_a_head_leaves_her_assistant_a_part_of_her_own(salon: SmallSalon, scheme: Scheme, sell: Sell, pay: Pay) -> None:
    with transaction() as session:
        hair = Line(branch_id=salon.branch_id, name="مو", head_id=salon.sara)
        session.add(hair)
        session.flush()
        session.add(LineMember(line_id=hair.id, staff_id=salon.negar, share_bp=2_000))
    scheme(5_000)
    pay(sell(1_000_000), 1_000_000)
    assert (owed(salon.sara), owed(salon.negar)) == (400_000, 100_000)
    assert balance(AccountKind.STAFF_COST, salon.sara) + balance(AccountKind.STAFF_COST, salon.negar) == 500_000


def test_her_own_client_has_a_percentage_of_her_own(salon: SmallSalon, scheme: Scheme, sell: Sell, pay: Pay) -> None:
    scheme(4_000, own_bp=10_000)
    with transaction() as session:
        session.execute(update(Customer).where(Customer.id == salon.zahra).values(own_staff_id=salon.sara))
    pay(sell(1_000_000), 1_000_000)
    assert owed(salon.sara) == 1_000_000


def test_a_line_of_several_is_split_to_the_last_rial(salon: SmallSalon, scheme: Scheme, write: Write, pay: Pay) -> None:
    scheme(4_000)
    scheme(5_000, staff_id=salon.negar)
    shared = LineSpec(
        service_id=salon.cut,
        unit_price=1_000_001,
        shares=((salon.sara, 3_333), (salon.negar, 6_667)),
        staff_id=salon.sara,
    )
    pay(write(shared), 1_000_001)
    assert (counted(salon.sara), counted(salon.negar)) == ((333_300, 133_320), (666_701, 333_350))


def test_a_later_scheme_changes_nothing_of_what_was_settled(
    salon: SmallSalon, scheme: Scheme, sell: Sell, pay: Pay, back: Back
) -> None:
    made, sold = scheme(4_000), sell(1_000_000, quantity=2)
    pay(sold, 2_000_000)
    with transaction() as session:
        session.execute(update(PayScheme).where(PayScheme.id == made).values(percent_bp=9_000))
    back(sold, 1)
    assert owed(salon.sara) == 400_000


def test_a_full_return_leaves_every_account_as_before(
    salon: SmallSalon, scheme: Scheme, sell: Sell, pay: Pay, back: Back
) -> None:
    scheme(3_333, discount_bp=3_333)
    before, sold = balances(), sell(333_333, quantity=3, discount=77_777)
    pay(sold, 922_222)
    for _piece in range(3):
        back(sold, 1)
    assert balances() == before
    assert counted(salon.sara) == (0, 0)
    assert verify() == []


def test_work_done_again_is_borne_in_the_stated_part_by_who_did_it_first(
    salon: SmallSalon, scheme: Scheme, sell: Sell, write: Write, pay: Pay, back: Back
) -> None:
    scheme(4_000, redo_bp=5_000)
    scheme(4_000, staff_id=salon.negar)
    sold = sell(1_000_000)
    pay(sold, 1_000_000)
    again = LineSpec(service_id=salon.cut, staff_id=salon.negar, unit_price=1_000_000, redo_line_id=lines_of(sold)[0])
    redone = write(again)
    pay(redone)
    # Negar earns 400,000 for what the customer does not pay; Sara bears half of it
    assert (owed(salon.sara), owed(salon.negar)) == (200_000, 400_000)
    assert verify() == []
    back(redone, 1)
    assert (owed(salon.sara), owed(salon.negar)) == (400_000, 0)


def test_without_a_scheme_nothing_is_counted(salon: SmallSalon, sell: Sell, pay: Pay) -> None:
    pay(sell(), 1_000_000)
    assert counted(salon.sara) == (0, 0)


def test_who_does_her_own_work_again_sees_both_sides_of_it(
    salon: SmallSalon, scheme: Scheme, sell: Sell, write: Write, pay: Pay
) -> None:
    scheme(4_000, redo_bp=10_000)
    sold = sell(1_000_000)
    pay(sold, 1_000_000)
    pay(
        write(LineSpec(service_id=salon.cut, staff_id=salon.sara, unit_price=1_000_000, redo_line_id=lines_of(sold)[0]))
    )
    assert (owed(salon.sara), verify()) == (400_000, [])
    shown = statement(salon.sara, date(2026, 10, 23), date(2026, 11, 22))
    assert [line.share for line in shown.lines] == [400_000, 400_000, -400_000]


def test_work_done_again_takes_the_materials_of_its_own_day(
    salon: SmallSalon, scheme: Scheme, sell: Sell, write: Write, pay: Pay
) -> None:
    scheme(4_000, redo_bp=5_000)
    scheme(4_000, staff_id=salon.negar, after_materials=True)
    sold = sell(1_000_000)
    pay(sold, 1_000_000)
    with transaction() as session:
        session.execute(update(Service).where(Service.id == salon.cut).values(materials=100_000))
    first = lines_of(sold)[0]
    pay(write(LineSpec(service_id=salon.cut, staff_id=salon.negar, unit_price=1_000_000, redo_line_id=first)))
    # Negar earns 40% of 900,000; with the materials it cost 460,000, of which Sara bears half
    assert (owed(salon.sara), owed(salon.negar)) == (400_000 - 230_000, 360_000)


def test_a_fixed_amount_bears_nothing_of_a_discount(salon: SmallSalon, scheme: Scheme, sell: Sell, pay: Pay) -> None:
    scheme(0, kind=PayKind.FIXED, amount=70_000)
    pay(sell(1_000_000, discount=100_000), 900_000)
    assert (owed(salon.sara), discounts_borne()) == (70_000, [0])


def test_who_passes_a_step_bears_no_more_than_the_discount(
    salon: SmallSalon, scheme: Scheme, sell: Sell, pay: Pay
) -> None:
    scheme(0, kind=PayKind.STEPS, steps={0: 0, 1_000_000: 5_000}, steps_over=StepsOver.WHOLE)
    pay(sell(950_000), 950_000)
    pay(sell(100_000, discount=50_000), 50_000)
    assert (owed(salon.sara), discounts_borne()) == (500_000, [0, 50_000])


def test_club_credit_pays_sessions_sold_ahead_in_their_part(
    salon: SmallSalon, scheme: Scheme, write: Write, pay: Pay, three_cuts: int, now: datetime
) -> None:
    scheme(4_000, credit_bp=None)
    give_credit(salon, now, 400_000, "gift")
    cut = LineSpec(service_id=salon.cut, staff_id=salon.sara, unit_price=1_000_000)
    pay(write(cut, LineSpec(package_id=three_cuts)), 1_600_000, credit=400_000)
    assert (counted(salon.sara), verify()) == ((800_000, 320_000), [])


def test_an_assistant_who_left_takes_nothing_of_her_head_s(
    salon: SmallSalon, scheme: Scheme, sell: Sell, pay: Pay
) -> None:
    with transaction() as session:
        hair = Line(branch_id=salon.branch_id, name="مو", head_id=salon.sara)
        session.add(hair)
        session.flush()
        session.add(LineMember(line_id=hair.id, staff_id=salon.negar, share_bp=2_000))
        session.execute(update(StaffMember).where(StaffMember.id == salon.negar).values(active=False))
    scheme(5_000)
    pay(sell(1_000_000), 1_000_000)
    assert (owed(salon.sara), owed(salon.negar)) == (500_000, 0)
