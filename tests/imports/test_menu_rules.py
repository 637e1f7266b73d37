"""What a file says of services and products, put over what is known of them."""

from flask import Flask

from salon.imports.menu.rules import Sold, SoldFact, looked_over, new, over
from salon.imports.rules import Bundle, Finding, Named, Plan

CUT = Sold("1", "کوتاهی", "مو", 450_000, True, 600_000, 45, "لونا")


def fact(code: str, name: str | None = None, price: int | None = None) -> SoldFact:
    return SoldFact(code, name, None, price, None)


def found(*facts: SoldFact, known: tuple[Named, ...] = ()) -> list[tuple[int, str]]:
    plan = Plan([Bundle((line,), one) for line, one in enumerate(facts, start=2)])
    looked = looked_over(plan, {thing.code: thing for thing in known})
    return [(finding.line, finding.code) for finding in [*looked.refused, *looked.warnings]]


def test_what_a_file_does_not_say_stays_as_it_is_known() -> None:
    assert over(CUT, SoldFact("1", None, None, None, None)) == CUT
    said = SoldFact("1", "کوتاهی نو", "ابرو", None, False, None, 60, "مای")
    assert over(CUT, said) == Sold("1", "کوتاهی نو", "ابرو", 450_000, False, 600_000, 60, "مای")


def test_a_new_price_has_no_upper_end_but_its_own() -> None:
    assert (over(CUT, fact("1", price=0)).price, over(CUT, fact("1", price=0)).price_to) == (0, None)
    ranged = over(CUT, SoldFact("1", None, None, 5, None, price_to=7))
    assert (ranged.price, ranged.price_to) == (5, 7)


def test_what_is_new_is_called_by_its_code_and_costs_nothing_until_somebody_says() -> None:
    assert new(fact("X")) == Sold("X", "X", "", 0, True, None, 60, "")
    assert new(fact("X", "رنگ", 9)).name == "رنگ"


def test_a_thing_without_a_name_is_looked_at_unless_it_is_known(app: Flask) -> None:
    assert found(fact("1"), fact("2"), known=(Named(5, "2", "رنگ"),)) == [(2, "name_missing")]


def test_two_things_of_one_name_are_looked_at_in_the_file_and_in_the_books(app: Flask) -> None:
    assert found(fact("1", "رنگ مو"), fact("2", "رنگ‌مو"), fact("3", "مش")) == [(2, "name_shared"), (3, "name_shared")]
    assert found(fact("1", "رنگ"), known=(Named(5, "9", "رنگ"),)) == [(2, "name_shared")]
    assert found(fact("9", "رنگ"), known=(Named(5, "9", "رنگ"),)) == []
    assert found(fact("9", "مش"), fact("1", "رنگ"), known=(Named(5, "9", "رنگ"),)) == []


def test_a_code_that_says_two_things_is_refused(app: Flask) -> None:
    assert found(fact("1", "رنگ"), fact("1", "مش")) == [(3, "code_repeated")]
    assert found(fact("1", "رنگ"), fact("1", "رنگ")) == []


def test_what_is_looked_at_is_called_by_its_name_or_its_code_after_what_was_found_before(app: Flask) -> None:
    before = Finding(1, "before", "")
    plan = Plan([Bundle((2,), fact("x-9")), Bundle((3,), fact("1", "رنگ")), Bundle((4,), fact("2", "رنگ"))])
    plan.warnings.append(before)
    told = looked_over(plan, {}).warnings
    assert told[0] == before
    words = {2: "«x-9»", 3: "«رنگ»", 4: "«رنگ»"}
    assert [finding.line for finding in told[1:] if words[finding.line] in finding.message] == [2, 3, 4]
