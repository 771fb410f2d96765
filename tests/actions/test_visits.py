"""A visit from the village's wish to its closing: agreed, moved, refused, held; every change is kept."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from jemput.actions import visits as act
from jemput.actions.answer import answer
from jemput.actions.places import import_areas, import_points
from jemput.domain.places import AreaPoint
from jemput.domain.problems import Refused
from jemput.queries import register, visits
from jemput.queries.visits import Wanted
from jemput.store import bulk
from jemput.store.models import PaperChange, PersonWord, Proposal, Settlement, Visit, VisitPerson
from tests.builders import ADI, ANI, BUDI, LAKITAN, MUSI_RAWAS, NEXT_DOOR, RINA, SITI, TODAY, office_on, person, take

HOST, NEIGHBOUR, FAR = 1605012003, 1605012004, 1605022001
HERE = office_on(TODAY)
DAY = date(2019, 4, 11)


@pytest.fixture(autouse=True)
def people(office: dict[str, Any]) -> dict[str, int]:
    """An office that knows three villages with a point each and five people; their numbers by NIK."""
    import_areas(MUSI_RAWAS, valid_from=date(2018, 1, 1), source="Kepmendagri")
    import_points(
        [AreaPoint(HOST, -3.21, 102.93), AreaPoint(NEIGHBOUR, -3.22, 102.95), AreaPoint(FAR, -2.9, 103.2)],
        source="test",
    )
    take(
        person(ADI, dusun="II", rt="001"),
        person(SITI, row=3, dusun="I"),
        person(BUDI, row=4, dusun="I"),
        person(ANI, row=5, village=NEXT_DOOR),
        person(RINA, row=6, village=LAKITAN),
    )
    return {one.nik: one.id for one in register.by_nik([ADI, SITI, BUDI, ANI, RINA]).values()}


def made(**more: Any) -> int:
    """Plan a visit of the host village."""
    plan = {"place_kind": "village", "village": HOST, "on": DAY, "starts": "8:00", "team": "Tim 1", **more}
    return act.make_visit(**plan, office=HERE, by="kabid")


def shown(number: int) -> visits.Visit:
    """Return a visit that is there."""
    visit = visits.one(number)
    assert visit is not None
    return visit


def codes(refused: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [problem.kind.code for problem in refused.value.problems]


def found(number: int) -> list[str]:
    return [one.kind.code.removeprefix("visit_finding_") for one in visits.findings_of(shown(number), HERE)]


def test_a_visit_is_planned_with_its_people_by_dusun_and_name_each_with_a_slot(people: dict[str, int]) -> None:
    number = made(persons=[people[ADI], people[SITI], people[BUDI], people[ADI]], neighbours=[NEIGHBOUR, HOST])
    visit = shown(number)
    assert (visit.state, visit.starts, visit.invited, visit.expected, visit.outcomes) == ("draft", "08.00", 3, 2, 0)
    listed = visits.invited(number)
    assert [one.name for one in listed] == ["BUDI", "SITI AMINAH", "ADI SAPUTRA"]
    assert {one.slot for one in listed} == {"08.30"}
    assert all("•" in one.nik for one in listed)
    assert [one.village for one in visits.neighbours(visit, HERE)] == [NEIGHBOUR]


def test_what_cannot_be_planned_is_refused_and_leaves_nothing(people: dict[str, int]) -> None:
    rompok = Settlement.objects.create(kind="rompok", name="Blok C", village=NEIGHBOUR)
    for more, code in (
        ({"village": 1605019999}, "visit_village"),
        ({"village": 1605}, "visit_village"),
        ({"settlement": rompok.pk}, "visit_settlement_elsewhere"),
        ({"persons": [people[ADI], 999]}, "visit_person_unknown"),
        ({"neighbours": [1605019999]}, "visit_village"),
        ({"place_kind": "moon"}, "visit_place_unknown"),
    ):
        with pytest.raises(Refused) as refused:
            made(**more)
        assert codes(refused) == [code]
    assert not Visit.objects.exists()
    assert not PaperChange.objects.exists()


def test_a_host_outside_the_office_is_refused() -> None:
    with pytest.raises(Refused) as refused:
        act.make_visit(place_kind="village", village=FAR, office=office_on(TODAY, area=160501), by="kabid")
    assert codes(refused) == ["visit_host_outside"]


def test_a_wish_of_a_village_is_one_wish_however_often_it_is_sent(people: dict[str, int]) -> None:
    wish = {
        "village": HOST,
        "on": DAY,
        "persons": [people[ADI]],
        "note": f"sudah siap, NIK {ADI}",
        "said_by": "kades",
        "key": "link:7",
        "office": HERE,
    }
    number = act.request_visit(**wish)
    assert act.request_visit(**wish) == number
    (asked,) = visits.requests(HOST)
    assert (asked.id, asked.state, asked.requested_by) == (number, "requested", "kades")
    assert ADI not in asked.request_note
    act.confirm_visit(number, "kantor menerima", office=HERE, by="kabid")
    assert visits.requests(HOST) == []
    assert shown(number).state == "confirmed"


def test_whoever_changes_the_day_of_an_agreed_visit_has_to_ask_again() -> None:
    number = made()
    act.ask_visit(number, office=HERE, by="kabid")
    act.confirm_visit(number, "kades, WhatsApp", office=HERE)
    act.change_visit(number, {"team": "Tim 2"}, office=HERE, by="kabid")
    assert shown(number).state == "confirmed"
    act.change_visit(number, {"on": date(2019, 4, 12)}, neighbours=[FAR], office=HERE, by="kabid")
    assert shown(number).state == "draft"
    told = {(one.field, one.old, one.new, one.changed_by) for one in visits.history(number)}
    assert ("on", "2019-04-11", "2019-04-12", "kabid") in told
    assert ("state", "asked", "confirmed", "kades, WhatsApp") in told
    assert ("neighbours", "", "16.05.02.2001", "kabid") in told
    assert found(number) == ["far", "nobody"]


def test_the_day_a_village_names_is_its_request_and_needs_only_a_yes(people: dict[str, int]) -> None:
    number = made(persons=[people[ADI]])
    assert act.move_visit(number, "senin", "kades, SMS", office=HERE) == date(2019, 4, 15)
    assert (shown(number).state, shown(number).on) == ("requested", date(2019, 4, 15))
    assert act.move_visit(number, "sesudah panen", "kades, SMS", office=HERE) is None
    assert (shown(number).on, shown(number).request_note) == (date(2019, 4, 15), "sesudah panen")
    act.confirm_visit(number, "kantor", office=HERE, by="kabid")
    assert shown(number).state == "confirmed"


def test_a_village_may_refuse_and_change_its_mind_until_the_visit_is_cancelled() -> None:
    number = made()
    act.refuse_visit(number, "kades", reason="panen", office=HERE)
    assert (shown(number).state, shown(number).reason) == ("refused", "kades: panen")
    act.confirm_visit(number, "kades", office=HERE)
    act.cancel_visit(number, "alat rusak", office=HERE, by="kabid")
    with pytest.raises(Refused) as refused:
        act.confirm_visit(number, "kades", office=HERE)
    assert codes(refused) == ["visit_wrong_step"]
    act.plan_visit(number, office=HERE, by="kabid")
    assert shown(number).state == "draft"


def test_a_visit_without_a_day_is_neither_asked_confirmed_nor_closed() -> None:
    number = made(on=None)
    for attempt in (
        lambda: act.ask_visit(number, office=HERE, by="kabid"),
        lambda: act.confirm_visit(number, "kades", office=HERE),
        lambda: act.close_visit(number, came=1, recorded=1, minutes="", office=HERE, by="kabid"),
    ):
        with pytest.raises(Refused) as refused:
            attempt()
        assert codes(refused) == ["visit_no_day"]


def test_outcomes_are_kept_once_with_who_said_them_and_not_before_the_day(people: dict[str, int]) -> None:
    number = made(persons=[people[ADI], people[SITI]])
    with pytest.raises(Refused) as refused:
        act.put_outcome(number, people[ADI], "recorded", office=HERE, by="operator")
    assert codes(refused) == ["visit_not_yet"]
    there = office_on(DAY)
    assert act.put_outcome(number, people[ADI], "recorded", office=there, by="operator")
    assert not act.put_outcome(number, people[ADI], "recorded", office=there, by="operator")
    with pytest.raises(Refused) as refused:
        act.put_outcomes(number, {people[BUDI]: ("absent", ""), people[ADI]: ("eaten", "")}, office=there, by="x")
    assert codes(refused) == ["visit_outcome_unknown", "visit_not_invited"]
    row = VisitPerson.objects.get(visit=number, person=people[ADI])
    assert (row.outcome, row.outcome_by, row.outcome_at) == ("recorded", "operator", there.now)
    assert shown(number).outcomes == 1


def test_closing_needs_real_numbers_and_names_what_does_not_add_up_without_refusing(people: dict[str, int]) -> None:
    number = made(persons=[people[ADI], people[SITI]])
    there = office_on(DAY)
    for came, recorded in ((-1, 0), (0, 100_000)):
        with pytest.raises(Refused):
            act.close_visit(number, came=came, recorded=recorded, minutes="", office=there, by="operator")
    with pytest.raises(Refused) as refused:
        act.close_visit(number, came=1, recorded=1, minutes="", office=HERE, by="operator")
    assert codes(refused) == ["visit_not_yet"]
    act.put_outcome(number, people[ADI], "recorded", office=there, by="operator")
    act.close_visit(number, came=1, recorded=2, minutes="Hujan.", office=there, by="operator")
    assert found(number) == ["more_recorded", "fewer_outcomes"]
    act.close_visit(number, came=2, recorded=1, minutes="Hujan.", office=there, by="operator")
    act.put_outcome(number, people[SITI], "absent", office=there, by="operator")
    visit = shown(number)
    assert (visit.state, visit.came, visit.recorded, visit.closed_by, found(number)) == ("done", 2, 1, "operator", [])
    assert [one.id for one in visits.trips_made(date(2019, 3, 28), date(2019, 4, 28), HOST)] == [number]
    assert visits.trips_made(date(2019, 3, 28), date(2019, 4, 28), FAR) == []
    assert visits.last_visits([HOST, FAR])[HOST].recorded == 1


def test_a_plan_that_is_over_stays_as_it_was(people: dict[str, int]) -> None:
    number = made()
    act.cancel_visit(number, "", office=HERE, by="kabid")
    for attempt in (
        lambda: act.change_visit(number, {"team": "x"}, office=HERE, by="kabid"),
        lambda: act.remove_people(number, [people[ADI]], office=HERE, by="kabid"),
        lambda: act.put_outcome(number, people[ADI], "absent", office=HERE, by="kabid"),
    ):
        with pytest.raises(Refused) as refused:
            attempt()
        assert codes(refused) == ["visit_over"]


def test_people_are_added_once_and_taken_off_only_without_an_outcome(people: dict[str, int]) -> None:
    number = made(persons=[people[ADI]])
    assert act.add_people(number, [people[ADI], people[SITI], people[RINA]], office=HERE, by="kabid") == 2
    there = office_on(DAY)
    act.put_outcome(number, people[SITI], "absent", office=there, by="operator")
    assert act.remove_people(number, [people[SITI], people[RINA]], office=there, by="kabid") == 1
    assert {one.person for one in visits.invited(number)} == {people[ADI], people[SITI]}


def test_a_team_and_a_person_at_two_open_visits_are_found(people: dict[str, int]) -> None:
    first = made(persons=[people[ADI]], team="Tim 1, Budi")
    second = made(persons=[people[ADI], people[SITI]], village=NEIGHBOUR, team="budi; Tono")
    assert found(second) == ["team_twice", "invited_twice"]
    assert "Surodadi" in visits.findings_of(shown(first), HERE)[0].reason("id")
    act.cancel_visit(first, "", office=HERE, by="kabid")
    assert found(second) == []


def test_neighbours_are_offered_by_distance_and_none_from_far_away() -> None:
    (near,) = visits.suggested(HOST, HERE, within=HERE.area)
    assert (near.village, near.name) == (NEIGHBOUR, "Surodadi")
    assert near.km is not None
    assert 2 < near.km < 3
    assert visits.suggested(HOST, HERE, within=HERE.area, but=[NEIGHBOUR]) == []


def test_the_list_holds_what_was_asked_for_the_undated_first(people: dict[str, int]) -> None:
    undated, april, may = made(on=None), made(persons=[people[ADI]]), made(on=date(2019, 5, 2), village=FAR)
    assert [one.id for one in visits.visits(Wanted())] == [undated, april, may]
    assert [one.id for one in visits.visits(Wanted(160501))] == [undated, april]
    assert [one.id for one in visits.visits(Wanted(month=date(2019, 5, 1)))] == [may]
    assert [one.id for one in visits.visits(Wanted(person=people[ADI]))] == [april]
    assert visits.visits(Wanted(states={"done"})) == []
    assert visits.one(may, within=160501) is None


def test_a_word_about_the_person_becomes_a_proposal_and_recorded_writes_no_fact(people: dict[str, int]) -> None:
    number = made(persons=[people[ADI], people[SITI], people[BUDI]])
    there = office_on(DAY)
    facts_before = count_facts()
    said = {people[ADI]: ("died", "2016"), people[SITI]: ("ill", "demam"), people[BUDI]: ("recorded", "")}
    act.put_outcomes(number, said, office=there, by="operator")
    assert count_facts() == facts_before
    (proposal,) = Proposal.objects.filter(person__isnull=False, source="village", state="open")
    assert (proposal.person, proposal.kind) == (people[ADI], "mati")
    words = {one.person: one for one in PersonWord.objects.all()}
    assert set(words) == {people[ADI], people[SITI]}
    assert words[people[ADI]].on == date(2019, 1, 3)  # the day after the register knew him
    assert (words[people[SITI]].visit_id, words[people[SITI]].entered_by) == (number, "operator")


def test_an_outcome_that_was_a_slip_takes_its_proposal_back_until_somebody_answered(people: dict[str, int]) -> None:
    number = made(persons=[people[ADI]])
    act.put_outcome(number, people[ADI], "died", office=office_on(DAY), by="operator")
    act.put_outcome(number, people[ADI], "moved", office=office_on(DAY, hour=6), by="operator")
    (proposal,) = Proposal.objects.filter(source="village", state="open")
    assert proposal.kind == "pindah"
    act.put_outcome(number, people[ADI], "absent", office=office_on(DAY, hour=7), by="operator")
    assert not Proposal.objects.filter(source="village", state="open").exists()
    act.put_outcome(number, people[ADI], "died", office=office_on(DAY, hour=8), by="operator")
    (proposal,) = Proposal.objects.filter(source="village", state="open")
    answer([proposal], "accept", on=None, source="kades", office=office_on(DAY, hour=9))
    act.put_outcome(number, people[ADI], "absent", office=office_on(DAY, hour=10), by="operator")
    assert Proposal.objects.get(pk=proposal.pk).state == "answered"


def count_facts() -> int:
    """Return how many facts the ledger holds."""
    return int(bulk.select("SELECT count(*) FROM fact")[0][0])
