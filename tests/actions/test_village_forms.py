"""The paper form: numbers that keep their meaning, typed in once, landing where every other word lands."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from jemput.actions.answer import open_proposals
from jemput.actions.places import import_areas
from jemput.actions.village_forms import FilledForm, make_form, take_form
from jemput.actions.visits import make_visit
from jemput.domain.problems import Refused
from jemput.domain.village_forms import FormLine
from jemput.queries import register
from jemput.store.models import Message, PersonWord, Settlement, VillageForm, Visit
from tests.builders import ADI, BUDI, MUSI_RAWAS, RINA, SITI, TODAY, happen, newcomer, office_on, person, take

HERE = office_on(TODAY)
VILLAGE = 1605012003
FILLED = FilledForm(
    "Kades Tegal Rejo",
    date(2019, 4, 1),
    (FormLine(1, "died", "2016"), FormLine(2, "at_rompok", "Sungai Kati")),
    rompok=(("Sungai Kati", 12),),
)


@pytest.fixture
def listed(office: dict[str, Any]) -> None:
    """Three unrecorded people of one village and one recorded."""
    import_areas(MUSI_RAWAS, valid_from=date(2018, 1, 1), source="Kepmendagri")
    take(person(ADI, status="PRR"), person(SITI, row=3), person(BUDI, row=4), person(RINA, row=5))


def made(**more: Any) -> VillageForm:
    return make_form(VILLAGE, office=HERE, by="operator", **more)


def typed(form: VillageForm, filled: FilledForm = FILLED) -> int:
    return take_form(form.pk, filled, office=HERE, by="operator")


def names(form: VillageForm) -> list[str]:
    known = {one.id: one.name for one in register.by_id(form.people)}
    return [known[one] for one in form.people]


def test_a_form_numbers_whoever_is_unrecorded_and_keeps_the_numbers(listed):
    form = made()
    assert names(form) == ["BUDI", "RINA", "SITI AMINAH"]
    happen(newcomer("datang", "1605010203859007", "2019-04-01", name="AAN"))
    form.refresh_from_db()
    assert names(form) == ["BUDI", "RINA", "SITI AMINAH"]


def test_what_came_back_lands_as_words_proposals_and_a_rompok(listed):
    form = made()
    assert typed(form) == 2
    died, rompok = PersonWord.objects.order_by("person")[0:2]
    words = {one.word: one for one in (died, rompok)}
    assert words["died"].person == form.people[0]
    assert (words["at_rompok"].note, words["at_rompok"].channel) == ("Sungai Kati", "letter")
    assert words["died"].entered_by == "operator"
    (proposal,) = open_proposals()
    assert proposal.evidence["when"] == "2016"
    settlement = Settlement.objects.get()
    assert (settlement.village, settlement.name) == (VILLAGE, "Sungai Kati")
    form.refresh_from_db()
    assert form.typed_by == "operator"


def test_a_form_typed_in_twice_counts_once_and_what_was_forgotten_is_added(listed):
    form = made()
    typed(form)
    assert typed(form) == 0
    assert (PersonWord.objects.count(), Settlement.objects.count(), Message.objects.count()) == (2, 1, 1)
    assert typed(form, replace(FILLED, lines=(*FILLED.lines, FormLine(3, "ill", "")))) == 1


@pytest.mark.parametrize(("answer", "day", "state"), [("ready", "", "confirmed"), ("refuse", "", "refused")])
def test_the_answer_to_the_visit_moves_it(listed, answer, day, state):
    visit = make_visit(place_kind="village", village=VILLAGE, on=date(2019, 4, 9), office=HERE, by="kabid")
    typed(made(visit=visit), FilledForm("Kades", date(2019, 4, 1), (), answer=answer, day=day))
    assert Visit.objects.get(pk=visit).state == state


def test_a_second_form_of_a_visit_has_a_code_of_its_own(listed):
    visit = make_visit(place_kind="village", village=VILLAGE, on=date(2019, 4, 9), office=HERE, by="kabid")
    first, second = made(visit=visit), made(visit=visit)
    assert first.conversation.code != second.conversation.code
    assert first.conversation.visit_id == visit


@pytest.mark.parametrize("wrong", [{"said_by": " "}, {"filled_on": date(2019, 4, 3)}, {"answer": "other_day"}])
def test_a_form_without_its_teller_or_its_day_keeps_nothing(listed, wrong):
    with pytest.raises(Refused):
        typed(made(), replace(FILLED, **wrong))
    assert not PersonWord.objects.exists()
    assert not Settlement.objects.exists()


def test_no_form_is_made_for_nobody(listed):
    with pytest.raises(Refused):
        make_form(1605012004, office=HERE, by="operator")
