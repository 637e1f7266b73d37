"""A scheme says in one sentence what it means."""

from datetime import date

import pytest
from flask import Flask

from salon.core.money import group
from salon.staff.models import PayScheme
from salon.staff.schemes.terms.rules import SchemeSpec, put_on
from salon.staff.schemes.words.rules import sentence_of


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        (
            {"percent_bp": 4_000, "after_materials": True, "discount_bp": 5_000},
            "۴۰٪ پس از مواد؛ تخفیف نصف به نصف",
        ),
        ({"percent_bp": 4_000}, "۴۰٪ پس از تخفیف"),
        ({"percent_bp": 4_000, "after_materials": True}, "۴۰٪ پس از مواد و تخفیف"),
        ({"percent_bp": 4_000, "discount_bp": 0}, "۴۰٪ پیش از تخفیف؛ تخفیف با سالن"),
        (
            {"percent_bp": 4_000, "credit_bp": 2_500, "own_bp": 10_000, "redo_bp": 5_000},
            "۴۰٪ پس از تخفیف؛ ۲۵٪ از اعتبار باشگاه با خودش؛ مشتری شخصی خودش: ۱۰۰٪؛ کار مجدد: ۵۰٪ هزینه‌اش با خودش",
        ),
        (
            {"kind": "steps", "steps": ((0, 3_000), (1_000_000, 3_500))},
            "۳۰٪، بالای ۱٬۰۰۰٬۰۰۰ ۳۵٪ پس از تخفیف، هر درصد از بخش همان پله",
        ),
        ({"kind": "fixed", "amount": 70_000, "discount_bp": 0}, "۷۰٬۰۰۰ برای هر بار؛ تخفیف با سالن"),
        ({"kind": "salary", "amount": 90_000}, "ماهی ۹۰٬۰۰۰ حقوق"),
        ({"kind": "rent", "amount": 90_000}, "ماهی ۹۰٬۰۰۰ اجاره به سالن می‌دهد"),
    ],
)
def test_a_scheme_is_said_in_one_sentence(app: Flask, engine: str, said: dict[str, object], sentence: str) -> None:
    known = SchemeSpec("الگو", "percent", date(2026, 3, 21))
    scheme = put_on(PayScheme(), SchemeSpec(**vars(known) | said))  # type: ignore[arg-type]  # as a test says it
    with app.test_request_context():
        assert sentence_of(scheme, group) == sentence
