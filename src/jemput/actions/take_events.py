"""Take a file of events: LAMPID, marriages, changes, recordings, blocks, the centre's consolidation list, reversals.

Each row becomes one fact. A row that contradicts what is known (an unknown NIK, a second death, an
arrival of the dead, an id used for something else) is refused with its reason; the rest goes in.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from django.db import transaction

from jemput.actions.contradictions import BRINGS_PERSON, contradiction, irreversible
from jemput.actions.taking import Held, Taken, held_facts, live_id, source_id
from jemput.domain import facts, ids, recording
from jemput.domain.facts import NewFact
from jemput.domain.people import FIELDS, name_key
from jemput.domain.problems import ProblemKind, Text
from jemput.domain.rows import Row
from jemput.queries import register
from jemput.queries.office import Office
from jemput.queries.register import Known
from jemput.store import bulk, ledger
from jemput.store.chain import Origin

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

_EXTRAS = ("status", "recorded_at", "merged_into", "note", "place")


@dataclass(slots=True)
class _State:
    """What is known of people while a file is read: the register, and what earlier rows added."""

    people: dict[str, Known]
    undone: dict[str, int]
    number: int
    area: int | None
    new: list[NewFact] = field(default_factory=list)
    used: set[str] = field(default_factory=set)

    def number_for(self, nik: str) -> int:
        """Return the number of a person new to the register: the one an import taken back had given, or the next."""
        if nik in self.undone:
            return self.undone[nik]
        self.number += 1
        return self.number - 1


def take_events(rows: Sequence[Row], *, office: Office, origin: Origin) -> Taken:
    """Take events in the order of their days; one transaction, a killed import leaves nothing.

    Reversals of what the ledger holds come first, so that a file may take back and put right at once.
    """
    taken = Taken()
    with transaction.atomic(), bulk.without_cycle_search():
        ledger.lock()
        pending = [(row, _reversal(row)) for row in rows if row.fields["event"] == facts.REVERSED]
        pending = _reverse(pending, office, origin, taken)
        others = [row for row in rows if row.fields["event"] != facts.REVERSED]
        niks = {row.fields[key] for row in others for key in ("nik", "merged_into") if key in row.fields}
        state = _State(register.by_nik(niks), register.undone_people(), register.next_person(), office.area)
        held = held_facts(row.fields.get("id") or _content_id(row) for row in others)
        for row in sorted(others, key=lambda row: _turn(row, state.people)):
            _take(row, state, held, taken)
        _append(state.new, office, origin, taken)
        for row, _ in _reverse(pending, office, origin, taken):
            taken.refuse(row, NOTHING_TO_REVERSE.at("batal", id=row.fields["reverses"]))
    return taken


def _reversal(row: Row) -> NewFact:
    """Return the reversal a row asks for, its fact still to be found."""
    fields = row.fields
    on = date.fromisoformat(fields["on"])
    said: dict[str, object] = {"note": fields["note"]} if "note" in fields else {}
    reported = date.fromisoformat(fields["reported_on"]) if "reported_on" in fields else None
    return NewFact(
        fields.get("id") or _content_id(row), facts.REVERSED, on, None, said, reported, fields.get("said_by", "")
    )


def _turn(row: Row, known: Mapping[str, Known]) -> tuple[bool, str, int]:
    """Return the order rows are taken in: who is new comes first, then day by day, then as in the file."""
    brings = row.fields["event"] in BRINGS_PERSON and row.fields.get("nik") not in known
    return (not brings, row.fields["on"], row.row)


def take_totals(rows: Sequence[Row], *, office: Office, origin: Origin) -> Taken:
    """Take the frozen totals of a consolidation, one fact a village."""
    taken = Taken()
    with transaction.atomic():
        totals = [_total(row) for row in rows]
        held = held_facts(fact.id for fact in totals)
        new = [replace(fact, id=live_id(fact.id, held)) for fact in totals]
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


def _take(row: Row, state: _State, held: Mapping[str, Held], taken: Taken) -> None:
    fields = row.fields
    kind = fields["event"]
    nik = fields.get("nik", "")
    identity = live_id(fields.get("id") or _content_id(row), held)
    known = state.people.get(nik)
    if identity in held:
        _again(row, identity, held[identity], known, taken)
        return
    if identity in state.used:
        taken.refuse(row, ID_REUSED.at("id", id=identity))
        return
    if problem := contradiction(kind, fields, known, area=state.area, is_known=state.people.__contains__):
        taken.refuse(row, problem)
        return
    state.used.add(identity)
    person = known.id if known else state.number_for(nik)
    said = _said(row, kind, guest=known is None and kind == facts.REKAM)
    reported = date.fromisoformat(fields["reported_on"]) if "reported_on" in fields else None
    on = date.fromisoformat(fields["on"])
    state.new.append(NewFact(identity, kind, on, person, said, reported, fields.get("said_by", "")))
    if kind in BRINGS_PERSON and (recorded := _recorded(row, identity, person)):
        state.new.append(recorded)
    taken.accepted += 1
    if nik:
        state.people[nik] = _after(known, person, kind, fields)


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


def _again(row: Row, identity: str, held: Held, known: Known | None, taken: Taken) -> None:
    """Leave an event the ledger holds as it is, or refuse an id that was used for another."""
    now = _said(row, row.fields["event"], guest=False)
    same = held.kind == row.fields["event"] and held.on == date.fromisoformat(row.fields["on"])
    same = same and (known is None or held.person == known.id)
    if same and all(held.said.get(name) == value for name, value in now.items()):
        taken.unchanged += 1
    else:
        taken.refuse(row, ID_REUSED.at("id", id=identity))


def _reverse(
    pending: list[tuple[Row, NewFact]], office: Office, origin: Origin, taken: Taken
) -> list[tuple[Row, NewFact]]:
    """Append the reversals whose facts are in the ledger by now; return those whose facts are not."""
    targets = held_facts(row.fields["reverses"] for row, _ in pending)
    used = held_facts(fact.id for _, fact in pending)
    standing = {row.fields["reverses"]: live_id(row.fields["reverses"], targets) for row, _ in pending}
    places = _places({name for live in standing.values() for name in (live, f"{live}/rekam")})
    ready: list[NewFact] = []
    waiting: list[tuple[Row, NewFact]] = []
    for row, fact in pending:
        target = standing[row.fields["reverses"]]
        place, kind, person, reversed_by = places.get(target, (None, "", None, None))
        if place is None:
            waiting.append((row, fact))
        elif reversed_by == fact.id:
            taken.unchanged += 1
        elif fact.id in used or any(fact.id == other.id for other in ready):
            taken.refuse(row, ID_REUSED.at("id", id=fact.id))
        elif problem := irreversible(kind, reversed_by, called=row.fields["reverses"]):
            taken.refuse(row, problem)
        else:
            places[target] = (place, kind, person, fact.id)
            ready.append(replace(fact, person=person, reverses=place))
            taken.accepted += 1
            brought, _, whose, undone = places.get(f"{target}/rekam", (None, "", None, None))
            if brought is not None and undone is None:
                ready.append(replace(fact, id=f"{fact.id}/rekam", person=whose, reverses=brought))
    _append(ready, office, origin, taken)
    return waiting


def _places(identities: Iterable[str]) -> dict[str, tuple[int | None, str, int | None, str | None]]:
    """Return place, kind, person and reversing id of the facts under these ids."""
    rows = bulk.select_in(
        "SELECT f.id, f.place, f.kind, f.person, r.id FROM fact f LEFT JOIN fact r ON r.reverses = f.place"
        " WHERE f.id IN ({marks})",
        identities,
    )
    return {identity: (place, kind, person, reversed_by) for identity, place, kind, person, reversed_by in rows}


def _append(new: list[NewFact], office: Office, origin: Origin, taken: Taken) -> None:
    appended = ledger.append(new, today=office.today, now=office.now, origin=origin, rule=office.rule)
    if appended.batch:
        taken.batches.append(appended.batch)
        taken.facts += appended.written
