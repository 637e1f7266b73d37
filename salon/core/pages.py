"""Pages: the frame around every screen, filters for money, days and digits, fragments for htmx, toasts, pagination."""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Generic, Protocol, TypeVar

from flask import Flask, Response, current_app, g, make_response, render_template, request
from flask_babel import get_locale
from markupsafe import Markup

from ..config import Settings
from . import clock, jalali
from .db import BIGGEST_KEY
from .hours import hours_and_minutes, spans_shown
from .money import Currency, format_money, group
from .permissions import Permission
from .text import persian_digits

Row = TypeVar("Row")

_MOMENT = "salon.moment"


class Profile(Protocol):
    """What the frame shows of the salon."""

    @property
    def name(self) -> str:
        """The salon's name."""

    @property
    def currency(self) -> str:
        """What people see and type."""


@dataclass(frozen=True)
class Room:
    """A place in the rail."""

    path: str
    label: Any
    icon: str
    permission: Permission


@dataclass(frozen=True)
class _Frame:
    profile: Callable[[], Profile]
    permissions: Callable[[], frozenset[Permission]]
    rooms: Sequence[Room]


def init_pages(
    app: Flask,
    *,
    profile: Callable[[], Profile],
    permissions: Callable[[], frozenset[Permission]],
    rooms: Sequence[Room],
) -> None:
    """Give the templates their filters and the frame; `permissions` says what the present user may do."""
    app.extensions["salon_frame"] = _Frame(profile, permissions, rooms)
    filters: dict[str, Callable[..., Any]] = {
        "money": money,
        "group": group,
        "fa": lambda value: persian_digits(str(value)),
        "day": jalali.format_date,
        "moment": moment,
        "clock": jalali.format_time,
        "hours_and_minutes": hours_and_minutes,
        "spans": spans_shown,
        "local_day": jalali.local_date,
        "ago": lambda day: jalali.ago(day, today()),
        "percent": percent,
    }
    app.jinja_env.filters.update(filters)
    app.jinja_env.globals.update(
        locale=get_locale,
        month_names=jalali.month_names,
        may=may,
        today=today,
        present=present,
        unit=unit,
        rooms=rooms_open,
        salon_profile=profile_shown,
    )
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True


def profile_shown() -> Profile:
    """The salon's profile, read once per request."""
    if "salon_profile" not in g:
        g.salon_profile = _frame().profile()
    profile: Profile = g.salon_profile
    return profile


def currency() -> Currency:
    """The unit in which people see and type money."""
    return Currency(profile_shown().currency)


def settings() -> Settings:
    """How this installation is set up: keys, limits, places."""
    found: Settings = current_app.config["SALON"]
    return found


def unit() -> str:
    """The Persian name of the unit."""
    return currency().label


def money(rials: int) -> str:
    """Rials as the salon shows them, without the unit."""
    return format_money(rials, currency())


def percent(basis_points: int) -> str:
    """Basis points as a percentage in Persian digits, as «۲٫۵٪»."""
    whole, part = divmod(basis_points, 100)
    tail = f"٫{part:02d}".rstrip("0") if part else ""
    return persian_digits(f"{whole}{tail}") + "٪"


def present() -> datetime:
    """The moment of this request: the clock is read once, so that no page shows two days and no act has two moments."""
    if _MOMENT not in request.environ:
        request.environ[_MOMENT] = clock.now()
    read: datetime = request.environ[_MOMENT]
    return read


def today() -> date:
    """The salon's day at the moment of this request."""
    return jalali.local_date(present())


def moment(value: datetime) -> str:
    """A moment as day and time, as «۳۰ آبان، ۱۱:۲۰»."""
    return f"{jalali.format_date(jalali.local_date(value), 'short')}، {jalali.format_time(value)}"


def may(permission: str) -> bool:
    """Whether the present user may do it; templates ask before they offer it."""
    return Permission(permission) in _frame().permissions()


def rooms_open() -> list[Room]:
    """The rooms of the rail that the user may enter."""
    return [room for room in _frame().rooms if may(room.permission)]


def first_room() -> Room | None:
    """Where the day of the user begins who may not enter the desk; None for everybody else."""
    open_to_her = rooms_open()
    return None if may(Permission.DESK_VIEW) or not open_to_her else open_to_her[0]


def is_htmx() -> bool:
    """Whether only a fragment is asked for."""
    return request.headers.get("HX-Request") == "true"


def wants_json() -> bool:
    """Whether a script asks, and reads JSON."""
    return request.accept_mimetypes.best_match(["text/html", "application/json"]) == "application/json"


def page(template: str, status: int = 200, **values: Any) -> Response:
    """Render a template with a status (422 for a refused form); going back asks for it anew."""
    response = make_response(render_template(template, **values), status)
    response.cache_control.no_store = True  # money that was taken meanwhile must not look untaken
    return response


def toast(response: Response, sentence: str, tone: str = "ok") -> Response:
    """Let the page show a sentence when an htmx answer arrives; `tone` is ok, warn or bad."""
    response.headers["HX-Trigger"] = json.dumps({"toast": {"text": str(sentence), "tone": tone}})
    return response


def icon(name: str) -> Markup:
    """An icon of the sprite."""
    return Markup('<svg class="icon" aria-hidden="true"><use href="#i-{}"></use></svg>').format(name)


@dataclass(frozen=True)
class Page(Generic[Row]):
    """A part of a long list, counted from 1."""

    rows: Sequence[Row]
    number: int
    has_next: bool


def row_key(typed: str) -> int | None:
    """The id of a row in an address or a form, in plain digits; None for anything else."""
    digits = typed.strip()
    if not (digits.isascii() and digits.isdecimal() and len(digits) <= len(str(BIGGEST_KEY))):
        return None
    key = int(digits)
    return key if 0 < key <= BIGGEST_KEY else None


def page_number() -> int:
    """The page that the address asks for; the first when it asks for nonsense."""
    typed = request.args.get("page", "1")
    return max(int(typed), 1) if typed.isascii() and typed.isdecimal() and len(typed) < 7 else 1


def paginate(read: Callable[[int, int], Sequence[Row]], number: int, size: int = 50) -> Page[Row]:
    """Read one page by `read(limit, offset)`; one row more is asked for to know whether a next page exists."""
    rows = read(size + 1, (number - 1) * size)
    return Page(rows[:size], number, len(rows) > size)


def _frame() -> _Frame:
    frame: _Frame = current_app.extensions["salon_frame"]
    return frame
