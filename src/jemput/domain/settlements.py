"""Settlements: dusun, rompok and estate camps below a village; what keeps one out, and which two may be one.

A rompok has no code and never gets one here. Its name is whatever people there say, so two reports of one place
differ in a letter, in the word before the name, or in everything but the spot.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import combinations

from rapidfuzz import fuzz

from jemput.domain.outreach import CHANNELS, SURFACES, WET_SEASONS
from jemput.domain.phones import read_phone
from jemput.domain.place_names import abbreviates, words_of
from jemput.domain.places import POINT_HALF, POINT_UNREADABLE, Point, distance_km, point_problem, read_point
from jemput.domain.problems import Problem, ProblemKind, Text

SETTLEMENT_KINDS = {
    "dusun": Text("dusun", "hamlet"),
    "rompok": Text("rompok", "huts in a plantation"),
    "camp": Text("kamp kebun", "estate camp"),
}
LONGEST_WAY_MIN = 24 * 60
"""Minutes of a way; Dusun Sri Pengantin takes three hours (domain notes), a day is a slip of the pen."""
MOST_PEOPLE = 20_000
"""A rompok is huts; the largest village of the field holds some ten thousand people."""
ALIKE = 88
"""Likeness of two names, 0 to 100, from which they may be one. Our choice: one wrong letter in eight or more passes
("Bukit Ulu", "Bukit Hulu"), another word does not ("Talang Jaya", "Talang Tengah": 64)."""
ALIKE_WITHIN_M = 2_000
"""Points of names alike may lie so far apart: huts of one block lie over a kilometre, and a pin is set from memory."""
ONE_SPOT_M = 100
"""Points this close are one spot whatever the names: a telephone under trees is wrong by some 30 metres."""

KIND_UNKNOWN = ProblemKind(
    "settlement_kind_unknown",
    Text("“{found}” bukan jenis permukiman.", "“{found}” is no kind of settlement."),
    Text("Pilih: {kinds}.", "Choose one of: {kinds}."),
)
SETTLEMENT_NAMELESS = ProblemKind(
    "settlement_nameless",
    Text("Permukiman tanpa nama.", "The settlement has no name."),
    Text("Isi nama yang dipakai orang di sana.", "Fill in the name people there use."),
)
NAME_LONG = ProblemKind(
    "settlement_name_long",
    Text("Nama permukiman lebih dari {most} huruf.", "The settlement's name has more than {most} letters."),
    Text("Pindahkan sisanya ke keterangan.", "Put the rest into the description."),
)
PEOPLE_NEGATIVE = ProblemKind(
    "people_negative",
    Text("Perkiraan {found} orang tidak mungkin.", "An estimate of {found} people cannot be."),
    Text("Isi nol atau lebih, atau kosongkan.", "Fill in zero or more, or leave it empty."),
)
WAY_UNKNOWN = ProblemKind(
    "settlement_way_unknown",
    Text("“{found}” bukan pilihan untuk {what}.", "“{found}” is no choice for {what}."),
    Text("Pilih: {choices}.", "Choose one of: {choices}."),
)
WAY_TOO_LONG = ProblemKind(
    "settlement_way_too_long",
    Text("{found} menit perjalanan tidak mungkin.", "A way of {found} minutes cannot be."),
    Text(
        "Isi menit sekali jalan dari pusat desa, 0 sampai {most}.",
        "Give the minutes one way from the village, 0 to {most}.",
    ),
)
LINK_WITHOUT_POINT = ProblemKind(
    "link_without_point",
    Text("Tautan ini tidak memuat koordinat.", "This link holds no coordinates."),
    Text(
        "Buka tautannya di telepon, tekan lama pada titiknya, lalu salin angkanya; atau tulis ancer-ancernya.",
        "Open it on a telephone, press long on the spot and copy the numbers; or describe the way in words.",
    ),
)
NAME_CHARS = 120
_KIND_WORDS = frozenset({"rompok", "dusun", "kamp", "afdeling", "umbul", "umbulan"})
"""Words that say what kind of place it is, and may be left out or put in its stead."""
_SHORTENED = {"rmpk": "rompok", "dsn": "dusun", "camp": "kamp", "kem": "kamp", "afd": "afdeling"}
_SHORT = 2
"""A word so short, or a numeral, tells two places of one name apart: Blok C and Blok D."""


@dataclass(frozen=True, slots=True)
class Spot:
    """A settlement as two are compared: its row, village, name and point (None: described in words only)."""

    number: int
    village: int
    name: str
    point: Point | None


@dataclass(frozen=True, slots=True)
class SettlementRow:
    """A settlement as a row of a file says it, read into codes and numbers; `row` as a spreadsheet counts."""

    sheet: str
    row: int
    name: str
    kind: str
    village: int
    point: Point | None
    people: int | None
    description: str
    surface: str
    wet_season: str
    boat: bool
    motorbike: bool
    travel_min: int | None
    contact: str
    contact_phone: str
    reported_by: str
    channel: str


@dataclass(frozen=True, slots=True)
class Alike:
    """Two rows that may be one place, the older first, and why: likeness of the names, metres between the points."""

    first: int
    second: int
    likeness: int
    metres: int | None

    @property
    def why(self) -> Text:
        """Return the reason in words."""
        if self.metres is None:
            return Text("namanya mirip; salah satu tanpa titik", "the names are alike; one has no point")
        if self.likeness < ALIKE:
            return Text(f"titiknya hanya berjarak {self.metres} m", f"the points are only {self.metres} m apart")
        return Text(
            f"namanya mirip, titiknya berjarak {self.metres} m",
            f"the names are alike, the points {self.metres} m apart",
        )


def read_where(text: str) -> tuple[Point | None, str] | Problem:
    """Return the point a text holds, or the text itself where it tells the place in words only; refuse a link to nowhere.

    A shortened link hides its point at somebody else's server, which nothing here asks.
    """
    if not text.strip():
        return None, ""
    found = read_point(text)
    if not isinstance(found, Problem):
        return found, ""
    if found.kind is not POINT_UNREADABLE:
        return found
    return LINK_WITHOUT_POINT.at("where") if "://" in text or "goo.gl" in text else (None, " ".join(text.split()))


def settlement_problems(
    *,
    kind: str,
    name: str,
    lat: float | None,
    lng: float | None,
    estimated_people: int | None,
    surface: str = "",
    wet_season: str = "",
    travel_min: int | None = None,
    channel: str = "",
    contact_phone: str = "",
) -> list[Problem]:
    """Return everything that keeps a settlement out."""
    found = []
    if kind not in SETTLEMENT_KINDS:
        found.append(KIND_UNKNOWN.at("kind", found=kind, kinds=", ".join(SETTLEMENT_KINDS)))
    if not any(map(str.isalnum, name)):
        found.append(SETTLEMENT_NAMELESS.at("name"))
    if len(name) > NAME_CHARS:
        found.append(NAME_LONG.at("name", most=NAME_CHARS))
    if (lat is None) != (lng is None):
        found.append(POINT_HALF.at("lat/lng"))
    elif lat is not None and lng is not None and (problem := point_problem(lat, lng)):
        found.append(problem)
    if estimated_people is not None and not 0 <= estimated_people <= MOST_PEOPLE:
        found.append(PEOPLE_NEGATIVE.at("estimated_people", found=estimated_people))
    if isinstance(phone := read_phone(contact_phone), Problem):
        found.append(phone)
    return found + _way_problems(surface, wet_season, channel, travel_min)


def _way_problems(surface: str, wet_season: str, channel: str, travel_min: int | None) -> list[Problem]:
    chosen = (("surface", surface, SURFACES), ("wet_season", wet_season, WET_SEASONS), ("channel", channel, CHANNELS))
    found = [
        WAY_UNKNOWN.at(column, found=value, what=column, choices=", ".join(known))
        for column, value, known in chosen
        if value and value not in known
    ]
    if travel_min is not None and not 0 <= travel_min <= LONGEST_WAY_MIN:
        found.append(WAY_TOO_LONG.at("travel_min", found=travel_min, most=LONGEST_WAY_MIN))
    return found


@cache
def core_words(name: str) -> tuple[str, ...]:
    """Return the words that tell a settlement from others of its kind: "Rompok Blok C" is blok, c; "Dusun I" both."""
    words = tuple(_SHORTENED.get(word, word) for word in words_of(name))
    kept = tuple(word for word in words if word not in _KIND_WORDS)
    if any(len(word) > _SHORT and not _is_numeral(word) for word in kept):
        return kept
    while len(words) > 1 and words[0] in _KIND_WORDS and words[1] in _KIND_WORDS:
        words = words[1:]
    return words


def same_name(one: str, other: str) -> bool:
    """Whether two names are one in all but case, marks, numerals and the word that says what kind of place it is."""
    return core_words(one) == core_words(other)


def likeness(one: str, other: str) -> int:
    """Return how alike two names are, 0 to 100: words shortened are alike, a number or a letter of its own must agree."""
    mine, theirs = core_words(one), core_words(other)
    if abbreviates(mine, theirs) or abbreviates(theirs, mine):
        return 100 if mine == theirs else ALIKE
    if _tellers(mine) != _tellers(theirs):
        return 0
    return round(fuzz.token_sort_ratio(" ".join(mine), " ".join(theirs)))


def metres_between(one: Point, other: Point) -> int:
    """Return the distance of two points in metres."""
    return round(distance_km((one.lat, one.lng), (other.lat, other.lng)) * 1_000)


def maybe_one(one: Spot, other: Spot) -> Alike | None:
    """Return why two settlements may be one, or None: same village, and names alike or one spot."""
    if one.village != other.village:
        return None
    like = likeness(one.name, other.name)
    metres = metres_between(one.point, other.point) if one.point and other.point else None
    near = metres is None or metres <= ALIKE_WITHIN_M
    if (like >= ALIKE and near) or (metres is not None and metres <= ONE_SPOT_M):
        first, second = sorted((one.number, other.number))
        return Alike(first, second, like, metres)
    return None


def likely_duplicates(spots: Sequence[Spot]) -> list[Alike]:
    """Return every pair that may be one place, the most alike first."""
    by_village: dict[int, list[Spot]] = {}
    for spot in spots:
        by_village.setdefault(spot.village, []).append(spot)
    found = [pair for own in by_village.values() for one, two in combinations(own, 2) if (pair := maybe_one(one, two))]
    return sorted(found, key=lambda pair: (-pair.likeness, pair.metres or 0, pair.first, pair.second))


def names_settlement(text: str, name: str) -> bool:
    """Whether a dusun or address of the register names a settlement: its words stand there, whole and in their order."""
    if not text or not name:
        return False
    if same_name(text, name):
        return True
    said = tuple(_SHORTENED.get(word, word) for word in words_of(text))
    own = core_words(name)
    return any(said[at : at + len(own)] == own for at in range(len(said) - len(own) + 1))


def _tellers(words: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(sorted(word for word in words if len(word) <= _SHORT or word.isdigit() or _is_numeral(word)))


def _is_numeral(word: str) -> bool:
    return bool(word) and not set(word) - set("ivx")
