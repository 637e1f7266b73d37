"""What is typed for a scheme of pay."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import BooleanField, FieldList, Form, FormField, SelectField
from wtforms.validators import InputRequired, Length, ValidationError

from ...core.forms import JalaliDateField, MoneyField, PercentField, RowField, TextField
from ...core.money import WHOLE
from ..models import PayKind, PayTarget, StepsOver
from .rules import BY_WORK
from .terms.rules import MOST_STEPS, SchemeSpec
from .words.rules import HALF, KIND_LABELS, STEPS_LABELS, TARGET_LABELS

ROOM_FOR_STEPS = 6  # rows to type steps in, unless there are more
AFTER, OTHER = "after", "other"
_STATED = {str(part): part for part in (0, HALF, WHOLE)}
_BORNE = [(AFTER, _l("درصد پس از کم کردن آن")), ("0", _l("با سالن")), (str(HALF), _l("نصف به نصف"))]
_BORNE += [(str(WHOLE), _l("با خودش")), (OTHER, _l("سهم دیگر…"))]


@dataclass(frozen=True)
class Offered:
    """Whom and what a scheme may be for: numbers and names."""

    staff: Sequence[tuple[int, str]]
    lines: Sequence[tuple[int, str]]
    levels: Sequence[tuple[int, str]]
    services: Sequence[tuple[int, str]]
    products: Sequence[tuple[int, str]]
    categories: Sequence[str]


class _StepForm(Form):
    """From so much of a month's work on, this percentage; an empty row is none."""

    above = MoneyField(_l("از"))
    percent_bp = PercentField(_l("درصد"))


class SchemeForm(FlaskForm):  # type: ignore[misc]  # flask-wtf ships no types
    """How people are paid; only the fields of the chosen kind count."""

    name = TextField(_l("نام الگو"), [InputRequired(_l("نام را بنویسید.")), Length(max=80)])
    kind = SelectField(_l("چگونه"), choices=list(KIND_LABELS.items()), default=PayKind.PERCENT.value)
    staff_id = RowField(_l("چه کسی"))
    line_id = RowField(_l("لاین"))
    level_id = RowField(_l("سطح"))
    target = SelectField(_l("از چه"), choices=list(TARGET_LABELS.items()), default=PayTarget.SERVICES.value)
    service_id = RowField(_l("خدمت"))
    product_id = RowField(_l("کالا"))
    category = TextField(_l("دسته"), [Length(max=80)], render_kw={"list": "categories", "autocomplete": "off"})
    starts_on = JalaliDateField(_l("از روز"), [InputRequired(_l("روز را بنویسید."))])
    ends_on = JalaliDateField(_l("تا روز"))
    percent_bp = PercentField(_l("درصد"))
    amount = MoneyField(_l("مبلغ"))
    steps = FieldList(FormField(_StepForm), max_entries=MOST_STEPS)
    steps_over = SelectField(_l("درصد از چه"), choices=list(STEPS_LABELS.items()), default=StepsOver.PART.value)
    after_materials = BooleanField(_l("پس از کم کردن مواد"))
    discount = SelectField(_l("هزینهٔ تخفیف"), choices=_BORNE, default=AFTER)
    discount_part = PercentField(_l("سهم او از تخفیف"))
    credit = SelectField(_l("هزینهٔ اعتبار باشگاه"), choices=_BORNE, default="0")
    credit_part = PercentField(_l("سهم او از اعتبار"))
    own_bp = PercentField(_l("درصد برای مشتری شخصی خودش"))
    redo_bp = PercentField(_l("سهم او از هزینهٔ کار مجدد"))
    categories: Sequence[str] = ()

    def offer(self, offered: Offered) -> None:
        """Offer these people and things, and room for steps."""
        self.staff_id.offer(offered.staff, _l("همه"))
        self.line_id.offer(offered.lines, _l("همه"))
        self.level_id.offer(offered.levels, _l("همه"))
        self.service_id.offer(offered.services, _l("همه"))
        self.product_id.offer(offered.products, _l("همه"))
        self.categories = offered.categories
        if not self.steps.entries and not self.is_submitted():
            self.steps.append_entry({"above": 0})
        while len(self.steps.entries) < ROOM_FOR_STEPS:
            self.steps.append_entry({})

    def show(self, spec: SchemeSpec) -> None:
        """Show a scheme as it stands, unless another was sent."""
        if self.is_submitted():
            return
        for name, value in vars(spec).items():
            if name in self and name != "steps":
                self[name].data = value
        self.percent_bp.data = spec.percent_bp or None
        self.amount.data, self.redo_bp.data = spec.amount or None, spec.redo_bp or None
        self.discount.data, self.discount_part.data = _chosen(spec.discount_bp)
        self.credit.data, self.credit_part.data = _chosen(spec.credit_bp)
        for above, percent_bp in spec.steps:
            self.steps.append_entry({"above": above, "percent_bp": percent_bp})

    def validate_steps(self, field: Any) -> None:
        """Take both the amount and the percentage of a step, or none; other kinds have no steps."""
        halves = [step for step in field if (step.above.data is None) != (step.percent_bp.data is None)]
        if halves and self.kind.data == PayKind.STEPS:
            raise ValidationError(_("مبلغ و درصد را هر دو بنویسید، یا هیچ‌کدام."))

    def validate_percent_bp(self, field: Any) -> None:
        """A percentage that is left empty is not nothing."""
        if field.data is None and not field.errors and self.kind.data == PayKind.PERCENT:
            raise ValidationError(_("درصد را بنویسید."))

    def validate_discount_part(self, field: Any) -> None:
        """Another part is said, where another is chosen."""
        self._needs_part(field, self.discount)

    def validate_credit_part(self, field: Any) -> None:
        """Another part is said, where another is chosen."""
        self._needs_part(field, self.credit)

    def validate_category(self, field: Any) -> None:
        """What is not sold in any category would never be paid for."""
        if field.data and not field.errors and field.data not in self.categories:
            raise ValidationError(_("هیچ خدمت یا کالایی در این دسته نیست."))

    def says_all(self) -> bool:
        """Whether all that its kind needs is there and can be read."""
        fields = [*self, *(field for step in self.steps for field in (step.above, step.percent_bp))]
        if any(field.process_errors for field in fields):
            return False
        parts = ((self.discount, self.discount_part), (self.credit, self.credit_part))
        if any(chosen.data == OTHER and part.data is None for chosen, part in parts):
            return False
        has_percent = self.percent_bp.data is not None or self.kind.data != PayKind.PERCENT
        return has_percent and self.starts_on.data is not None

    def _needs_part(self, field: Any, chosen: Any) -> None:
        if field.data is None and not field.errors and chosen.data == OTHER and self._is_of_work():
            raise ValidationError(_("درصد را بنویسید."))

    def _is_of_work(self) -> bool:
        return self.kind.data in BY_WORK

    def place_of(self, field: str | None) -> str | None:
        """The field of this form for one of a scheme."""
        return {"discount_bp": "discount_part", "credit_bp": "credit_part"}.get(field or "", field)

    def spec(self) -> SchemeSpec:
        """What was typed."""
        starts_on = self.starts_on.data
        assert starts_on is not None  # the field is needed
        return SchemeSpec(
            name=self.name.data or "",
            kind=self.kind.data,
            starts_on=starts_on,
            ends_on=self.ends_on.data,
            staff_id=self.staff_id.data,
            line_id=self.line_id.data,
            level_id=self.level_id.data,
            target=self.target.data,
            service_id=self.service_id.data,
            product_id=self.product_id.data,
            category=self.category.data or "",
            percent_bp=self.percent_bp.data or 0,
            own_bp=self.own_bp.data,
            amount=self.amount.data or 0,
            steps=self._steps(),
            steps_over=self.steps_over.data,
            after_materials=self.after_materials.data,
            discount_bp=_stated(self.discount.data, self.discount_part.data),
            credit_bp=_stated(self.credit.data, self.credit_part.data),
            redo_bp=self.redo_bp.data or 0,
        )

    def _steps(self) -> tuple[tuple[int, int], ...]:
        typed = [(step.above.data, step.percent_bp.data) for step in self.steps]
        return tuple((above, percent) for above, percent in typed if above is not None and percent is not None)


class TrialForm(FlaskForm):  # type: ignore[misc]  # flask-wtf ships no types
    """The days over which a scheme is tried, both inclusive; it changes nothing, so it travels in the address."""

    class Meta:
        csrf = False

    tried_from = JalaliDateField(_l("از روز"))
    tried_to = JalaliDateField(_l("تا روز"))

    def validate_tried_to(self, field: Any) -> None:
        """The days run forwards."""
        if self.tried_from.data and field.data and field.data < self.tried_from.data:
            raise ValidationError(_("پایان دوره پیش از آغاز آن است."))


def _chosen(part_bp: int | None) -> tuple[str, int | None]:
    if part_bp is None:
        return AFTER, None
    return (str(part_bp), None) if str(part_bp) in _STATED else (OTHER, part_bp)


def _stated(chosen: str, part_bp: int | None) -> int | None:
    if chosen == AFTER:
        return None
    return _STATED.get(chosen, part_bp or 0)
