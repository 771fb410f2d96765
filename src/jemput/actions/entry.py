"""A fact as a form gives it, and what keeps it out beyond what keeps a row of a file out.

Fields that lack, days that cannot be, villages that are none, a NIK that is somebody else's; and
whom an officer of an area may speak of.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from jemput.actions.contradictions import contradiction
from jemput.domain import facts, ids
from jemput.domain.biodata import FIELD_TITLES, ToldFact, entry_on
from jemput.domain.people import name_key
from jemput.domain.problems import Problem, ProblemKind, Text
from jemput.queries import places, register
from jemput.queries.office import Office
from jemput.store import bulk

BY_HAND = (
    facts.LAHIR,
    facts.MATI,
    facts.PINDAH,
    facts.DATANG,
    facts.KAWIN,
    facts.RESIDENCE_CHANGED,
    facts.BIODATA_CHANGED,
    facts.REKAM,
    facts.BLOCKED,
    facts.REACTIVATED,
    facts.REVERSED,
)
"""Kinds an officer enters; registration comes with a list, consolidation with the centre's."""
TOGETHER = frozenset({facts.PINDAH, facts.DATANG, facts.RESIDENCE_CHANGED})
"""Kinds that a family does together: one F-1.03 names all who move."""
NEW_PEOPLE = (facts.LAHIR, facts.DATANG, facts.REKAM)
"""Kinds that may bring somebody the office does not know; a recording of a stranger is a guest's."""
_TITLES = FIELD_TITLES | {
    "status": Text("Status perekaman", "Recording status"),
    "recorded_at": Text("Tempat rekam", "Place of recording"),
}
LONGEST = 300
"""Characters a field may have (our choice: no name, address or remark of the field's files comes near)."""

LACKING = ProblemKind(
    "entry_lacks",
    Text("“{field_id}” wajib diisi untuk {kind_id}.", "“{field_en}” is needed for a {kind_en}."),
    Text("Isi dari suratnya.", "Fill it in from the paper."),
)
NOTHING_CHANGED = ProblemKind(
    "nothing_changed",
    Text("Tidak ada isian yang berbeda dari biodata sekarang.", "No field differs from the biodata of now."),
    Text("Ubah isian yang salah saja; yang lain biarkan.", "Change the wrong fields and leave the others."),
)
BEFORE_BIRTH = ProblemKind(
    "before_birth",
    Text("Tanggal {on} sebelum tanggal lahir {born}.", "The day {on} lies before the birth, {born}."),
    Text("Periksa kedua tanggal itu.", "Check both dates."),
)
AFTER_DEATH = ProblemKind(
    "after_death",
    Text("{name} tercatat meninggal pada {died}.", "{name} is recorded as dead on {died}."),
    Text(
        "Bila kematian itu keliru, batalkan dahulu; bila benar, periksa tanggal fakta ini.",
        "If that death is a mistake, reverse it first; if it is true, check the day of this fact.",
    ),
)
TOO_LONG = ProblemKind(
    "entry_too_long",
    Text("Sebuah isian melebihi {longest} huruf.", "A field is longer than {longest} characters."),
    Text("Ringkaskan; rinciannya tetap di suratnya.", "Shorten it; the details stay on the paper."),
)
NO_SUCH_VILLAGE = ProblemKind(
    "no_such_village",
    Text("Kode desa {village} tidak ada di daftar wilayah.", "The village code {village} is not among the areas."),
    Text("Pilih desa dari daftar.", "Choose a village from the list."),
)
NAMESAKE = ProblemKind(
    "doubt_namesake",
    Text(
        "Sudah ada {count} orang dengan nama, tanggal lahir dan desa yang sama.",
        "{count} people of the same name, birth date and village are there already.",
    ),
    Text("Cari dahulu; mungkin peristiwanya sudah dicatat.", "Search first; the event may have been entered already."),
)
NIK_TAKEN = ProblemKind(
    "nik_taken",
    Text("NIK {nik} sudah dipakai orang lain di daftar.", "NIK {nik} already belongs to somebody else."),
    Text("Periksa ke KK siapa pemilik NIK itu.", "Check with the family card whose NIK it is."),
)


@dataclass(frozen=True, slots=True)
class Evidence:
    """On what a fact rests: the document and its number, who reported it and when, and a remark."""

    document: str = ""
    number: str = ""
    reporter: str = ""
    reported_on: date | None = None
    note: str = ""

    def said(self) -> dict[str, object]:
        """Return the evidence as a fact says it."""
        words = {"document": self.document, "document_number": self.number, "note": self.note}
        return {name: word.strip() for name, word in words.items() if word.strip()}


@dataclass(frozen=True, slots=True)
class Entry:
    """One fact as a form gives it.

    `said` holds fields as a fact says them (`people.FIELDS`, and status, status_on, recorded_at,
    place); `person` is None for somebody new; `form` is the form's own and makes the fact's id;
    `seen` is the last place about the person the form was shown with; `reverses` a ledger place;
    `with_them` are others of the family who move along.
    """

    kind: str
    on: date
    person: int | None
    form: str
    said: Mapping[str, str] = field(default_factory=dict)
    evidence: Evidence = Evidence()
    seen: int = 0
    reverses: int | None = None
    with_them: tuple[int, ...] = ()


def lacking(entry: Entry) -> list[Problem]:
    """Return the fields an entry cannot be without and lacks."""
    kind = facts.BY_CODE[entry.kind]
    if entry.kind == facts.BIODATA_CHANGED:
        return [] if entry.said else [NOTHING_CHANGED.at()]
    needs = list(kind.needs)
    if entry.person is None:
        needs += [name for name in ("name", "born_on", "sex") if name not in needs]
        needs += ["nik", "recorded_at"] if entry.kind == facts.REKAM else []
    return [
        LACKING.at(
            name,
            field_id=_TITLES[name].id,
            field_en=_TITLES[name].en,
            kind_id=kind.title.id,
            kind_en=kind.title.en,
        )
        for name in needs
        if not entry.said.get(name)
    ]


def problems(
    entry: Entry, known: Sequence[ToldFact], holder: register.Known | None, office: Office, area: int | None
) -> list[Problem]:
    """Return what keeps an entry out: what a file would be refused for, and days that cannot be."""
    found: list[Problem] = []
    said = dict(entry.said)
    nik = said.get("nik", "")
    if nik and (problem := ids.nik_problem(nik, "nik")):
        found.append(problem)
    elif nik and entry.kind == facts.BIODATA_CHANGED and nik in register.by_nik([nik]):
        found.append(NIK_TAKEN.at("nik", nik=ids.mask(nik)))
    if any(len(text) > LONGEST for text in said.values()):
        found.append(TOO_LONG.at(longest=LONGEST))
    if said.get("recorded_at") and ids.area_number(said["recorded_at"]) is None:
        found.append(ids.AREA_CODE.at("recorded_at", found=said["recorded_at"]))
    village = ids.area_number(said.get("village", ""))
    if village and _is_no_village(village):
        found.append(NO_SUCH_VILLAGE.at("village", village=ids.area_text(village)))
    limit = area if entry.person is None and entry.kind != facts.REKAM else office.area
    if holder or entry.person is None:
        problem = contradiction(entry.kind, said, holder, area=limit or office.area, is_known=lambda _: True)
        found += [problem] if problem else []
    now = entry_on(known, on_day=office.today.toordinal())
    born = str(said.get("born_on") or now.biodata.get("born_on", ""))
    if born and entry.on < date.fromisoformat(born):
        found.append(BEFORE_BIRTH.at("on", on=entry.on.isoformat(), born=born))
    bound = {facts.KAWIN, facts.PINDAH, facts.RESIDENCE_CHANGED}
    if now.dead_day and entry.kind in bound and entry.on.toordinal() > now.dead_day:
        found.append(AFTER_DEATH.at("on", name=now.name, died=date.fromordinal(now.dead_day).isoformat()))
    return found


def _is_no_village(village: int) -> bool:
    """Whether the office's areas hold the district of a code and not the village."""
    return not places.is_known_ever(village) and places.is_known_ever(village // 10**4)


def namesakes(entry: Entry) -> list[Problem]:
    """Return whether somebody of this name, birth date and village is there already: a birth is often told twice."""
    said = entry.said
    village = ids.area_number(said.get("village", ""))
    if entry.person is not None or not village or not said.get("born_on"):
        return []
    born_day = date.fromisoformat(said["born_on"]).toordinal()
    rows = bulk.select(
        "SELECT count(*) FROM person WHERE village = %s AND born_day = %s AND name_key = %s AND dead_day IS NULL",
        [village, born_day, name_key(said["name"])],
    )
    return [NAMESAKE.at("name", count=rows[0][0])] if rows[0][0] else []
