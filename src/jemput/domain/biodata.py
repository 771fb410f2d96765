"""The fields of a person one by one: what each is called, how one typed by hand is read, and who said it when.

The register's entry is a fold (`domain.register`); this is the same fold with its memory: every
value a field ever had, the fact that said so, and whether that fact still stands.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from jemput.domain import facts, wording
from jemput.domain.coverage import KnownFact
from jemput.domain.facts import Said
from jemput.domain.ids import mask
from jemput.domain.people import (
    BLOODS,
    CITIZENSHIPS,
    EDUCATIONS,
    FIELDS,
    MARITAL,
    RELIGIONS,
    ROLES,
    SEXES,
)
from jemput.domain.problems import Text
from jemput.domain.register import Entry, SaidFact, entry

FIELD_TITLES: dict[str, Text] = {
    "nik": Text("NIK", "NIK"),
    "no_kk": Text("Nomor KK", "KK number"),
    "name": Text("Nama", "Name"),
    "sex": Text("Jenis kelamin", "Sex"),
    "born_at": Text("Tempat lahir", "Place of birth"),
    "born_on": Text("Tanggal lahir", "Date of birth"),
    "marital": Text("Status perkawinan", "Marital status"),
    "role": Text("Hubungan dalam keluarga", "Role in the family"),
    "religion": Text("Agama", "Religion"),
    "education": Text("Pendidikan", "Education"),
    "occupation": Text("Pekerjaan", "Occupation"),
    "blood": Text("Golongan darah", "Blood group"),
    "mother": Text("Nama ibu", "Mother's name"),
    "father": Text("Nama ayah", "Father's name"),
    "mother_nik": Text("NIK ibu", "Mother's NIK"),
    "father_nik": Text("NIK ayah", "Father's NIK"),
    "citizenship": Text("Kewarganegaraan", "Citizenship"),
    "address": Text("Alamat", "Address"),
    "dusun": Text("Dusun", "Hamlet"),
    "rt": Text("RT", "RT"),
    "rw": Text("RW", "RW"),
    "village": Text("Desa/kelurahan", "Village"),
    "birth_certificate": Text("Nomor akta lahir", "Birth certificate number"),
}
NUMBERS = frozenset({"nik", "no_kk", "mother_nik", "father_nik"})
"""Fields that hold a NIK or KK number: masked wherever they need not be whole."""
DAYS = frozenset({"born_on", "status_on"})
CODED: dict[str, Mapping[str, str]] = {
    "sex": SEXES,
    "marital": MARITAL,
    "role": ROLES,
    "religion": RELIGIONS,
    "education": EDUCATIONS,
    "blood": BLOODS,
    "citizenship": CITIZENSHIPS,
}

VALUE_TITLES: dict[str, dict[str, Text]] = {
    "sex": {"L": Text("laki-laki", "male"), "P": Text("perempuan", "female")},
    "marital": {
        "belum kawin": Text("belum kawin", "not married"),
        "kawin": Text("kawin", "married"),
        "cerai hidup": Text("cerai hidup", "divorced"),
        "cerai mati": Text("cerai mati", "widowed"),
    },
    "role": {
        "kepala keluarga": Text("kepala keluarga", "head of family"),
        "suami": Text("suami", "husband"),
        "istri": Text("istri", "wife"),
        "anak": Text("anak", "child"),
        "menantu": Text("menantu", "child-in-law"),
        "cucu": Text("cucu", "grandchild"),
        "orang tua": Text("orang tua", "parent"),
        "mertua": Text("mertua", "parent-in-law"),
        "famili lain": Text("famili lain", "other relative"),
        "pembantu": Text("pembantu", "domestic help"),
        "lainnya": Text("lainnya", "other"),
    },
    "religion": {
        "Islam": Text("Islam", "Islam"),
        "Kristen": Text("Kristen", "Protestant"),
        "Katholik": Text("Katholik", "Catholic"),
        "Hindu": Text("Hindu", "Hindu"),
        "Budha": Text("Budha", "Buddhist"),
        "Khonghucu": Text("Khonghucu", "Confucian"),
        "kepercayaan": Text("kepercayaan", "indigenous belief"),
    },
    "citizenship": {
        "WNI": Text("WNI", "WNI, Indonesian citizen"),
        "ITAP": Text("WNA dengan ITAP", "foreigner with ITAP"),
        "WNA": Text("WNA", "WNA, foreigner"),
    },
}
"""Folded words as both languages say them; a field or a word that is not here is shown as it is kept."""


def value_title(name: str, value: str) -> Text:
    """Return what a field's value is called; numbers are masked, days are in words."""
    if name in NUMBERS:
        return Text(mask(value), mask(value))
    if name in DAYS:
        try:
            on = date.fromisoformat(value)
        except ValueError:
            return Text(value, value)
        return Text(wording.day(on, "id"), wording.day(on, "en"))
    return VALUE_TITLES.get(name, {}).get(value, Text(value, value))


def choices(name: str) -> tuple[str, ...]:
    """Return the words a coded field may hold, in the order of their codes; empty for a free field."""
    return tuple(dict.fromkeys(word for word in CODED.get(name, {}).values() if word))


@dataclass(frozen=True, slots=True)
class ToldFact(KnownFact):
    """A fact as the ledger holds it, with what it says."""

    said: Said = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Saying:
    """One value of a field and the fact that said so; days are ordinals."""

    value: str
    place: int
    kind: str
    on_day: int
    is_reversed: bool


@dataclass(frozen=True, slots=True)
class FieldHistory:
    """One field: what holds, and what does not hold any more (newest first), reversed facts among it."""

    name: str
    current: Saying | None
    earlier: tuple[Saying, ...]

    @property
    def title(self) -> Text:
        """What the field is called."""
        return FIELD_TITLES[self.name]

    @property
    def is_contested(self) -> bool:
        """Whether the field ever held another value than now."""
        now = self.current.value if self.current else ""
        return any(saying.value != now or saying.is_reversed for saying in self.earlier)


def speaks(fact: ToldFact) -> bool:
    """Whether what a fact says of biodata holds: a recording speaks of it only for a guest (`register.entry`)."""
    return fact.kind != facts.REVERSED and (fact.kind != facts.REKAM or bool(fact.said.get("guest")))


def reversed_places(told: Sequence[ToldFact]) -> frozenset[int]:
    """Return the places of the facts that these take back."""
    return frozenset(fact.reverses for fact in told if fact.reverses is not None)


def histories(told: Sequence[ToldFact], *, on_day: int) -> tuple[FieldHistory, ...]:
    """Return every field somebody spoke of by a day, in the order of FIELDS."""
    gone = reversed_places(told)
    sayings: dict[str, list[Saying]] = {}
    for fact in sorted(told, key=lambda one: (one.on_day, one.place)):
        if fact.on_day <= on_day and speaks(fact):
            for name in FIELDS:
                if name in fact.said:
                    said = Saying(str(fact.said[name]), fact.place, fact.kind, fact.on_day, fact.place in gone)
                    sayings.setdefault(name, []).append(said)
    return tuple(_history(name, sayings[name]) for name in FIELDS if name in sayings)


def _history(name: str, sayings: list[Saying]) -> FieldHistory:
    holding = [saying for saying in sayings if not saying.is_reversed]
    current = holding[-1] if holding else None
    return FieldHistory(name, current, tuple(one for one in reversed(sayings) if one is not current))


def entry_on(told: Sequence[ToldFact], *, on_day: int) -> Entry:
    """Return the register's entry as these facts give it on a day."""
    gone = reversed_places(told)
    return entry(
        SaidFact(fact.place, fact.kind, fact.on_day, fact.said, fact.effects)
        for fact in sorted(told, key=lambda one: (one.on_day, one.place))
        if fact.on_day <= on_day and fact.kind != facts.REVERSED and fact.place not in gone
    )
