"""Going on after the database refused something."""

from datetime import datetime

import pytest
from sqlalchemy import Insert, func, insert, select
from sqlalchemy.exc import IntegrityError

from salon.access.models import ApiToken
from salon.core.db import db, savepoint, transaction
from tests.factories import SmallSalon


def token(salon: SmallSalon, name: str, now: datetime) -> Insert:
    return insert(ApiToken).values(user_id=salon.desk_id, token_hash=name * 64, created_at=now)


def test_what_was_refused_is_taken_back_with_what_went_before_it_and_the_rest_stays(
    salon: SmallSalon, now: datetime
) -> None:
    with transaction() as session:
        connection = session.connection()
        connection.execute(token(salon, "a", now))
        with pytest.raises(IntegrityError), savepoint(connection):
            connection.execute(token(salon, "b", now))
            connection.execute(token(salon, "a", now))
        with savepoint(connection):
            connection.execute(token(salon, "c", now))
    kept = db.session.scalars(select(func.substr(ApiToken.token_hash, 1, 1)).order_by(ApiToken.id)).all()
    assert kept[1:] == ["a", "c"]
