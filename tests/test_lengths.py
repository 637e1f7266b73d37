"""What is too long for its column is refused at its field, by every verb that keeps text; nothing is cut."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import InstrumentedAttribute
from wtforms.validators import Length

from salon.access.forms import NewUserForm, UserForm
from salon.access.models import User
from salon.access.queries import user_by_name
from salon.access.services import PasswordHash, change_user, create_user
from salon.appointments.models import Appointment
from salon.appointments.services import BookingItem, book
from salon.catalog.forms import NewProductForm, NewServiceForm
from salon.catalog.models import Product, Service
from salon.catalog.services import add_product, add_service, change_product, change_service
from salon.core.db import transaction
from salon.core.errors import Invalid
from salon.core.lengths import longest
from salon.customers.forms import NewCustomerForm
from salon.customers.models import Customer
from salon.customers.services import CustomerSpec, add_customer
from salon.setup.forms import SettingsForm
from salon.setup.models import Branch, SalonProfile
from salon.setup.queries import profile
from salon.setup.services import ProfileSpec, change_branch, change_profile, init_salon
from salon.staff.forms import NewStaffForm
from salon.staff.models import StaffMember
from salon.staff.services import add_staff, change_staff
from tests.factories import SmallSalon

Keeps = Callable[[SmallSalon, str, datetime], Any]
SERVICE = {"name": "رنگ", "price": 1, "duration": 30, "actor": None}
PRODUCT = {"name": "شامپو", "price": 1, "actor": None}
BRANCH = {"name": "شعبه", "phone": "", "address": "", "actor": None}


def customer_with(field: str) -> Keeps:
    spec = CustomerSpec("مینا")
    return lambda salon, text, now: add_customer(
        branch_id=salon.branch_id, spec=replace(spec, **{field: text}), actor=None, now=now
    )


def user_with(field: str) -> Keeps:
    new = {"name": "mina", "full_name": "مینا", "role": "receptionist", "password_hash": PasswordHash("x")}
    return lambda salon, text, now: create_user(**new | {field: text}, branch_id=salon.branch_id, actor=None, now=now)


def staff_with(field: str) -> Keeps:
    return lambda salon, text, now: add_staff(
        **{"name": "مینا"} | {field: text}, branch_id=salon.branch_id, actor=None, now=now
    )


def changed_staff_with(field: str) -> Keeps:
    who = {"name": "مینا", "title": "", "mobile": None, "color": "#000000", "position": 1, "active": True}
    return lambda salon, text, now: change_staff(staff_id=salon.sara, **who | {field: text}, actor=None, now=now)


def changed_service_with(field: str) -> Keeps:
    more = {"category": "", "price_to": None, "active": True}
    return lambda salon, text, now: change_service(service_id=salon.cut, **SERVICE | more | {field: text}, now=now)


def changed_product_with(field: str) -> Keeps:
    def change(salon: SmallSalon, text: str, now: datetime) -> Product:
        product = add_product(**PRODUCT, now=now)
        more = {"category": "", "brand": "", "active": True}
        return change_product(product_id=product.id, **PRODUCT | more | {field: text}, now=now)

    return change


def branch_with(field: str) -> Keeps:
    return lambda salon, text, now: change_branch(**BRANCH | {field: text}, now=now)


def profile_with(field: str) -> Keeps:
    def change(salon: SmallSalon, text: str, now: datetime) -> SalonProfile:
        known = {name: getattr(profile(), name) for name in ProfileSpec.__dataclass_fields__}
        return change_profile(spec=ProfileSpec(**known | {field: text}), actor=None, now=now)

    return change


def booking_with_note(salon: SmallSalon, text: str, now: datetime) -> Appointment:
    item = BookingItem(salon.cut, salon.sara)
    who = {"branch_id": salon.branch_id, "customer_id": salon.zahra}
    return book(**who, starts_at=now, items=[item], note=text, actor=None, now=now)


def changed_user(salon: SmallSalon, text: str, now: datetime) -> User:
    desk = user_by_name("desk")
    assert desk is not None
    return change_user(user=desk, full_name=text, role="receptionist", active=True, actor=None, now=now)


KEPT: list[tuple[InstrumentedAttribute[str], str, Keeps]] = [
    *((getattr(Customer, field), field, customer_with(field)) for field in ("first_name", "last_name", "allergies")),
    (Customer.note, "note", customer_with("note")),
    (
        Customer.code,
        "code",
        lambda salon, text, now: add_customer(
            branch_id=salon.branch_id, spec=CustomerSpec("مینا"), code=text, actor=None, now=now
        ),
    ),
    (User.full_name, "full_name", user_with("full_name")),
    (User.full_name, "full_name", changed_user),
    *((getattr(StaffMember, field), field, staff_with(field)) for field in ("name", "title", "code")),
    *((getattr(StaffMember, field), field, changed_staff_with(field)) for field in ("name", "title")),
    *(
        (
            getattr(Service, field),
            field,
            lambda salon, text, now, field=field: add_service(**SERVICE | {field: text}, now=now),
        )
        for field in ("name", "category", "code")
    ),
    *((getattr(Service, field), field, changed_service_with(field)) for field in ("name", "category")),
    *(
        (
            getattr(Product, field),
            field,
            lambda salon, text, now, field=field: add_product(**PRODUCT | {field: text}, now=now),
        )
        for field in ("name", "category", "brand", "code")
    ),
    *((getattr(Product, field), field, changed_product_with(field)) for field in ("name", "category", "brand")),
    (Branch.name, "branch_name", branch_with("name")),
    (Branch.phone, "phone", branch_with("phone")),
    (Branch.address, "address", branch_with("address")),
    (SalonProfile.name, "name", profile_with("name")),
    (SalonProfile.club_title, "club_title", profile_with("club_title")),
    (Appointment.note, "note", booking_with_note),
]


@pytest.mark.parametrize(("column", "field", "keep"), KEPT, ids=lambda part: str(getattr(part, "key", "")))
def test_what_fits_is_kept_whole_and_what_does_not_is_refused_at_its_field(
    salon: SmallSalon, now: datetime, column: InstrumentedAttribute[str], field: str, keep: Keeps
) -> None:
    most = longest(column)
    with pytest.raises(Invalid) as refused, transaction():
        keep(salon, "ب" * (most + 1), now)
    assert (refused.value.code, refused.value.field) == ("text_long", field)
    with transaction():
        kept = keep(salon, f"  {'ب' * most} ", now)  # spaces at the ends are nobody's text
    assert getattr(kept, column.key) == "ب" * most


def test_a_name_is_found_though_its_key_grows_beyond_its_column(salon: SmallSalon, now: datetime) -> None:
    with transaction():
        mina = add_customer(branch_id=salon.branch_id, spec=CustomerSpec("㍿" * 80), actor=None, now=now)
    assert len(mina.search_key) == longest(Customer.search_key)


def test_a_salon_of_a_long_name_has_a_club_of_that_name(app: object, now: datetime) -> None:
    with transaction():
        init_salon(name="گ" * 120, actor=None, now=now)
    assert (profile().name, profile().club_title) == ("گ" * 120, "گ" * 120)


FORMS = [
    (NewCustomerForm, Customer, ("first_name", "last_name", "allergies", "note", "code")),
    (NewUserForm, User, ("name", "full_name")),
    (UserForm, User, ("full_name",)),
    (NewStaffForm, StaffMember, ("name", "title", "code")),
    (NewServiceForm, Service, ("name", "category", "code")),
    (NewProductForm, Product, ("name", "category", "brand", "code")),
    (SettingsForm, SalonProfile, ("name", "club_title")),
    (SettingsForm, Branch, ("phone", "address")),
]


@pytest.mark.parametrize(("form", "model", "fields"), FORMS, ids=lambda part: getattr(part, "__name__", ""))
def test_forms_take_as_much_as_their_columns_keep(app: Any, form: Any, model: Any, fields: tuple[str, ...]) -> None:
    with app.test_request_context():
        boxes = form()
        asked = {field: [each.max for each in boxes[field].validators if isinstance(each, Length)] for field in fields}
    assert asked == {field: [longest(getattr(model, field))] for field in fields}


def test_the_api_takes_as_much_as_the_columns_keep(client: FlaskClient) -> None:
    schemas = client.get("/api/v1/openapi.json").json["components"]["schemas"]
    newcomer, booking = schemas["NewCustomer"]["properties"], schemas["NewAppointment"]["properties"]
    for field in ("first_name", "last_name", "note", "allergies"):
        assert newcomer[field]["maxLength"] == longest(getattr(Customer, field))
    assert booking["note"]["maxLength"] == longest(Appointment.note)
