"""Enter one fact by hand: a birth, a death, a move, a correction, a status, or the reversal of a fact.

What is refused is what a file would be refused for (`contradictions`), and what only a form can do:
be sent twice (counts once) or be older than the last fact about the person (refused).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.db import transaction

from jemput.actions.answer import AFTER_TODAY, ANSWER, reopen
from jemput.actions.audit import Actor, note
from jemput.actions.contradictions import BRINGS_PERSON, irreversible
from jemput.actions.entry import BY_HAND, NEW_PEOPLE, NIK_TAKEN, TOGETHER, Entry, lacking, namesakes, problems
from jemput.actions.taking import source_id
from jemput.domain import facts, ids, recording
from jemput.domain.audit import Verb
from jemput.domain.biodata import ToldFact, entry_on
from jemput.domain.doubts import HEAD_LEAVES, doubts
from jemput.domain.facts import NewFact
from jemput.domain.lampid import STRUCK
from jemput.domain.legal_effect import LegalEffect, legal_effect, together
from jemput.domain.people import FIELDS
from jemput.domain.problems import ProblemKind, Refused, Text
from jemput.queries import coverage, register
from jemput.queries.dossier import belongs, told
from jemput.queries.office import Office
from jemput.store import bulk, ledger
from jemput.store.chain import Origin

SOURCE = "entry"
_NOT_BIODATA = frozenset({"village"})

NOT_BY_HAND = ProblemKind(
    "not_by_hand",
    Text("“{kind}” tidak dicatat satu per satu.", "“{kind}” is not entered one by one."),
    Text("Pakai impor untuk daftar dan hasil konsolidasi.", "Use the import for lists and consolidations."),
)
NO_EVIDENCE = ProblemKind(
    "no_evidence",
    Text("Belum ada dasar: surat atau pelapor.", "Neither a document nor who reported it is named."),
    Text("Isi jenis dan nomor surat, atau nama pelapor.", "Fill in the document and its number, or who reported it."),
)
NO_REASON = ProblemKind(
    "no_reason",
    Text("Pembatalan tanpa alasan.", "The reversal has no reason."),
    Text("Tulis mengapa fakta itu keliru.", "Write why the fact is wrong."),
)
NOT_THIS_PERSON = ProblemKind(
    "not_this_person",
    Text("Fakta itu bukan tentang orang ini.", "That fact is not about this person."),
    Text("Buka orangnya dan pilih fakta dari daftarnya.", "Open the person and choose the fact from the list."),
)
NOBODY_HERE = ProblemKind(
    "nobody_here",
    Text("Orang ini tidak ada di wilayah Anda.", "There is no such person in your area."),
    Text("Cari lagi, atau minta kantor kabupaten.", "Search again, or ask the regency's office."),
)
NOT_TOGETHER = ProblemKind(
    "not_together",
    Text("Fakta ini dicatat untuk satu orang saja.", "This fact is entered for one person only."),
    Text("Catat anggota keluarga lain di halamannya masing-masing.", "Enter the others on their own pages."),
)
STALE = ProblemKind(
    "person_changed",
    Text(
        "Ada fakta baru tentang orang ini sejak formulir ini dibuka.",
        "A new fact about this person has come in since the form was opened.",
    ),
    Text(
        "Lihat lagi akibatnya, lalu simpan bila masih benar.",
        "Look at the effect again, and save if it is still right.",
    ),
)


Judged = tuple[Entry, list[ToldFact], list[NewFact]]
"""An entry with its person found, what is known of them, and the facts to write."""


@dataclass(frozen=True, slots=True)
class Entered:
    """What was entered: the person, the places of its facts, and whether the same form had already done it."""

    person: int
    places: tuple[int, ...]
    again: bool = False


@dataclass(frozen=True, slots=True)
class Preview:
    """What an entry would write and do.

    `effect` is the person's, its figures those of all who go along, whose own effects are `others`;
    `seen` is the last place about any of them now, `last` the last about the person.
    """

    entry: Entry
    effect: LegalEffect
    seen: int
    last: int
    others: tuple[tuple[int, LegalEffect], ...] = ()


def preview(entry: Entry, *, office: Office, area: int | None) -> Preview:
    """Return what an entry would do, nothing written; refuse what saving would refuse, an old form aside."""
    judged = _all_judged(entry, office, area)
    closed = [one.on for one in coverage.closings()]
    effects = []
    for one, known, new in judged:
        effect = legal_effect(known, new, today=office.today, rule=office.rule, closed=closed)
        asked = (*namesakes(one), *doubts(known, new, effect, today=office.today, rule=office.rule))
        if _nobody_stays(entry, known):
            asked = tuple(problem for problem in asked if problem.kind is not HEAD_LEAVES)
        effects.append(replace(effect, warnings=asked))
    entry, known, _ = judged[0]
    seen = _last([fact for _, known, _ in judged for fact in known])
    others = tuple(zip(entry.with_them, effects[1:], strict=True))
    return Preview(entry, together(effects), seen, _last(known), others)


def enter_fact(entry: Entry, *, office: Office, area: int | None, by: Actor, at: datetime) -> Entered:
    """Enter one fact in one transaction with its line in the audit trail; the same form twice counts once.

    `area` limits whom the officer may speak of, `by` enters it at the true time `at`.
    """
    with transaction.atomic():
        ledger.lock()
        if held := _held(_identity(entry)):
            return held
        judged = _all_judged(entry, office, area)
        if judged[0][0].person is not None and _last([fact for _, known, _ in judged for fact in known]) != entry.seen:
            raise Refused(STALE.at())
        new = [fact for one, _, made in judged for fact in _of_person(one, made)]
        if entry.reverses is not None:
            _reopen(new)
        name = " ".join(word for word in (entry.evidence.document.strip(), entry.evidence.number.strip()) if word)
        origin = Origin(SOURCE, name=name, said_by=by.name)
        ledger.append(new, today=office.today, now=office.now, origin=origin, rule=office.rule)
        written = Entered(new[0].person or 0, tuple(place for fact in new for place in _places(fact.id)))
        verb = Verb.FACT_REVERSED if entry.reverses is not None else Verb.FACT_ENTERED
        people = ", ".join(str(person) for person in dict.fromkeys(fact.person for fact in new))
        subject = f"person {people}: {entry.kind}, place {', '.join(map(str, written.places))}"
        note(by, verb, at=at, subject=subject, reason=entry.evidence.note)
    return written


def _all_judged(entry: Entry, office: Office, area: int | None) -> list[Judged]:
    """Return the entry judged for its person, and for each of the family who goes along; one refused refuses all."""
    first = _judged(entry, office, area)
    if entry.with_them and (entry.kind not in TOGETHER or entry.person is None or entry.person in entry.with_them):
        raise Refused(NOT_TOGETHER.at())
    said = {name: text for name, text in entry.said.items() if name != "role"}
    others = [
        replace(entry, person=other, form=f"{entry.form}/{other}", said=said, with_them=()) for other in entry.with_them
    ]
    return [first, *(_judged(one, office, area) for one in others)]


def _nobody_stays(entry: Entry, known: Sequence[ToldFact]) -> bool:
    """Whether everybody of the family card who still lives here goes along."""
    no_kk = str(entry_on(known, on_day=entry.on.toordinal()).biodata.get("no_kk", ""))
    family = register.by_kk(no_kk) if no_kk else []
    goes = {entry.person, *entry.with_them}
    return all(one.id in goes or one.dead or one.village <= STRUCK for one in family)


def _of_person(entry: Entry, made: Sequence[NewFact]) -> list[NewFact]:
    """Return facts with the number of their person; somebody new gets one."""
    person = entry.person if entry.person is not None else _number_for(entry)
    return [replace(fact, person=person) for fact in made]


def _judged(entry: Entry, office: Office, area: int | None) -> Judged:
    """Return the entry with its person found, what is known of them, and the facts to write; or refuse."""
    if entry.kind not in BY_HAND:
        raise Refused(NOT_BY_HAND.at(kind=entry.kind))
    days = [entry.on, *([entry.evidence.reported_on] if entry.evidence.reported_on else [])]
    days += [date.fromisoformat(entry.said[name]) for name in ("born_on", "status_on") if entry.said.get(name)]
    for day in days:
        if day > office.today:
            raise Refused(AFTER_TODAY.at("on", on=day.isoformat(), today=office.today.isoformat()))
    if entry.kind == facts.REVERSED:
        return _judged_reversal(entry, office, area)
    if not (entry.evidence.document.strip() or entry.evidence.reporter.strip()):
        raise Refused(NO_EVIDENCE.at("document"))
    entry, holder = _person_of(entry, office, area)
    known = told([entry.person]).get(entry.person, []) if entry.person is not None else []
    biodata = entry_on(known, on_day=office.today.toordinal()).biodata if known else {}
    entry = replace(entry, said=_said(entry, biodata))
    if found := lacking(entry) or problems(entry, known, holder, office, area):
        raise Refused(*found)
    return entry, known, _facts(entry)


def _person_of(entry: Entry, office: Office, area: int | None) -> tuple[Entry, register.Known | None]:
    """Return the entry with the number of whoever it is about, and that person as the register has them.

    Somebody new whose NIK the register holds is that person, as in a file of events.
    """
    if entry.person is not None:
        if not belongs(entry.person, area, whole=office.area):
            raise Refused(NOBODY_HERE.at())
        holder = next(iter(register.by_id([entry.person])), None)
        return entry, holder
    if entry.kind not in NEW_PEOPLE:
        raise Refused(NOBODY_HERE.at())
    nik = entry.said.get("nik", "")
    holder = register.by_nik([nik]).get(nik) if nik else None
    if holder and not belongs(holder.id, area, whole=office.area):
        raise Refused(NIK_TAKEN.at("nik", nik=ids.mask(nik)))
    return replace(entry, person=holder.id if holder else None), holder


def _said(entry: Entry, biodata: Mapping[str, object]) -> dict[str, str]:
    """Return what the fact is to say: of a correction only what differs, of anything else what was filled in."""
    said = {name: text for name, text in entry.said.items() if text}
    if entry.kind == facts.LAHIR:
        said.setdefault("born_on", entry.on.isoformat())
    if entry.kind == facts.BIODATA_CHANGED:
        return {
            name: text
            for name, text in said.items()
            if name in FIELDS and name not in _NOT_BIODATA and text != str(biodata.get(name, ""))
        }
    if "village" in said and (village := ids.area_number(said["village"])):
        said["village"] = ids.area_text(village)
    return said


def _facts(entry: Entry) -> list[NewFact]:
    """Return the facts of an entry: the fact itself, and the recording a newcomer brings along."""
    said: dict[str, object] = dict(entry.said)
    status: dict[str, object] = {k: said.pop(k) for k in ("status", "status_on", "recorded_at") if k in said}
    identity, reporter = _identity(entry), entry.evidence.reporter.strip()
    reported_on = entry.evidence.reported_on
    if entry.kind == facts.REKAM:
        guest = {"guest": True} if entry.person is None else {}
        words = {key: said[key] for key in said if guest or key not in FIELDS}
        status.pop("status_on", None)
        told_now = words | status | guest | entry.evidence.said()
        return [NewFact(identity, facts.REKAM, entry.on, entry.person, told_now, reported_on, reporter)]
    if entry.kind not in facts.RESIDENCE_KINDS | {facts.BIODATA_CHANGED}:
        said = {key: word for key, word in said.items() if key not in FIELDS}
    made = [NewFact(identity, entry.kind, entry.on, entry.person, said | entry.evidence.said(), reported_on, reporter)]
    order = recording.fold(str(status.get("status", "")))
    if entry.kind in BRINGS_PERSON and order is not None and order != recording.UNREGISTERED:
        on = date.fromisoformat(str(status.pop("status_on"))) if "status_on" in status else entry.on
        made.append(NewFact(f"{identity}/rekam", facts.REKAM, on, entry.person, status, reported_on, reporter))
    return made


def _judged_reversal(entry: Entry, office: Office, area: int | None) -> Judged:
    """Return what is known of the person and the reversals to write: the fact's, and of the recording it brought."""
    if entry.person is None or not belongs(entry.person, area, whole=office.area):
        raise Refused(NOBODY_HERE.at())
    reason = entry.evidence.note.strip()
    if not reason:
        raise Refused(NO_REASON.at("note"))
    rows = bulk.select(
        "SELECT f.place, f.id, f.kind, r.place FROM fact f LEFT JOIN fact r ON r.reverses = f.place"
        " WHERE f.person = %s ORDER BY f.place",
        [entry.person],
    )
    target = next((row for row in rows if row[0] == entry.reverses), None)
    if target is None:
        raise Refused(NOT_THIS_PERSON.at())
    place, identity, kind, undone = target
    if problem := irreversible(kind, undone, called=f"no. {place}"):
        raise Refused(problem)
    brought = [row[0] for row in rows if row[1] == f"{identity}/rekam" and row[3] is None]
    made = [
        NewFact(
            name,
            facts.REVERSED,
            entry.on,
            entry.person,
            entry.evidence.said(),
            entry.evidence.reported_on,
            entry.evidence.reporter.strip(),
            taken_back,
        )
        for name, taken_back in zip((_identity(entry), f"{_identity(entry)}/rekam"), (place, *brought), strict=False)
    ]
    return entry, told([entry.person])[entry.person], made


def _reopen(new: Sequence[NewFact]) -> None:
    """Open again the proposals whose answers are taken back."""
    places = [fact.reverses for fact in new if fact.reverses is not None]
    rows = bulk.select_in(
        f"SELECT f.id FROM fact f JOIN batch b ON b.batch = f.batch WHERE b.source = '{ANSWER}' AND f.place IN ({{marks}})",
        places,
    )
    if identities := {row[0] for row in rows}:
        reopen(identities)


def _number_for(entry: Entry) -> int:
    """Return the number of somebody new: the one an import taken back had given their NIK, or the next."""
    nik = entry.said.get("nik")
    undone = register.undone_people() if nik and register.undone_salt() else {}
    return undone.get(str(nik)) or register.next_person()


def _identity(entry: Entry) -> str:
    return source_id(SOURCE, entry.form)


def _places(identity: str) -> list[int]:
    return [row[0] for row in bulk.select("SELECT place FROM fact WHERE id = %s", [identity])]


def _held(identity: str) -> Entered | None:
    """Return what a form has already entered under its id."""
    rows = bulk.select(
        "SELECT place, person FROM fact WHERE id IN (%s, %s) ORDER BY place", [identity, f"{identity}/rekam"]
    )
    return Entered(rows[0][1], tuple(row[0] for row in rows), again=True) if rows else None


def _last(known: Sequence[ToldFact]) -> int:
    return max((fact.place for fact in known), default=0)
