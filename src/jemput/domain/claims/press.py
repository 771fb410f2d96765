"""Typed press text read as published statements, in the press's own words and typography.

A number takes its meaning from the nearest words about recording in its sentence, before or after
it; "dari N" is the whole. Days, years, ages, counts of villages and the name "e-KTP 2019" are no
figures. A second number for the same figure becomes a second statement; nothing is corrected.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from jemput.domain.claims import calendar_words, typography
from jemput.domain.claims.statement import Claim, FigureName, Name, Notice, PercentName

_WAJIB = r"(?<!belum )wajib\s+(?:memiliki\s+|punya\s+|ber)?-?(?:e-?KTP|KTP(?:-?\s?el(?:ektronik)?)?|kartu\s+tanda\s+penduduk)"
_ACT = r"(?:melakukan\s+|di|me|te|mengikuti\s+)?(?:pe)?(?:rekam(?:an)?)"
_PATTERNS: dict[FigureName, str] = {
    "remaining": (
        rf"(?:{_WAJIB}\s+)?(?:yang\s+)?\bbelum\b(?!\s+(?:wajib|(?:di|ter)?cetak))(?:\s+(?:juga\s+)?{_ACT}\b)?"
        r"|(?<!tempat )\btinggal\b(?!\s+di\b)|\btersisa\b|\bsisa(?:nya)?\b"
        r"|\b(?:have |has |had |are |were |is )?(?:not|yet)(?: yet)?(?: to)?(?: been| be)?(?: recorded| record)\b"
        r"|\bun-?recorded\b|\bremain(?:ing|s)?\b|\bleft\b"
    ),
    "recorded": (
        rf"(?:{_WAJIB}\s+)?(?:yang\s+)?\b(?:sudah|telah)\s+(?:\w+\s+){{0,1}}?{_ACT}\b|(?<!wajib )\b{_ACT}\b|\b(?:sudah|telah)\b(?!\s+(?:di|ter)?cetak)"
        r"|\b(?:have |has |had |are |were )?(?:been )?recorded\b"
    ),
    "wajib_ktp": rf"{_WAJIB}|\bwajib\s+{_ACT}\b|\brequired(?: to (?:hold|have))?\b|\bobliged\b|\bmust (?:hold|have)\b|\bobligated\b",
    "population": r"\b(?:jumlah|total)\s+penduduk\b(?!\s+wajib)|\bberpenduduk\b|\bpopulation\b",
}
ROLES = {name: re.compile(pattern, re.IGNORECASE) for name, pattern in _PATTERNS.items()}
"""In the order in which words are claimed: "belum perekaman" is never read as "perekaman"."""
_PEOPLE = r"(?:jiwa|orang|warga|penduduk|people|persons|residents|wajib)"
_OTHER_PEOPLE = (
    r"(?:suket|surat keterangan|pemula|laki-laki|perempuan|DPT|PRR|(?:di|ter)cetak|KK|meninggal|pindah"
    r"|first-time voters?|women|printed)"
)
"""Other counts that stand beside the three figures in the same sentences."""
_NOT_FIGURES = re.compile(
    r"(?P<nik>\b\d{13,}\b)|(?<=[A-Za-z]-)\d+|\bke-?\d+\b"
    r"|\b(?:tahun|year|e-?KTP|KTP-?el|nomor|no\.?|pasal|ayat|pukul|jam|RT|RW|Rp\.?|UU|article)\s*\.?\s*\d[\d./]*"
    rf"|\b{_OTHER_PEOPLE}\s+(?:sebanyak\s+|berjumlah\s+)?\d[\d.,]*"
    rf"|\b\d(?:[\d.,]*\d)?\s+(?:jiwa\s+|orang\s+|pemilih\s+)?{_OTHER_PEOPLE}\b"
    rf"|\b(?:19|20)\d\d\b(?![.,]\d)(?!\s+{_PEOPLE})"
    r"|\b\d(?:[\d.,]*\d)?\s+(?:kecamatan|desa|kelurahan|kabupaten|kota|provinsi|dusun|rompok|tahun|bulan|hari|minggu|jam|menit"
    r"|keping|blangko|blanko|unit|alat|set|mobil|TPS|titik|lokasi|tim|petugas|operator|sekolah|rupiah|km"
    r"|districts?|villages?|years?|days?|weeks?|months?|hours?|regenc(?:y|ies)|provinces?|cards?|teams?)\b",
    re.IGNORECASE,
)
_NUMBER = re.compile(
    rf"(?<![\w.,])(?P<figure>{typography.FIGURE}){typography.SCALED}(?P<percent>\s*(?:%|persen\b|percent\b))?",
    re.IGNORECASE,
)
_HEDGED = re.compile(rf"{typography.HEDGE}\s*$", re.IGNORECASE)
_OF = re.compile(r"(?<!lebih )(?<!kurang )\b(?:dari|of|from)\s+(?:total\s+|jumlah\s+|sebanyak\s+)?$", re.IGNORECASE)
_JOINED = re.compile(
    r"^\s*(?:jiwa|orang|warga|people)?\s*,?\s*(?:atau|\(|or|=|setara|sebesar)\s*(?:sekitar|sebesar|about)?\s*\(?$",
    re.IGNORECASE,
)
_IN_ORDER = re.compile(r"\b(?:masing-masing|berturut-turut|respectively)\b", re.IGNORECASE)
_PROGRESS = re.compile(r"\b(?:capaian|pencapaian|realisasi|persentase|progres)\b", re.IGNORECASE)
_BREAK = re.compile(r",(?!\d)|[()]|\b(?:dan|sedangkan|sementara|and|while|but|tetapi)\b", re.IGNORECASE)
_SENTENCE = re.compile(r"(?<=[.!?;])\s+|\n+")
_COMMA, _BETWEEN, _AFTER_OF = 40, 60, 12
"""In letters: what a comma (or "dan") and a number in between add to a distance, and how near a word must follow "dari N"."""
_PERCENT_OF: dict[FigureName, PercentName] = {"recorded": "pct_recorded", "remaining": "pct_remaining"}


@dataclass(frozen=True, slots=True)
class Number:
    """One number in a sentence: where it stands, as printed, and its value as a figure or as a percentage."""

    start: int
    end: int
    printed: str
    figure: typography.Printed | None
    percent: Decimal | None


@dataclass(frozen=True, slots=True)
class Word:
    """Words about recording in a sentence, and the figure they speak of."""

    start: int
    end: int
    role: FigureName


def read_text(text: str) -> list[Claim]:
    """Return the statements a press text makes: one, or more where it prints one figure in several ways; none without figures."""
    days = calendar_words.cut_offs(text)
    claims: list[Claim] = []
    for figures, percents in _groups(text):
        for index in range(max([1, *map(len, figures.values())])):
            chosen = {name: numbers[min(index, len(numbers) - 1)] for name, numbers in figures.items()}
            claims.append(_claim(f"text-{len(claims) + 1}", chosen, percents, days))
    return claims


def _groups(text: str) -> list[tuple[dict[FigureName, list[Number]], dict[PercentName, Decimal]]]:
    """Return what the sentences say, apart for each area: a new wajib KTP begins another area or day."""
    groups: list[tuple[dict[FigureName, list[Number]], dict[PercentName, Decimal]]] = []
    for sentence in _SENTENCE.split(text):
        alone: dict[FigureName, list[Number]] = {}
        _read_sentence(sentence, alone, {})
        known = {one.figure for one in groups[-1][0].get("wajib_ktp", ())} if groups else set()
        said = {one.figure for one in alone.get("wajib_ktp", ())}
        if not groups or (known and said and not known & said):
            groups.append(({}, {}))
        _read_sentence(sentence, *groups[-1])
    return [group for group in groups if group[0] or group[1]]


def _claim(
    id_: str, chosen: dict[FigureName, Number], percents: dict[PercentName, Decimal], days: tuple[str, ...]
) -> Claim:
    read = {name: number.figure for name, number in chosen.items() if number.figure}
    notices = [
        Notice("typography", chosen[name].printed, name, printed.readings)
        for name, printed in read.items()
        if printed.readings
    ]
    if len(days) > 1:
        notices.append(Notice("two cut-offs", ", ".join(days)))
    rounds: set[Name] = {name for name, printed in read.items() if printed.is_round}
    claim = Claim(
        id=id_,
        as_of=days[0] if days else "",
        pct_recorded=percents.get("pct_recorded"),
        pct_remaining=percents.get("pct_remaining"),
        said_round=frozenset(rounds),
        steps=tuple((name, printed.step) for name, printed in read.items() if printed.step > 1),
        notices=tuple(notices),
    )
    for name, printed in read.items():
        claim = claim.with_figure(name, printed.value)
    return claim


def _read_sentence(
    sentence: str, figures: dict[FigureName, list[Number]], percents: dict[PercentName, Decimal]
) -> None:
    blank = _NOT_FIGURES.sub(_blanked, calendar_words.DAY.sub(_blanked_day, sentence))
    numbers = [_number(match) for match in _NUMBER.finditer(blank)]
    counted = [number for number in numbers if number.figure]
    words = _words(sentence)
    roles = _roles(sentence, counted, words)
    for number in counted:
        role = roles.get(number.start)
        others = figures.setdefault(role, []) if role else []
        if role and all(number.figure != other.figure for other in others):
            others.append(number)
    for number in numbers:
        share = _share_role(sentence, number, counted, roles, words) if number.percent is not None else None
        if share and number.percent is not None:
            percents.setdefault(share, number.percent)


def _blanked(match: re.Match[str]) -> str:
    return "x" * len(match[0])


def _blanked_day(match: re.Match[str]) -> str:
    return re.sub(r"\d", "x", match[0])


def _number(match: re.Match[str]) -> Number:
    if match["percent"]:
        return Number(match.start(), match.end(), match[0], None, typography.percentage(match["figure"]))
    hedged = bool(_HEDGED.search(match.string[: match.start()]))
    read = typography.figure(match["figure"], scale=match["scale"] or "", hedged=hedged)
    return Number(match.start(), match.end(), match[0].strip(), read, None)


def _words(sentence: str) -> list[Word]:
    found: list[Word] = []
    for role, pattern in ROLES.items():
        for match in pattern.finditer(sentence):
            if all(match.end() <= other.start or match.start() >= other.end for other in found):
                found.append(Word(match.start(), match.end(), role))
    return found


def _distance(sentence: str, number: Number, word: Word, numbers: list[Number]) -> int:
    if word.end <= number.start:
        low, high = word.end, number.start
    else:
        low, high = number.end, word.start
    between = sum(low <= other.start < high for other in numbers)
    return high - low + _COMMA * len(_BREAK.findall(sentence[low:high])) + _BETWEEN * between


def _roles(sentence: str, counted: list[Number], words: list[Word]) -> dict[int, FigureName]:
    """Return the figure each number of a sentence is, by its place; numbers without words about them are left out."""
    if (
        _IN_ORDER.search(sentence)
        and len(words) == len(counted)
        and max(word.end for word in words) <= counted[0].start
    ):
        in_order = sorted(words, key=lambda word: word.start)
        return {number.start: word.role for number, word in zip(counted, in_order, strict=True)}
    roles: dict[int, FigureName] = {}
    used: set[int] = set()
    wholes = {number.start for number in counted if _OF.search(sentence[: number.start])}
    pairs = sorted(
        (_distance(sentence, number, word, counted), number.start, word.start, word.role)
        for number in counted
        for word in words
    )
    for number in counted:
        near = [word for word in words if 0 <= word.start - number.end <= _AFTER_OF and word.role != "wajib_ktp"]
        near = [word for word in near if not sentence[word.start : word.end].lower().startswith("wajib")]
        if number.start in wholes and (not near or (len(counted) > 1 and near[0].role == "recorded")):
            roles[number.start] = "wajib_ktp"
            used.update(
                word.start for word in words if word.role == "wajib_ktp" and 0 <= word.start - number.end <= _AFTER_OF
            )
    whole_said = bool(roles)
    for _, place, word_start, role in pairs:
        if role == "wajib_ktp" and whole_said:
            continue
        if place not in roles and word_start not in used:
            roles[place] = role
            used.add(word_start)
    for one, other in pairwise(counted):
        if other.start in wholes and one.start not in roles:
            roles[one.start] = "recorded"
    return roles


def _share_role(
    sentence: str, number: Number, counted: list[Number], roles: dict[int, FigureName], words: list[Word]
) -> PercentName | None:
    before = [other for other in counted if other.end <= number.start]
    if before and _JOINED.match(sentence[before[-1].end : number.start]):
        role = roles.get(before[-1].start)
        if role == "wajib_ktp":
            return None
        if role in _PERCENT_OF:
            return _PERCENT_OF[role]
    about = [word for word in words if word.role in _PERCENT_OF]
    if not about:
        return "pct_recorded" if _PROGRESS.search(sentence) else None
    nearest = min(about, key=lambda word: _distance(sentence, number, word, counted))
    return _PERCENT_OF[nearest.role]
