"""The English catalogue: kept in step with the source strings, and checked to be complete.

`scripts/translations.py` writes new strings into the catalogue and drops old ones; `--check` changes nothing and fails
when a string has no translation, another set of placeholders, or is no longer used.
"""

import re
import sys
from pathlib import Path

from babel.messages import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.pofile import read_po, write_po

HOUSE = Path(__file__).resolve().parent.parent
CATALOGUE = HOUSE / "translations" / "en" / "LC_MESSAGES" / "messages.po"
KEYWORDS = {"_": None, "_l": None, "gettext": None, "lazy_gettext": None, "ngettext": (1, 2)}
PLACEHOLDER = re.compile(r"%\(\w+\)s|\{\w+\}")  # filled by Python, and by scripts
WIDTH = 120


def source_strings(house: Path = HOUSE) -> Catalog:
    """Every string that code and templates put through gettext."""
    with (house / "babel.cfg").open(encoding="utf-8") as settings:
        methods, options = parse_mapping_cfg(settings)
    strings = Catalog(charset="utf-8")
    for name, line, message, comments, context in extract_from_dir(
        house, method_map=methods, options_map=options, keywords=KEYWORDS
    ):
        strings.add(message, locations=[(name, line)], auto_comments=comments, context=context)
    return strings


def read_catalogue(path: Path = CATALOGUE) -> Catalog:
    """The catalogue as it stands."""
    with path.open("rb") as stream:
        return read_po(stream, locale="en")


def findings(strings: Catalog, catalogue: Catalog) -> list[str]:
    """What keeps the catalogue from being complete; empty when all is well."""
    found = []
    for message in (message for message in strings if message.id):
        known = catalogue.get(message.id)
        where = ", ".join(f"{name}:{line}" for name, line in message.locations)
        if known is None or not known.string:
            found.append(f"no English for «{message.id}» ({where})")
        elif known.fuzzy:
            found.append(f"the English for «{message.id}» is a guess")
        elif _placeholders(message.id) != _placeholders(known.string):
            found.append(f"other placeholders in the English for «{message.id}»")
        elif "%" in PLACEHOLDER.sub("", str(known.string)):  # templates format what they say
            found.append(f"a percent sign in the English for «{message.id}»; spell it out")
    used = {message.id for message in strings}
    return found + [f"«{message.id}» is no longer used" for message in catalogue if message.id not in used]


def _placeholders(text: object) -> set[str]:
    return set(PLACEHOLDER.findall(str(text)))


def update(strings: Catalog, path: Path = CATALOGUE) -> None:
    """Bring the catalogue in step with the source strings; what is new stands there untranslated."""
    catalogue = read_catalogue(path)
    written_on = catalogue.creation_date
    catalogue.update(strings, no_fuzzy_matching=True)
    catalogue.creation_date = written_on
    with path.open("wb") as stream:
        write_po(stream, catalogue, width=WIDTH, no_location=True, sort_output=True, ignore_obsolete=True)


def main() -> None:
    """Update the catalogue, or check it."""
    strings = source_strings()
    if "--check" not in sys.argv[1:]:
        update(strings)
    found = findings(strings, read_catalogue())
    for finding in found:
        print(finding, file=sys.stderr)
    if found:
        print("Run scripts/translations.py, then translate what is new in translations/en.", file=sys.stderr)
        sys.exit(1)


if __name__ == "__main__":
    main()
