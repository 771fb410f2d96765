"""The demo's office went out before today: what it knows and did is plausible, and moves no published figure."""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import connections

from jemput import settings
from jemput.demo.musi_rawas import TODAY
from jemput.demo.outreach import NO_SIGNAL, WEAK_SIGNAL, go_out
from jemput.domain.outreach import SETTLING_WORDS
from jemput.domain.phones import read_phone
from jemput.store.connect import use_database
from jemput.store.models import (
    Contact,
    Conversation,
    Message,
    PaperChange,
    PersonWord,
    Proposal,
    Settlement,
    VillageCard,
    Visit,
    VisitPerson,
)
from tests.builders import everything

LEDGER = ("fact", "batch", "person", "movement", "tally", "closing", "closed_figures")


@pytest.fixture
def home(small_demo: Path, tmp_path: Path) -> Iterator[Path]:
    shutil.copy(small_demo / "jemput.db", tmp_path)
    use_database(settings.database("", tmp_path))
    yield tmp_path
    connections["default"].close()


@pytest.mark.usefixtures("home")
def test_every_village_has_a_card_and_somebody_to_ask() -> None:
    assert VillageCard.objects.count() == 199
    assert Contact.objects.values("area").distinct().count() == 199
    signals = Counter(VillageCard.objects.values_list("signal", flat=True))
    assert (signals["none"], signals["weak"]) == (NO_SIGNAL, WEAK_SIGNAL)
    assert all(isinstance(read_phone(phone), str) for phone in Contact.objects.values_list("phone", flat=True))


@pytest.mark.usefixtures("home")
def test_visits_held_lie_behind_today_and_foot_visits_to_come_lie_before_it() -> None:
    held = Visit.objects.filter(state="done")
    assert held.exists()
    for visit in held:
        assert visit.on is not None
        assert visit.on <= TODAY
        assert VisitPerson.objects.filter(visit=visit, outcome="recorded").count() == visit.recorded == visit.came
    to_come = Visit.objects.exclude(state="done")
    assert {one.state for one in to_come} >= {"asked", "confirmed", "requested"}
    assert all(one.on and one.on > TODAY for one in to_come)


@pytest.mark.usefixtures("home")
def test_some_rompok_are_reported_twice_and_some_in_words_only() -> None:
    names = Counter(Settlement.objects.values_list("village", "kind"))
    assert sum(names.values()) > 6
    assert Settlement.objects.filter(lat=None).exclude(description="").exists()
    assert Settlement.objects.filter(name__startswith="Rmpk").exists()


@pytest.mark.usefixtures("home")
def test_villages_were_asked_and_some_answers_wait_for_an_officer() -> None:
    talked = Conversation.objects.exclude(asked_at=None)
    assert talked.count() >= 3
    assert {one.state for one in talked} >= {"asked", "confirmed"}
    assert Message.objects.filter(direction="in", state="received", conversation=None).exists()
    assert not Message.objects.filter(direction="out", state="queued").exists()


@pytest.mark.usefixtures("home")
def test_heads_of_villages_said_what_they_know_and_what_speaks_of_a_record_waits() -> None:
    said = PersonWord.objects.select_related("proposal")
    assert said.count() >= 6
    assert all((one.proposal is not None) == (one.word in SETTLING_WORDS) for one in said)


@pytest.mark.usefixtures("home")
def test_the_story_is_told_once() -> None:
    before = Visit.objects.count()
    go_out(small=True)
    assert Visit.objects.count() == before


@pytest.mark.usefixtures("home")
def test_going_out_writes_no_fact() -> None:
    before, visits = everything(LEDGER), Visit.objects.count()
    PaperChange.objects.all().delete()
    Message.objects.all().delete()
    PersonWord.objects.all().delete()
    Proposal.objects.filter(source="village").delete()
    Conversation.objects.all().delete()
    Contact.objects.all().delete()
    go_out(small=True)
    assert Visit.objects.count() > visits
    assert everything(LEDGER) == before
