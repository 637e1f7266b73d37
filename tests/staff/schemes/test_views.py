"""Schemes on screen: typed, read back in words, tried over real sales, ended."""

from collections.abc import Callable
from datetime import date, datetime

import pytest
import time_machine
from flask.testing import FlaskClient

from salon.core.db import db
from salon.staff.models import PayKind, PayScheme
from salon.staff.schemes.terms.rules import spec_of
from tests.factories import SmallSalon, open_second_branch
from tests.invoices.pay.conftest import Pay, Scheme, Sell, pay, scheme, sell

__all__ = ["pay", "scheme", "sell"]

Login = Callable[[str], FlaskClient]
LIST = "/settings/pay-schemes"


@pytest.fixture(autouse=True)
def _today(now: datetime) -> object:
    """The day of the tests."""
    with time_machine.travel(now, tick=False):
        yield


def form(salon: SmallSalon, **said: str) -> dict[str, str]:
    """What is typed for forty percent after materials, with the discount shared half and half."""
    return {
        "name": "مو",
        "kind": "percent",
        "staff_id": str(salon.sara),
        "target": "services",
        "starts_on": "۱۴۰۵/۰۱/۰۱",
        "percent_bp": "۴۰",
        "after_materials": "y",
        "discount": "5000",
        "credit": "0",
        "steps_over": "part",
        "steps-0-above": "۰",  # stands there from the beginning
        "steps-0-percent_bp": "",
        "tried_from": "",
        "tried_to": "",
    } | said


def kept() -> PayScheme:
    """The one scheme."""
    db.session.rollback()
    return db.session.query(PayScheme).one()


def test_a_typed_scheme_stands_in_the_list_in_words(salon: SmallSalon, log_in: Login) -> None:
    owner = log_in("owner")
    answer = owner.post(f"{LIST}/new", data=form(salon))
    assert (answer.status_code, answer.headers["Location"]) == (303, LIST)
    spec = spec_of(kept())
    assert (spec.percent_bp, spec.after_materials, spec.discount_bp, spec.credit_bp) == (4_000, True, 5_000, 0)
    shown = owner.get(LIST)
    assert "۴۰٪ پس از مواد؛ تخفیف نصف به نصف" in shown.text
    assert "سارا احمدی" in shown.text


def test_steps_are_typed_row_by_row(salon: SmallSalon, log_in: Login) -> None:
    steps = {
        "kind": "steps",
        "steps-0-above": "۰",
        "steps-0-percent_bp": "۳۰",
        "steps-1-above": "۱۰۰٬۰۰۰",
        "steps-1-percent_bp": "۳۵",
        "steps-2-above": "",
        "steps-2-percent_bp": "",
    }
    owner = log_in("owner")
    assert owner.post(f"{LIST}/new", data=form(salon, **steps)).status_code == 303
    assert spec_of(kept()).steps == ((0, 3_000), (1_000_000, 3_500))
    assert 'value="۱۰۰٬۰۰۰"' in owner.get(f"{LIST}/{kept().id}").text


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"percent_bp": "۱۰۱"}, "درصد عددی از صفر تا صد است."),
        ({"starts_on": "۱۴۰۵/۱۳/۰۱"}, "تاریخ را مانند"),
        ({"ends_on": "۱۴۰۴/۱۲/۰۱"}, "پایان الگو پیش از آغاز آن است."),
        ({"kind": "salary", "amount": "۱۰", "staff_id": ""}, "حقوق و اجاره برای یک نفر"),
        ({"kind": "fixed", "amount": "-۵"}, "بزرگ‌تر از صفر"),
        ({"kind": "steps", "steps-0-above": "۵", "steps-0-percent_bp": "۳۰"}, "پله‌ها باید از صفر آغاز شوند"),
        ({"kind": "steps", "steps-0-above": "۵", "steps-0-percent_bp": ""}, "مبلغ و درصد را هر دو"),
    ],
)
def test_what_is_wrong_is_said_at_its_field_and_what_was_typed_stays(
    salon: SmallSalon, log_in: Login, said: dict[str, str], sentence: str
) -> None:
    answer = log_in("owner").post(f"{LIST}/new", data=form(salon, **said))
    assert answer.status_code == 422
    assert sentence in answer.text
    assert 'value="مو"' in answer.text
    assert db.session.query(PayScheme).count() == 0


def test_an_overlapping_scheme_is_refused_at_the_day_and_the_other_is_named(
    salon: SmallSalon, log_in: Login, scheme: Scheme
) -> None:
    scheme(4_000)
    answer = log_in("owner").post(f"{LIST}/new", data=form(salon))
    assert answer.status_code == 422
    assert "الگوی «الگو» (از ۱۴۰۵/۰۱/۰۱)" in answer.text
    assert 'id="starts_on-error"' in answer.text


def test_what_is_typed_is_read_back_before_it_is_kept(salon: SmallSalon, log_in: Login) -> None:
    owner = log_in("owner")
    answer = owner.post(f"{LIST}/words", data=form(salon))
    assert "۴۰٪ پس از مواد؛ تخفیف نصف به نصف" in answer.text
    assert "با پر شدن فرم" in owner.post(f"{LIST}/words", data=form(salon, starts_on="")).text


def test_a_typed_scheme_is_tried_over_real_sales_and_not_kept(
    salon: SmallSalon, log_in: Login, scheme: Scheme, sell: Sell, pay: Pay
) -> None:
    scheme(3_000)
    pay(sell(1_000_000), 1_000_000)
    days = {"tried_from": "۱۴۰۵/۰۸/۰۱", "tried_to": "۱۴۰۵/۰۸/۳۰", "of": str(salon.sara)}
    owner = log_in("owner")
    answer = owner.post(f"{LIST}/try", data=form(salon, **days))
    assert answer.status_code == 200
    for shown in ("۳۰٬۰۰۰", "۴۰٬۰۰۰", "۱۰٬۰۰۰", "کوتاهی", "زهرا"):
        assert shown in answer.text
    assert spec_of(kept()).percent_bp == 3_000
    lastly = owner.post(f"{LIST}/try", data=form(salon))
    assert lastly.status_code == 200
    assert "در این روزها کاری نیست" in lastly.text


def test_a_kept_scheme_has_a_page_of_what_it_would_have_paid(
    salon: SmallSalon, log_in: Login, scheme: Scheme, sell: Sell, pay: Pay
) -> None:
    made = scheme(3_000)
    pay(sell(1_000_000), 1_000_000)
    owner = log_in("owner")
    answer = owner.get(f"{LIST}/{made}/try?tried_from=1405/08/30&tried_to=1405/08/30")
    assert answer.status_code == 200
    assert "سارا احمدی" in answer.text
    lastly = owner.get(f"{LIST}/{made}/try")
    assert "در این روزها کاری نیست" in lastly.text
    assert 'value="۱۴۰۵/۰۵/۰۱"' in lastly.text  # the three months before this one
    assert 'value="۱۴۰۵/۰۷/۳۰"' in lastly.text
    assert owner.get(f"{LIST}/{made}/try?tried_from=1405/08/30&tried_to=1405/08/01").status_code == 422


def test_a_scheme_that_paid_is_only_renamed_or_ended_on_screen_too(
    salon: SmallSalon, log_in: Login, scheme: Scheme, sell: Sell, pay: Pay, now: datetime
) -> None:
    made = scheme(4_000, after_materials=True, discount_bp=5_000)
    pay(sell(1_000_000), 1_000_000)
    owner = log_in("owner")
    refused = owner.post(f"{LIST}/{made}", data=form(salon, percent_bp="۵۰"))
    assert refused.status_code == 422
    assert "فقط نام و پایانش عوض می‌شود" in refused.text
    assert owner.post(f"{LIST}/{made}", data=form(salon, name="مو، قدیم")).status_code == 303
    assert owner.post(f"{LIST}/{made}/end").status_code == 303
    assert (kept().name, kept().ends_on, kept().percent_bp) == ("مو، قدیم", date(2026, 11, 21), 4_000)


def test_a_scheme_of_another_branch_is_shown_by_whom_it_means_and_stays_hers(
    salon: SmallSalon, log_in: Login, scheme: Scheme, now: datetime
) -> None:
    made = scheme(4_000, staff_id=open_second_branch(now).mina)
    owner = log_in("owner")
    assert "مینا" in owner.get(LIST).text
    mina = str(kept().staff_id)
    assert owner.post(f"{LIST}/{made}", data=form(salon, staff_id=mina, name="مینا، تازه")).status_code == 303
    assert (kept().name, str(kept().staff_id)) == ("مینا، تازه", mina)


def test_a_scheme_of_more_steps_than_there_are_rows_is_shown_whole(
    salon: SmallSalon, log_in: Login, scheme: Scheme
) -> None:
    steps = {number * 10_000_000: 1_000 + number * 100 for number in range(8)}
    made = scheme(0, kind=PayKind.STEPS, steps=steps)
    shown = log_in("owner").get(f"{LIST}/{made}")
    assert (shown.status_code, 'name="steps-7-above"' in shown.text) == (200, True)


def test_the_desk_does_not_see_how_people_are_paid(salon: SmallSalon, log_in: Login) -> None:
    assert log_in("desk").get(LIST).status_code == 403


def test_nobody_sees_it_before_logging_in(salon: SmallSalon, client: FlaskClient) -> None:
    assert "/login" in client.get(LIST).headers["Location"]


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"percent_bp": ""}, "درصد را بنویسید."),
        ({"discount": "other", "discount_part": ""}, "درصد را بنویسید."),
        ({"credit": "other", "credit_part": ""}, "درصد را بنویسید."),
        ({"category": "ناخم"}, "هیچ خدمت یا کالایی در این دسته نیست."),
    ],
)
def test_what_was_forgotten_or_is_sold_nowhere_is_asked_for(
    salon: SmallSalon, log_in: Login, said: dict[str, str], sentence: str
) -> None:
    refused = log_in("owner").post(f"{LIST}/new", data=form(salon, **said))
    assert (refused.status_code, sentence in refused.text) == (422, True)
    assert db.session.query(PayScheme).count() == 0


@pytest.mark.parametrize("percent", ["", "۱۵۰", "ده"])
def test_what_cannot_be_read_makes_no_sentence(salon: SmallSalon, log_in: Login, percent: str) -> None:
    owner = log_in("owner")
    said = owner.post(f"{LIST}/words", data=form(salon, percent_bp=percent)).text
    assert ("یعنی" in said, "معنی الگو اینجا نوشته می‌شود" in said) == (False, True)


def test_a_refused_form_still_says_what_it_means(salon: SmallSalon, log_in: Login) -> None:
    owner = log_in("owner")
    owner.post(f"{LIST}/new", data=form(salon))
    refused = owner.post(f"{LIST}/new", data=form(salon))
    assert (refused.status_code, "۴۰٪ پس از مواد؛ تخفیف نصف به نصف" in refused.text) == (422, True)


def test_the_answer_of_a_trial_is_what_is_looked_at(salon: SmallSalon, log_in: Login, sell: Sell, pay: Pay) -> None:
    owner = log_in("owner")
    assert 'formaction="/settings/pay-schemes/try#trial"' in owner.get(f"{LIST}/new").text
    pay(sell(), 1_000_000)
    tried = owner.post(f"{LIST}/try", data=form(salon, tried_from="۱۴۰۵/۰۸/۰۱", tried_to="۱۴۰۵/۰۸/۳۰"))
    assert ("autofocus" in tried.text, 'id="trial"' in tried.text) == (False, True)
