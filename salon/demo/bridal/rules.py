"""Who comes with the demo's bride, what they have done, and what is still to be done for her day."""

from dataclasses import dataclass

DAYS_AHEAD = range(9, 30)  # the first of these on which all can be served is her day
TRIAL_AHEAD = range(6, 9)
DEPOSIT = 50_000_000  # rials
NOTE = "عروسی در باغ است؛ آرایش ملایم و موی باز می‌خواهد.\nعکاس از آغاز آرایش همراهش است."
TRIAL = ("میکاپ مهمانی",)


@dataclass(frozen=True)
class Guest:
    """Somebody of the group, and her services one after another; the bride has no relation."""

    first_name: str
    last_name: str
    mobile: str
    relation: str
    services: tuple[str, ...]
    allergies: str = ""


@dataclass(frozen=True)
class Task:
    """Something to be done: so many days before her day; by whom, by the code."""

    title: str
    before: int
    code: str | None = None
    done: bool = False


GUESTS = (
    Guest("ترانه", "شایسته", "09121117701", "", ("میکاپ و شینیون عروس",)),
    Guest("مهناز", "شایسته", "09121117702", "مادر", ("اصلاح صورت و ابرو", "براشینگ"), "لاتکس"),
    Guest("طناز", "شایسته", "09121117703", "خواهر", ("سشوار و حالت‌دهی", "ژلیش دست")),
    Guest("نازنین", "فرهمند", "09121117704", "ساقدوش", ("مانیکور",)),
)
TASKS = (
    Task("عکس مدل‌هایی را که پسندیده در پرونده بگذارید", 12, "parisa", done=True),
    Task("مژه و رنگ لنز را با خودش قطعی کنید", 11, "parisa"),
    Task("گل تاج را از گل‌فروشی بگیرید", 1),
    Task("به همراهان ساعت رسیدن را یادآوری کنید", 1),
)
