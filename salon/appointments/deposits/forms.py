"""The forms of deposits. Money typed in the salon's unit."""

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import HiddenField, RadioField
from wtforms.validators import InputRequired, Length, Regexp

from ...cashbox.deposits.rules import MONEY
from ...cashbox.models import PaymentMethod
from ...cashbox.rules import METHOD_LABELS, PaymentSpec
from ...core.forms import MoneyField, TextField


class DepositForm(FlaskForm):  # type: ignore[misc]  # flask-wtf ships no types
    """Money that comes or goes: how much, how, and the tracking number if it has one."""

    key = HiddenField(validators=[Length(min=8, max=64), Regexp(r"^[0-9a-zA-Z-]+$")])
    amount = MoneyField(_l("مبلغ"), [InputRequired(_l("مبلغ را بنویسید."))])
    method = RadioField(
        _l("چگونه"), choices=[(method.value, METHOD_LABELS[method]) for method in MONEY], default=MONEY[0].value
    )
    reference = TextField(_l("شمارهٔ پیگیری"), [Length(max=60)], render_kw={"dir": "ltr"})

    def payment(self) -> PaymentSpec:
        """What was typed."""
        return PaymentSpec(PaymentMethod(self.method.data), self.amount.data or 0, reference=self.reference.data or "")
