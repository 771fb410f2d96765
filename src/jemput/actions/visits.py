"""Visits: planned, wished for by a village, agreed, refused, held, closed; every change is kept, nothing is deleted."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.db import transaction

from jemput.actions.papers import changed
from jemput.actions.words import take_outcomes
from jemput.domain import wording
from jemput.domain.ids import area_text, mask_within
from jemput.domain.outreach import OPEN_VISITS
from jemput.domain.places import is_village
from jemput.domain.problems import Problem, ProblemKind, Refused, Text
from jemput.domain.slots import read_clock, slots
from jemput.domain.visits import (
    NO_DAY,
    NO_SUCH_VISIT,
    NOT_YET,
    STEPS,
    distinct,
    other_day,
    outcome_problem,
    people_problem,
    plan_problems,
    step_problem,
    tidy,
)
from jemput.queries import people, places
from jemput.queries.office import Office
from jemput.store import bulk, ledger
from jemput.store.models import Settlement, Visit, VisitPerson, VisitVillage

PAPER = "visit"
LONGEST_NOTE = 2_000
LONGEST_LINE = 200
FIELDS = ("place_kind", "village", "settlement", "place", "on", "starts", "ends", "team", "sets", "expected")
"""What of a plan can be changed by name."""
AGREED_ON = frozenset({"on", "place_kind", "settlement", "place"})
"""What a village agreed to: whoever changes it asks again."""

VISIT_VILLAGE = ProblemKind(
    "visit_village",
    Text("Desa {kode} tidak ada di daftar wilayah.", "Village {kode} is not in the list of areas."),
    Text("Periksa kode desanya.", "Check the code of the village."),
)
HOST_OUTSIDE = ProblemKind(
    "visit_host_outside",
    Text("Desa {kode} di luar wilayah kantor ini.", "Village {kode} lies outside this office's area."),
    Text(
        "Tuan rumah harus desa kantor ini; desa lain dapat diundang.",
        "The host is a village of this office; others can be invited.",
    ),
)
SETTLEMENT_ELSEWHERE = ProblemKind(
    "visit_settlement_elsewhere",
    Text("Permukiman {number} tidak ada di desa {kode}.", "Settlement {number} is not in village {kode}."),
    Text("Pilih permukiman dari desa tuan rumah.", "Choose a settlement of the host village."),
)
PERSON_UNKNOWN = ProblemKind(
    "visit_person_unknown",
    Text("{count} orang tidak ada di daftar kantor.", "{count} people are not in the register."),
    Text("Catat dahulu orangnya, lalu tambahkan.", "Register them first, then add them."),
)
NOT_INVITED = ProblemKind(
    "visit_not_invited",
    Text("Orang ini tidak ada di daftar kunjungan {number}.", "This person is not on the list of visit {number}."),
    Text("Tambahkan dahulu ke daftarnya.", "Add them to the list first."),
)
VISIT_OVER = ProblemKind(
    "visit_over",
    Text(
        "Kunjungan {number} sudah tidak terbuka; rencananya tetap.", "Visit {number} is no longer open; its plan stays."
    ),
    Text(
        "Kembalikan ke rencana dahulu, atau buat kunjungan baru.", "Put it back to the plan first, or make a new visit."
    ),
)


def make_visit(
    *,
    place_kind: str,
    village: int,
    settlement: int | None = None,
    place: str = "",
    on: date | None = None,
    starts: str = "",
    ends: str = "",
    team: str = "",
    sets: int = 1,
    expected: int | None = None,
    persons: Iterable[int] = (),
    neighbours: Iterable[int] = (),
    office: Office,
    by: str,
) -> int:
    """Plan a visit and return its number; persons by number, neighbours and host by village code.

    Refused: a kind of place or a time that is none, a host outside the office, a settlement of another village,
    an unknown village or person. What a plan lacks is a finding and refuses nothing.
    """
    visit = Visit(
        place_kind=place_kind,
        village=village,
        settlement_id=settlement,
        place=tidy(place)[:LONGEST_LINE],
        on=on,
        starts=starts,
        ends=ends,
        team=tidy(team)[:LONGEST_LINE],
        sets=sets,
        expected=expected,
        state="draft",
        made_at=office.now,
        made_by=by,
    )
    with transaction.atomic():
        return _put_in(visit, persons=persons, neighbours=neighbours, office=office, by=by)


def request_visit(
    *,
    village: int,
    on: date | None,
    persons: Iterable[int],
    note: str,
    said_by: str,
    key: str,
    office: Office,
    place: str = "",
) -> int:
    """Keep a village's wish to be visited, with the people it prepared; the same `key` is one wish, however often sent."""
    with transaction.atomic():
        ledger.lock()
        held = Visit.objects.filter(request_key=key).values_list("pk", flat=True).first()
        if held is not None:
            return int(held)
        visit = Visit(
            place_kind="village",
            village=village,
            place=tidy(place)[:LONGEST_LINE],
            on=on,
            state="requested",
            requested_by=tidy(said_by)[:LONGEST_LINE],
            request_note=mask_within(note.strip())[:LONGEST_NOTE],
            request_key=key,
            made_at=office.now,
            made_by=said_by,
        )
        return _put_in(visit, persons=persons, neighbours=(), office=office, by=said_by)


def change_visit(
    number: int,
    changes: Mapping[str, Any],
    *,
    neighbours: Iterable[int] | None = None,
    office: Office,
    by: str,
) -> None:
    """Change fields of an open visit (`FIELDS`), and whom it hosts; refused as in `make_visit`.

    A village that was asked or agreed to another day or place is to be asked again: the visit goes back to the plan.
    """
    with transaction.atomic():
        visit = _held(number)
        if visit.state not in OPEN_VISITS:
            raise Refused(VISIT_OVER.at(number=number))
        before = {name: _told(visit, name) for name in FIELDS}
        for name, value in changes.items():
            if name not in FIELDS:
                raise KeyError(name)
            setattr(visit, "settlement_id" if name == "settlement" else name, value)
        visit.place, visit.team = tidy(visit.place)[:LONGEST_LINE], tidy(visit.team)[:LONGEST_LINE]
        _refuse(visit, office)
        touched = {
            name
            for name in FIELDS
            if changed(PAPER, number, name, before[name], _told(visit, name), now=office.now, by=by)
        }
        if touched & AGREED_ON and visit.state in STEPS["plan"].before:
            _to(visit, "draft", office=office, by=by)
        visit.save()
        if neighbours is not None:
            _host(visit, neighbours, office=office, by=by)
        _give_slots(visit)


def add_people(number: int, persons: Iterable[int], *, office: Office, by: str) -> int:
    """Invite more people to a visit, also to one that is over: whoever came uninvited has an outcome too; return how many are new."""
    with transaction.atomic():
        visit = _held(number)
        added = _invite(visit, persons)
        if added:
            changed(PAPER, number, "people_added", "", added, now=office.now, by=by)
    return added


def remove_people(number: int, persons: Iterable[int], *, office: Office, by: str) -> int:
    """Take people off an open visit's list who have no outcome yet; return how many."""
    with transaction.atomic():
        visit = _held(number)
        if visit.state not in OPEN_VISITS:
            raise Refused(VISIT_OVER.at(number=number))
        gone = 0
        for part in bulk.chunks(distinct(persons)):
            gone += VisitPerson.objects.filter(visit=visit, person__in=part, outcome="").delete()[0]
        if gone:
            changed(PAPER, number, "people_removed", "", gone, now=office.now, by=by)
            _give_slots(visit)
    return gone


# --- agreed with the village -----------------------------------------------------------------------------------------


def ask_visit(number: int, source: str = "", *, office: Office, by: str = "") -> None:
    """Note that the village was asked for the day; refused where there is no day to ask for."""
    with transaction.atomic():
        visit = _held(number)
        _step(visit, "ask", needs_day=True)
        _to(visit, "asked", office=office, by=by, reason=source)
        visit.save()


def confirm_visit(number: int, source: str, *, office: Office, by: str = "") -> None:
    """Note that the village is ready, with who said so; refused where the visit has no day, is done or cancelled.

    The office says yes to a day the village named in the same way.
    """
    with transaction.atomic():
        visit = _held(number)
        _step(visit, "confirm", needs_day=True)
        _to(visit, "confirmed", office=office, by=by, reason=source)
        visit.save()


def move_visit(number: int, day: date | str, source: str, *, office: Office, by: str = "") -> date | None:
    """Note that the village wants another day, as a date or in its words; return the day understood, None where none was.

    The visit becomes the village's request for that day, and the office says yes or no to it.
    """
    with transaction.atomic():
        visit = _held(number)
        _step(visit, "move")
        wanted = day if isinstance(day, date) else other_day(day, planned=visit.on, today=office.today)
        if wanted and wanted != visit.on:
            changed(PAPER, number, "on", visit.on, wanted, now=office.now, by=by or source)
            visit.on = wanted
        visit.requested_by = tidy(source)[:LONGEST_LINE]
        visit.request_note = mask_within(str(day) if wanted is None else visit.request_note)[:LONGEST_NOTE]
        _to(visit, "requested", office=office, by=by, reason=source)
        visit.save()
        _give_slots(visit)
    return wanted


def refuse_visit(number: int, source: str, *, reason: str = "", office: Office, by: str = "") -> None:
    """Note that the village refuses, with who said so and why."""
    _end(number, "refuse", source, reason=reason, office=office, by=by)


def cancel_visit(number: int, reason: str, *, office: Office, by: str) -> None:
    """Cancel a visit that is not done, with the reason."""
    _end(number, "cancel", "", reason=reason, office=office, by=by)


def plan_visit(number: int, *, office: Office, by: str) -> None:
    """Put a visit back to the plan: a wish that is taken up, a refused or cancelled one that is tried again."""
    _end(number, "plan", "", reason="", office=office, by=by)


# --- held ------------------------------------------------------------------------------------------------------------


def put_outcome(visit: int, person: int, outcome: str, note: str = "", *, office: Office, by: str) -> bool:
    """Note what became of one person of a visit; "" takes it back. False where that was said already."""
    return put_outcomes(visit, {person: (outcome, note)}, office=office, by=by) == 1


def put_outcomes(number: int, said: Mapping[int, tuple[str, str]], *, office: Office, by: str) -> int:
    """Note what became of people of a visit, outcome and note by person; return how many of them that changed.

    Refused, all together: a word that is no outcome, somebody who is not on the list, a visit whose day has not come.
    An outcome `recorded` writes no fact: recordings come from the station and from imports. One that speaks of the record
    (moved, died, recorded elsewhere, unknown) becomes a proposal.
    """
    problems = [problem for outcome, _ in said.values() if (problem := outcome_problem(outcome))]
    with transaction.atomic():
        visit = _held(number)
        if visit.state in {"refused", "cancelled"}:
            raise Refused(VISIT_OVER.at(number=number))
        if problem := _not_yet(visit, office):
            problems.append(problem)
        held = {one.person: one for one in VisitPerson.objects.filter(visit=visit)}
        problems += [NOT_INVITED.at("person", number=number)] if said.keys() - held.keys() else []
        if problems:
            raise Refused(*problems)
        touched = []
        for person, (outcome, note) in said.items():
            row, words = held[person], mask_within(note.strip())[:LONGEST_NOTE]
            if (row.outcome, row.note) == (outcome, words):
                continue
            changed(f"{PAPER}_person", row.pk, "outcome", row.outcome, outcome, now=office.now, by=by)
            row.outcome, row.note, row.outcome_at, row.outcome_by = outcome, words, office.now, by
            touched.append(row)
        VisitPerson.objects.bulk_update(touched, ["outcome", "note", "outcome_at", "outcome_by"], batch_size=200)
        take_outcomes(number, {row.person: (row.outcome, row.note) for row in touched}, office=office, by=by)
    return len(touched)


def close_visit(number: int, *, came: int, recorded: int, minutes: str, office: Office, by: str) -> None:
    """Close a visit with its real numbers and what happened; closing again corrects them.

    Refused: no day, a day that has not come, a number that is none. Numbers that do not fit are findings.
    """
    problems = [
        problem for name, count in (("came", came), ("recorded", recorded)) if (problem := people_problem(name, count))
    ]
    if problems:
        raise Refused(*problems)
    with transaction.atomic():
        visit = _held(number)
        _step(visit, "close", needs_day=True)
        if problem := _not_yet(visit, office):
            raise Refused(problem)
        words = mask_within(minutes.replace("\r\n", "\n").strip())[: LONGEST_NOTE * 4]
        for name, value in (("came", came), ("recorded", recorded), ("minutes", words)):
            changed(PAPER, number, name, getattr(visit, name), value, now=office.now, by=by)
            setattr(visit, name, value)
        visit.closed_at, visit.closed_by = office.now, by
        _to(visit, "done", office=office, by=by)
        visit.save()


# --- how -------------------------------------------------------------------------------------------------------------


def _put_in(visit: Visit, *, persons: Iterable[int], neighbours: Iterable[int], office: Office, by: str) -> int:
    _refuse(visit, office)
    visit.save()
    changed(PAPER, visit.pk, "state", "", visit.state, now=office.now, by=by)
    _host(visit, neighbours, office=office, by=by)
    _invite(visit, persons)
    return visit.pk


def _held(number: int) -> Visit:
    visit = Visit.objects.select_for_update().filter(pk=number).first()
    if visit is None:
        raise Refused(NO_SUCH_VISIT.at("number", number=number))
    return visit


def _step(visit: Visit, step: str, *, needs_day: bool = False) -> None:
    problem = step_problem(visit.pk, visit.state, step)
    if problem is None and needs_day and visit.on is None:
        problem = NO_DAY.at("on", number=visit.pk)
    if problem:
        raise Refused(problem)


def _to(visit: Visit, state: str, *, office: Office, by: str, reason: str = "") -> None:
    """Bring a visit to a state; its history says who said so where it was the village."""
    who = by or reason
    changed(PAPER, visit.pk, "state", visit.state, state, now=office.now, by=who)
    if reason:
        changed(PAPER, visit.pk, "reason", visit.reason, tidy(reason), now=office.now, by=who)
        visit.reason = tidy(reason)[:LONGEST_NOTE]
    visit.state = state


def _end(number: int, step: str, source: str, *, reason: str, office: Office, by: str) -> None:
    with transaction.atomic():
        visit = _held(number)
        _step(visit, step)
        why = ": ".join(part for part in (source, reason) if part)
        _to(visit, STEPS[step].after, office=office, by=by, reason=mask_within(why))
        visit.save()


def _not_yet(visit: Visit, office: Office) -> Problem | None:
    if visit.on is None:
        return NO_DAY.at("on", number=visit.pk)
    if visit.on > office.today:
        on, today = wording.day(visit.on, "id"), wording.day(office.today, "id")
        return NOT_YET.at("on", on=on, today=today)
    return None


def _refuse(visit: Visit, office: Office) -> None:
    """Refuse everything that keeps a plan out, together; its times are written as letters print them."""
    problems = plan_problems(
        place_kind=visit.place_kind, starts=visit.starts, ends=visit.ends, sets=visit.sets, expected=visit.expected
    )
    if not is_village(visit.village) or not places.is_known_ever(visit.village):
        problems.append(VISIT_VILLAGE.at("village", kode=area_text(visit.village)))
    elif office.area and not str(visit.village).startswith(str(office.area)):
        problems.append(HOST_OUTSIDE.at("village", kode=area_text(visit.village)))
    settlement = visit.settlement_id
    if settlement is not None and not Settlement.objects.filter(pk=settlement, village=visit.village).exists():
        problems.append(SETTLEMENT_ELSEWHERE.at("settlement", number=settlement, kode=area_text(visit.village)))
    if problems:
        raise Refused(*problems)
    visit.starts = read_clock(visit.starts) if visit.starts else ""
    visit.ends = read_clock(visit.ends) if visit.ends else ""


def _host(visit: Visit, neighbours: Iterable[int], *, office: Office, by: str) -> None:
    wanted = {number for number in neighbours if number != visit.village}
    if unknown := wanted - places.known_ever(wanted) or {number for number in wanted if not is_village(number)}:
        raise Refused(*(VISIT_VILLAGE.at("neighbours", kode=area_text(number)) for number in sorted(unknown)))
    held = set(visit.neighbours.values_list("village", flat=True))
    if changed(PAPER, visit.pk, "neighbours", _codes(held), _codes(wanted), now=office.now, by=by):
        visit.neighbours.exclude(village__in=wanted).delete()
        VisitVillage.objects.bulk_create(VisitVillage(visit=visit, village=number) for number in sorted(wanted - held))


def _invite(visit: Visit, persons: Iterable[int]) -> int:
    """Put people on the list, each with a slot; return how many were not on it."""
    wanted = distinct(persons)
    known = {row[0] for row in bulk.select_in("SELECT id FROM person WHERE id IN ({marks})", wanted)}
    if lacking := len(set(wanted) - known):
        raise Refused(PERSON_UNKNOWN.at("persons", count=lacking))
    held = set(VisitPerson.objects.filter(visit=visit).values_list("person", flat=True))
    new = [person for person in wanted if person not in held]
    given = _slots(visit, [*held, *new]) if visit.state in OPEN_VISITS else {}
    rows = [VisitPerson(visit=visit, person=person, slot=given.get(person, "")) for person in new]
    VisitPerson.objects.bulk_create(rows, batch_size=500)
    if held and new:
        _give_slots(visit)
    return len(new)


def _give_slots(visit: Visit) -> None:
    """Give everybody on the list of an open visit a slot anew."""
    if visit.state not in OPEN_VISITS:
        return
    rows = list(VisitPerson.objects.filter(visit=visit))
    given = _slots(visit, [one.person for one in rows])
    late = []
    for row in rows:
        if row.slot != given.get(row.person, ""):
            row.slot = given.get(row.person, "")
            late.append(row)
    VisitPerson.objects.bulk_update(late, ["slot"], batch_size=200)


def _slots(visit: Visit, persons: Iterable[int]) -> dict[int, str]:
    """Return everybody's slot, by village, dusun and name, so that neighbours come together."""
    order = [one.id for one in people.by_id(persons)]
    return slots(order, starts=visit.starts, on=visit.on, sets=visit.sets)


def _told(visit: Visit, name: str) -> object:
    return visit.settlement_id if name == "settlement" else getattr(visit, name)


def _codes(villages: Iterable[int]) -> str:
    return ", ".join(area_text(number) for number in sorted(villages))
