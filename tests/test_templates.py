"""One way to do each recurring thing: fields, money, days, lists, empty states, toasts and refusals are macros."""

import re
from pathlib import Path

import pytest

TEMPLATES = Path(__file__).resolve().parent.parent / "templates"
MACROS = TEMPLATES / "_macros.html"
BY_HAND = {
    "a field": r'<(?:div|fieldset) class="field["{ ]',
    "money in a cell": r'<td class="num[^>]*>\{\{ [^}|]*\|money \}\}</td>',
    "a day or a time": r"\{\{[^}]*\|\s*(?:day|clock|moment)\b",
    "a list": r"<table",
    "an empty state": r'class="empty',
    "a toast": r"toast-line",
    "a refusal": r'class="form-error',
    "the way back": r'<a [^>]*data-key="Escape"',
}
# Values of attributes, choices of a list and sentences take days and times as plain text.
PLAIN = re.compile(
    r"""="[^"]*(?:\{\{.*?\}\}[^"]*)*"|<option.*?</option>|_\((?:[^()]|\((?:[^()]|\([^()]*\))*\))*\)""", re.S
)


def templates() -> list[Path]:
    """Every template but the macros themselves."""
    return [path for path in sorted(TEMPLATES.rglob("*.html")) if path != MACROS]


def written_by_hand(text: str) -> list[str]:
    """What a template does by hand though there is a macro for it."""
    running = PLAIN.sub("", text)
    return [
        what
        for what, pattern in BY_HAND.items()
        if re.search(pattern, running if what == "a day or a time" else text, re.S)
    ]


@pytest.mark.parametrize("path", templates(), ids=lambda path: str(path.relative_to(TEMPLATES)))
def test_a_template_does_recurring_things_by_the_macros(path: Path) -> None:
    assert written_by_hand(path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ('<div class="field"><input></div>', "a field"),
        ('<td class="num bad">{{ row.due|money }}</td>', "money in a cell"),
        ('<b>{{ visit.starts_at|clock }}</b> {{ _("امروز") }}', "a day or a time"),
        ('<table class="list">', "a list"),
        ('<div class="empty">', "an empty state"),
        ('<div class="toast-line ok">', "a toast"),
        ('<div class="form-error" role="alert">', "a refusal"),
        ('<a class="btn" href="/staff" data-key="Escape">', "the way back"),
    ],
)
def test_what_is_written_by_hand_is_noticed(text: str, what: str) -> None:
    assert written_by_hand(text) == [what]


def test_attributes_choices_and_sentences_take_plain_days() -> None:
    text = """<input value="{{ day|day("numeric") }}"><option>{{ start|clock }}</option>{{ _("از %(day)s", day=first|day) }}"""
    assert written_by_hand(text) == []
