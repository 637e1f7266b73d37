"""Reads mapping files."""

from pathlib import Path

from ..errors import file_unreadable
from .rules import Mapping, parse_mapping


def read_mapping(path: Path) -> Mapping:
    """The mapping in a TOML file. Raises Invalid `file_unreadable` or `mapping_invalid`."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise file_unreadable(path.name) from error
    return parse_mapping(text)
