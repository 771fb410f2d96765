"""Facts entered by hand: what each kind does to the count, what is refused, and that a form counts once."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from jemput.actions.audit import Actor
from jemput.actions.enter_fact import Entered, enter_fact, preview
from jemput.actions.entry import Entry, Evidence
from jemput.domain import facts
from jemput.domain.coverage import Figures
from jemput.domain.problems import Refused
from jemput.queries import coverage, register
from jemput.queries.dossier import told
from jemput.store import bulk
from jemput.store.models import AuditLine
from tests.builders import (
    ADI,
    ANI,
    BUDI,
    CUT_OFF,
    ELSEWHERE,
    LAKITAN,
    NEXT_DOOR,
    RINA,
    SITI,
    STRANGER,
    TODAY,
    TUGUMULYO,
    close,
    count,
    event,
    findings,
    happen,
    nik,
    office_on,
    person,
    proposed,
    said_of,
    settle,
    take,
)

MARCH = date(2019, 3, 10)
RATNA: dict[str, Any] = {"by": Actor("ratna", "registrar"), "at": datetime(2026, 1, 1, tzinfo=UTC)}
LETTER = Evidence("akta", "AK.77/2019", "KADUS II", TODAY, "")
BABY = nik("2019-03-05", 9040)


@pytest.fixture
def village(office) -> Figures:
    """Adi and Siti recorded, Budi not, Ani fifteen; the figures of the village."""
    take(person(ADI, status="PRR"), person(SITI, row=3, status="BIO_CAPTURED"), person(BUDI, row=4), person(ANI, row=5))
    return count()


def number(who: str) -> int:
    return register.by_nik([who])[who].id


def last(who: int) -> int:
    return max((fact.place for fact in told([who]).get(who, [])), default=0)


def enter(
    kind: str, who: str | None, on: date = MARCH, *, form: str = "t1", area: int | None = None, **said: str
) -> Entered:
    """Enter a fact about one of the people here, with the form as it would be shown now."""
    whom = number(who) if who else None
    before = preview(Entry(kind, on, whom, form, said, LETTER), office=office_on(TODAY), area=area)
    entry = Entry(kind, on, whom, form, said, LETTER, before.seen)
    figures = count()
    done = enter_fact(entry, office=office_on(TODAY), area=area, **RATNA)
    promised = sum((one.change for one in before.effect.now), Figures())
    assert difference(figures, count()) == promised, "the effect shown is the effect had"
    assert findings() == []
    return done


def difference(before: Figures, after: Figures) -> Figures:
    return Figures(*(getattr(after, name) - getattr(before, name) for name in coverage.FIGURES))


def refused(kind: str, who: str | None, on: date = MARCH, *, area: int | None = None, **said: str) -> set[str]:
    """Return why a fact is refused; preview and saving refuse alike, and nothing is written."""
    whom = number(who) if who else None
    entry = Entry(kind, on, whom, "t9", said, LETTER, last(whom) if whom else 0)
    places = bulk.select("SELECT count(*) FROM fact")
    codes = []
    for act in (preview, lambda *args, **kwargs: enter_fact(*args, **RATNA, **kwargs)):
        with pytest.raises(Refused) as told_why:
            act(entry, office=office_on(TODAY), area=area)
        for problem in told_why.value.problems:
            sentences = [problem.reason("id"), problem.todo("id"), problem.reason("en"), problem.todo("en")]
            assert all(sentence and "{" not in sentence for sentence in sentences)
            assert not any(who and who in sentence for sentence in sentences)
        codes.append({problem.kind.code for problem in told_why.value.problems})
    assert codes[0] == codes[1]
    assert bulk.select("SELECT count(*) FROM fact") == places
    return codes[0]


# --- what each kind does -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "who", "said", "changed"),
    [
        (facts.MATI, BUDI, {}, Figures(population=-1, id_obligated=-1)),
        (facts.PINDAH, ADI, {"place": "Palembang"}, Figures(-1, -1, -1, recorded_here=-1)),
        (facts.KAWIN, ANI, {}, Figures(id_obligated=1)),
        (facts.RESIDENCE_CHANGED, ADI, {"village": LAKITAN}, Figures()),
        (facts.BIODATA_CHANGED, ANI, {"born_on": "1999-05-17"}, Figures(id_obligated=1)),
        (facts.REKAM, BUDI, {"status": "BIO_CAPTURED", "recorded_at": TUGUMULYO}, Figures(recorded=1, recorded_here=1)),
        (facts.BLOCKED, BUDI, {}, Figures(blocked=1)),
        (facts.REACTIVATED, BUDI, {}, Figures()),
    ],
)
def test_a_kind_changes_the_count(village, kind, who, said, changed):
    enter(kind, who, **said)
    assert difference(village, count()) == changed


def test_a_birth_brings_somebody_new_with_a_nik_or_without(village):
    one = enter(facts.LAHIR, None, date(2019, 3, 5), name="BAYI", village=TUGUMULYO, sex="L")
    two = enter(facts.LAHIR, None, date(2019, 3, 5), form="t2", name="BAYI DUA", village=TUGUMULYO, sex="L", nik=BABY)
    assert one.person != two.person
    assert number(BABY) == two.person
    assert register.by_id([one.person])[0].biodata["born_on"] == "2019-03-05"
    assert difference(village, count()) == Figures(population=2)


def test_an_arrival_brings_somebody_new_and_their_recording(village):
    done = enter(
        facts.DATANG, None, **said_of(RINA, village=NEXT_DOOR, sex="P", status="CARD_ISSUED", recorded_at="32.73")
    )
    assert len(done.places) == 2
    assert difference(village, count()) == Figures(1, 1, 1, recorded_here=1)


def test_an_arrival_of_somebody_who_left_is_the_same_person(village):
    adi = number(ADI)
    enter(facts.PINDAH, ADI)
    done = enter(facts.DATANG, None, TODAY, form="t2", **said_of(ADI, village=NEXT_DOOR, sex="L"))
    assert done.person == adi
    assert register.by_id([adi])[0].village == 1605012004


def test_a_stranger_recorded_here_is_a_guest_and_no_resident(village):
    enter(facts.REKAM, None, **said_of(STRANGER, sex="L", status="PRR", recorded_at="16.05.01"))
    assert difference(village, count()) == Figures(recorded_here=1)


def test_only_what_differs_is_a_correction(village):
    done = enter(facts.BIODATA_CHANGED, SITI, name="SITI AMINAH", blood="A", village=LAKITAN)
    said = json.loads(bulk.select("SELECT said FROM fact WHERE place = %s", [done.places[0]])[0][0])
    assert said == {"blood": "A", "document": "akta", "document_number": "AK.77/2019"}


def test_the_evidence_stands_in_the_ledger_and_the_officer_in_the_batch(village):
    done = enter(facts.MATI, BUDI)
    (row,) = bulk.select(
        "SELECT f.said, f.said_by, f.reported_day, b.source, b.name, b.said_by FROM fact f"
        " JOIN batch b ON b.batch = f.batch WHERE f.place = %s",
        [done.places[0]],
    )
    assert json.loads(row[0]) == {"document": "akta", "document_number": "AK.77/2019"}
    assert row[1:] == ("KADUS II", TODAY.toordinal(), "entry", "akta AK.77/2019", "ratna")


def test_the_audit_trail_names_the_person_by_number_the_place_and_no_nik(village):
    done = enter(facts.BIODATA_CHANGED, BUDI, nik=nik("1975-12-31", 9077))
    (line,) = AuditLine.objects.filter(verb="fact_entered")
    assert (line.actor, line.subject) == ("ratna", f"person {done.person}: biodata_changed, place {done.places[0]}")
    enter_fact(Entry(facts.MATI, MARCH, number(ADI), "t1", {}, LETTER), office=office_on(TODAY), area=None, **RATNA)
    assert AuditLine.objects.count() == 1, "a form sent twice leaves one line"


# --- a family ------------------------------------------------------------------------------------


def test_a_family_moves_with_one_form_and_the_effect_adds_them_up(village):
    adi, siti, ani = number(ADI), number(SITI), number(ANI)
    entry = Entry(facts.PINDAH, MARCH, adi, "t1", {"place": "Palembang"}, LETTER, with_them=(siti, ani))
    shown = preview(entry, office=office_on(TODAY), area=None)
    assert [who for who, _ in shown.others] == [siti, ani]
    done = enter_fact(replace(entry, seen=shown.seen), office=office_on(TODAY), area=None, **RATNA)
    assert len(done.places) == 3
    assert difference(village, count()) == sum((one.change for one in shown.effect.now), Figures())
    assert difference(village, count()) == Figures(-3, -2, -2, recorded_here=-2)
    assert enter_fact(replace(entry, seen=shown.seen), office=office_on(TODAY), area=None, **RATNA).again
    (line,) = AuditLine.objects.filter(verb="fact_entered")
    assert line.subject.startswith(f"person {adi}, {siti}, {ani}: pindah")
    assert findings() == []
    reverse(done.places[1], siti)
    assert count().population == village.population - 2


def test_a_head_of_family_is_asked_about_only_while_somebody_stays(office):
    card = {"no_kk": "1605012003199001"}
    take(person(ADI, **card, role="kepala keluarga"), person(SITI, row=3, **card), person(ANI, row=4, **card))
    adi, siti, ani = number(ADI), number(SITI), number(ANI)

    def asked(*others: int) -> set[str]:
        entry = Entry(facts.PINDAH, MARCH, adi, "t1", {}, LETTER, with_them=others)
        return {one.kind.code for one in preview(entry, office=office_on(TODAY), area=None).effect.warnings}

    assert "doubt_head_leaves" in asked(siti)
    assert "doubt_head_leaves" not in asked(siti, ani)


def test_each_of_a_family_keeps_their_own_role(village):
    entry = Entry(
        facts.RESIDENCE_CHANGED, MARCH, number(ADI), "t1", {"village": LAKITAN, "role": "kepala keluarga"}, LETTER,
        with_them=(number(SITI),),
    )  # fmt: skip
    seen = preview(entry, office=office_on(TODAY), area=None).seen
    enter_fact(replace(entry, seen=seen), office=office_on(TODAY), area=None, **RATNA)
    assert register.by_nik([ADI])[ADI].biodata["role"] == "kepala keluarga"
    assert "role" not in register.by_nik([SITI])[SITI].biodata
    assert register.by_nik([SITI])[SITI].village == 1605021019


@pytest.mark.parametrize(
    ("kind", "others", "area", "code"),
    [
        (facts.MATI, (SITI,), None, "not_together"),
        (facts.PINDAH, (BUDI,), None, "not_together"),
        (facts.PINDAH, (SITI,), 160502, "nobody_here"),
    ],
)
def test_a_family_that_cannot_go_together_is_refused_whole(village, kind, others, area, code):
    with_them = tuple(number(who) for who in others)
    entry = Entry(kind, MARCH, number(BUDI), "t1", {}, LETTER, last(number(BUDI)), with_them=with_them)
    with pytest.raises(Refused) as why:
        enter_fact(entry, office=office_on(TODAY), area=area, **RATNA)
    assert why.value.problems[0].kind.code == code
    assert count() == village


def test_a_fact_about_one_of_the_family_since_the_form_was_shown_is_said(village):
    entry = Entry(facts.PINDAH, MARCH, number(ADI), "t1", {}, LETTER, with_them=(number(SITI),))
    seen = preview(entry, office=office_on(TODAY), area=None).seen
    happen(event(facts.BIODATA_CHANGED, SITI, "2019-03-20", occupation="PETANI"))
    with pytest.raises(Refused) as why:
        enter_fact(replace(entry, seen=seen), office=office_on(TODAY), area=None, **RATNA)
    assert why.value.problems[0].kind.code == "person_changed"


# --- reversal ----------------------------------------------------------------------------------


def reverse(place: int, who: int, *, form: str = "r1", note: str = "orangnya hidup") -> Entered:
    entry = Entry(facts.REVERSED, TODAY, who, form, {}, Evidence(note=note), last(who), place)
    preview(entry, office=office_on(TODAY), area=None)
    return enter_fact(entry, office=office_on(TODAY), area=None, **RATNA)


def test_a_reversal_gives_everything_back_and_a_closed_count_stays(village):
    done = enter(facts.MATI, BUDI)
    close(CUT_OFF, today=TODAY)
    reverse(done.places[0], done.person)
    assert count() == village
    assert count(CUT_OFF, None).population == village.population - 1
    assert count(CUT_OFF, "now").population == village.population
    assert findings() == []


def test_a_reversed_arrival_takes_the_recording_it_brought_with_it(village):
    done = enter(facts.DATANG, None, **said_of(RINA, village=NEXT_DOOR, sex="P", status="PRR"))
    assert len(reverse(done.places[0], done.person).places) == 2
    assert count() == village


def test_a_reversal_wants_a_reason_a_fact_of_the_person_and_once_only(village):
    done = enter(facts.MATI, BUDI)
    for place, who, note, code in (
        (done.places[0], done.person, " ", "no_reason"),
        (done.places[0], number(ADI), "salah", "not_this_person"),
        (1, done.person, "salah", "not_this_person"),
    ):
        with pytest.raises(Refused) as why:
            reverse(place, who, note=note)
        assert why.value.problems[0].kind.code == code
    undone = reverse(done.places[0], done.person)
    for place in (done.places[0], undone.places[0]):
        with pytest.raises(Refused) as why:
            reverse(place, done.person, form="r2")
        assert why.value.problems[0].kind.code == "already_reversed"


def test_an_answer_taken_back_opens_its_proposal_again(village):
    take(person(ADI), person(SITI, row=3), person(ANI, row=4), today=TODAY)
    assert settle("died", on=MARCH) == 1
    (place, who) = bulk.select("SELECT place, person FROM fact WHERE kind = 'mati'")[0]
    assert proposed() == []
    reverse(place, who)
    assert [one.kind for one in proposed()] == ["gone"]


# --- refusals ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "who", "on", "said", "code"),
    [
        (facts.MATI, BUDI, date(2019, 4, 3), {}, "answer_after_today"),
        (facts.KAWIN, BUDI, date(1970, 1, 1), {}, "before_birth"),
        (facts.RESIDENCE_CHANGED, BUDI, MARCH, {"village": ELSEWHERE}, "outside_area"),
        (facts.RESIDENCE_CHANGED, BUDI, MARCH, {}, "entry_lacks"),
        (facts.REKAM, BUDI, MARCH, {}, "entry_lacks"),
        (facts.REKAM, BUDI, MARCH, {"status": "PRR", "recorded_at": "x"}, "area_code"),
        (facts.BIODATA_CHANGED, BUDI, MARCH, {}, "nothing_changed"),
        (facts.BIODATA_CHANGED, BUDI, MARCH, {"name": "BUDI"}, "nothing_changed"),
        (facts.BIODATA_CHANGED, BUDI, MARCH, {"nik": ADI}, "nik_taken"),
        (facts.BIODATA_CHANGED, BUDI, MARCH, {"nik": "16"}, "number_length"),
        (facts.BIODATA_CHANGED, BUDI, MARCH, {"address": "A" * 301}, "entry_too_long"),
        (facts.LAHIR, None, MARCH, {"name": "BAYI", "village": TUGUMULYO}, "entry_lacks"),
        (facts.LAHIR, None, MARCH, {"name": "ADI SAPUTRA", "village": TUGUMULYO, "sex": "L", "nik": ADI}, "already_resident"),
        (facts.DATANG, None, MARCH, {"name": "ORANG LAIN", "village": TUGUMULYO, "sex": "L", "born_on": "1980-05-17", "nik": ADI}, "name_conflict"),
        (facts.MATI, None, MARCH, {}, "nobody_here"),
        (facts.KONSOLIDASI_REMOVED, BUDI, MARCH, {}, "not_by_hand"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused(village, kind, who, on, said, code):  # noqa: PLR0917 - a row of the table
    assert code in refused(kind, who, on, **said)


def test_nobody_dies_twice_nor_marries_after(village):
    enter(facts.MATI, BUDI)
    assert refused(facts.MATI, BUDI) == {"already_dead"}
    assert refused(facts.DATANG, BUDI, village=TUGUMULYO) == {"already_dead"}
    assert refused(facts.KAWIN, BUDI, TODAY) == {"after_death"}
    enter(facts.KAWIN, BUDI, date(2019, 3, 1), form="t3")


def test_a_fact_without_any_evidence_is_refused(village):
    entry = Entry(facts.MATI, MARCH, number(BUDI), "t1", {}, Evidence(), last(number(BUDI)))
    with pytest.raises(Refused) as why:
        enter_fact(entry, office=office_on(TODAY), area=None, **RATNA)
    assert why.value.problems[0].kind.code == "no_evidence"


def test_an_officer_of_an_area_speaks_of_its_people_only(village):
    assert refused(facts.MATI, BUDI, area=160502) == {"nobody_here"}
    assert refused(facts.LAHIR, None, name="B", village=TUGUMULYO, sex="L", area=160502) == {"outside_area"}
    assert refused(facts.DATANG, None, **said_of(ADI, village=LAKITAN, sex="L"), area=160502) == {"nik_taken"}
    enter(facts.RESIDENCE_CHANGED, BUDI, area=160501, village=LAKITAN)
    enter(facts.MATI, BUDI, TODAY, form="t2", area=160502)


def test_whoever_moved_away_still_belongs_to_where_they_lived(village):
    enter(facts.PINDAH, BUDI, area=160501)
    assert refused(facts.DATANG, BUDI, village=LAKITAN, area=160502) == {"nobody_here"}
    enter(facts.DATANG, BUDI, TODAY, form="t2", area=160501, village=TUGUMULYO)


# --- forms -------------------------------------------------------------------------------------


def test_a_form_sent_twice_counts_once(village):
    entry = Entry(facts.MATI, MARCH, number(BUDI), "t1", {}, LETTER, last(number(BUDI)))
    first = enter_fact(entry, office=office_on(TODAY), area=None, **RATNA)
    second = enter_fact(entry, office=office_on(TODAY), area=None, **RATNA)
    assert (first.again, second.again) == (False, True)
    assert (second.person, second.places) == (first.person, first.places)
    assert bulk.select("SELECT count(*) FROM fact WHERE kind = 'mati'") == [(1,)]


def test_a_form_older_than_the_last_fact_is_refused_until_it_is_seen_again(village):
    budi = number(BUDI)
    old = Entry(facts.PINDAH, MARCH, budi, "t1", {}, LETTER, last(budi))
    happen(event(facts.BIODATA_CHANGED, BUDI, "2019-03-20", occupation="PETANI"))
    with pytest.raises(Refused) as why:
        enter_fact(old, office=office_on(TODAY), area=None, **RATNA)
    assert why.value.problems[0].kind.code == "person_changed"
    seen = preview(old, office=office_on(TODAY), area=None).seen
    again = Entry(facts.PINDAH, MARCH, budi, "t1", {}, LETTER, seen)
    assert not enter_fact(again, office=office_on(TODAY), area=None, **RATNA).again


def test_a_birth_told_before_is_doubted(village):
    enter(facts.LAHIR, None, date(2019, 3, 5), name="BAYI", village=TUGUMULYO, sex="L")
    entry = Entry(facts.LAHIR, date(2019, 3, 5), None, "t2", {"name": "Bayi", "village": TUGUMULYO, "sex": "L"}, LETTER)
    warnings = preview(entry, office=office_on(TODAY), area=None).effect.warnings
    assert "doubt_namesake" in {one.kind.code for one in warnings}


def test_the_closed_days_known_otherwise_are_those_the_count_then_shows(village):
    close(date(2019, 2, 28), today=date(2019, 2, 28))
    close(CUT_OFF, today=CUT_OFF)
    entry = Entry(facts.MATI, MARCH, number(BUDI), "t1", {}, LETTER, last(number(BUDI)))
    told_of = {one.on: one.change for one in preview(entry, office=office_on(TODAY), area=None).effect.closed}
    before = count(CUT_OFF, "now")
    enter_fact(entry, office=office_on(TODAY), area=None, **RATNA)
    assert told_of == {CUT_OFF: difference(before, count(CUT_OFF, "now"))}
