"""What money is put on the table, and on which accounts each kind of it lies. No database."""

from dataclasses import dataclass
from datetime import date

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from ..ledger.models import AccountKind
from .errors import card_owner_missing, due_on_missing, reference_missing
from .models import BoxKind, PaymentMethod

# The box that takes money of a method; what is not listed lies in no box.
BOX_OF_METHOD = {
    PaymentMethod.CASH: BoxKind.CASH,
    PaymentMethod.CARD: BoxKind.CARD_TERMINAL,
    PaymentMethod.TRANSFER: BoxKind.BANK,
    PaymentMethod.CARD_TO_CARD: BoxKind.BANK,
}
ACCOUNT_OF_METHOD = {
    PaymentMethod.CASH: AccountKind.CASH,
    PaymentMethod.CARD: AccountKind.CARD_TERMINAL,
    PaymentMethod.TRANSFER: AccountKind.BANK,
    PaymentMethod.CARD_TO_CARD: AccountKind.UNCONFIRMED,
    PaymentMethod.STAFF_CARD: AccountKind.STAFF_PAYABLE,
    PaymentMethod.CHEQUE: AccountKind.CHEQUES,
    PaymentMethod.CREDIT: AccountKind.CLUB_CREDIT,
    PaymentMethod.DEPOSIT: AccountKind.DEPOSIT,
    PaymentMethod.PACKAGE: AccountKind.PREPAID,
    PaymentMethod.RETURN: AccountKind.OFFSET,
    PaymentMethod.PRIOR: AccountKind.PRIOR_TAKINGS,
}
# What the customer herself owns: its account is hers.
_HERS = {PaymentMethod.CREDIT, PaymentMethod.DEPOSIT, PaymentMethod.PACKAGE, PaymentMethod.RETURN}
# What moves money of an invoice, besides its own payment.
REFUND, DEBT = "refund", "debt"
# What nobody has until it is seen in the account.
AWAITED = frozenset({PaymentMethod.CARD_TO_CARD, PaymentMethod.CHEQUE})


@dataclass(frozen=True)
class PaymentSpec:
    """Money put on the table, in rials. A box of None is the one that takes such money where she pays."""

    method: PaymentMethod
    amount: int
    cashbox_id: int | None = None
    staff_id: int | None = None  # whose card took it
    reference: str = ""  # tracking number, number of the cheque
    due_on: date | None = None  # of a cheque

    def owner_of(self, customer_id: int) -> int:
        """Whose account it lies on: a box, a member of staff, the customer, or 0 for the salon."""
        if self.method in _HERS:
            return customer_id
        return self.cashbox_id or self.staff_id or 0


METHOD_LABELS = {
    PaymentMethod.CASH: _l("نقد"),
    PaymentMethod.CARD: _l("پوز بانکی"),
    PaymentMethod.TRANSFER: _l("حواله"),
    PaymentMethod.CARD_TO_CARD: _l("کارت به کارت"),
    PaymentMethod.STAFF_CARD: _l("کارت پرسنل"),
    PaymentMethod.CHEQUE: _l("چک"),
    PaymentMethod.CREDIT: _l("اعتبار باشگاه"),
    PaymentMethod.DEPOSIT: _l("بیعانه و علی‌الحساب"),
    PaymentMethod.PACKAGE: _l("جلسه‌های بسته"),
    PaymentMethod.RETURN: _l("مرجوعی"),
    PaymentMethod.PRIOR: _l("دریافت پیشین"),
}


_REFERRED = {PaymentMethod.CARD_TO_CARD, PaymentMethod.CHEQUE}


def check_details(payment: PaymentSpec, at: str = "") -> None:
    """Raise Invalid `reference_missing`, `due_on_missing` or `staff_missing` for what its method needs to be told."""
    if payment.method in _REFERRED and not payment.reference:
        raise reference_missing(at)
    if payment.method == PaymentMethod.CHEQUE and payment.due_on is None:
        raise due_on_missing(at)
    if payment.method == PaymentMethod.STAFF_CARD and payment.staff_id is None:
        raise card_owner_missing(at)


def box_name(kind: BoxKind) -> str:
    """What the first box of a kind is called."""
    names = {BoxKind.CASH: _("صندوق"), BoxKind.CARD_TERMINAL: _("کارتخوان"), BoxKind.BANK: _("حساب بانکی")}
    return names[kind]
