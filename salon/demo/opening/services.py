"""Opening the demo's salon: profile, people, price list, club and the two who log in."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from ...access.models import Role, User
from ...access.services import create_user, hash_of
from ...appointments.availability.rules import Shape
from ...cashbox.boxes.services import furnish
from ...catalog.packages.services import PackageSpec, add_package
from ...catalog.services import add_product, add_service, change_service
from ...club.offers.services import add_offer
from ...core.jalali import local_date
from ...core.money import percent_of
from ...inventory.services import receive
from ...setup.models import SalonProfile
from ...setup.queries import profile
from ...setup.services import ProfileSpec, change_settings, init_salon
from ...staff.hours.services import set_hours
from ...staff.services import add_staff
from ..calendar.rules import RESTS, around, phases_of
from ..calendar.services import Room, furnish_rooms, send_on_leave
from ..pay.services import agree_on_pay
from ..terms.rules import BEFORE_RAISE_BP, RAISED, STEP
from ..terms.services import Boxes, Distinctions, distinguish, name_boxes
from .rules import (
    ADDRESS,
    BRANCH,
    CLOSES,
    DEBT_LIMIT,
    FIRST_STOCK,
    FRIDAY,
    LOW_STOCK,
    OFFERS,
    OPENS,
    PACKAGES,
    PHONE,
    PRODUCTS,
    REASON_ABOVE,
    REDEEM_CEILING_BP,
    ROUND_TO,
    SALON,
    SCARCE_EVERY,
    SCARCE_STOCK,
    SERVICES,
    STAFF,
    PricedService,
)

WEEKDAYS = range(7)


@dataclass(frozen=True)
class Login:
    """Who may log in to the demo, with a password that everybody may know."""

    name: str
    full_name: str
    password: str
    role: Role


LOGINS = (
    Login("owner", "نرگس گلی", "golnarges-owner", Role.OWNER),
    Login("desk", "سمیرا جلالی", "golnarges-desk", Role.RECEPTIONIST),
)


@dataclass(frozen=True)
class Offered:
    """A service that can be booked, with the people who do it."""

    service_id: int
    category: str
    minutes: int
    weight: int
    price: int
    price_to: int | None
    people: tuple[int, ...]
    shape: Shape
    rooms: tuple[Room, ...] = ()  # rooms, chairs and devices that it needs


@dataclass(frozen=True)
class OpenedSalon:
    """What the days of the demo are played with. `hours`: by person and weekday, minutes after midnight."""

    branch_id: int
    profile: SalonProfile  # held, so that the session reads it once and not at every settlement
    owner: User
    desk: User
    services: tuple[Offered, ...]
    packages: tuple[int, ...]
    products: tuple[int, ...]
    boxes: Boxes
    distinctions: Distinctions
    hours: dict[int, dict[int, tuple[int, int]]]
    rests: dict[int, int]  # when a person's break begins
    away: dict[tuple[int, date], tuple[int, int]]  # by person and day


def open_salon(*, today: date, now: datetime) -> OpenedSalon:
    """Open the demo's salon as of a moment before today; its club begins that day."""
    branch_id = init_salon(name=SALON, actor=None, now=now).id
    furnish(branch_id=branch_id, actor=None, now=now)
    users = [
        create_user(
            name=login.name,
            full_name=login.full_name,
            role=login.role,
            password_hash=hash_of(login.password),
            branch_id=branch_id,
            actor=None,
            now=now,
        )
        for login in LOGINS
    ]
    owner, desk = users
    _write_profile(owner, now)
    people, hours = _hire(branch_id, owner, now)
    offered = [_offer_service(service, people, owner, now) for service in SERVICES]
    ids = {service.name: one.service_id for service, one in zip(SERVICES, offered, strict=True)}
    needs = furnish_rooms(branch_id, ids, owner, now)
    services = tuple(
        replace(one, rooms=needs.get(service.name, ())) for service, one in zip(SERVICES, offered, strict=True)
    )
    codes = dict(zip((colleague.code for colleague in STAFF), hours, strict=True))
    packages = _offer_packages(services, owner, now)
    products = _stock_shelf(branch_id, owner, now)
    for terms in OFFERS:
        add_offer(terms=terms, actor=owner, now=now)
    distinctions = distinguish(
        branch_id=branch_id,
        people=codes,
        services=ids,
        products={goods.name: product_id for goods, product_id in zip(PRODUCTS, products, strict=True)},
        today=today,
        actor=owner,
        now=now,
    )
    agree_on_pay(branch_id, actor=owner, now=now)
    boxes = name_boxes(branch_id=branch_id, actor=owner, now=now)
    away = send_on_leave(codes, today, owner, now)
    rests = {codes[code]: rest for code, rest in RESTS.items()}
    return OpenedSalon(
        branch_id, profile(), owner, desk, services, packages, products, boxes, distinctions, hours, rests, away
    )


def raise_prices(salon: OpenedSalon, *, now: datetime) -> None:
    """Let some services cost what they cost today; before, they were cheaper."""
    for service, offered in zip(SERVICES, salon.services, strict=True):
        if _first_price(service) != service.price:
            change_service(
                service_id=offered.service_id,
                name=service.name,
                price=service.price,
                price_to=service.price_to,
                duration=service.minutes,
                category=service.category,
                active=True,
                actor=salon.owner,
                now=now,
            )


def _write_profile(actor: User, now: datetime) -> None:
    salon = profile()
    spec = ProfileSpec(
        name=SALON,
        currency=salon.currency,
        opens_at=OPENS,
        closes_at=CLOSES,
        tax_bp=0,
        debt_limit=DEBT_LIMIT,
        club_title="باشگاه مشتریان گل‌نرگس",
        club_starts_on=local_date(now),
        redeem_ceiling_bp=REDEEM_CEILING_BP,
        reminder_minutes=salon.reminder_minutes,
        round_to=ROUND_TO,
        reason_above=REASON_ABOVE,
    )
    change_settings(spec=spec, branch_name=BRANCH, phone=PHONE, address=ADDRESS, actor=actor, now=now)


def _hire(
    branch_id: int, actor: User, now: datetime
) -> tuple[dict[str, list[int]], dict[int, dict[int, tuple[int, int]]]]:
    """Let the staff in; gives who does what, by category, and when each works. Fridays are shorter."""
    people: dict[str, list[int]] = {}
    hours: dict[int, dict[int, tuple[int, int]]] = {}
    for colleague in STAFF:
        member = add_staff(
            branch_id=branch_id,
            name=colleague.name,
            code=colleague.code,
            title=colleague.title,
            mobile=colleague.mobile,
            actor=actor,
            now=now,
        )
        hours[member.id] = {day: (colleague.starts, colleague.ends) for day in WEEKDAYS if day != colleague.day_off}
        if FRIDAY in hours[member.id]:
            hours[member.id][FRIDAY] = (colleague.starts, min(colleague.ends, 18 * 60))
        week = {day: around(*span, RESTS[colleague.code]) for day, span in hours[member.id].items()}
        set_hours(staff_id=member.id, week={day: week.get(day, []) for day in WEEKDAYS}, actor=actor, now=now)
        for skill in colleague.skills:
            people.setdefault(skill, []).append(member.id)
    return people, hours


def _offer_service(service: PricedService, people: dict[str, list[int]], actor: User, now: datetime) -> Offered:
    able = tuple(people[service.category])
    added = add_service(
        name=service.name,
        price=_first_price(service),
        price_to=service.price_to,
        duration=service.minutes,
        category=service.category,
        staff_ids=able,
        actor=actor,
        now=now,
    )
    return Offered(
        added.id,
        service.category,
        service.minutes,
        service.weight,
        service.price,
        service.price_to,
        able,
        Shape(phases_of(service.name, service.minutes)),
    )


def _first_price(service: PricedService) -> int:
    """What it cost when the salon opened."""
    if service.category not in RAISED or service.price_to is not None:
        return service.price
    return percent_of(service.price, BEFORE_RAISE_BP) // STEP * STEP


def _offer_packages(services: Sequence[Offered], actor: User, now: datetime) -> tuple[int, ...]:
    ids = {service.name: offered.service_id for service, offered in zip(SERVICES, services, strict=True)}
    added = []
    for bundle in PACKAGES:
        items = tuple((ids[name], sessions) for name, sessions in bundle.sessions)
        spec = PackageSpec(bundle.name, bundle.price, bundle.valid_days, items)
        added.append(add_package(spec=spec, actor=actor, now=now))
    return tuple(added)


def _stock_shelf(branch_id: int, actor: User, now: datetime) -> tuple[int, ...]:
    added = [
        add_product(
            name=goods.name,
            price=goods.price,
            category=goods.category,
            brand=goods.brand,
            low_stock=LOW_STOCK,
            actor=actor,
            now=now,
        )
        for goods in PRODUCTS
    ]
    pieces = {
        product.id: SCARCE_STOCK if place % SCARCE_EVERY == 0 else FIRST_STOCK
        for place, product in enumerate(added, start=1)
    }
    receive(branch_id=branch_id, pieces=pieces, key="opening", actor=actor, now=now)
    return tuple(product.id for product in added)
