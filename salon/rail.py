"""The rail beside every screen: the rooms that have one, in the order of a day."""

from flask_babel import lazy_gettext as _l

from .core.pages import Room
from .core.permissions import Permission

ROOMS = (
    Room("/desk", _l("پذیرش"), "board", Permission.DESK_VIEW),
    Room("/waitlist", _l("انتظار"), "hourglass", Permission.DESK_VIEW),
    Room("/groups", _l("همراهان"), "ring", Permission.DESK_VIEW),
    Room("/invoices", _l("فاکتورها"), "invoice", Permission.INVOICES_VIEW),
    Room("/cashbox", _l("صندوق"), "till", Permission.CASHBOX_VIEW),
    Room("/customers", _l("مشتریان"), "people", Permission.CUSTOMERS_VIEW),
    Room("/attendance", _l("حضور"), "clock", Permission.ATTENDANCE_WRITE),
    Room("/services", _l("خدمات"), "scissors", Permission.CATALOG_WRITE),
    Room("/products", _l("کالاها"), "box", Permission.CATALOG_WRITE),
    Room("/staff", _l("پرسنل"), "badge", Permission.STAFF_WRITE),
    Room("/pay", _l("کارکرد من"), "coin", Permission.PAY_OWN),
    Room("/offers", _l("باشگاه"), "star", Permission.CLUB_WRITE),
    Room("/messages", _l("پیام‌ها"), "mail", Permission.MESSAGES_VIEW),
    Room("/reports", _l("گزارش‌ها"), "chart", Permission.REPORTS_VIEW),
    Room("/settings", _l("تنظیمات"), "gear", Permission.SETUP_WRITE),
)
