"""Villages by the names lists give them: "Srikaton" for B. Srikaton, "SUKU TENGAH LAKITAN ULU TERAWAS" for STL Ulu Terawas.

Tried from strict to loose; a step answers only where exactly one village fits. What fits none or several is
refused in words and never guessed: a person placed in the wrong village is in no list of the right one.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from difflib import get_close_matches
from functools import cache

from jemput.domain.ids import area_text
from jemput.domain.places import DISTRICT_DIGITS, AreaName, is_village
from jemput.domain.problems import Problem, ProblemKind, Text

VILLAGE_UNKNOWN = ProblemKind(
    "village_name_unknown",
    Text("Desa “{found}” tidak ada di {within}.{close_id}", "There is no village “{found}” in {within}.{close_en}"),
    Text(
        "Tulis namanya seperti di daftar wilayah, atau kode desanya.", "Write it as in the list of areas, or its code."
    ),
)
VILLAGE_AMBIGUOUS = ProblemKind(
    "village_name_ambiguous",
    Text("“{found}” dapat berarti {several}.", "“{found}” may mean {several}."),
    Text("Tulis kode desanya, atau nama kecamatannya juga.", "Write the village's code, or its district as well."),
)
DISTRICT_UNKNOWN = ProblemKind(
    "district_name_unknown",
    Text(
        "Kecamatan “{found}” tidak ada di {within}.{close_id}", "There is no district “{found}” in {within}.{close_en}"
    ),
    Text("Tulis namanya seperti di daftar wilayah.", "Write it as in the list of areas."),
)

_LEVEL_WORDS = frozenset({"desa", "ds", "kel", "kelurahan", "kec", "kecamatan", "kab", "kabupaten"})
_NUMERALS = {
    "1": "i",
    "2": "ii",
    "3": "iii",
    "4": "iv",
    "5": "v",
    "6": "vi",
    "7": "vii",
    "8": "viii",
    "9": "ix",
    "10": "x",
}
_ROMAN = frozenset(_NUMERALS.values())
_WORD = re.compile(r"[a-z]+|\d+")
_SPELLINGS = (
    (re.compile(r"(?<=[bdgtk])h"), ""),  # bhakti, dharma: the old spelling of bakti, darma
    (re.compile(r"dj"), "j"),
    (re.compile(r"tj"), "c"),
    (re.compile(r"oe"), "u"),
    (re.compile(r"y"), "i"),  # mulyo and mulio
    (re.compile(r"c"), "k"),  # Bamasco and Bamasko
    (re.compile(r"(.)\1+"), r"\1"),
)
_VOWELS = frozenset("aeiou")
_SUGGESTIONS = 3

Words = tuple[str, ...]


@cache
def words_of(name: str) -> Words:
    """Return the words of a place name as compared: small, without "desa" or "kec.", numerals Roman."""
    plain = unicodedata.normalize("NFKD", name.lower())
    plain = "".join(c for c in plain if not unicodedata.combining(c) and c not in "'’‘`")
    words = [_NUMERALS.get(word, word) for word in _WORD.findall(plain)]
    kept = [word for word in words if word not in _LEVEL_WORDS]
    return tuple(kept or words)


def place_key(name: str) -> str:
    """Return a place name in its strict form: one run of small letters ("Tegal Rejo" is "tegalrejo")."""
    return "".join(words_of(name))


def loose_key(name: str) -> str:
    """Return a place name without a leading initial or settlement unit ("SP V"), old spellings made new."""
    words = words_of(name)
    if len(words) > 2 and words[0] == "sp" and words[1] in _ROMAN:  # noqa: PLR2004 - "SP V" and a name behind it
        words = words[2:]
    if len(words) > 1 and len(words[0]) == 1 and words[0] not in _ROMAN:
        words = words[1:]
    numeral = words[-1] if len(words) > 1 and words[-1] in _ROMAN else ""
    key = "".join(words[:-1] if numeral else words)
    for old, new in _SPELLINGS:
        key = old.sub(new, key)
    return f"{key} {numeral}".rstrip()


def abbreviates(short: Words, long: Words) -> bool:
    """Whether `short` is `long` with words shortened: initials ("STL"), a first letter ("T."), or "Gn" for Gunung."""
    if not short or not long:
        return not short and not long
    word, rest = short[0], short[1:]
    if word == long[0] and abbreviates(rest, long[1:]):
        return True
    run = len(word)
    if run > 1 and tuple(word) == tuple(other[0] for other in long[:run]) and abbreviates(rest, long[run:]):
        return True
    return word not in _ROMAN and _shortens(word, long[0]) and abbreviates(rest, long[1:])


def _shortens(word: str, whole: str) -> bool:
    """Whether a word leaves letters of another out, the first kept; "Sri" holds a vowel and is no short Sari."""
    if len(word) >= len(whole) or word[0] != whole[0] or (len(word) > 1 and _VOWELS & set(word)):
        return False
    letters = iter(whole)
    return all(letter in letters for letter in word)


class VillageNames:
    """The villages of an area by district and name, as they stand on one day."""

    def __init__(self, areas: Iterable[AreaName], *, within: str) -> None:
        """Take areas of every level; `within` is what a refusal calls them together."""
        listed = list(areas)
        self._districts = [area for area in listed if len(str(area.number)) == DISTRICT_DIGITS]
        self._villages = [area for area in listed if is_village(area.number)]
        self._within = within
        self._answers: dict[tuple[str, str], int | Problem] = {}

    def find(self, village: str, district: str = "") -> int | Problem:
        """Return the number of the village of a name, in the district named where one is, or why there is none."""
        key = (village, district)
        if key not in self._answers:
            self._answers[key] = self._find(village, district)
        return self._answers[key]

    def _find(self, village: str, district: str) -> int | Problem:
        among, within = self._villages, self._within
        if district:
            found = _first_fit(district, self._districts)
            if not found:
                return DISTRICT_UNKNOWN.at(found=district, within=within, **_close(district, self._districts))
            codes = {area.number for area in found}
            among = [area for area in among if area.number // 10**4 in codes]
            within = " / ".join(area.name for area in found)
        found = _first_fit(village, among)
        if not found:
            return VILLAGE_UNKNOWN.at(found=village, within=within, **_close(village, among))
        if len(found) > 1:
            several = ", ".join(f"{area.name} ({area_text(area.number)})" for area in found)
            return VILLAGE_AMBIGUOUS.at(found=village, several=several)
        return found[0].number


def _first_fit(name: str, among: list[AreaName]) -> list[AreaName]:
    """Return the areas which the strictest step that fits any of them finds."""
    return next((found for step in _steps(name) if (found := [area for area in among if step(area.name)])), [])


def _steps(name: str) -> Iterator[Callable[[str], bool]]:
    if not any(map(str.isalnum, name)):
        return
    yield lambda other: place_key(other) == place_key(name)
    yield lambda other: loose_key(other) == loose_key(name)
    mine = words_of(name)
    yield lambda other: abbreviates(words_of(other), mine) or abbreviates(mine, words_of(other))


def _close(name: str, among: list[AreaName]) -> dict[str, str]:
    """Return the sentence that names what a name may have meant, empty where nothing is near."""
    by_key = {place_key(area.name): area.name for area in among}
    near = ", ".join(by_key[key] for key in get_close_matches(place_key(name), by_key, _SUGGESTIONS))
    return {"close_id": f" Yang mirip: {near}." if near else "", "close_en": f" Near it: {near}." if near else ""}
