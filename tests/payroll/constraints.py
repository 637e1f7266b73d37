"""What the database refuses of pay, and a row of everything that the staff are paid by; tests.test_constraints tries it."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import select

from salon.access.models import User
from salon.cashbox.models import Voucher
from salon.core.db import db
from salon.core.jalali import local_date
from salon.invoices.models import PayShare, PayTally, PayTerms
from salon.payroll.models import PayAdjustment, PayPayment, PayPeriodAmount, PayStatement, PayStatementItem
from salon.staff.models import Attendance, PayScheme, PayStep
from tests.factories import SmallSalon

BEGINS = date(2026, 3, 21)
# By the name of each rule: a change of a row that it refuses.
PAY_CHECKS = {
    "ck_attendance_order": "UPDATE attendance SET left_at = came_at",
    "ck_pay_scheme_amount": "UPDATE pay_scheme SET amount = -1",
    "ck_pay_scheme_credit": "UPDATE pay_scheme SET credit_bp = 10001",
    "ck_pay_scheme_days": "UPDATE pay_scheme SET ends_on = '2026-03-20'",
    "ck_pay_scheme_discount": "UPDATE pay_scheme SET discount_bp = 10001",
    "ck_pay_scheme_one_thing": "UPDATE pay_scheme SET product_id = (SELECT min(id) FROM product), service_id = 1",
    "ck_pay_scheme_own": "UPDATE pay_scheme SET own_bp = 10001",
    "ck_pay_scheme_percent": "UPDATE pay_scheme SET percent_bp = 10001",
    "ck_pay_scheme_redo": "UPDATE pay_scheme SET redo_bp = 10001",
    "ck_pay_step_above": "UPDATE pay_step SET above = -1",
    "ck_pay_step_percent": "UPDATE pay_step SET percent_bp = 10001",
    "ck_service_materials": "UPDATE service SET materials = -1",
}
# Of what is never changed: a new row that it refuses.
PAY_NEW_ROWS: dict[str, tuple[str, dict[str, Any]]] = {
    "ck_pay_adjustment_amount": ("pay_adjustment", {"amount": 0}),
    "ck_pay_period_amount_days": ("pay_period_amount", {"ends_before": BEGINS}),
    "ck_pay_statement_days": ("pay_statement", {"starts_on": BEGINS, "ends_before": BEGINS, "staff_id": 2}),
    "ck_pay_terms_part": ("pay_terms", {"part_bp": 10_001, "of_staff_id": 2}),
}


def pay_the_staff(salon: SmallSalon, now: datetime) -> None:
    """A row of everything that the staff are paid by; the first line, entry, posting and voucher stand for theirs."""
    day, begins = local_date(now), BEGINS
    scheme = PayScheme(name="چهل درصد", kind="steps", staff_id=salon.sara, starts_on=begins, created_at=now)
    scheme.steps = [PayStep(above=0, percent_bp=4_000)]
    stylist = User(
        name="sara",
        full_name="سارا",
        role="stylist",
        password_hash="kept",
        branch_id=salon.branch_id,
        staff_id=salon.sara,
        created_at=now,
    )
    asked = {"branch_id": salon.branch_id, "staff_id": salon.sara, "fingerprint": "f" * 64, "entry_id": 1}
    bonus = PayAdjustment(
        **asked, kind="bonus", amount=1, reason="عید", business_date=day, recorded_at=now, idempotency_key="bonus"
    )
    days = {"starts_on": begins, "ends_before": day}
    statement = PayStatement(**asked, **days, opening=0, total=100, approved_at=now, idempotency_key="aban")
    db.session.add_all([scheme, stylist, bonus, statement, Attendance(staff_id=salon.sara, came_at=now)])
    db.session.flush()
    hers = {"staff_id": salon.sara, "scheme_id": scheme.id, "month": begins}
    terms = PayTerms(**hers, line_id=1, role="work", of_staff_id=salon.sara, part_bp=10_000, terms={})
    db.session.add(terms)
    db.session.flush()
    voucher = db.session.scalars(select(Voucher.id).order_by(Voucher.id)).first()
    db.session.add_all(
        [
            PayShare(terms_id=terms.id, invoice_id=1, entry_id=1, base=1, share=1),
            PayTally(**hers, base=1),
            PayStatementItem(statement_id=statement.id, posting_id=1),
            PayPeriodAmount(statement_id=statement.id, scheme_id=scheme.id, kind="salary", name="", amount=1, **days),
            PayPayment(statement_id=statement.id, voucher_id=voucher),
        ]
    )
    db.session.flush()
