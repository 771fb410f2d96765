"""A proof holds against the ledger it was made from, and against no other and no changed one."""

from __future__ import annotations

import json
from collections.abc import Callable
from copy import deepcopy
from datetime import date
from typing import Any

import orjson
import pytest

from jemput.actions.upkeep import rebuild
from jemput.domain import facts
from jemput.domain.coverage import Rule
from jemput.queries import coverage, proof
from jemput.store import bulk, chain
from tests.builders import (
    ADI,
    ANI,
    BUDI,
    CUT_OFF,
    LAKITAN,
    RULE,
    SITI,
    TODAY,
    close,
    event,
    findings,
    happen,
    office_on,
    person,
    take,
    unguard,
    view,
)


@pytest.fixture
def story(office) -> None:
    take(person(ADI, status="PRR"), person(SITI, row=3, village=LAKITAN), person(BUDI, row=4), person(ANI, row=5))
    close(CUT_OFF)
    happen(event(facts.MATI, BUDI, "2019-03-01"))


def proof_of(on: date = CUT_OFF, as_known: Any = None, area: int | None = 1605, *, rule: Rule = RULE) -> dict[str, Any]:
    at = view(on, as_known, rule=rule)
    made = proof.make(at, area, coverage.villages(at, area, rule_in_force=RULE), office_on(TODAY, rule=rule))
    return json.loads(json.dumps(made))


def wrong(made: object) -> list[str]:
    return [found.en for found in proof.check(made)]


def test_a_proof_says_what_was_counted_where_in_the_ledger_and_by_which_rule(story):
    made = proof_of()
    closing = coverage.closing_on(CUT_OFF)
    assert closing is not None
    assert (made["on"], made["area"], made["closed"], made["as_known"]) == ("2019-03-28", "16.05", True, "2019-03-28")
    assert (made["figures"]["id_obligated"], made["figures"]["recorded"]) == (3, 1)
    assert made["place"] == closing.place
    assert Rule.from_json(made["rule"]) == RULE
    assert made["made_on"] == "2019-04-02"
    assert set(made["villages"]) == {"16.05.01.2003", "16.05.02.1019"}


@pytest.mark.parametrize("area", [None, 1605, 160501, 1605021019, 1673])
@pytest.mark.parametrize(
    ("on", "as_known"), [(CUT_OFF, None), (CUT_OFF, "now"), (TODAY, "now"), (TODAY, date(2019, 3, 28))]
)
def test_a_proof_holds_against_its_own_ledger(story, on, as_known, area):
    assert wrong(proof_of(on, as_known, area)) == []


def test_a_proof_holds_for_ever_whatever_is_learnt_or_rebuilt_or_counted_otherwise(story):
    kept = proof_of(), proof_of(TODAY, "now")
    happen(event(facts.MATI, SITI, "2019-02-01"), event(facts.KAWIN, ANI, "2019-02-02", row=3))
    rebuild(office_on(TODAY, rule=Rule(count_blocked=False)))
    assert [wrong(made) for made in kept] == [[], []]


def test_a_proof_by_another_rule_holds_by_that_rule(story):
    strict = Rule(counted=frozenset({16}), accepted=frozenset({16}))
    made = proof_of(TODAY, "now", rule=strict)
    assert made["figures"]["recorded"] == 0
    assert wrong(made) == []


def test_a_proof_of_an_office_that_knows_nothing_holds(office):
    assert wrong(proof_of(TODAY, "now", None)) == []


CHANGES: dict[str, Callable[[dict[str, Any]], object]] = {
    "a total": lambda made: made["figures"].update(recorded=2),
    "a village": lambda made: made["villages"]["16.05.01.2003"].update(recorded=2),
    "a village left out": lambda made: made["villages"].pop("16.05.02.1019"),
    "both alike": lambda made: (
        made["figures"].update(recorded=2),
        made["villages"]["16.05.01.2003"].update(recorded=2),
    ),
    "the day": lambda made: made.update(on="2019-01-01"),
    "the area": lambda made: made.update(area="16.05.01"),
    "the batch": lambda made: made.update(batch=3),
    "an area that is none": lambda made: made.update(area="Musi Rawas"),
    "the rule": lambda made: made["rule"].update(counted=[2], accepted=[2]),
    "the head": lambda made: made.update(head="00" * 32),
    "the place": lambda made: made.update(place=1),
}


@pytest.mark.parametrize("change", CHANGES)
def test_a_proof_that_was_changed_does_not_hold(story, change):
    made = proof_of()
    changed = deepcopy(made)
    CHANGES[change](changed)
    assert changed != made
    assert wrong(changed) != []


@pytest.mark.parametrize(
    "made",
    [
        {},
        [],
        "bukti",
        None,
        {"format": "jemput-proof-1"},
        {"format": "jemput-proof-1", "rule": []},
        {"format": "jemput-proof-1", "rule": {"version": 1}},
    ],
)
def test_a_file_that_is_no_proof_is_said_to_be_none(story, made):
    assert wrong(made) == ["This file is not a whole proof of Jemput."]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("villages", []),
        ("villages", {"16.05.01.2003": 5}),
        ("villages", {"16.05.01.2003": {"recorded": 1, "lain": 2}}),
        ("figures", None),
        ("on", "28 Maret"),
        ("on", 5),
        ("place", None),
        ("place", 10**30),
        ("batch", "banyak"),
        ("rule", {"version": 1, "counted": 5, "accepted": [], "count_blocked": True}),
    ],
)
def test_a_proof_with_a_part_that_makes_no_sense_is_a_finding_and_no_crash(story, name, value):
    assert wrong(proof_of() | {name: value}) != []


def test_a_proof_of_another_form_or_rule_version_says_so(story):
    for changed in ({"format": "jemput-proof-9"}, {"rule": proof_of()["rule"] | {"version": 99}}):
        assert wrong(proof_of() | changed) == ["This proof was made by another rule or in another form."]


def test_a_ledger_rewritten_whole_with_a_new_chain_is_sound_in_itself_and_the_proof_tells(story):
    made = proof_of()
    for table in ("fact", "batch"):
        unguard(table)
    rewrite("SITI AMINAH", "SITI AMINI")
    rebuild(office_on(TODAY))
    assert wrong(made) == ["The ledger at place 5 is not the one the proof names."]
    assert findings() == [], "nothing inside shows it: only what is kept outside does"


def rewrite(old: str, new: str) -> None:
    """Change a name in the facts and make the whole chain fit again."""
    rows = bulk.select(
        "SELECT f.place, f.batch, f.id, f.kind, f.person, f.on_day, b.known_at, f.reported_day, f.reverses, f.said, f.said_by"
        " FROM fact f JOIN batch b ON b.batch = f.batch ORDER BY f.place"
    )
    origins = {
        row[0]: chain.Origin(*row[1:]) for row in bulk.select("SELECT batch, source, name, digest, said_by FROM batch")
    }
    digest, running = chain.GENESIS, 0
    for row in rows:
        if row[1] != running:
            running = row[1]
            digest = chain.link(digest, chain.batch_line(running, row[6], origins[running]))
        said = orjson.dumps(orjson.loads(row[9].replace(old, new)), option=orjson.OPT_SORT_KEYS).decode()
        digest = chain.link(digest, chain.fact_line(*row[:9], said, row[10]))
        bulk.execute("UPDATE fact SET said = %s, hash = %s WHERE place = %s", [said, digest, row[0]])
        bulk.execute("UPDATE batch SET head = %s WHERE batch = %s", [digest, row[1]])
