"""One published statement as it was printed, and the shape of what a check says about it.

What was printed is never overwritten: a figure that cannot be right stays, and a finding says why.
`said_round` and `steps` keep how exactly a figure was meant: "sekitar 9 ribu" is said to be round,
"191,51 juta" is exact to ten thousand.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Literal

from jemput.domain.problems import Language, Text

FigureName = Literal["wajib_ktp", "recorded", "remaining", "population"]
PercentName = Literal["pct_recorded", "pct_remaining"]
Name = FigureName | PercentName
PartsOf = Literal["wajib_ktp", "recorded", "remaining"]
VerdictWord = Literal["consistent", "rounding", "inconsistent", "not checkable"]
Weight = Literal["failure", "truncation", "warning"]

FIGURES: tuple[FigureName, ...] = ("wajib_ktp", "recorded", "remaining", "population")
PERCENTS: tuple[PercentName, ...] = ("pct_recorded", "pct_remaining")

NAMES: Mapping[Name, Text] = {
    "wajib_ktp": Text("wajib KTP", "required to hold a card"),
    "recorded": Text("sudah rekam", "recorded"),
    "remaining": Text("belum rekam", "not yet recorded"),
    "population": Text("jumlah penduduk", "population"),
    "pct_recorded": Text("persen sudah rekam", "percent recorded"),
    "pct_remaining": Text("persen belum rekam", "percent not yet recorded"),
}
VERDICTS: Mapping[VerdictWord, Text] = {
    "consistent": Text("cocok", "consistent"),
    "rounding": Text("cocok, hanya persennya dipotong", "consistent but for a truncated percentage"),
    "inconsistent": Text("tidak cocok", "inconsistent"),
    "not checkable": Text("tidak dapat diperiksa", "not checkable"),
}


@dataclass(frozen=True, slots=True)
class Notice:
    """Something seen while reading the print itself: broken typography, or two cut-off dates.

    `figure` is the figure it bears on (or None), `readings` the numbers the print may stand for.
    """

    relation: Literal["typography", "two cut-offs"]
    printed: str
    figure: FigureName | None = None
    readings: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """A published statement; None is "not printed", percentages keep their printed decimals.

    `parts` break down the figure `parts_of`; `parts_complete` None means nobody says whether all
    are there. `as_of` and `published` are ISO dates as far as they are known ("2019-02").
    """

    id: str
    area: str = ""
    level: str = ""
    as_of: str = ""
    published: str = ""
    wajib_ktp: int | None = None
    recorded: int | None = None
    remaining: int | None = None
    population: int | None = None
    pct_recorded: Decimal | None = None
    pct_remaining: Decimal | None = None
    parts: tuple[int, ...] = ()
    parts_complete: bool | None = None
    parts_of: PartsOf = "remaining"
    said_round: frozenset[Name] = frozenset()
    steps: tuple[tuple[FigureName, int], ...] = ()
    notices: tuple[Notice, ...] = ()
    note: str = ""
    source: str = ""

    def figure(self, name: FigureName) -> int | None:
        """Return a figure as printed, or None."""
        match name:
            case "wajib_ktp":
                return self.wajib_ktp
            case "recorded":
                return self.recorded
            case "remaining":
                return self.remaining
            case "population":
                return self.population

    def percentage(self, name: PercentName) -> Decimal | None:
        """Return a percentage as printed, or None."""
        return self.pct_recorded if name == "pct_recorded" else self.pct_remaining

    def step(self, name: FigureName) -> int:
        """Return the unit a figure was printed to: 1, or 10,000 for "191,51 juta"."""
        return dict(self.steps).get(name, 1)

    def with_figure(self, name: FigureName, value: int) -> Claim:
        """Return the statement as it would stand with one figure read as `value`."""
        match name:
            case "wajib_ktp":
                return replace(self, wajib_ktp=value)
            case "recorded":
                return replace(self, recorded=value)
            case "remaining":
                return replace(self, remaining=value)
            case "population":
                return replace(self, population=value)


@dataclass(frozen=True, slots=True)
class Reading:
    """A misprint that would explain a finding: its code, the figure it mends, and the value then."""

    code: str
    text: Text
    figure: str = ""
    value: int | Decimal | None = None

    def label(self) -> str:
        """Return the reading in the short form of the JSON output ("swapped digits: remaining 9136")."""
        mended = " ".join(str(piece) for piece in (self.figure, self.value) if piece not in {"", None})
        return f"{self.code}: {mended}" if mended else self.code


@dataclass(frozen=True, slots=True)
class Finding:
    """One relation that fails: printed, computed, difference = printed - computed, likely readings first."""

    relation: str
    printed: int | Decimal | str
    computed: int | Decimal | None
    sentence: Text
    readings: tuple[Reading, ...] = ()
    weight: Weight = "failure"

    @property
    def difference(self) -> int | Decimal | None:
        """Return printed - computed, or None where there is nothing to subtract."""
        if self.computed is None or isinstance(self.printed, str):
            return None
        if isinstance(self.printed, int) and isinstance(self.computed, int):
            return self.printed - self.computed
        return Decimal(self.printed) - Decimal(self.computed)

    @property
    def mending(self) -> Reading | None:
        """Return the reading that mends most, or None where none was found."""
        return self.readings[0] if self.readings else None

    @property
    def reading(self) -> str:
        """Return the reading that mends most in its short form, or an empty text."""
        return self.mending.label() if self.mending else ""

    def say(self, language: Language) -> str:
        """Return the finding, and its likeliest reading, as sentences."""
        sentence = self.sentence.say(language)
        return f"{sentence} {self.mending.text.say(language)}" if self.mending else sentence

    def as_json(self) -> dict[str, object]:
        """Return the finding for JSON: figures as integers, percentages as strings."""
        return {
            "relation": self.relation,
            "printed": _plain(self.printed),
            "computed": _plain(self.computed),
            "difference": _plain(self.difference),
            "reading": self.reading,
        }


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a check says of one statement."""

    id: str
    verdict: VerdictWord
    findings: tuple[Finding, ...] = ()

    @property
    def title(self) -> Text:
        """Return the verdict as words."""
        return VERDICTS[self.verdict]

    def as_json(self) -> dict[str, object]:
        """Return the verdict for JSON."""
        return {"id": self.id, "verdict": self.verdict, "findings": [finding.as_json() for finding in self.findings]}


def number_text(value: int | Decimal, language: Language) -> str:
    """Return a number in the typography of the language: 9.823 and 96,65 or 9,823 and 96.65."""
    english = f"{value:,}" if isinstance(value, int) else f"{value:f}"
    return english.translate(str.maketrans(",.", ".,")) if language == "id" else english


def both(sentence: Text, **values: int | Decimal | Text | str) -> Text:
    """Return a sentence with its numbers and names filled in, each in the language of its half."""

    def said(language: Language) -> str:
        return sentence.say(language, {key: _said(value, language) for key, value in values.items()})

    return Text(said("id"), said("en"))


def _said(value: int | Decimal | Text | str, language: Language) -> str:
    if isinstance(value, Text):
        return value.say(language)
    return value if isinstance(value, str) else number_text(value, language)


def _plain(value: int | Decimal | str | None) -> int | str | None:
    return f"{value:f}" if isinstance(value, Decimal) else value
