"""What another program does at the desk comes to what the desk itself does, and moves no money twice."""

from typing import Any

import pytest
from sqlalchemy import func, select, update

from salon.access.models import Role, User
from salon.cashbox.audit.queries import verify_cashbox
from salon.catalog.models import Service
from salon.core import clock
from salon.core.db import db, transaction
from salon.customers.models import Customer
from salon.invoices.audit.queries import verify_invoices
from salon.invoices.models import Invoice
from salon.invoices.rules import LineSpec
from salon.invoices.services import draft
from salon.invoices.terms.rules import Terms
from salon.ledger.models import AccountKind
from salon.ledger.queries import balance, verify_journal
from salon.setup.queries import profile
from salon.staff.levels.services import add_level
from salon.staff.models import StaffMember

from .till import Asked, Till

LONG_KEY = "k" * 100


def refused(till: Till, asked: Asked) -> tuple[int, str, str | None]:
    """Status, code and field of a refusal."""
    answer = till.send(asked)
    return answer.status_code, answer.json["code"], answer.json.get("field")


def money_in(till: Till, kind: str = "cash") -> int:
    """What the main box of a kind holds, in rials."""
    return next(box["balance"] for box in till.got(Asked("GET", "/cashboxes"))["items"] if box["kind"] == kind)


def sums(invoice_id: int) -> list[Any]:
    """All that an invoice and its lines come to."""
    found = db.session.get_one(Invoice, invoice_id)
    kept = ("net", "discount", "shared_discount", "shared_discount_bp", "tax", "tips", "rounding", "total")
    of_line = ("quantity", "unit_price", "discount", "discount_bp", "discount_reason", "shared_discount", "net")
    lines = [[getattr(line, name) for name in of_line] for line in found.lines]
    shares = [[(part.staff_id, part.share_bp) for part in line.shares] for line in found.lines]
    return [*(getattr(found, name) for name in kept), found.sale_kind_id, found.discount_reason, lines, shares]


def test_a_draft_of_a_program_is_what_the_till_writes(till: Till) -> None:
    with transaction():
        profile().round_to = 10_000
    sara, negar = till.salon.sara, till.salon.negar
    kind = till.got(Asked("GET", "/sale-kinds"))["items"][-1]["id"]
    shares = [{"staff_id": sara, "share_bp": 6_000}, {"staff_id": negar, "share_bp": 4_000}]
    lines = [
        {"service_id": till.salon.color, "discount_bp": 1_050, "discount_reason": "دوست", "shares": shares},
        till.line(quantity=2, discount=35_000),
    ]
    told = till.got(
        till.draft(
            *lines,
            discount=100_000,
            discount_reason="عید",
            sale_kind_id=kind,
            tips=[{"staff_id": negar, "amount": 20_000}, {"staff_id": sara, "amount": 5_000}],
        )
    )
    with transaction():
        by_hand = draft(
            branch_id=till.salon.branch_id,
            customer_id=till.salon.zahra,
            lines=[
                LineSpec(
                    till.salon.color,
                    staff_id=sara,
                    discount_bp=1_050,
                    discount_reason="دوست",
                    shares=((sara, 6_000), (negar, 4_000)),
                ),
                LineSpec(till.salon.cut, staff_id=negar, quantity=2, discount=35_000),
            ],
            terms=Terms(100_000, None, "عید", ((negar, 20_000), (sara, 5_000)), kind),
            actor_id=till.salon.desk_id,
            now=clock.now(),
        )
    assert sums(told["id"]) == sums(by_hand)
    # 2,506,000 and 865,000 less 100,000 on the whole, and the tips; rounded down to tens of thousands
    assert (told["net"], told["total"], told["rounding"]) == (3_271_000, 3_290_000, -6_000)
    assert (told["discount"], told["shared_discount"]) == (429_000, 100_000)
    assert told["tips"] == [{"staff_id": negar, "amount": 20_000}, {"staff_id": sara, "amount": 5_000}]
    assert [line["shares"] for line in told["lines"]] == [shares, []]
    assert told["lines"][0]["staff_id"] == sara


def test_tips_and_shares_of_a_program_are_paid_and_the_books_agree(till: Till) -> None:
    told = till.got(till.draft(discount_bp=1_000, tips=[{"staff_id": till.salon.sara, "amount": 30_000}]))
    assert (told["shared_discount"], told["shared_discount_bp"], told["total"]) == (45_000, 1_000, 435_000)
    till.got(till.settlement(told["id"], 435_000))
    assert balance(AccountKind.STAFF_PAYABLE, till.salon.sara) == -30_000
    assert verify_journal() + verify_invoices() == []


def test_a_price_out_of_a_range_that_nobody_said_is_refused_at_its_line_and_nothing_is_written(till: Till) -> None:
    with transaction():
        db.session.execute(update(Service).where(Service.id == till.salon.cut).values(price_to=900_000))
    color = till.line(service_id=till.salon.color)
    assert refused(till, till.draft(color, till.line())) == (422, "price_missing", "lines.1.unit_price")
    assert db.session.scalar(select(func.count(Invoice.id))) == 0
    assert till.got(till.draft(color, till.line(unit_price=700_000)))["total"] == 3_500_000


def test_shares_that_are_no_whole_and_discounts_without_a_reason_are_refused_at_their_places(till: Till) -> None:
    with transaction():
        profile().reason_above = 10_000
    shares = [{"staff_id": till.salon.sara, "share_bp": 10_000}]
    assert refused(till, till.draft(till.line(shares=shares))) == (422, "shares_invalid", "lines.0.staff_id")
    assert refused(till, till.draft(till.line(discount_bp=500))) == (422, "reason_missing", "lines.0.discount_reason")
    assert refused(till, till.draft(discount_bp=500)) == (422, "reason_missing", "discount_reason")
    twice = [{"staff_id": till.salon.sara, "amount": amount} for amount in (1, 2)]
    assert refused(till, till.draft(tips=twice)) == (422, "tip_invalid", "tips")


def test_a_deposit_goes_back_once_whatever_is_sent_again(till: Till) -> None:
    held = till.got(till.deposit(300_000))["id"]
    for _again in range(2):
        back = till.got(till.given_back(held, 120_000, LONG_KEY))
        assert (back["amount"], back["remaining"]) == (300_000, 180_000)
    assert money_in(till) == 180_000
    rest = till.got(Asked("GET", f"/deposits?customer_id={till.salon.zahra}"))["items"]
    assert [(of["id"], of["remaining"]) for of in rest] == [(held, 180_000)]
    till.got(till.given_back(held, 180_000))
    assert till.got(Asked("GET", f"/deposits?customer_id={till.salon.zahra}"))["items"] == []
    assert verify_journal() + verify_cashbox() == []


def test_a_receipt_goes_over_the_chosen_invoices_alone(till: Till) -> None:
    debts = []
    for _visit in range(3):
        debts.append(till.drafted())
        till.got(till.settlement(debts[-1]))
    chosen = till.got(till.receipt(500_000, LONG_KEY, invoices=debts[1:]))["allocated"]
    assert chosen == [{"invoice_id": debts[1], "amount": 450_000}, {"invoice_id": debts[2], "amount": 50_000}]
    assert refused(till, till.receipt(400_001, invoices=debts[1:])) == (422, "overpaid", "payments")
    assert refused(till, till.receipt(500_000, LONG_KEY, invoices=debts)) == (422, "key_reused", "idempotency_key")


def test_a_voucher_and_a_transfer_move_money_once_and_are_taken_back_whole(till: Till) -> None:
    received = till.got(till.voucher(900_000, LONG_KEY))
    assert till.got(till.voucher(900_000, LONG_KEY)) == received
    moved = till.got(till.transfer(250_000, "night"))
    assert till.got(till.transfer(250_000, "night")) == moved
    assert (money_in(till), money_in(till, "bank")) == (650_000, 250_000)
    back = till.got(till.reversal(moved["id"], "oops"))
    assert till.got(till.reversal(moved["id"], "oops")) == back
    assert (back["kind"], back["reverses_id"]) == ("transfer", moved["id"])
    assert (money_in(till), money_in(till, "bank")) == (900_000, 0)
    assert verify_journal() + verify_cashbox() == []


@pytest.mark.parametrize("role", [Role.RECEPTIONIST, Role.OWNER])
def test_the_owner_alone_takes_her_money_out(till: Till, role: Role) -> None:
    wanted = till.voucher(1_000, kind="withdrawal")
    till.got(till.voucher())
    with transaction():
        db.session.execute(update(User).where(User.id == till.salon.desk_id).values(role=role.value))
    assert till.send(wanted).status_code == (201 if role == Role.OWNER else 403)
    assert balance(AccountKind.OWNER) == (1_000 if role == Role.OWNER else 0)


@pytest.mark.parametrize(("role", "status"), [(Role.RECEPTIONIST, 409), (Role.OWNER, 200)])
def test_the_owner_alone_lets_a_customer_pass_her_limit(till: Till, role: Role, status: int) -> None:
    wanted = till.settlement(till.drafted(), 100_000)
    with transaction():
        profile().debt_limit = 349_999
        db.session.execute(update(User).where(User.id == till.salon.desk_id).values(role=role.value))
    assert till.send(wanted).status_code == status


def test_a_customer_keeps_what_a_change_does_not_say(till: Till) -> None:
    group = till.got(Asked("POST", "/customer-groups", {"name": "عروس‌ها"}))["id"]
    with transaction():
        db.session.get_one(Customer, till.salon.zahra).debt_limit = 7
    before = till.got(Asked("GET", "/customers?search=09123456789"))["items"][0]
    assert till.got(till.changed(group_id=group)) == before | {"group_id": group}
    assert till.got(till.changed(is_member=False)) == before | {"group_id": group, "is_member": False}
    assert till.got(till.changed(group_id=None, is_member=True)) == before
    assert db.session.get_one(Customer, till.salon.zahra).debt_limit == 7
    assert till.got(till.customer(group_id=group))["group_id"] == group
    assert group in {her["group_id"] for her in till.got(Asked("GET", "/customers"))["items"]}


def test_staff_tell_their_level_and_their_line(till: Till) -> None:
    with transaction():
        level = add_level(name="ارشد", position=1, actor=None, now=clock.now()).id
        db.session.get_one(StaffMember, till.salon.sara).level_id = level
    members = [{"staff_id": till.salon.negar, "share_bp": 3_000}]
    line = till.got(Asked("POST", "/lines", {"name": "مو", "members": members}))["id"]
    told = {of["id"]: (of["level_id"], of["line_id"]) for of in till.got(Asked("GET", "/staff"))["items"]}
    assert (told[till.salon.sara], told[till.salon.negar]) == ((level, None), (None, line))
