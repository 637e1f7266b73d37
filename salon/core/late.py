"""Libraries that are loaded when first used: heavy ones, which most commands and the first answers do without."""

from importlib import import_module
from typing import Any


class Late:
    """Stands for a module by its name; whatever is asked of it loads it first."""

    def __init__(self, name: str) -> None:
        self._name = name

    def __getattr__(self, attribute: str) -> Any:
        return getattr(import_module(self._name), attribute)
