"""A product on the shelf."""

from datetime import datetime

import pytest

from salon.catalog.services import add_product
from salon.core.db import transaction
from tests.factories import SmallSalon


@pytest.fixture
def serum(salon: SmallSalon, now: datetime) -> int:
    """A serum at 600,000 rials, low when two are left."""
    with transaction():
        return add_product(name="سرم مو", brand="لورآل", price=600_000, low_stock=2, actor=None, now=now).id
