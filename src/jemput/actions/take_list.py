"""Take a list of persons: into the register where a village is empty, as proposed facts where it is not.

A newer list is another's word about people the register already holds. What it says anew, what it
says otherwise and whom it no longer names become proposals; gone is never dead or deleted until an
officer has answered.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from datetime import date

from django.db import transaction

from jemput.actions.taking import HELD_ELSEWHERE, NO_VILLAGE, OUTSIDE, Progress, Taken, name_conflict, source_id
from jemput.domain import facts, ids, recording
from jemput.domain.facts import NewFact
from jemput.domain.lampid import STRUCK
from jemput.domain.people import FIELDS, name_key
from jemput.domain.problems import Problem, ProblemKind, Text
from jemput.domain.proposals import GONE
from jemput.domain.rows import Row, RowProblem
from jemput.queries import register
from jemput.queries.office import Office
from jemput.queries.register import Known
from jemput.store import bulk, ledger
from jemput.store.chain import Origin
from jemput.store.models import Proposal

PART = 50_000
"""Rows appended as one batch, so that a regency's list needs the memory of a part of it; all parts are one transaction."""
FULL_LIST_SHARE = 0.5
"""A file is taken as the full list of a village when it names at least this share of its residents
(our choice: a file of corrected rows must not declare a whole village gone)."""

NOT_LIVING = ProblemKind(
    "not_living",
    Text("Daftar menyebut statusnya “{found}”, bukan hidup.", "The list gives the status “{found}”, not living."),
    Text(
        "Catat sebagai peristiwa (mati, pindah) bila benar; orang ini tidak didaftarkan.",
        "Enter it as an event (death, move) if true; the person was not registered.",
    ),
)
PARTIAL = ProblemKind(
    "partial_list",
    Text(
        "Berkas memuat {found} dari {held} penduduk desa {village}: bukan daftar lengkap, tak seorang pun dianggap hilang.",
        "The file names {found} of {held} residents of village {village}: not a full list, nobody is taken as gone.",
    ),
    Text("Impor daftar lengkap desa itu untuk membandingkan.", "Import the village's full list to compare."),
)
LIVING = frozenset({"", "HIDUP", "AKTIF"})
_COMPARED = tuple(name for name in FIELDS if name not in {"nik", "name", "village"})

Resolve = Callable[[Mapping[str, str]], int | None]
"""Returns the village number of a row's own words (code or names), None where it says nothing usable."""


@dataclass(slots=True)
class _Taking:
    """One list while it is taken: what it says, what is known, and what comes of it."""

    as_at: date
    origin: Origin
    salt: str
    undone: Mapping[str, int]
    taken: Taken
    within: int | None = None
    new: list[NewFact] = field(default_factory=list)
    proposals: list[Proposal] = field(default_factory=list)

    def propose(self, kind: str, held: Known | None, village: int, said: dict[str, object]) -> None:
        """Add a proposed fact; its key keeps the same list from proposing it twice."""
        who = str(held.id) if held else str(said["nik"])
        words = "\x1f".join(f"{name}={value}" for name, value in sorted(said.items()))
        self.proposals.append(
            Proposal(
                key=source_id("proposal", kind, who, str(village), self.origin.digest or self.as_at.isoformat(), words),
                kind=kind,
                person=held.id if held else None,
                village=village,
                on=self.as_at,
                said=said,
                evidence={"file": self.origin.name, "digest": self.origin.digest},
                source=self.origin.source,
            )
        )


def take_list(
    rows: Sequence[Row],
    *,
    office: Office,
    resolve: Resolve,
    area: int | None,
    as_at: date,
    origin: Origin,
    within: int | None = None,
    progress: Progress = lambda *_: None,
) -> Taken:
    """Take a list of persons as at a day; one transaction, a killed import leaves nothing.

    `within` is the area whose people the sender may see; nobody outside it is named to them.
    """
    taken = Taken()
    placed = _placed(rows, resolve, area or office.area, taken)
    with transaction.atomic(), bulk.without_cycle_search():
        ledger.lock()
        counts = register.resident_counts({village for _, village in placed})
        salt = register.undone_salt()
        taking = _Taking(as_at, origin, salt, register.undone_people() if salt else {}, taken, within)
        for number, part in enumerate(bulk.chunks(placed, PART)):
            progress("taking", number * PART, len(placed))
            _take_part(part, counts, taking)
            appended = ledger.append(taking.new, today=office.today, now=office.now, origin=origin, rule=office.rule)
            taking.new.clear()
            if appended.batch:
                taken.batches.append(appended.batch)
                taken.facts += appended.written
        progress("comparing", 0, 0)
        _gone(placed, counts, {row.fields["nik"] for row in rows if _is_living(row)}, taking)
        _store(taking.proposals, office, taken)
    return taken


def _take_part(placed: Sequence[tuple[Row, int]], counts: Mapping[int, int], taking: _Taking) -> None:
    known = register.by_nik(row.fields["nik"] for row, _ in placed)
    number = register.next_person()
    for row, village in placed:
        held = known.get(row.fields["nik"])
        if held and held.name_key and held.name_key != name_key(row.fields["name"]):
            taking.taken.refuse(row, _conflict(held, row, taking.within))
        elif held:
            _compare(row, village, held, taking)
        elif village in counts:
            taking.propose(facts.REGISTERED, None, village, _said(row, village) | _recording(row))
            taking.taken.accepted += 1
        else:
            undone = taking.undone.get(row.fields["nik"])
            taking.new.extend(_registered(row, village, undone or number, taking))
            number += undone is None
            taking.taken.accepted += 1


def _conflict(held: Known, row: Row, within: int | None) -> Problem:
    if within and not ids.village_range(within)[0] <= held.village <= ids.village_range(within)[1]:
        return HELD_ELSEWHERE.at("NIK", nik=ids.mask(row.fields["nik"]))
    return name_conflict(held, row.fields["name"])


def _placed(rows: Sequence[Row], resolve: Resolve, area: int | None, taken: Taken) -> list[tuple[Row, int]]:
    low, high = ids.village_range(area) if area else (0, 0)
    placed: list[tuple[Row, int]] = []
    for row in rows:
        village = resolve(row.fields)
        problem: Problem | None = None
        if not _is_living(row):
            problem = NOT_LIVING.at("Status", found=row.fields["register_status"])
        elif village is None:
            named = row.fields.get("village_name") or row.fields.get("village") or "-"
            problem = NO_VILLAGE.at("Desa/Kel", found=named)
        elif area and not low <= village <= high:
            problem = OUTSIDE.at("Desa/Kel", village=ids.area_text(village), area=ids.area_text(area))
        if problem is None and village is not None:
            placed.append((row, village))
        elif problem:
            taken.refuse(row, problem)
    return placed


def _is_living(row: Row) -> bool:
    return row.fields.get("register_status", "").upper() in LIVING


def _said(row: Row, village: int) -> dict[str, object]:
    said: dict[str, object] = {name: row.fields[name] for name in FIELDS if name in row.fields}
    said["village"] = ids.area_text(village)
    return said


def _recording(row: Row) -> dict[str, object]:
    return {key: row.fields[key] for key in ("status", "status_on", "recorded_at") if key in row.fields}


def _registered(row: Row, village: int, person: int, taking: _Taking) -> list[NewFact]:
    fields, as_at = row.fields, taking.as_at
    nik = fields["nik"]
    identity = source_id(facts.REGISTERED, nik, as_at.isoformat(), taking.salt)
    new = [NewFact(identity, facts.REGISTERED, as_at, person, _said(row, village))]
    status = recording.fold(fields.get("status", ""))
    if status is not None and status != recording.UNREGISTERED:
        on = date.fromisoformat(fields["status_on"]) if "status_on" in fields else as_at
        said: dict[str, object] = {"status": fields["status"]}
        if "recorded_at" in fields:
            said["recorded_at"] = fields["recorded_at"]
        identity = source_id(facts.REKAM, nik, on.isoformat(), fields["status"], taking.salt)
        new.append(NewFact(identity, facts.REKAM, on, person, said))
    return new


def _compare(row: Row, village: int, held: Known, taking: _Taking) -> None:
    """Propose what a row says otherwise than the register."""
    before = len(taking.proposals)
    if held.dead or held.village <= STRUCK:
        taking.propose(facts.DATANG, held, village, _said(row, village))
    else:
        if held.village != village:
            taking.propose(facts.RESIDENCE_CHANGED, held, village, {"village": ids.area_text(village)})
        biodata = held.biodata
        changed: dict[str, object] = {
            name: row.fields[name]
            for name in _COMPARED
            if name in row.fields and _plain(row.fields[name]) != _plain(str(biodata.get(name, "")))
        }
        if changed:
            taking.propose(facts.BIODATA_CHANGED, held, village, changed)
        status = recording.fold(row.fields.get("status", ""))
        if status is not None and status != (recording.UNREGISTERED if held.status is None else held.status):
            taking.propose(facts.REKAM, held, village, _recording(row))
    if len(taking.proposals) == before:
        taking.taken.unchanged += 1
    else:
        taking.taken.accepted += 1


def _plain(text: str) -> str:
    return " ".join(text.upper().split())


def _gone(
    placed: Iterable[tuple[Row, int]], counts: Mapping[int, int], niks: AbstractSet[str], taking: _Taking
) -> None:
    """Propose as gone whoever a full list of their village no longer names; a refused row names its person too."""
    listed: dict[int, int] = {}
    first: dict[int, Row] = {}
    for row, village in placed:
        listed[village] = listed.get(village, 0) + 1
        first.setdefault(village, row)
    full = {village for village, held in counts.items() if listed[village] >= FULL_LIST_SHARE * held}
    for village in sorted(counts.keys() - full):
        row = first[village]
        problem = PARTIAL.at(found=listed[village], held=counts[village], village=ids.area_text(village))
        taking.taken.notes.append(RowProblem(row.sheet, row.row, problem))
    for held in register.residents(full):
        if held.nik not in niks:
            taking.propose(GONE, held, held.village, {})


def _store(proposals: list[Proposal], office: Office, taken: Taken) -> None:
    """Keep the proposals that no list has made: the same file proposes once, and so does the same open question."""
    held: set[str] = set()
    for part in bulk.chunks((proposal.key for proposal in proposals), 10_000):
        held.update(Proposal.objects.filter(key__in=part).values_list("key", flat=True))
    waiting = set(map(_question, Proposal.objects.filter(state="open"))) if proposals else set()
    new = [one for one in proposals if one.key not in held and _question(one) not in waiting]
    for proposal in new:
        proposal.proposed_at = office.now
        taken.proposed[summary_of(proposal.kind)] += 1
    Proposal.objects.bulk_create(new, batch_size=1000)


def _question(one: Proposal) -> tuple[object, ...]:
    """Return what a proposal asks, whichever list and day it comes from."""
    said = {name: value for name, value in one.said.items() if name != "status_on"}
    return (one.kind, one.person, one.village, tuple(sorted(said.items())))


def summary_of(kind: str) -> str:
    """Return the word of the summary a kind of proposal falls under: new, changed or gone."""
    return {facts.REGISTERED: "new", GONE: GONE}.get(kind, "changed")
