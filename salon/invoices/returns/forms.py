"""What is typed when a sale goes back."""

from collections.abc import Mapping, Sequence

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, RadioField
from wtforms.validators import DataRequired, Length, Regexp

from ...core.forms import KeyForm, TextField
from ...core.text import latin_digits, normalise
from ..models import Invoice
from .errors import nothing_chosen, quantity_invalid
from .lines.rules import SoldLine, WantedLine
from .rules import Refund

REFUND_LABELS = {
    Refund.ORIGINAL: _l("به همان راهی که پرداخته است"),
    Refund.CASH: _l("نقد از صندوق"),
    Refund.CREDIT: _l("اعتبار باشگاه، بی‌پایان"),
}
_MOST = int(Invoice.reason.type.length)
_REASON = {"maxlength": _MOST, "autocomplete": "off"}


class WholeForm(KeyForm):
    """All that is left of a sale goes back: a correction, or cancelling."""

    reason = TextField(_l("علت"), [DataRequired(_l("علت را بنویسید.")), Length(max=_MOST)], render_kw=_REASON)


class ReturnForm(WholeForm):
    """Pieces of lines go back; and what the receptionist saw when she sent it."""

    reason = TextField(_l("علت"), [Length(max=_MOST)], render_kw=_REASON)
    refund = RadioField(_l("بازگشت پول"), choices=list(REFUND_LABELS.items()), default=Refund.ORIGINAL.value)
    seen_total = HiddenField(validators=[Regexp(r"^[0-9]{0,18}$")])

    def offer(self, *, is_nameless: bool) -> None:
        """Offer the ways to refund; credit only to somebody with a name."""
        ways = [way for way in REFUND_LABELS if not (is_nameless and way == Refund.CREDIT)]
        self.refund.choices = [(way.value, REFUND_LABELS[way]) for way in ways]


def box_of(line: SoldLine) -> str:
    """What the box of a line's pieces is called."""
    return f"pieces-{line.id}"


def wanted_of(typed: Mapping[str, str], lines: Sequence[SoldLine]) -> list[WantedLine]:
    """The pieces that were typed for each line.

    Raises Invalid `quantity_invalid` at `lines.N.quantity`, `nothing_chosen`.
    """
    pieces = [_pieces(typed.get(box_of(line), ""), position) for position, line in enumerate(lines)]
    wanted = [WantedLine(line.id, count) for count, line in zip(pieces, lines, strict=True) if count]
    if not wanted:
        raise nothing_chosen()
    return wanted


def _pieces(text: str, position: int) -> int:
    digits = latin_digits(normalise(text)) or "0"
    if not (digits.isascii() and digits.isdecimal() and len(digits) <= 6):
        raise quantity_invalid(f"lines.{position}.quantity")
    return int(digits)
