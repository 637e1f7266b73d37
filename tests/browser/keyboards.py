"""The keyboards of a salon: which key stands where, and what it prints on a Persian and on a Latin layout."""

from dataclasses import dataclass

LETTERS = dict(
    zip(
        ("Key" + letter for letter in "QWERTYUIOPASDFGHJKLZXCVBNM"),
        zip("qwertyuiopasdfghjklzxcvbnm", "ضصثقفغعهخحشسیبلاتنمظطزرذدئ", strict=True),
        strict=True,
    )
)
MARKS = {
    "BracketLeft": ("[", "ج"),
    "BracketRight": ("]", "چ"),
    "Semicolon": (";", "ک"),
    "Quote": ("'", "گ"),
    "Backslash": ("\\", "پ"),
    "Comma": (",", "و"),
    "Slash": ("/", "/"),
    "Space": (" ", " "),
}
DIGITS = {f"Digit{digit}": (str(digit), "۰۱۲۳۴۵۶۷۸۹"[digit]) for digit in range(10)}
SHIFTED = {"Slash": ("?", "؟"), "KeyH": ("H", "آ"), "KeyC": ("C", "ژ")}
LAYOUTS = ("latin", "persian")


@dataclass(frozen=True)
class Stroke:
    """One key going down: its place, what it prints, and whether Shift is held."""

    code: str
    prints: str
    shift: bool = False


@dataclass(frozen=True)
class Keyboard:
    """A keyboard in one of its layouts."""

    layout: str

    def at(self, code: str, *, shift: bool = False) -> Stroke:
        """The key at a place."""
        printed = (SHIFTED if shift else LETTERS | MARKS | DIGITS)[code]
        return Stroke(code, printed[LAYOUTS.index(self.layout)], shift)

    def strokes(self, text: str) -> list[Stroke]:
        """The keys for a text; digits are pressed where they stand and print what the layout prints."""
        return [self._stroke(letter) for letter in text]

    def _stroke(self, letter: str) -> Stroke:
        column = LAYOUTS.index(self.layout)
        for keys, shift in ((LETTERS | MARKS | DIGITS, False), (SHIFTED, True)):
            for code, printed in keys.items():
                if letter == printed[column] or (code in DIGITS and letter == printed[0]):
                    return Stroke(code, printed[column], shift)
        raise ValueError(f"no key of the {self.layout} layout prints {letter!r}")
