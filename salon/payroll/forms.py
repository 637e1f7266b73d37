"""What is typed about pay. Money in the salon's unit; days are Jalali and inclusive."""

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, SelectField
from wtforms.validators import InputRequired, Length, Regexp

from ..core.forms import DAY_NEEDED, JalaliDateField, KeyForm, MoneyField, TextField

_AMOUNT = [InputRequired(_l("مبلغ را بنویسید."))]


class ApproveForm(KeyForm):
    """The days that are approved, and what was seen of them: rials, as text with its sign."""

    starts_on = JalaliDateField(_l("از روز"), [DAY_NEEDED])
    ends_on = JalaliDateField(_l("تا روز"), [DAY_NEEDED])
    seen = HiddenField(validators=[Regexp(r"^-?[0-9]{1,18}$")])


class PayForm(KeyForm):
    """A payment, out of which box."""

    amount = MoneyField(_l("مبلغ"), _AMOUNT)
    cashbox_id = SelectField(_l("از"), coerce=int)
    note = TextField(_l("شرح"), [Length(max=300)])


class AdjustmentForm(KeyForm):
    """A bonus or a fine, and why."""

    amount = MoneyField(_l("مبلغ"), _AMOUNT)
    reason = TextField(_l("دلیل"), [InputRequired(_l("دلیل را بنویسید؛ در صورت کارکرد او می‌آید.")), Length(max=200)])
