"""The rail leads to screens that are there, and asks for what they ask."""

import pytest
from flask import Flask

from salon.access.rules import declared_permission
from salon.core.pages import Room
from salon.core.permissions import Permission
from salon.rail import ROOMS

READS = {Permission.CATALOG_WRITE: Permission.CATALOG_VIEW, Permission.STAFF_WRITE: Permission.STAFF_VIEW}
READS |= {Permission.CLUB_WRITE: Permission.CLUB_VIEW}  # the receptionist may look, yet has no room of hers there


@pytest.mark.parametrize("room", ROOMS, ids=lambda room: room.path)
def test_a_room_of_the_rail_is_a_screen(app: Flask, room: Room) -> None:
    endpoint, _values = app.url_map.bind("").match(room.path)
    asked = declared_permission(app.view_functions[endpoint], "GET")
    assert asked in {room.permission, READS.get(room.permission)}
