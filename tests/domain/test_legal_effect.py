"""What a fact about to be entered would do: axes, figures of today and of closed days, biodata."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from jemput.domain import coverage, facts
from jemput.domain.axes import ALWAYS
from jemput.domain.biodata import ToldFact, histories
from jemput.domain.coverage import Figures, Rule
from jemput.domain.facts import NewFact
from jemput.domain.lampid import effects
from jemput.domain.legal_effect import legal_effect, with_new

RULE = Rule()
VILLAGE, OTHER = "16.05.01.2003", "16.05.02.1019"
HOME, THERE = 1605012003, 1605021019
LISTED = date(2019, 1, 2)
TODAY = date(2019, 4, 2)
CLOSED = (date(2019, 1, 28), date(2019, 2, 28), date(2019, 3, 28))


def told(place: int, kind: str, on: date, reverses: int | None = None, **said: object) -> ToldFact:
    return ToldFact(place, place, kind, on.toordinal(), effects(kind, said), reverses, said)


def adult(**said: str) -> ToldFact:
    return told(1, facts.REGISTERED, LISTED, **({"name": "SITI", "village": VILLAGE, "born_on": "1980-05-17"} | said))


def effect(known: list[ToldFact], *new: NewFact):
    return legal_effect(known, new, today=TODAY, rule=RULE, closed=CLOSED)


def new(kind: str, on: date, *, reverses: int | None = None, **said: object) -> NewFact:
    return NewFact("x", kind, on, 1, said, reverses=reverses)


def test_a_death_learnt_late_says_which_closed_days_are_now_known_otherwise() -> None:
    found = effect([adult()], new(facts.MATI, date(2019, 2, 10)))
    assert (found.before.registry.state, found.after.registry.state) == ("active", "dead")
    gone = Figures(population=-1, id_obligated=-1)
    assert [(one.village, one.change) for one in found.now] == [(HOME, gone)]
    assert [(one.on, one.change) for one in found.closed] == [(CLOSED[1], gone), (CLOSED[2], gone)]
    duty, state, recorded = found.axes_told()
    assert duty[1].id == "Wajib KTP: genap 17 tahun pada 17 Mei 1997."
    assert duty[2].id == "Tidak wajib KTP: sudah meninggal."
    assert [text.en for text in state] == ["State in the register", "active", "dead"]
    assert recorded[1] == recorded[2]
    names = {HOME: "Desa Contoh"}
    assert [text.id for text in (*found.today_told(names), *found.closed_told(names))] == [
        "Hitungan hari ini, Desa Contoh: penduduk −1, wajib KTP −1, belum rekam −1.",
        "Angka 2 hitungan, 28 Februari 2019 sampai 28 Maret 2019, seperti diketahui kini, Desa Contoh:"
        " penduduk −1, wajib KTP −1, belum rekam −1; yang sudah ditutup tetap.",
    ]
    assert found.today_told({})[0].en.startswith("The count today, 16.05.01.2003: residents −1")


def test_a_move_takes_from_one_village_and_gives_to_the_other() -> None:
    found = effect([adult()], new(facts.RESIDENCE_CHANGED, TODAY, village=OTHER))
    assert {one.village: one.change.id_obligated for one in found.now} == {HOME: -1, THERE: 1}
    assert found.closed == ()
    assert [(one.name, one.before, one.after) for one in found.fields] == [("village", VILLAGE, OTHER)]


def test_somebody_new_stands_nowhere_before() -> None:
    found = effect([], new(facts.LAHIR, date(2019, 3, 5), name="BAYI", village=VILLAGE, born_on="2019-03-05"))
    assert (found.before.registry.state, found.after.registry.state) == ("unknown", "active")
    assert [(one.on, one.change) for one in found.closed] == [(CLOSED[2], Figures(population=1))]


def test_a_reversal_gives_back_what_the_fact_took() -> None:
    dead = [adult(), told(2, facts.MATI, date(2019, 3, 1))]
    found = effect(dead, new(facts.REVERSED, TODAY, reverses=2))
    assert [one.change for one in found.now] == [Figures(population=1, id_obligated=1)]
    assert [one.on for one in found.closed] == [CLOSED[2]]


def test_a_recording_changes_recorded_and_what_is_left() -> None:
    found = effect([adult()], new(facts.REKAM, TODAY, status="PRR"))
    assert dict(found.now[0].parts()) == {"recorded": 1, "unrecorded": -1, "recorded_here": 1}
    assert found.after.recorded.title.id == "siap cetak (PRR)"


def test_numbers_are_masked_in_what_changes() -> None:
    found = effect([adult(nik="1605015705809001")], new(facts.BIODATA_CHANGED, TODAY, nik="1605015705809002"))
    assert [text.id for text in found.fields[0].told] == ["160501••••••9001", "160501••••••9002"]


def test_what_a_later_fact_overrules_changes_nothing() -> None:
    known = [adult(), told(2, facts.BIODATA_CHANGED, TODAY, name="SITI AMINAH")]
    assert effect(known, new(facts.BIODATA_CHANGED, date(2019, 3, 1), name="SITI A")).changes_nothing
    assert not effect(known, new(facts.BIODATA_CHANGED, TODAY, name="SITI A")).changes_nothing


@given(st.sampled_from([facts.MATI, facts.PINDAH, facts.KAWIN, facts.BLOCKED, facts.REKAM]), st.dates(LISTED, TODAY))
def test_before_plus_the_effect_is_after_on_every_day_told(kind: str, on: date) -> None:
    known = [adult(born_on="2002-02-20")]
    fact = new(kind, on, **({"status": "PRR"} if kind == facts.REKAM else {}))
    found = effect(known, fact)
    after = with_new(known, [fact])
    for day, told_changes in ((TODAY, found.now), *((day, _on(found.closed, day)) for day in CLOSED)):
        before = coverage.count([known], on_day=day.toordinal(), batch=ALWAYS, rule=RULE)
        then = coverage.count([after], on_day=day.toordinal(), batch=ALWAYS, rule=RULE)
        change = {one.village: one.change for one in told_changes}
        for village in before.keys() | then.keys():
            assert before.get(village, Figures()) + change.get(village, Figures()) == then.get(village, Figures())


def _on(changes, day: date):
    return tuple(one for one in changes if one.on == day)


# --- who said which field ------------------------------------------------------------------------


def test_a_field_knows_who_says_so_and_what_was_said_before() -> None:
    known = [
        adult(dusun="Dusun I"),
        told(2, facts.BIODATA_CHANGED, date(2019, 2, 1), name="SITI AMINA"),
        told(3, facts.BIODATA_CHANGED, date(2019, 3, 1), name="SITI AMINAH"),
        told(4, facts.REVERSED, TODAY, reverses=2),
        told(5, facts.REKAM, TODAY, status="PRR", name="NOT SAID"),
    ]
    fields = {one.name: one for one in histories(known, on_day=TODAY.toordinal())}
    name = fields["name"]
    assert name.current is not None
    assert (name.current.value, name.current.place) == ("SITI AMINAH", 3)
    assert [(one.value, one.is_reversed) for one in name.earlier] == [("SITI AMINA", True), ("SITI", False)]
    assert name.is_contested
    assert not fields["dusun"].is_contested


def test_a_field_whose_only_word_was_taken_back_says_nothing_now() -> None:
    known = [adult(), told(2, facts.BIODATA_CHANGED, TODAY, blood="A"), told(3, facts.REVERSED, TODAY, reverses=2)]
    blood = next(one for one in histories(known, on_day=TODAY.toordinal()) if one.name == "blood")
    assert blood.current is None
    assert blood.is_contested
