"""Everything that people see can be read in English, too."""

from dataclasses import replace
from pathlib import Path

import pytest
from babel.messages import Catalog

from salon.app import create_app
from salon.config import ConfigError, Settings, load_settings
from scripts.translations import findings, read_catalogue, source_strings, update


def strings_of(*texts: str) -> Catalog:
    """A catalogue of source strings."""
    strings = Catalog(charset="utf-8")
    for text in texts:
        strings.add(text, locations=[("salon/room.py", 7)])
    return strings


def english(**known: str) -> Catalog:
    """A catalogue with translations, by their Persian."""
    catalogue = Catalog(locale="en")
    for text, translation in known.items():
        catalogue.add(text, translation)
    return catalogue


def test_every_source_string_has_its_english() -> None:
    assert len(list(source_strings())) > 400
    assert findings(source_strings(), read_catalogue()) == []


@pytest.mark.parametrize(
    ("catalogue", "finding"),
    [
        (english(), "no English for «سلام»"),
        (english(سلام=""), "no English for «سلام»"),
        (english(سلام="Hello %(name)s"), "other placeholders"),
        (english(سلام="Hello {name}"), "other placeholders"),
        (english(سلام="Hello 10%"), "a percent sign"),
        (english(سلام="Hello", بدرود="Goodbye"), "«بدرود» is no longer used"),
    ],
)
def test_what_is_missing_wrong_or_left_over_is_named(catalogue: Catalog, finding: str) -> None:
    found = findings(strings_of("سلام"), catalogue)
    assert len(found) == 1
    assert finding in found[0]


def test_an_update_keeps_what_is_translated_and_drops_what_is_gone(tmp_path: Path) -> None:
    path = tmp_path / "messages.po"
    path.write_text(
        'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n\n'
        'msgid "سلام"\nmsgstr "Hello"\n\nmsgid "بدرود"\nmsgstr "Goodbye"\n',
        encoding="utf-8",
    )
    update(strings_of("سلام", "نوبت"), path)
    catalogue = read_catalogue(path)
    assert {message.id: message.string for message in catalogue if message.id} == {"سلام": "Hello", "نوبت": ""}


@pytest.mark.parametrize(("language", "word"), [("fa", "گذرواژه"), ("en", "Password")])
def test_a_salon_speaks_its_language(settings: Settings, language: str, word: str) -> None:
    client = create_app(replace(settings, language=language)).test_client()
    assert word in client.get("/login").text


def test_no_other_language_is_taken(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="SALON_LANGUAGE"):
        load_settings({"SALON_INSTANCE": str(tmp_path), "SALON_LANGUAGE": "de"})
    assert load_settings({"SALON_INSTANCE": str(tmp_path), "SALON_LANGUAGE": "en"}).language == "en"
