"""What is typed at the cashbox. Money in the salon's unit."""

from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import BooleanField, FieldList, Form, FormField, HiddenField, RadioField, SelectField
from wtforms.validators import DataRequired, InputRequired, Length

from ..core.forms import DigitsField, JalaliDateField, KeyForm, MoneyField, TextField
from .models import BoxKind, Direction, VoucherKind
from .shifts.rules import COINS, NOTES, SlipTotal
from .vouchers.rules import DIRECTION_OF, VoucherSpec

BOX_KINDS = [
    (BoxKind.CASH.value, _l("صندوق نقدی")),
    (BoxKind.CARD_TERMINAL.value, _l("کارتخوان")),
    (BoxKind.BANK.value, _l("حساب بانکی")),
]
_AMOUNT = [InputRequired(_l("مبلغ را بنویسید."))]
Choices = list[tuple[int, str]]
_NOBODY = (0, "–")  # nothing is chosen for her: an advance would go to whoever stands first


class VoucherForm(KeyForm):
    """A voucher; what its kind has no use for is taken away."""

    amount = MoneyField(_l("مبلغ"), _AMOUNT)
    cashbox_id = SelectField(_l("از"), coerce=int)
    to_cashbox_id = SelectField(_l("به"), coerce=int)
    category_id = SelectField(_l("بابت"), [DataRequired(_l("بگویید بابت چیست."))], coerce=int)
    staff_id = SelectField(_l("پرسنل"), [DataRequired(_l("بگویید به چه کسی."))], coerce=int)
    party = TextField(_l("طرف"), [Length(max=120)])
    note = TextField(_l("شرح"), [Length(max=300)])
    business_date = JalaliDateField(_l("روز"), [InputRequired(_l("روز را بنویسید."))])

    def suit(self, kind: VoucherKind, boxes: Choices, categories: Choices, people: Choices) -> None:
        """Offer what this kind of voucher takes, and nothing else."""
        self.cashbox_id.choices = boxes
        if kind == VoucherKind.RECEIPT:
            self.cashbox_id.label.text = _l("به")
        offered: dict[str, tuple[bool, Choices]] = {
            "to_cashbox_id": (kind == VoucherKind.TRANSFER, boxes),
            "category_id": (kind in DIRECTION_OF, [_NOBODY, *categories]),
            "staff_id": (kind == VoucherKind.ADVANCE, [_NOBODY, *people]),
        }
        for name, (wanted, choices) in offered.items():
            if wanted:
                self[name].choices = choices
            else:
                del self[name]
        if kind in {VoucherKind.TRANSFER, VoucherKind.ADVANCE, VoucherKind.WITHDRAWAL}:
            del self.party

    def spec(self, kind: VoucherKind) -> VoucherSpec:
        """What was typed."""
        typed: dict[str, Any] = {name: field.data for name, field in self._fields.items()}
        return VoucherSpec(
            kind=kind,
            cashbox_id=typed["cashbox_id"],
            amount=typed["amount"] or 0,
            to_cashbox_id=typed.get("to_cashbox_id"),
            category_id=typed.get("category_id"),
            staff_id=typed.get("staff_id"),
            party=typed.get("party") or "",
            note=typed["note"] or "",
            business_date=typed["business_date"],
        )


class OpenShiftForm(KeyForm):
    """The money that was counted at the opening."""

    counted = MoneyField(_l("پول شمرده‌شده"), _AMOUNT)


class _SlipForm(Form):
    """What the slip of a terminal says; left empty when nobody looked."""

    cashbox_id = HiddenField()
    total = MoneyField(_l("جمع رسید"))


class CloseShiftForm(KeyForm):
    """How many of each note, the coins together, the slips of the terminals, and why it differs."""

    pieces = FieldList(DigitsField(_l("برگ")), min_entries=len(NOTES), max_entries=len(NOTES))
    coins = MoneyField(_l("سکه و خرده"))
    slips = FieldList(FormField(_SlipForm))
    explanation = TextField(_l("توضیح"), [Length(max=300)])

    def counted_pieces(self) -> dict[int, int]:
        """How many by value; coins as an amount."""
        notes = {value: field.data or 0 for value, field in zip(NOTES, self.pieces, strict=True)}
        return notes | {COINS: self.coins.data or 0}

    def slip_totals(self) -> list[SlipTotal]:
        """What the slips say, of the terminals whose slip was looked at."""
        return [
            SlipTotal(int(slip.cashbox_id.data), slip.total.data)
            for slip in self.slips
            if slip.total.data is not None and str(slip.cashbox_id.data).isdecimal()
        ]


class BoxForm(FlaskForm):  # type: ignore[misc]  # flask-wtf ships no types
    """A box."""

    name = TextField(_l("نام"), [DataRequired(_l("نام را بنویسید.")), Length(max=80)])
    kind = RadioField(_l("نوع"), choices=BOX_KINDS, default=BoxKind.CASH.value)
    number = TextField(_l("شمارهٔ حساب، کارت یا پایانه"), [Length(max=40)], render_kw={"dir": "ltr"})
    is_main = BooleanField(_l("صندوق اصلی این نوع باشد"))
    active = BooleanField(_l("در کار است"), default=True)


class CategoryForm(FlaskForm):  # type: ignore[misc]  # flask-wtf ships no types
    """Something that money comes in or goes out for."""

    name = TextField(_l("بابت"), [DataRequired(_l("نام را بنویسید.")), Length(max=80)])
    direction = RadioField(
        _l("کدام"),
        choices=[(Direction.OUT.value, _l("هزینه و پرداخت")), (Direction.IN.value, _l("دریافت"))],
        default=Direction.OUT.value,
    )
