"""Stock by movements."""

from collections.abc import Callable
from datetime import datetime

import pytest

from salon.access.models import User
from salon.catalog.services import add_product, change_product
from salon.core.db import db, transaction
from salon.core.errors import DomainError
from salon.inventory.queries import history, how_many_low, shelf, stock_of
from salon.inventory.services import count_stock, receive, use
from tests.factories import SmallSalon, open_second_branch

Act = Callable[..., None]


@pytest.fixture
def act(salon: SmallSalon, now: datetime) -> Callable[..., None]:
    """Do something to the stock of the first branch in a transaction of its own."""

    def acted(verb: Act, pieces: dict[int, int], key: str = "", note: str = "") -> None:
        owner = db.session.get(User, salon.owner_id)
        with transaction():
            verb(
                branch_id=salon.branch_id,
                pieces=pieces,
                note=note,
                key=key or f"{verb.__name__}{pieces}",
                actor=owner,
                now=now,
            )

    return acted


def test_stock_is_the_sum_of_what_came_went_and_was_counted(salon: SmallSalon, serum: int, act: Act) -> None:
    act(receive, {serum: 10}, note="کارتن تازه")
    act(use, {serum: 3})
    act(count_stock, {serum: 6})
    assert stock_of(salon.branch_id, [serum]) == {serum: 6}
    told = [
        (row.kind.value, row.quantity, row.stock, row.by, row.note) for row in history(salon.branch_id, serum, 9, 0)
    ]
    assert told == [
        ("counted", -1, 6, "خانم گلی", ""),
        ("used", -3, 7, "خانم گلی", ""),
        ("in", 10, 10, "خانم گلی", "کارتن تازه"),
    ]
    assert [row.stock for row in history(salon.branch_id, serum, 1, 1)] == [7]


def test_a_count_that_finds_all_as_it_should_be_is_kept_too(salon: SmallSalon, serum: int, act: Act) -> None:
    act(count_stock, {serum: 0})
    assert [(row.quantity, row.stock) for row in history(salon.branch_id, serum, 9, 0)] == [(0, 0)]


def test_each_branch_has_a_shelf_of_its_own(salon: SmallSalon, serum: int, act: Act, now: datetime) -> None:
    east = open_second_branch(now)
    act(receive, {serum: 10})
    assert stock_of(east.branch_id, [serum]) == {serum: 0}
    assert history(east.branch_id, serum, 9, 0) == []


def test_what_runs_out_is_called_low_once_it_was_ever_there(salon: SmallSalon, serum: int, act: Act) -> None:
    assert [row.stock for row in shelf(salon.branch_id)] == [None]
    assert how_many_low(salon.branch_id) == 0
    act(receive, {serum: 3})
    assert how_many_low(salon.branch_id) == 0
    act(use, {serum: 1})
    assert [row.product.id for row in shelf(salon.branch_id, low_only=True)] == [serum]
    assert [row.product.id for row in shelf(salon.branch_id, looked_for="لوراَل سرم")] == [serum]
    assert shelf(salon.branch_id, looked_for="رژ") == []


def test_the_same_key_moves_once_and_refuses_anything_else(salon: SmallSalon, serum: int, act: Act) -> None:
    act(receive, {serum: 10}, "box")
    act(receive, {serum: 10}, "box")
    act(count_stock, {serum: 8}, "shelf")
    act(use, {serum: 1}, "later")
    act(count_stock, {serum: 8}, "shelf")
    assert stock_of(salon.branch_id, [serum]) == {serum: 7}
    for verb, pieces, key in ((receive, 9, "box"), (use, 10, "box"), (count_stock, 7, "shelf")):
        with pytest.raises(DomainError) as refusal:
            act(verb, {serum: pieces}, key)
        assert refusal.value.code == "key_reused"
    assert stock_of(salon.branch_id, [serum]) == {serum: 7}


def test_a_key_of_two_products_is_not_that_of_one(salon: SmallSalon, serum: int, act: Act, now: datetime) -> None:
    with transaction():
        mask = add_product(name="ماسک", price=1, actor=None, now=now).id
    act(receive, {serum: 1, mask: 2}, "box")
    with pytest.raises(DomainError, match="کلید"):
        act(receive, {serum: 1}, "box")
    assert stock_of(salon.branch_id, [serum, mask]) == {serum: 1, mask: 2}


def test_what_cannot_be_on_a_shelf_is_refused_at_its_field(
    salon: SmallSalon, serum: int, act: Act, now: datetime
) -> None:
    with transaction():
        gift = add_product(name="کارت هدیه", price=1, counted=False, actor=None, now=now).id
    for verb, pieces, code, field in (
        (receive, {}, "pieces_missing", None),
        (receive, {serum: 0}, "pieces_invalid", f"pieces.{serum}"),
        (use, {serum: -1}, "pieces_invalid", f"pieces.{serum}"),
        (count_stock, {serum: 1_000_001}, "pieces_invalid", f"pieces.{serum}"),
        (receive, {999: 1}, "product_unknown", "product_id"),
        (count_stock, {gift: 1}, "product_uncounted", f"pieces.{gift}"),
    ):
        with pytest.raises(DomainError) as refusal:
            act(verb, pieces)
        assert (refusal.value.code, refusal.value.field) == (code, field)
    assert history(salon.branch_id, serum, 9, 0) == []


def test_what_is_no_more_counted_leaves_the_shelf_and_keeps_its_history(
    salon: SmallSalon, serum: int, act: Act, now: datetime
) -> None:
    act(receive, {serum: 1})
    with transaction():
        said = {"name": "سرم مو", "price": 600_000, "category": "", "brand": ""}
        change_product(product_id=serum, **said, active=True, counted=False, actor=None, now=now)
    assert shelf(salon.branch_id) == []
    assert len(history(salon.branch_id, serum, 9, 0)) == 1
