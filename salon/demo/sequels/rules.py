"""How often what happens in the demo, by the number of the day, and what is said then. Rials."""

from ...invoices.returns.rules import Refund

# (every so many days, on the day with this rest)
RETURN, CORRECTION, CANCELLING = (5, 3), (20, 6), (20, 9)
SHOP_SALE, PACKAGE_SALE, UNUSED_BACK, ON_ACCOUNT = (1, 0), (9, 1), (30, 19), (11, 5)
CONTACT, REMINDER = (3, 2), (15, 14)

RETURN_OF_UNPAID = (10, 8)  # those returns lessen a debt first, if they can
PHONED_SALE = (4, 0)  # those sales are by phone; every other one is paid card to card
RETURNABLE = 15_000_000  # what was sold for more is not returned
RETURN_WITHIN = 10  # days
SESSION_EVERY = 3  # days between two sessions of one customer
REMIND_FROM = 15_000_000
ON_ACCOUNT_AMOUNT = 5_000_000
ABSENT = 0.06  # of the card-to-card payments are never seen
PROMISED_IN = 7  # days

RETURN_REASONS = {
    Refund.ORIGINAL: "از کار راضی نبود",
    Refund.CREDIT: "رنگ دلخواهش نشد؛ اعتبار گرفت",
    Refund.CASH: "کالا را پس آورد",
}
CORRECTION_REASON = "خدمت اشتباه ثبت شده بود"
CANCEL_REASON = "فاکتور دو بار ثبت شد"
CONTACTS = (
    "تلفنی گفت آخر هفته کارت می‌کشد",
    "پیام داد؛ پس از گرفتن حقوق می‌پردازد",
    "جواب نداد؛ دوباره تماس گرفته شود",
    "گفت در نوبت بعدی می‌پردازد",
)
NOT_SEEN = "در صورت‌حساب بانک دیده نشد"


def falls_on(number: int, often: tuple[int, int]) -> bool:
    """Whether something happens on the day of this number."""
    every, rest = often
    return number % every == rest


def refund_of(number: int) -> Refund:
    """Where the money of the return on this day goes; each way in turn."""
    return list(RETURN_REASONS)[number // RETURN[0] % len(RETURN_REASONS)]
