"""The guards of staff pay that nothing but their meaning tells apart, each with the edit that takes it away."""

from .faults import fault

APPROVING = "salon/payroll/statements/services.py"
PAYING = "salon/payroll/payments/services.py"
SCHEMES = "salon/staff/schemes/services.py"
OF_APPROVING = "tests/payroll/test_statements.py"
OF_SCHEMES = "tests/staff/schemes/test_services.py"

PAY = (
    fault(
        "pay: a return takes back what the work earned",
        "tests/invoices/pay/test_shares.py::test_a_full_return_leaves_every_account_as_before",
        "salon/invoices/returns/services.py",
        "count_pay_again(Cause(plan.sale.id, return_id,",
        "print(Cause(plan.sale.id, return_id,",
    ),
    fault(
        "approving: a known key approves once",
        f"{OF_APPROVING}::test_the_same_key_approves_once",
        APPROVING,
        "    if known is not None:\n        if known.fingerprint != asked:\n            raise KEY_REUSED.again()\n"
        "        return known\n",
    ),
    fault(
        "approving: no earlier work is left out",
        OF_APPROVING,
        APPROVING,
        "    _check_gap(staff_id, last.ends_before if last is not None else None, starts_on)\n",
    ),
    fault(
        "approving: only what was seen",
        f"{OF_APPROVING}::test_what_was_not_seen_is_not_approved",
        APPROVING,
        "    if seen_total is not None and approved.total != seen_total:\n        raise statement_changed()\n",
    ),
    fault(
        "paying: no more than is due",
        "tests/payroll/test_payments.py",
        PAYING,
        "if written_by(key) is None and amount > max(due, 0):",
        "if False:",
    ),
    fault(
        "schemes: one by which somebody was paid keeps its terms",
        f"{OF_SCHEMES}::test_a_scheme_that_somebody_was_paid_by_is_only_renamed_or_ended",
        SCHEMES,
        "    if used and changes_terms(spec_of(changed), kept):\n        raise scheme_in_use()\n",
    ),
    fault(
        "schemes: no two pay for the same on one day",
        f"{OF_SCHEMES}::test_two_schemes_for_the_same_on_one_day_are_refused_and_the_other_is_named",
        SCHEMES,
        "    if other is not None:\n        raise scheme_overlaps(other.name, other.starts_on)\n",
    ),
)
