"""The forms of deposits. Money typed in the salon's unit."""

from dataclasses import replace

from flask_babel import lazy_gettext as _l
from wtforms import RadioField
from wtforms.validators import InputRequired, Length

from ...cashbox.deposits.rules import MONEY
from ...cashbox.models import PaymentMethod
from ...cashbox.rules import METHOD_LABELS, PaymentSpec
from ...core.forms import KeyForm, MoneyField, TextField


class ReturnForm(KeyForm):
    """Money that goes back: how much, and how."""

    amount = MoneyField(_l("مبلغ"), [InputRequired(_l("مبلغ را بنویسید."))])
    method = RadioField(
        _l("چگونه"), choices=[(method.value, METHOD_LABELS[method]) for method in MONEY], default=MONEY[0].value
    )

    def payment(self) -> PaymentSpec:
        """What was typed."""
        return PaymentSpec(PaymentMethod(self.method.data), self.amount.data or 0)


class DepositForm(ReturnForm):
    """Money that comes: how much, how, and the tracking number if it has one."""

    reference = TextField(_l("شمارهٔ پیگیری"), [Length(max=60)], render_kw={"dir": "ltr"})

    def payment(self) -> PaymentSpec:
        """What was typed."""
        return replace(super().payment(), reference=self.reference.data or "")
