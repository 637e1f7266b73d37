"""What is typed for an offer."""

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import BooleanField, SelectField
from wtforms.validators import InputRequired, Length

from ...core.forms import DigitsField, JalaliDateField, MoneyField, PercentField, TextField
from ..models import Reward
from .rules import REWARD_LABELS
from .services import OfferTerms

_REWARDS = [(reward.value, label) for reward, label in REWARD_LABELS.items()]


class OfferForm(FlaskForm):  # type: ignore[misc]  # flask-wtf ships no types
    """The terms of an offer."""

    name = TextField(_l("نام آفر"), [InputRequired(_l("نام آفر را بنویسید.")), Length(max=120)])
    category = TextField(_l("دسته"), [Length(max=60)])
    reward = SelectField(_l("چه می‌دهد"), choices=_REWARDS, default=Reward.POINTS.value)
    step_amount = MoneyField(_l("به ازای هر"))
    points_per_step = DigitsField(_l("چند امتیاز"))
    percent_bp = PercentField(_l("درصد از مبلغ"))
    min_amount = MoneyField(_l("کمترین مبلغ فاکتور"))
    usable_after_days = DigitsField(_l("قابل استفاده پس از چند روز"))
    expires_after_days = DigitsField(_l("اعتبار تا چند روز"))
    starts_on = JalaliDateField(_l("آغاز آفر"))
    ends_on = JalaliDateField(_l("پایان آفر"))
    priority = DigitsField(_l("نوبت بررسی"), default=100)
    active = BooleanField(_l("فعال است"), default=True)

    def terms(self) -> OfferTerms:
        """What was typed; the other kind of reward gives nothing."""
        points = self.reward.data == Reward.POINTS
        return OfferTerms(
            name=self.name.data or "",
            reward=Reward(self.reward.data),
            category=self.category.data or "",
            priority=100 if self.priority.data is None else self.priority.data,
            step_amount=(self.step_amount.data or 0) if points else 0,
            points_per_step=(self.points_per_step.data or 0) if points else 0,
            percent_bp=0 if points else self.percent_bp.data or 0,
            min_amount=self.min_amount.data or 0,
            usable_after_days=self.usable_after_days.data or 0,
            expires_after_days=self.expires_after_days.data,
            starts_on=self.starts_on.data,
            ends_on=self.ends_on.data,
            active=self.active.data,
        )
