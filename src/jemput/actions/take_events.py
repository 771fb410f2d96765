"""Take a file of events: LAMPID, marriages, changes, recordings, blocks, the centre's consolidation list, reversals.

Each row becomes one fact. A row that contradicts what is known (an unknown NIK, a second death, an
arrival of the dead, an id used for something else) is refused with its reason; the rest goes in.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import orjson
from django.db import transaction

from jemput.actions.taking import NO_VILLAGE, OUTSIDE, Taken, name_conflict, source_id
from jemput.domain import facts, ids, recording
from jemput.domain.facts import NewFact
from jemput.domain.people import FIELDS, name_key
from jemput.domain.problems import Problem, ProblemKind, Text
from jemput.domain.rows import Row
from jemput.queries import register
from jemput.queries.office import Office
from jemput.queries.register import Known
from jemput.store import bulk, ledger
from jemput.store.chain import Origin

NIK_UNKNOWN = ProblemKind(
    "nik_unknown",
    Text("NIK {nik} tidak ada di daftar kantor.", "NIK {nik} is not in the office's register."),
    Text(
        "Periksa NIK; orang baru masuk sebagai lahir atau datang.",
        "Check the NIK; a new person comes in as a birth or an arrival.",
    ),
)
ALREADY_DEAD = ProblemKind(
    "already_dead",
    Text("{name} sudah tercatat meninggal.", "{name} is already recorded as dead."),
    Text(
        "Bila kematian itu keliru, batalkan dahulu peristiwanya (batal).",
        "If that death is a mistake, reverse it first (batal).",
    ),
)
ALREADY_RESIDENT = ProblemKind(
    "already_resident",
    Text("NIK {nik} sudah terdaftar sebagai penduduk.", "NIK {nik} is already registered as a resident."),
    Text("Untuk pindah antardesa pakai pindah_dalam.", "For a move between villages use pindah_dalam."),
)
ID_REUSED = ProblemKind(
    "id_reused",
    Text("Id peristiwa {id} sudah dipakai untuk peristiwa lain.", "Event id {id} was already used for another event."),
    Text(
        "Beri id baru; koreksi dicatat sebagai batal lalu peristiwa baru.",
        "Give it a new id; a correction is a reversal and a new event.",
    ),
)
NOTHING_TO_REVERSE = ProblemKind(
    "nothing_to_reverse",
    Text(
        "Peristiwa {id} yang dibatalkan tidak ada di buku besar.", "Event {id}, to be reversed, is not in the ledger."
    ),
    Text("Sebut id peristiwa yang hendak dibatalkan.", "Name the id of the event to take back."),
)
ALREADY_REVERSED = ProblemKind(
    "already_reversed",
    Text(
        "Peristiwa {id} sudah dibatalkan, atau ia sendiri pembatalan.",
        "Event {id} is already reversed, or is itself a reversal.",
    ),
    Text("Catat peristiwanya sebagai peristiwa baru.", "Enter the event as a new event."),
)
MERGED_INTO_UNKNOWN = ProblemKind(
    "merged_into_unknown",
    Text("NIK tujuan penggabungan {nik} tidak ada di daftar.", "The NIK merged into, {nik}, is not in the register."),
    Text("Periksa kolom gabung_ke.", "Check the column gabung_ke."),
)

BRINGS_PERSON = frozenset({facts.LAHIR, facts.DATANG, facts.REGISTERED, facts.KONSOLIDASI_ADDED})
_EXTRAS = ("status", "recorded_at", "merged_into", "note", "place")


@dataclass(slots=True)
class _State:
    """What is known of people while a file is read: the register, and what earlier rows added."""

    people: dict[str, Known]
    number: int
    area: int | None
    new: list[NewFact] = field(default_factory=list)
    reversals: list[tuple[Row, NewFact]] = field(default_factory=list)


def take_events(rows: Sequence[Row], *, office: Office, origin: Origin) -> Taken:
    """Take events in the order of their days; one transaction, a killed import leaves nothing."""
    taken = Taken()
    with transaction.atomic():
        ledger.lock()
        niks = {row.fields[key] for row in rows for key in ("nik", "merged_into") if key in row.fields}
        state = _State(register.by_nik(niks), register.next_person(), office.area)
        ordered = sorted(rows, key=lambda row: _turn(row, state.people))
        held = _held(row.fields.get("id") or _content_id(row) for row in rows)
        for row in ordered:
            _take(row, state, held, taken)
        _append(state.new, office, origin, taken)
        _append(_reversals(state, taken), office, origin, taken)
    return taken


def _turn(row: Row, known: Mapping[str, Known]) -> tuple[bool, str, int]:
    """Return the order rows are taken in: who is new comes first, then day by day, then as in the file."""
    brings = row.fields["event"] in BRINGS_PERSON and row.fields.get("nik") not in known
    return (not brings, row.fields["on"], row.row)


def take_totals(rows: Sequence[Row], *, office: Office, origin: Origin) -> Taken:
    """Take the frozen totals of a consolidation, one fact a village."""
    taken = Taken()
    new = [_total(row) for row in rows]
    with transaction.atomic():
        _append(new, office, origin, taken)
    taken.accepted = taken.facts
    taken.unchanged = len(new) - taken.facts
    return taken


def _total(row: Row) -> NewFact:
    said: dict[str, object] = {
        key: int(value) if key in {"population", "id_obligated", "households"} else value
        for key, value in row.fields.items()
        if key not in {"on", "id"}
    }
    on = date.fromisoformat(row.fields["on"])
    identity = source_id(facts.KONSOLIDASI_TOTAL, row.fields["village"], on.isoformat(), str(said["id_obligated"]))
    return NewFact(identity, facts.KONSOLIDASI_TOTAL, on, None, said)


def _take(row: Row, state: _State, held: Mapping[str, _Held], taken: Taken) -> None:
    fields = row.fields
    kind = fields["event"]
    identity = fields.get("id") or _content_id(row)
    if kind == facts.REVERSED:
        on = date.fromisoformat(fields["on"])
        said: dict[str, object] = {"note": fields["note"]} if "note" in fields else {}
        reported = date.fromisoformat(fields["reported_on"]) if "reported_on" in fields else None
        fact = NewFact(identity, kind, on, None, said, reported, fields.get("said_by", ""))
        state.reversals.append((row, fact))
        return
    while identity in held and held[identity].undone:
        identity += "~"
    if identity in held:
        _again(row, identity, held[identity], taken)
        return
    known = state.people.get(fields.get("nik", ""))
    if problem := _problem(row, kind, known, state):
        taken.refuse(row, problem)
        return
    person = known.id if known else state.number
    if known is None:
        state.number += 1
    said = _said(row, kind, guest=known is None and kind == facts.REKAM)
    reported = date.fromisoformat(fields["reported_on"]) if "reported_on" in fields else None
    on = date.fromisoformat(fields["on"])
    state.new.append(NewFact(identity, kind, on, person, said, reported, fields.get("said_by", "")))
    if kind in BRINGS_PERSON and (recorded := _recorded(row, identity, person)):
        state.new.append(recorded)
    taken.accepted += 1
    if nik := fields.get("nik"):
        state.people[nik] = _after(known, person, kind, fields)


def _problem(row: Row, kind: str, known: Known | None, state: _State) -> Problem | None:
    """Return why an event contradicts what is known, or None."""
    fields = row.fields
    nik = fields.get("nik", "")
    if known is None:
        stranger = kind in BRINGS_PERSON or (kind == facts.REKAM and "name" in fields)
        if not stranger or (kind == facts.DATANG and "name" not in fields):
            return NIK_UNKNOWN.at("nik", nik=ids.mask(nik))
    else:
        if "name" in fields and kind != facts.BIODATA_CHANGED and name_key(fields["name"]) != known.name_key:
            return name_conflict(known, fields["name"])
        if known.dead and kind in BRINGS_PERSON | {facts.MATI}:
            return ALREADY_DEAD.at("nik", name=known.name)
        if kind in {facts.LAHIR, facts.REGISTERED}:
            return ALREADY_RESIDENT.at("nik", nik=ids.mask(nik))
    if kind == facts.KONSOLIDASI_MERGED and fields["merged_into"] not in state.people:
        return MERGED_INTO_UNKNOWN.at("gabung_ke", nik=ids.mask(fields["merged_into"]))
    if kind in facts.RESIDENCE_KINDS:
        return _village_problem(fields, state.area)
    return None


def _village_problem(fields: Mapping[str, str], area: int | None) -> Problem | None:
    village = ids.area_number(fields.get("village", ""))
    if village is None or len(str(village)) != ids.VILLAGE_DIGITS:
        return NO_VILLAGE.at("desa", found=fields.get("village", "-"))
    if area:
        low, high = ids.village_range(area)
        if not low <= village <= high:
            return OUTSIDE.at("desa", village=ids.area_text(village), area=ids.area_text(area))
    return None


def _said(row: Row, kind: str, *, guest: bool) -> dict[str, object]:
    names = (*FIELDS, *_EXTRAS)
    said: dict[str, object] = {name: row.fields[name] for name in names if name in row.fields}
    if kind in BRINGS_PERSON:
        said.pop("status", None)
        said.pop("recorded_at", None)
    if "village" in said and (village := ids.area_number(str(said["village"]))):
        said["village"] = ids.area_text(village)
    if kind == facts.REKAM and guest:
        said["guest"] = True
    elif kind not in facts.RESIDENCE_KINDS | {facts.BIODATA_CHANGED}:
        for name in FIELDS:
            said.pop(name, None)
    return said


def _recorded(row: Row, identity: str, person: int) -> NewFact | None:
    """Return the recording a newcomer brings along, where the row tells of one."""
    fields = row.fields
    status = recording.fold(fields.get("status", ""))
    if status is None or status == recording.UNREGISTERED:
        return None
    said: dict[str, object] = {key: fields[key] for key in ("status", "recorded_at") if key in fields}
    on = date.fromisoformat(fields.get("status_on") or fields["on"])
    return NewFact(f"{identity}/rekam", facts.REKAM, on, person, said, said_by=fields.get("said_by", ""))


def _after(known: Known | None, person: int, kind: str, fields: Mapping[str, str]) -> Known:
    """Return what is known of a person once this event is taken."""
    name = fields.get("name") or (known.name if known else "")
    dead = kind == facts.MATI or (known.dead if known else False)
    village = known.village if known else 0
    return Known(person, fields["nik"], name, name_key(name), village, dead, None, "{}")


def _content_id(row: Row) -> str:
    return source_id("event", *(f"{key}={value}" for key, value in sorted(row.fields.items())))


@dataclass(frozen=True, slots=True)
class _Held:
    """A fact the ledger holds under an id; `undone` where a whole import was taken back with it."""

    kind: str
    on: date
    said: dict[str, Any]
    undone: bool


def _held(identities: Iterable[str]) -> dict[str, _Held]:
    """Return the facts held under these ids, and under the ids they took when imported again after an undo."""
    held: dict[str, _Held] = {}
    wanted = list(identities)
    while wanted:
        rows = bulk.select_in(
            "SELECT f.id, f.kind, f.on_day, f.said, coalesce(b.source, '') FROM fact f"
            " LEFT JOIN fact r ON r.reverses = f.place LEFT JOIN batch b ON b.batch = r.batch"
            " WHERE f.id IN ({marks})",
            wanted,
        )
        found = {
            identity: _Held(kind, date.fromordinal(on_day), orjson.loads(said), source == "undo")
            for identity, kind, on_day, said, source in rows
        }
        held |= found
        wanted = [f"{identity}~" for identity, fact in found.items() if fact.undone]
    return held


def _again(row: Row, identity: str, held: _Held, taken: Taken) -> None:
    """Leave an event the ledger holds as it is, or refuse an id that was used for another."""
    now = _said(row, row.fields["event"], guest=False)
    same = held.kind == row.fields["event"] and held.on == date.fromisoformat(row.fields["on"])
    if same and all(held.said.get(name) == value for name, value in now.items()):
        taken.unchanged += 1
    else:
        taken.refuse(row, ID_REUSED.at("id", id=identity))


def _reversals(state: _State, taken: Taken) -> list[NewFact]:
    """Return the reversals whose facts are in the ledger by now, each fact reversed once at most."""
    wanted = {row.fields["reverses"] for row, _ in state.reversals}
    rows = bulk.select_in(
        "SELECT f.id, f.place, f.kind, f.person, r.id FROM fact f LEFT JOIN fact r ON r.reverses = f.place"
        " WHERE f.id IN ({marks})",
        wanted,
    )
    found = {row[0]: row[1:] for row in rows}
    ready: list[NewFact] = []
    for row, fact in state.reversals:
        target = row.fields["reverses"]
        place, kind, person, reversed_by = found.get(target, (None, "", None, None))
        if place is None:
            taken.refuse(row, NOTHING_TO_REVERSE.at("batal", id=target))
        elif reversed_by == fact.id:
            taken.unchanged += 1
        elif reversed_by is not None or kind in {facts.REVERSED, facts.COUNT_CLOSED}:
            taken.refuse(row, ALREADY_REVERSED.at("batal", id=target))
        else:
            found[target] = (place, kind, person, fact.id)
            said_by = fact.said_by
            ready.append(NewFact(fact.id, fact.kind, fact.on, person, fact.said, fact.reported_on, said_by, place))
            taken.accepted += 1
    return ready


def _append(new: list[NewFact], office: Office, origin: Origin, taken: Taken) -> None:
    appended = ledger.append(new, today=office.today, now=office.now, origin=origin, rule=office.rule)
    if appended.batch:
        taken.batches.append(appended.batch)
        taken.facts += appended.written
