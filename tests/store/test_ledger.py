"""Append is the one way in: what a batch writes, what it leaves out, and what it refuses."""

from __future__ import annotations

import hashlib
from datetime import date

import orjson
import psycopg
import pytest
from django.db import IntegrityError, transaction

from jemput.domain import facts
from jemput.domain.facts import NewFact
from jemput.domain.problems import Refused
from jemput.queries import soundness
from jemput.store import bulk, chain, ledger
from jemput.store.chain import GENESIS, Origin
from jemput.store.ledger import Appended
from tests.builders import RULE, append, count, everything, office_on, registered

TODAY = date(2019, 4, 2)
BROKEN = (IntegrityError, psycopg.IntegrityError)
MATI = NewFact("m1", facts.MATI, date(2019, 3, 1), 1)


def facts_of(columns: str) -> list[tuple[object, ...]]:
    return bulk.select(f"SELECT {columns} FROM fact ORDER BY place")


def batches(columns: str) -> list[tuple[object, ...]]:
    return bulk.select(f"SELECT {columns} FROM batch ORDER BY batch")


def test_an_empty_ledger_ends_at_the_genesis(committed_office):
    end = chain.head()
    assert (end.batch, end.place, end.known_day, end.hash) == (0, 0, 0, GENESIS)


def test_a_batch_numbers_its_facts_on_and_stands_beside_them(committed_office):
    assert append(registered(1), registered(2)) == Appended(1, 2, 0)
    assert append(MATI) == Appended(2, 1, 0)
    assert facts_of("place, batch, id, kind, person") == [
        (1, 1, "r1", "registered", 1),
        (2, 1, "r2", "registered", 2),
        (3, 2, "m1", "mati", 1),
    ]
    assert batches("batch, first_place, last_place, source") == [(1, 1, 2, "test"), (2, 3, 3, "test")]
    assert (chain.head().batch, chain.head().place) == (2, 3)


def test_both_clocks_are_kept_and_reported_on_replaces_neither(committed_office):
    late = NewFact("m1", facts.MATI, date(2018, 12, 24), 1, reported_on=date(2019, 1, 7), said_by="kades")
    append(registered(1), today=date(2019, 1, 2))
    append(late, today=TODAY)
    days = (date(2018, 12, 24).toordinal(), TODAY.toordinal(), date(2019, 1, 7).toordinal())
    assert facts_of("on_day, known_day, reported_day, said_by")[1] == (*days, "kades")
    assert count(date(2019, 1, 10), date(2019, 1, 10)).population == 1, "as known then, reported or not"
    assert count(date(2019, 1, 10)).population == 0


def test_what_a_fact_says_is_kept_as_json_with_sorted_names(committed_office):
    append(registered(1, address="JL. ÉMAS No. 1"))
    said = facts_of("said")[0][0]
    assert said == orjson.dumps(orjson.loads(said), option=orjson.OPT_SORT_KEYS).decode()
    assert orjson.loads(said)["address"] == "JL. ÉMAS No. 1"


def test_each_hash_is_made_of_the_one_before_where_its_batch_comes_from_and_all_a_fact_says(committed_office):
    append(registered(1))
    append(MATI)
    rows = facts_of("hash, place, batch, id, kind, person, on_day, reported_day, reverses, said, said_by")
    told = batches("known_at, source, name, digest, said_by")
    known_at = [row[0] for row in told]
    previous = GENESIS
    for (digest, place, batch, identity, kind, who, on_day, reported, reverses, said, said_by), known in zip(
        rows, known_at, strict=True
    ):
        begun = orjson.dumps([batch, *told[batch - 1]])
        previous = hashlib.sha256(previous + begun).digest()
        line = orjson.dumps([place, batch, identity, kind, who, on_day, known, reported, reverses, said, said_by])
        previous = hashlib.sha256(previous + line).digest()
        assert bytes(digest) == previous
    assert bytes(batches("head")[-1][0]) == previous == chain.head().hash


def test_sending_a_fact_twice_counts_once(committed_office):
    append(registered(1), registered(2))
    before = everything()
    assert append(registered(2), registered(1)) == Appended(None, 0, 2)
    assert everything() == before
    assert append(registered(1), registered(3), registered(3)) == Appended(2, 1, 2)


def test_replaying_a_whole_ledger_changes_nothing(committed_office):
    new = [registered(1), registered(2), MATI, NewFact("k2", facts.KAWIN, date(2019, 2, 1), 2)]
    append(*new)
    before = everything()
    append(*new)
    append(*reversed(new))
    assert everything() == before


def test_an_id_already_held_is_not_taken_again_with_other_words(committed_office):
    append(registered(1))
    append(registered(1, name="LAIN"))
    assert bulk.select("SELECT name FROM person") == [("ORANG 1",)]


def test_more_ids_than_one_statement_holds_are_still_each_looked_up(sqlite_office):
    append(*(NewFact(f"c{n}", facts.FIGURE_CLAIMED, TODAY, None) for n in range(45_000)))
    assert (
        append(NewFact("c44999", facts.FIGURE_CLAIMED, TODAY), NewFact("c0", facts.FIGURE_CLAIMED, TODAY)).written == 0
    )


def test_nothing_is_appended_outside_a_transaction(committed_office):
    with pytest.raises(RuntimeError, match="transaction"):
        ledger.append([registered(1)], today=TODAY, now=office_on(TODAY).now, origin=Origin("test"), rule=RULE)
    assert chain.head().batch == 0


@pytest.mark.parametrize("language", ["id", "en"])
def test_the_offices_day_never_runs_backwards_and_the_refusal_says_what_to_set(committed_office, language):
    append(registered(1), today=TODAY)
    before = everything()
    with pytest.raises(Refused) as refused:
        append(registered(2), today=date(2019, 4, 1))
    said = refused.value.problems[0].reason(language) + refused.value.problems[0].todo(language)
    assert "2019-04-01" in said
    assert "2019-04-02" in said
    assert "`today`" in said
    assert everything() == before


def test_even_a_fact_already_held_is_not_taken_on_an_earlier_day(committed_office):
    append(registered(1), today=TODAY)
    with pytest.raises(Refused):
        append(registered(1), today=date(2019, 4, 1))


def test_on_one_day_a_clock_set_back_does_not_turn_known_at_back(committed_office):
    for number, hour in enumerate((9, 4, 10), 1):
        append(registered(number), hour=hour)
    times = [row[0] for row in batches("known_at")]
    assert times == sorted(times)
    assert times[0] == times[1] < times[2]


def test_an_event_may_lie_before_everything_the_ledger_holds(committed_office):
    append(registered(1), today=TODAY)
    append(NewFact("m", facts.MATI, date(1999, 1, 1), 1), today=TODAY)
    assert count(TODAY).population == 0


def test_a_transaction_that_fails_leaves_neither_facts_nor_what_is_derived(committed_office):
    append(registered(1))
    before = everything()
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        here = office_on(TODAY)
        ledger.append([registered(2), MATI], today=TODAY, now=here.now, origin=Origin("test"), rule=RULE)
        raise ZeroDivisionError
    assert everything() == before


def test_a_fact_is_reversed_once(committed_office):
    append(registered(1), MATI)
    append(NewFact("u1", facts.REVERSED, TODAY, 1, reverses=2))
    with pytest.raises(BROKEN):
        append(NewFact("u2", facts.REVERSED, TODAY, 1, reverses=2))


def test_a_place_that_is_not_there_cannot_be_reversed(committed_office):
    append(registered(1))
    with pytest.raises(BROKEN):
        append(NewFact("u1", facts.REVERSED, TODAY, 1, reverses=99))


def test_where_a_batch_comes_from_is_kept(committed_office):
    origin = Origin("events", "maret.csv", "ab" * 32, "operator 2")
    with transaction.atomic():
        here = office_on(TODAY)
        ledger.append([registered(1)], today=TODAY, now=here.now, origin=origin, rule=RULE)
    assert batches("source, name, digest, said_by") == [("events", "maret.csv", "ab" * 32, "operator 2")]


def test_a_ledger_of_every_kind_of_fact_is_sound(committed_office):
    say = {
        "name": "A",
        "village": "16.05.01.2003",
        "born_on": "2000-01-01",
        "status": "PRR",
        "merged_into": "1",
        "id_obligated": 5,
    }
    new = [
        NewFact(kind.code, kind.code, TODAY, 1 if kind.of_person else None, {name: say[name] for name in kind.needs})
        for kind in facts.KINDS
        if kind.code != facts.REVERSED
    ]
    append(*new)
    append(NewFact("u", facts.REVERSED, TODAY, 1, reverses=3))
    assert soundness.findings(office_on(TODAY), lambda *_: None) == []
