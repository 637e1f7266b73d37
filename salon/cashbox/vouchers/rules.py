"""What a voucher says, and what it moves. Money in rials. No database."""

from dataclasses import dataclass
from datetime import date

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from ...core.keys import fingerprint_of
from ...ledger.models import AccountKind
from ...ledger.rules import PostingSpec
from ..models import BoxKind, Direction, Voucher, VoucherKind
from ..rules import DEBT, REFUND

LABELS = {
    VoucherKind.RECEIPT: _l("دریافت نقدی"),
    VoucherKind.PAYMENT: _l("پرداخت نقدی"),
    VoucherKind.EXPENSE: _l("هزینه"),
    VoucherKind.TRANSFER: _l("انتقال میان صندوق‌ها"),
    VoucherKind.ADVANCE: _l("مساعدهٔ پرسنل"),
    VoucherKind.PAY: _l("پرداخت کارکرد"),
    VoucherKind.WITHDRAWAL: _l("برداشت مالک"),
}
# What other entries that move money are about.
SOURCES = {
    "invoice": _l("فروش"),
    "shift": _l("شمارش صندوق"),
    "customer": _l("بیعانه و علی‌الحساب"),
    "deposit": _l("بیعانه و علی‌الحساب"),
    "payment": _l("وصول کارت‌به‌کارت و چک"),
}
# Money to a member of staff: against her pay, or of a statement that was approved.
TO_STAFF = frozenset({VoucherKind.ADVANCE, VoucherKind.PAY})
# What they do besides selling.
OF_INVOICES = {REFUND: _l("پس‌دادن مرجوعی"), DEBT: _l("دریافت بدهی")}
# What has a category, and of which direction.
DIRECTION_OF = {
    VoucherKind.RECEIPT: Direction.IN,
    VoucherKind.PAYMENT: Direction.OUT,
    VoucherKind.EXPENSE: Direction.OUT,
}


@dataclass(frozen=True)
class VoucherSpec:
    """A voucher as it is asked for; a date of None is today."""

    kind: VoucherKind
    cashbox_id: int
    amount: int
    to_cashbox_id: int | None = None
    category_id: int | None = None
    staff_id: int | None = None  # whose advance or pay it is
    party: str = ""  # from whom, to whom
    note: str = ""
    business_date: date | None = None


@dataclass(frozen=True)
class Place:
    """A box as a posting names it."""

    cashbox_id: int
    kind: BoxKind

    def moved(self, amount: int) -> PostingSpec:
        """So much into it, or out of it when negative."""
        return PostingSpec(AccountKind(self.kind.value), amount, self.cashbox_id)


def label_of(source_kind: str, kind: str) -> str:
    """What an entry that moved money is called at the desk."""
    if source_kind == "voucher":
        return str(LABELS[VoucherKind(kind)])
    if source_kind == "invoice" and kind in OF_INVOICES:
        return str(OF_INVOICES[kind])
    return str(SOURCES.get(source_kind, _("جابه‌جایی")))


def spec_of(voucher: Voucher) -> VoucherSpec:
    """What a voucher says."""
    return VoucherSpec(
        kind=VoucherKind(voucher.kind),
        cashbox_id=voucher.cashbox_id,
        amount=voucher.amount,
        to_cashbox_id=voucher.to_cashbox_id,
        category_id=voucher.category_id,
        staff_id=voucher.staff_id,
        party=voucher.party,
        note=voucher.note,
        business_date=voucher.business_date,
    )


def postings_of(spec: VoucherSpec, box: Place, to: Place | None, *, back: bool = False) -> list[PostingSpec]:
    """The two sides of a voucher; `back` takes it back."""
    amount = -spec.amount if back else spec.amount
    if spec.kind == VoucherKind.RECEIPT:
        return [box.moved(amount), PostingSpec(AccountKind.OTHER_INCOME, -amount, spec.category_id or 0)]
    return [box.moved(-amount), _given(spec, to, amount)]


def _given(spec: VoucherSpec, to: Place | None, amount: int) -> PostingSpec:
    """Where the money went."""
    if to is not None:
        return to.moved(amount)
    if spec.kind in TO_STAFF:
        return PostingSpec(AccountKind.STAFF_PAYABLE, amount, spec.staff_id or 0)
    if spec.kind == VoucherKind.WITHDRAWAL:
        return PostingSpec(AccountKind.OWNER, amount)
    return PostingSpec(AccountKind.EXPENSE, amount, spec.category_id or 0)


def fingerprint(spec: VoucherSpec, reverses_id: int | None = None) -> str:
    """SHA-256 of what is asked, in hex: the same key with another body is refused."""
    asked = {**vars(spec), "reverses": reverses_id}
    said = {name: value.isoformat() if isinstance(value, date) else value for name, value in asked.items()}
    return fingerprint_of(said)
