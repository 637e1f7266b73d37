"""A scheme of pay in one sentence, as the salon would say it. No database."""

from collections.abc import Callable, Sequence

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from ....core.money import WHOLE
from ....core.pages import percent
from ...models import PayKind, PayScheme, PayStep, PayTarget, StepsOver

Money = Callable[[int], str]
HALF = WHOLE // 2

KIND_LABELS = {
    PayKind.PERCENT: _l("درصد از کار"),
    PayKind.FIXED: _l("مبلغ ثابت برای هر کار"),
    PayKind.STEPS: _l("درصد پلکانی"),
    PayKind.SALARY: _l("حقوق ماهانه"),
    PayKind.RENT: _l("اجارهٔ صندلی یا لاین"),
}
TARGET_LABELS = {PayTarget.SERVICES: _l("خدمات"), PayTarget.GOODS: _l("فروش کالا")}
STEPS_LABELS = {StepsOver.PART: _l("هر درصد از بخش همان پله"), StepsOver.WHOLE: _l("درصد پلهٔ آخر از همهٔ کار ماه")}


def sentence_of(scheme: PayScheme, money: Money) -> str:
    """What a scheme means, as «۴۰٪ پس از مواد؛ تخفیف نصف به نصف». `money` writes rials with their unit."""
    if scheme.kind == PayKind.SALARY:
        return _("ماهی %(amount)s حقوق", amount=money(scheme.amount))
    if scheme.kind == PayKind.RENT:
        return _("ماهی %(amount)s اجاره به سالن می‌دهد", amount=money(scheme.amount))
    parts = [_earns(scheme, money), *_costs(scheme)]
    if scheme.own_bp is not None:
        parts.append(_("مشتری شخصی خودش: %(percent)s", percent=percent(scheme.own_bp)))
    if scheme.redo_bp:
        parts.append(_("کار مجدد: %(percent)s هزینه‌اش با خودش", percent=percent(scheme.redo_bp)))
    return "؛ ".join(parts)


def _earns(scheme: PayScheme, money: Money) -> str:
    if scheme.kind == PayKind.FIXED:
        return _("%(amount)s برای هر بار", amount=money(scheme.amount))
    if scheme.kind == PayKind.STEPS:
        return f"{_steps(scheme.steps, money)}{_of(scheme)}، {STEPS_LABELS[StepsOver(scheme.steps_over)]}"
    return f"{percent(scheme.percent_bp)}{_of(scheme)}"


def _steps(steps: Sequence[PayStep], money: Money) -> str:
    """As «۳۰٪، بالای ۱۰۰ هزار تومان ۳۵٪»."""
    return "، ".join(
        _("بالای %(above)s %(percent)s", above=money(step.above), percent=percent(step.percent_bp))
        if step.above
        else percent(step.percent_bp)
        for step in steps
    )


def _of(scheme: PayScheme) -> str:
    """Of what the percentage is taken."""
    if scheme.after_materials and scheme.discount_bp is None:
        return " " + _("پس از مواد و تخفیف")
    if scheme.after_materials:
        return " " + _("پس از مواد")
    return " " + (_("پس از تخفیف") if scheme.discount_bp is None else _("پیش از تخفیف"))


def _costs(scheme: PayScheme) -> list[str]:
    """Who bears discounts and club credit, where that is stated."""
    said = []
    if scheme.discount_bp is not None:
        said.append(_borne(_("تخفیف"), scheme.discount_bp))
    if scheme.credit_bp is None:
        said.append(_("پس از کم کردن اعتبار باشگاه"))
    elif scheme.credit_bp:
        said.append(_borne(_("اعتبار باشگاه"), scheme.credit_bp))
    return said


def _borne(cost: str, part_bp: int) -> str:
    words = {
        0: _("%(cost)s با سالن", cost=cost),
        HALF: _("%(cost)s نصف به نصف", cost=cost),
        WHOLE: _("%(cost)s با خودش", cost=cost),
    }
    return words.get(part_bp) or _("%(percent)s از %(cost)s با خودش", percent=percent(part_bp), cost=cost)
