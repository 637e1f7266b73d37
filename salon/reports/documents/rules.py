"""What entries are called where their postings are listed. No database."""

from flask_babel import lazy_gettext as _l

from ...cashbox.vouchers.rules import label_of

WORDS = {
    "sale": _l("فروش"),
    "payment": _l("پرداخت"),
    "award": _l("پاداش باشگاه"),
    "clawback": _l("پس‌گرفتن پاداش"),
    "expiry": _l("پایان مهلت اعتبار"),
    "opening": _l("افتتاحیه"),
    "reversal": _l("برگشت"),
    "deposit": _l("گرفتن بیعانه"),
    "deposit_return": _l("پس دادن بیعانه"),
    "deposit_kept": _l("ضبط بیعانه"),
    "confirmation": _l("وصول کارت‌به‌کارت و چک"),
    "shift_open": _l("شمارش آغاز"),
    "shift_close": _l("شمارش صندوق"),
    "pay_share": _l("سهم پرسنل"),
    "salary": _l("حقوق و اجاره"),
    "bonus": _l("پاداش پرسنل"),
    "fine": _l("جریمهٔ پرسنل"),
    "closing": _l("بستن سال مالی"),
}


def name_of(source_kind: str, kind: str) -> str:
    """What an entry is called; vouchers by their kinds."""
    return label_of(source_kind, kind) if source_kind == "voucher" else str(WORDS[kind])
