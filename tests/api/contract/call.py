"""A call as the table tells of it."""

from dataclasses import dataclass, field
from typing import Any

from .kinds import Shape, plain

TROUBLES = {"database_busy": 503, "database_away": 503, "disk_full": 507}
ALWAYS = {"unauthenticated": 401, "not_permitted": 403, "fault": 500, **TROUBLES}
OF_BODIES = {"bad_request": 400, "too_large": 413, "unsupported_media_type": 415}


@dataclass(frozen=True)
class Call:
    """A call: who may, what is sent, what comes back, and each code of a refusal with its status."""

    method: str
    path: str
    permission: str | None
    status: int
    gives: Shape
    refuses: dict[str, int] = field(default_factory=dict)
    body: dict[str, Any] | None = None
    query: dict[str, Any] = field(default_factory=dict)
    headers: dict[str, Any] = field(default_factory=dict)

    def __str__(self) -> str:
        return f"{self.method} {self.path}"

    @property
    def answer(self) -> Shape:
        """The shape of the good answer."""
        return plain(self.gives)

    @property
    def all_refusals(self) -> dict[str, int]:
        """Every code, those that many calls share included."""
        if self.permission is None:
            return {"fault": 500}
        shared = ALWAYS | (OF_BODIES if self.body is not None else {})
        asked = {"invalid": 422} if self.body is not None or self.query else {}
        return shared | asked | ({"not_found": 404} if "{" in self.path else {}) | self.refuses
