"""A till at the API of the small salon, and whoever may stand at it."""

from collections.abc import Callable

import pytest
from flask.testing import FlaskClient
from sqlalchemy import update

from salon.access import rules
from salon.access.models import Role, User
from salon.core.db import db, transaction
from salon.core.permissions import Permission
from tests.factories import SmallSalon

from .till import Till


@pytest.fixture
def till(client: FlaskClient, salon: SmallSalon) -> Till:
    """The till of somebody who may do everything."""
    with transaction():
        db.session.execute(update(User).where(User.id == salon.desk_id).values(role=Role.OWNER.value))
    return Till(client, salon)


@pytest.fixture
def allow(salon: SmallSalon, monkeypatch: pytest.MonkeyPatch) -> Callable[[set[str]], None]:
    """Let whoever stands at the till do just this and no more."""

    def allow_only(permissions: set[str]) -> None:
        monkeypatch.setitem(rules._OF_ROLE, "of this test", frozenset(map(Permission, permissions)))
        with transaction():
            db.session.execute(update(User).where(User.id == salon.desk_id).values(role="of this test"))

    return allow_only
