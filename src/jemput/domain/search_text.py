"""What an officer types into the search box, understood: number, name, place, RT and RW, birth, in any order.

A word that may be a name as well as a place is read both ways. What cannot be read is said and never guessed at.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from jemput.domain.ids import LENGTH, area_text, mask, mask_text, village_range
from jemput.domain.name_keys import words_of
from jemput.domain.place_names import loose_key, place_key
from jemput.domain.places import DISTRICT_DIGITS, AreaName, is_village
from jemput.domain.problems import Text
from jemput.domain.wording import MONTHS, day

LONGEST = 120
"""Characters of a search that are read: longer than any name with its village (our choice)."""
NUMBER_FROM = 6
"""Digits from which a run of them is the beginning of a number: the area it was given in."""
OLDEST_YEAR = 1890
"""First year read as a year of birth (our choice: nobody living is older)."""

_AREA = re.compile(r"(?<![\d.])\d\d\.\d\d(?:\.\d\d(?:\.\d{4})?)?(?![\d.]*\d)")
_RT = re.compile(r"\brt\.?\s*(\d{1,3})\b(?:\s*/\s*(?:rw\.?\s*)?(\d{1,3})\b)?", re.IGNORECASE)
_RW = re.compile(r"\brw\.?\s*(\d{1,3})\b", re.IGNORECASE)
_MONTH_OF = {name[:3].lower(): at for at, month in enumerate(MONTHS, 1) for name in (month.id, month.en)} | {"ags": 8}
_MONTH_NAMES = "|".join(_MONTH_OF)
_DAY = re.compile(
    rf"(?<![\d./-])(?:(?P<d>\d{{1,2}})(?P<s>[-/. ])(?P<m>\d{{1,2}})(?P=s)(?P<y>\d{{4}})"
    rf"|(?P<y2>\d{{4}})[-/](?P<m2>\d{{1,2}})[-/](?P<d2>\d{{1,2}})"
    rf"|(?P<d3>\d{{1,2}})[- ](?P<n>{_MONTH_NAMES})[a-z]*\.?[- ](?P<y3>\d{{4}}))(?![\d/-])",
    re.IGNORECASE,
)
_YEAR = re.compile(r"(?:18|19|20)\d\d")
_GROUPED = re.compile(r"(?<!\d)\d{4}(?:[ .-]\d{4}){3}(?!\d)|(?<!\d)\d{6}[ .-]\d{6}[ .-]\d{4}(?!\d)")
_NUMBER = re.compile(r"(?<!\d)\d{6,}(?!\d)")
_VILLAGE_WORDS = frozenset({"desa", "ds", "kel", "kelurahan"})
_DISTRICT_WORDS = frozenset({"kec", "kecamatan"})
_PLACE_WORDS = _VILLAGE_WORDS | _DISTRICT_WORDS | {"di", "dari"}
_SAYS_NOTHING = frozenset("lahir lhr tgl tanggal tahun thn th born nik kk no nomor nama".split())
_AROUND = ",;:()[]\"“”'’`?!*"
_LONGEST_PLACE = 5
"""Words of the longest place name looked for ("Suku Tengah Lakitan Ulu Terawas")."""
_BEGUN_FROM = 3
"""Letters from which the last word may be the beginning of a place name (our choice: fewer begin too many)."""
_NAMED = 3
"""Places of one reading that are spelled out."""
_LOOSE_FROM = 5
"""Letters from which a place name is also found in its loose form; below that it is taken for a name."""


Span = tuple[int, int]
"""Lowest and highest village number of a place."""


@dataclass(frozen=True, slots=True)
class Asked:
    """One reading of a search: what must hold of a person, all of it; what is empty was not said.

    `number` is digits from the start of a NIK or KK number; `places` any one of which must hold.
    """

    name: str = ""
    number: str = ""
    places: tuple[AreaName, ...] = ()
    rt: int | None = None
    rw: int | None = None
    born_from: date | None = None
    born_to: date | None = None

    @property
    def is_empty(self) -> bool:
        """Whether nothing was understood."""
        return self == Asked()

    @property
    def spans(self) -> tuple[Span, ...]:
        """The village numbers of its places, lowest and highest."""
        return tuple(village_range(place.number) for place in self.places)

    def said(self) -> tuple[Text, ...]:
        """Return how the search was read, part by part; a number masked."""
        parts = []
        if self.number:
            shown = mask(self.number) if len(self.number) == LENGTH else mask_text(self.number)
            whole = len(self.number) == LENGTH
            parts.append(
                Text(f"NIK atau KK {shown}", f"NIK or KK {shown}")
                if whole
                else Text(f"nomor berawalan {shown}", f"number beginning {shown}")
            )
        if self.name:
            parts.append(Text(f"nama “{self.name}”", f"name “{self.name}”"))
        if self.places:
            named = " / ".join(f"{place.name} ({area_text(place.number)})" for place in self.places[:_NAMED])
            named += " / …" if len(self.places) > _NAMED else ""
            parts.append(Text(f"di {named}", f"in {named}"))
        parts += [Text(f"{what} {number}", f"{what} {number}") for what, number in self._neighbourhood()]
        if self.born_from and self.born_to:
            parts.append(self._birth(self.born_from, self.born_to))
        return tuple(parts)

    def _neighbourhood(self) -> Iterator[tuple[str, int]]:
        if self.rt is not None:
            yield "RT", self.rt
        if self.rw is not None:
            yield "RW", self.rw

    @staticmethod
    def _birth(first: date, last: date) -> Text:
        if first == last:
            return Text(f"lahir {day(first, 'id')}", f"born {day(first, 'en')}")
        return Text(f"lahir {first.year}", f"born {first.year}")


@dataclass(frozen=True, slots=True)
class Read:
    """A search as read: its readings, the likeliest first, and the words that could not be."""

    readings: tuple[Asked, ...]
    unread: tuple[str, ...]


def read(text: str, places: Iterable[AreaName], *, today: date) -> Read:
    """Return the readings of a search among the places of an office."""
    known = _Places(places)
    visible = "".join(" " if unicodedata.category(c)[0] == "C" else c for c in unicodedata.normalize("NFKC", text))
    rest, asked, unread = _numbers(visible.strip()[:LONGEST], known)
    words = [word for piece in rest.split() if (word := piece.strip(_AROUND))]
    readings: list[Asked] = []
    for found, left, strange in _placed(words, known):
        one = asked if asked.places else replace(asked, places=found)
        one, name, others = _named(one, left, today)
        unread += [*strange, *others]
        one = replace(one, name=name)
        if one not in readings and one != Asked():
            readings.append(one)
    return Read(tuple(readings), tuple(dict.fromkeys(unread)))


def _numbers(text: str, known: _Places) -> tuple[str, Asked, list[str]]:
    """Take numbers, codes, dates, RT and RW out of a text; return what is left, what they say, and what says nothing."""
    asked, unread = Asked(), []
    for code in _AREA.findall(text):
        if place := known.by_code(code):
            asked = replace(asked, places=(place,))
            text = text.replace(code, " ", 1)
            break
    if match := _DAY.search(text):
        text = text.replace(match[0], " ", 1)
        if born_on := _date(match):
            asked = replace(asked, born_from=born_on, born_to=born_on)
        else:
            unread.append(match[0])
    if match := _RT.search(text):
        asked = replace(asked, rt=int(match[1]), rw=int(match[2]) if match[2] else None)
        text = text.replace(match[0], " ", 1)
    if match := _RW.search(text):
        asked = replace(asked, rw=int(match[1]))
        text = text.replace(match[0], " ", 1)
    text = _GROUPED.sub(lambda grouped: re.sub(r"\D", "", grouped[0]), text)
    for digits in _NUMBER.findall(text):
        text = text.replace(digits, " ", 1)
        if asked.number or len(digits) > LENGTH:
            unread.append(digits[:NUMBER_FROM] + "…")
        else:
            asked = replace(asked, number=digits)
    return text, asked, unread


def _date(match: re.Match[str]) -> date | None:
    """Return the day a match names, None where the calendar has none."""
    parts = match.groupdict()
    month = parts["m"] or parts["m2"] or _MONTH_OF[(parts["n"] or "").lower()]
    try:
        return date(
            int(parts["y"] or parts["y2"] or parts["y3"]), int(month), int(parts["d"] or parts["d2"] or parts["d3"])
        )
    except ValueError:
        return None


def _named(asked: Asked, words: list[str], today: date) -> tuple[Asked, str, list[str]]:
    """Return a reading with a year of birth where a word is one, the words that are a name, and those that are neither."""
    named, unread = [], []
    for word in words:
        low = word.lower().rstrip(".")
        if low in _SAYS_NOTHING:
            continue
        if _YEAR.fullmatch(low) and OLDEST_YEAR <= int(low) <= today.year and asked.born_from is None:
            asked = replace(asked, born_from=date(int(low), 1, 1), born_to=date(int(low), 12, 31))
        elif low.isdigit() or not words_of(low):
            unread.append(word)
        else:
            named.append(word)
    return asked, " ".join(named).upper(), unread


def _placed(words: list[str], known: _Places) -> Iterator[tuple[tuple[AreaName, ...], list[str], list[str]]]:
    """Yield the places a search may name, the words left over, and words said to be a place that is none."""
    found, left, strange = _marked(words, known)
    if found or strange:
        yield found, left, strange
        return
    for length in range(min(_LONGEST_PLACE, len(words)), 0, -1):
        for start in range(len(words) - length + 1):
            if fits := known.fitting(words[start : start + length]):
                rest = words[:start] + words[start + length :]
                if rest:
                    yield fits, rest, []
                yield (), words, []
                if not rest:
                    yield fits, rest, []
                return
    yield (), words, []
    if len(words) > 1 and (begun := known.beginning(words[-1])):
        yield begun, words[:-1], []


def _marked(words: list[str], known: _Places) -> tuple[tuple[AreaName, ...], list[str], list[str]]:
    """Return the places that follow a word like "desa" or "kec.", a village inside the district where both are named."""
    found: tuple[AreaName, ...] = ()
    left, strange, at = [], [], 0
    while at < len(words):
        marker = words[at].lower().rstrip(".")
        if marker not in _PLACE_WORDS or at + 1 == len(words):
            left.append(words[at])
            at += 1
            continue
        for length in range(min(_LONGEST_PLACE, len(words) - at - 1), 0, -1):
            if fits := known.fitting(words[at + 1 : at + 1 + length], marker):
                found = _inside(found, fits) if found else fits
                at += 1 + length
                break
        else:
            strange += [] if marker in {"di", "dari"} else [f"{words[at]} {words[at + 1]}"]
            at += 1 if marker in {"di", "dari"} else 2
    return found, left, strange


def _inside(some: tuple[AreaName, ...], others: tuple[AreaName, ...]) -> tuple[AreaName, ...]:
    """Return the places of either side that lie inside one of the other; the first where none does."""
    pairs = [(str(one.number), str(other.number)) for one in some for other in others]
    inner = {max(pair, key=len) for pair in pairs if pair[0].startswith(pair[1]) or pair[1].startswith(pair[0])}
    return tuple(place for place in (*some, *others) if str(place.number) in inner) or some


class _Places:
    """The places of an office by their names, strict and loose, and by code."""

    def __init__(self, places: Iterable[AreaName]) -> None:
        self._strict: dict[str, list[AreaName]] = {}
        self._loose: dict[str, list[AreaName]] = {}
        self._code: dict[str, AreaName] = {}
        for place in places:
            self._strict.setdefault(place_key(place.name), []).append(place)
            self._loose.setdefault(loose_key(place.name), []).append(place)
            self._code[area_text(place.number)] = place

    def by_code(self, code: str) -> AreaName | None:
        """Return the place of a code with its dots."""
        return self._code.get(code)

    def beginning(self, word: str) -> tuple[AreaName, ...]:
        """Return the places whose name begins with a word that is still being typed."""
        key = place_key(word)
        if len(key) < _BEGUN_FROM or not key.isalpha():
            return ()
        return tuple(place for name, places in self._strict.items() if name.startswith(key) for place in places)

    def fitting(self, words: list[str], marker: str = "") -> tuple[AreaName, ...]:
        """Return the places some words name, of the level the word before them says."""
        name = " ".join(words)
        if not any(c.isalpha() for c in name) or any(word.lower().rstrip(".") in _PLACE_WORDS for word in words):
            return ()
        loose = loose_key(name)
        for found in (self._strict.get(place_key(name)), self._loose.get(loose) if len(loose) >= _LOOSE_FROM else None):
            fits = tuple(place for place in found or () if _of_level(place, marker))
            if fits:
                return fits
        return ()


def _of_level(place: AreaName, marker: str) -> bool:
    if marker in _VILLAGE_WORDS:
        return is_village(place.number)
    if marker in _DISTRICT_WORDS:
        return len(str(place.number)) == DISTRICT_DIGITS
    return True
