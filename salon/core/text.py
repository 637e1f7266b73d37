"""Text typed by people: one spelling to store, one key to search by, mobile numbers and national codes."""

import re
import unicodedata

_ZWNJ = "\u200c"
_ZWJ = "\u200d"

_LATIN = "0123456789"
_PERSIAN = "۰۱۲۳۴۵۶۷۸۹"
_ARABIC = "٠١٢٣٤٥٦٧٨٩"
_TO_LATIN = str.maketrans(_PERSIAN + _ARABIC, _LATIN * 2)
_TO_PERSIAN = str.maketrans(_LATIN + _ARABIC, _PERSIAN * 2)

_ONE_SPELLING = str.maketrans({"ي": "ی", "ى": "ی", "ك": "ک", "ـ": None})
_ONE_SOUND = str.maketrans({"ي": "ی", "ك": "ک", "ة": "ه", "ە": "ه", "ہ": "ه", "ھ": "ه", "ٱ": "ا", "ء": None, "ـ": None})

# Old programs save letters in the shapes they take inside a word (U+FB50…, U+FE80…) instead of the letters themselves.
_SHAPED_LETTERS = re.compile("[\ufb50-\ufc5d\ufc64-\ufdfb\ufe80-\ufefc]+")
_SPACES = re.compile(r"\s+")
_HALF_SPACES = re.compile(f" ?{_ZWNJ}[ {_ZWNJ}]*")

_PHONE_PUNCTUATION = re.compile(r"[\s()./_]")
# 090–094 and 099 are the mobile ranges given out so far; 098 is refused because it is a mistyped country code.
_MOBILE = re.compile(r"\+?(?:(?:00)?98)?0?(9[0-49][0-9]{8})\+?")


def normalise(text: str) -> str:
    """Return text as it is stored: one spelling of each Persian letter, single spaces, no invisible characters.

    Half-spaces stay, singly and only inside a word; a half-space beside a space gives way to the space. Digits stay as
    typed, and so do vowel marks, hamza and ة, which people write on purpose: `search_key` looks past those.
    """
    text = _SHAPED_LETTERS.sub(lambda shaped: unicodedata.normalize("NFKC", shaped.group()), text)
    text = _SPACES.sub(" ", unicodedata.normalize("NFC", text))
    text = "".join(char for char in text if not _is_invisible(char)).translate(_ONE_SPELLING)
    text = _SPACES.sub(" ", _HALF_SPACES.sub(_one_gap, unicodedata.normalize("NFC", text)))
    return text.strip(" " + _ZWNJ)


def normalise_lines(text: str) -> str:
    """Return some lines of text as they are stored: each in one spelling, without blank ones before and after."""
    return "\n".join(normalise(line) for line in text.splitlines()).strip()


def latin_digits(text: str) -> str:
    """Return text with Persian and Arabic digits as 0-9; everything else stays."""
    return text.translate(_TO_LATIN)


def persian_digits(text: str) -> str:
    """Return text with Latin and Arabic digits as ۰-۹; everything else stays."""
    return text.translate(_TO_PERSIAN)


def search_key(text: str) -> str:
    """Return what a name is found by, however it was typed.

    Spaces, half-spaces, dashes, vowel marks and hamza are gone, letters that people interchange are one, digits are
    Latin, case is folded. Store it beside the name and look for `search_key(typed)` inside it; to find words in any
    order, split what was typed at spaces first and look for the key of each word.
    """
    bare = unicodedata.normalize("NFKD", normalise(text)).casefold()
    bare = unicodedata.normalize("NFKD", bare).translate(_ONE_SOUND)
    return latin_digits("".join(char for char in bare if not _is_unsearchable(char)))


def normalise_mobile(text: str) -> str | None:
    """Return an Iranian mobile number as `09xxxxxxxxx` from any way of typing it, or None when it isn't one."""
    typed = "".join(char for char in latin_digits(text) if unicodedata.category(char) not in {"Cf", "Pd"})
    match = _MOBILE.fullmatch(_PHONE_PUNCTUATION.sub("", typed))
    return "0" + match[1] if match else None


def is_national_code(text: str) -> bool:
    """Say whether text is an Iranian national code by its check digit; the leading zeros may have been dropped.

    The check digit is the weighted sum of the nine before it modulo 11, taken from 11 when it is two or more. Repeated
    digits and an empty middle pass that sum but are never issued.
    """
    typed = latin_digits(normalise(text))
    if not re.fullmatch(r"[0-9]{8,10}", typed):
        return False
    code = typed.zfill(10)
    if len(set(code)) == 1 or code[3:9] == "000000":
        return False
    rest = sum(int(digit) * weight for digit, weight in zip(code[:9], range(10, 1, -1), strict=True)) % 11
    return int(code[9]) == (rest if rest < 2 else 11 - rest)


def _one_gap(gap: re.Match[str]) -> str:
    return " " if " " in gap.group() else _ZWNJ


def _is_invisible(char: str) -> bool:
    """Say whether a character is a control, a text-direction mark or half a surrogate pair; joiners are not."""
    return char not in {_ZWNJ, _ZWJ} and unicodedata.category(char) in {"Cc", "Cf", "Cs"}


def _is_unsearchable(char: str) -> bool:
    """Say whether a character is a gap, a dash, a mark on a letter, or not seen at all."""
    category = unicodedata.category(char)
    return category[0] in "ZCM" or category == "Pd"
