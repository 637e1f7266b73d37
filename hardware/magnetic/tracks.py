"""What a magnetic stripe reader sends for one swipe, read as cards are written by ISO/IEC 7813 and 7811-2."""

import re
from dataclasses import dataclass, field
from enum import StrEnum

_ENTER = "\r\n"
_START_OF_MESSAGE, _END_OF_MESSAGE, _ESCAPE = "\x02", "\x03", "\x1b"
_STARTS = "%;+"
_END = "?"
_READ_ERROR = "E"

# The most characters that fit on each track, without its sentinels and check character.
_LONGEST = (76, 37, 104)
_LONGEST_NUMBER = 19

_TRACK1 = re.compile(r"B(?P<number>[0-9 ]+)\^(?P<name>[^^]*)\^(?P<rest>.*)")
_TRACK2 = re.compile(r"(?P<number>[0-9]+)=(?P<rest>[0-9:<=>]*)")
_DIGITS = re.compile(r"[0-9]+")
_ALPHABETS = (re.compile(r"[ -_]*"), re.compile(r"[0-9:<=>]*"), re.compile(r"[0-9:<=>]*"))
_EXPIRY = re.compile(r"[0-9]{2}(?:0[1-9]|1[0-2])")
_SERVICE_CODE = re.compile(r"[0-9]{3}")
_SEPARATORS = ("^", "=")

# The first six digits of the cards that Iran's banks and credit institutions give out on the Shetab network.
# fmt: off
_BANK_PREFIXES = frozenset({
    "170019", "207177", "502229", "502806", "502908", "502910", "502938", "504172", "504706", "505416",
    "505426", "505785", "505801", "505809", "507677", "581874", "585947", "585983", "589210", "589463",
    "603769", "603770", "603799", "606256", "606373", "610433", "621986", "622106", "627353", "627381",
    "627412", "627488", "627648", "627760", "627884", "627961", "628023", "628157", "636214", "636795",
    "636949", "639194", "639217", "639346", "639347", "639370", "639599", "639607", "991975",
})
# fmt: on
_BANK_CARD_LENGTHS = {16, 19}


class Unreadable(StrEnum):
    """Why a swipe gave no card."""

    EMPTY = "empty"
    TRACK_ERROR = "track_error"
    CUT = "cut"
    TOO_LONG = "too_long"
    MALFORMED = "malformed"
    CHECKSUM = "checksum"
    DISAGREEING = "disagreeing"
    NO_NUMBER = "no_number"


class UnreadableSwipe(ValueError):
    """A swipe that gave no card; says why, and never what was on the stripe."""

    def __init__(self, reason: Unreadable) -> None:
        super().__init__(reason.value)
        self.reason = reason


@dataclass(frozen=True)
class Swipe:
    """One card as it was read; what identifies it is kept out of its repr, so that it never reaches a log.

    name is "" where track 1 has a blank one and None where it has none; expires is YYYY-MM. Years on the stripe have
    two digits and are taken as 20YY, so those of an Iranian bank card, which are Jalali, mean nothing here.
    """

    number: str = field(repr=False)
    name: str | None = field(default=None, repr=False)
    expires: str | None = None
    service_code: str | None = None
    discretionary1: str | None = field(default=None, repr=False)
    discretionary2: str | None = field(default=None, repr=False)
    track1: str | None = field(default=None, repr=False)
    track2: str | None = field(default=None, repr=False)
    track3: str | None = field(default=None, repr=False)


@dataclass(frozen=True)
class _Account:
    """What one financial track says."""

    number: str
    name: str | None = None
    expires: str | None = None
    service_code: str | None = None
    discretionary: str | None = None


def parse_swipe(raw: str) -> Swipe:
    """Return the card that a reader sent, or raise UnreadableSwipe.

    One bad track refuses the whole swipe, even where another is good: a half-read card is swiped again, never guessed
    at. Blank and missing tracks are fine. Tracks 1 and 2 must name the same card; track 3 is carried along unread.
    """
    tracks = _split(_unframed(raw.upper()))
    _check(tracks)
    first, second = _account1(tracks[0]), _account2(tracks[1])
    _check_agreement(first, second)
    account = second or first
    if account is None:
        raise UnreadableSwipe(Unreadable.NO_NUMBER if any(tracks) else Unreadable.EMPTY)
    return Swipe(
        number=account.number,
        name=first.name if first else None,
        expires=account.expires or (first.expires if first else None),
        service_code=account.service_code or (first.service_code if first else None),
        discretionary1=first.discretionary if first else None,
        discretionary2=second.discretionary if second else None,
        track1=tracks[0],
        track2=tracks[1],
        track3=tracks[2],
    )


def is_bank_card(number: str) -> bool:
    """Say whether a card number is an Iranian bank card's, by its prefix, length and Luhn digit.

    Foreign bank cards are not looked for: loyalty cards are sold with such numbers too.
    """
    if not _DIGITS.fullmatch(number) or len(number) not in _BANK_CARD_LENGTHS or number[:6] not in _BANK_PREFIXES:
        return False
    doubled = (str(int(digit) * (1 + place % 2)) for place, digit in enumerate(reversed(number)))
    return sum(int(digit) for pair in doubled for digit in pair) % 10 == 0


def lrc_track2(track: str) -> str:
    """Return the check character of a track 2 or 3 with its sentinels: each of its four bits makes the column even."""
    return _lrc(track, zero="0", bits=0x0F)


def lrc_track1(track: str) -> str:
    """Return the check character of a track 1 with its sentinels: each of its six bits makes the column even."""
    return _lrc(track, zero=" ", bits=0x3F)


def _lrc(track: str, zero: str, bits: int) -> str:
    columns = 0
    for char in track:
        columns ^= (ord(char) - ord(zero)) & bits
    return chr(ord(zero) + columns)


def _unframed(raw: str) -> str:
    """Take off an insert reader's frame (STX ESC … status CR ETX) and the Enter key of a keyboard reader."""
    if not raw.startswith(_START_OF_MESSAGE):
        return raw.strip(_ENTER + " \t")
    if not raw.rstrip(_ENTER).endswith(_END_OF_MESSAGE):
        raise UnreadableSwipe(Unreadable.CUT)
    message = raw.rstrip(_ENTER)[1:-1].strip(_ESCAPE + _ENTER + " ")
    tracks, end, status = message.rpartition(_END)
    if not end:
        return status
    if status.strip(" \x00") not in {"", "0"}:
        raise UnreadableSwipe(Unreadable.TRACK_ERROR)
    return tracks + end


def _split(message: str) -> list[str | None]:
    """Return the contents of tracks 1, 2 and 3 without sentinels, None where a track is missing or blank."""
    if not message:
        raise UnreadableSwipe(Unreadable.EMPTY)
    if message[0] not in _STARTS:
        return _split_bare(message)
    tracks: list[str | None] = [None, None, None]
    place = -1
    while message:
        place = _place_of(message[0], after=place)
        content, end, message = message[1:].partition(_END)
        if not end:
            raise UnreadableSwipe(Unreadable.CUT)
        tracks[place] = content or None
        message = _without_check_character(content, place, message).lstrip(_ENTER + " \t")
    return tracks


def _place_of(start: str, after: int) -> int:
    """Return the place of the track that a sentinel starts; a second `;` starts track 3, as the standard writes it."""
    place = _STARTS.find(start)
    if place == 1 and after == 1:
        place = 2
    if place <= after:
        raise UnreadableSwipe(Unreadable.MALFORMED)
    return place


def _split_bare(message: str) -> list[str | None]:
    """Return the tracks of a reader set to send no sentinels, one track a line."""
    tracks: list[str | None] = [None, None, None]
    if _END in message:
        raise UnreadableSwipe(Unreadable.CUT)
    for line in message.splitlines():
        place = 0 if "^" in line else 1
        if tracks[place] is not None or (place == 0 and tracks[1] is not None):
            raise UnreadableSwipe(Unreadable.MALFORMED)
        tracks[place] = line
    return tracks


def _without_check_character(content: str, place: int, rest: str) -> str:
    """Take the check character off what follows a track, where the reader sends it; it must be the right one."""
    following = rest[1:].lstrip(_ENTER + " \t")
    if not rest or rest[0] in _ENTER + " \t" or (following and following[0] not in _STARTS):
        return rest
    expected = lrc_track1(f"%{content}?") if place == 0 else lrc_track2(f";{content}?")
    if rest[0] != expected:
        raise UnreadableSwipe(Unreadable.CHECKSUM)
    return rest[1:]


def _check(tracks: list[str | None]) -> None:
    """Refuse tracks that the reader could not read, that are longer than a stripe, or hold what no stripe can."""
    if _READ_ERROR in tracks:
        raise UnreadableSwipe(Unreadable.TRACK_ERROR)
    for content, longest, alphabet in zip(tracks, _LONGEST, _ALPHABETS, strict=True):
        if content is not None and len(content) > longest:
            raise UnreadableSwipe(Unreadable.TOO_LONG)
        if content is not None and not alphabet.fullmatch(content):
            raise UnreadableSwipe(Unreadable.MALFORMED)


def _account1(content: str | None) -> _Account | None:
    """Return the card that track 1 names in format B, or as digits alone; another text of the card's maker is none."""
    if content is None:
        return None
    if _DIGITS.fullmatch(content):
        return _Account(content)
    match = _TRACK1.fullmatch(content)
    if match is None and "^" in content:
        raise UnreadableSwipe(Unreadable.MALFORMED)
    return _account(match["number"].replace(" ", ""), _name(match["name"]), match["rest"]) if match else None


def _account2(content: str | None) -> _Account | None:
    """Return the card that track 2 names; loyalty cards may have a number alone, as long as the track."""
    if content is None:
        return None
    if _DIGITS.fullmatch(content):
        return _Account(content)
    match = _TRACK2.fullmatch(content)
    if match is None:
        raise UnreadableSwipe(Unreadable.MALFORMED)
    return _account(match["number"], None, match["rest"])


def _account(number: str, name: str | None, rest: str) -> _Account:
    """Read what follows the number: expiry and service code, each maybe a separator instead, then the maker's own."""
    if not number or len(number) > _LONGEST_NUMBER:
        raise UnreadableSwipe(Unreadable.TOO_LONG if number else Unreadable.MALFORMED)
    expires, rest = _taken(_EXPIRY, rest)
    if expires is None:
        return _Account(number, name, discretionary=rest)
    service_code, rest = _taken(_SERVICE_CODE, rest)
    return _Account(number, name, f"20{expires[:2]}-{expires[2:]}" if expires else None, service_code or None, rest)


def _taken(pattern: re.Pattern[str], rest: str) -> tuple[str | None, str]:
    """Return a field and what follows it: "" where a separator says that it is left out, None where it isn't there."""
    match = pattern.match(rest)
    if match:
        return match.group(), rest[match.end() :]
    return ("", rest[1:]) if rest.startswith(_SEPARATORS) else (None, rest)


def _name(written: str) -> str:
    """Return a name without its padding; a blank one is written as a lone separator."""
    name = written.strip()
    return "" if name == "/" else name


def _check_agreement(first: _Account | None, second: _Account | None) -> None:
    """Refuse two tracks that name different cards or expiries."""
    if first is None or second is None:
        return
    expiries = {first.expires, second.expires} - {None}
    if first.number != second.number or len(expiries) > 1:
        raise UnreadableSwipe(Unreadable.DISAGREEING)
