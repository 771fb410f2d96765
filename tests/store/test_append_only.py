"""What counts is never changed in place: both databases refuse it, and the chain shows who did it all the same."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from django.db import DatabaseError, connection, transaction

from jemput.domain import facts
from jemput.domain.facts import NewFact
from jemput.domain.lampid import Effects, effects
from jemput.store import bulk, chain
from tests.builders import (
    append,
    close,
    everything,
    findings,
    registered,
    trial,
)

CUT_OFF = date(2019, 3, 28)
KEYS = {"fact": "place", "batch": "batch", "closing": "on_day", "closed_figures": "on_day, village"}
NUMBERS = {"fact": "on_day", "batch": "known_day", "closing": "place", "closed_figures": "recorded"}
APPEND_ONLY = tuple(KEYS)


def write_ledger() -> None:
    """Write three people, a closed count and two deaths learnt after it: places 1-3, 4, 5-6."""
    append(registered(1), registered(2), registered(3), today=CUT_OFF)
    close(CUT_OFF)
    append(NewFact("m1", facts.MATI, date(2019, 3, 1), 1), NewFact("m2", facts.MATI, date(2019, 3, 2), 2))


@pytest.fixture
def kept(office) -> Callable[[], None]:
    """A ledger with a closed count; the function asserts that nothing of it changed."""
    write_ledger()
    before = everything()

    def unchanged() -> None:
        assert everything() == before

    return unchanged


def refused(sql: str, message: str = "append-only") -> None:
    with pytest.raises(DatabaseError, match=message), transaction.atomic():
        bulk.execute(sql)


def columns_of(table: str) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {table} LIMIT 0")
        return [column[0] for column in cursor.description]


def test_a_row_that_counts_is_neither_changed_nor_deleted(kept):
    for table, column in NUMBERS.items():
        refused(f"UPDATE {table} SET {column} = 1")
        refused(f"UPDATE {table} SET {column} = {column}")
        refused(f"DELETE FROM {table}")
    kept()


def test_a_row_is_not_replaced_under_its_own_key(kept):
    for table, key in KEYS.items():
        names = ", ".join(columns_of(table))
        if connection.vendor == "sqlite":
            refused(f"INSERT OR REPLACE INTO {table} ({names}) SELECT {names} FROM {table}")
            refused(f"REPLACE INTO {table} ({names}) SELECT {names} FROM {table}")
            refused(f"UPDATE OR REPLACE {table} SET {NUMBERS[table]} = 1")
        refused(
            f"INSERT INTO {table} ({names}) SELECT {names} FROM {table} WHERE true"
            f" ON CONFLICT ({key}) DO UPDATE SET {NUMBERS[table]} = 1"
        )
    kept()


def test_postgresql_does_not_truncate_what_counts(postgresql_office):
    write_ledger()
    before = everything()
    for table in APPEND_ONLY:
        refused(f"TRUNCATE {table} CASCADE")
    assert everything() == before


@pytest.mark.parametrize(
    ("table", "column"),
    [
        ("fact", "on_day"),
        ("fact", "person"),
        ("batch", "known_day"),
        ("person", "village"),
        ("movement", "recorded"),
        ("tally", "recorded"),
        ("closing", "place"),
        ("closed_figures", "recorded"),
    ],
)
def test_text_does_not_get_into_a_column_of_numbers_on_sqlite(sqlite_office, table, column):
    write_ledger()
    keys = {"fact": {"place", "id"}, "person": {"id"}}.get(table, set(KEYS.get(table, "").split(", ")))
    chosen = {name: f"{name} || '9'" if name in keys else name for name in columns_of(table)} | {column: "'banyak'"}
    insert = f"INSERT INTO {table} ({', '.join(chosen)}) SELECT {', '.join(chosen.values())} FROM {table}"
    refused(insert, "cannot store TEXT")


def test_a_second_fact_under_one_id_or_one_place_is_refused(kept):
    columns = "batch, kind, person, on_day, known_day, said, said_by, hash"
    refused(f"INSERT INTO fact (place, id, {columns}) SELECT 99, id, {columns} FROM fact WHERE place = 1", "(?i)unique")
    refused(
        f"INSERT INTO fact (place, id, {columns}) SELECT place, 'neu', {columns} FROM fact WHERE place = 1",
        "(?i)unique",
    )
    kept()


# --- tampering with the guards off -------------------------------------------------------------


def found_at(place: int, *statements: str) -> bool:
    """Return whether verification names a place after somebody tampered with the facts."""
    return any(f"place {place}:" in said for said in trial(*statements, guarded=["fact"]))


def unseen(changes: list[str], sql: str, *tables: str) -> list[str]:
    """Return which of some changes verification does not find."""
    return [change for change in changes if not trial(sql.format(change), guarded=tables)]


def test_an_untouched_ledger_has_no_findings(kept):
    assert findings() == []


def test_a_fact_that_was_changed_is_found_at_its_place(kept):
    changes = [
        "said = replace(said, 'ORANG 1', 'ORANG X')",
        "on_day = on_day + 1",
        "kind = 'datang'",
        "id = 'neu'",
        "person = 3",
        "said_by = 'orang lain'",
        "reported_day = 737000",
        "known_day = known_day - 1",
        "home = 1605012004",
        "adult_on = 1",
        "dead = 1",
        "recorded_at = 1605000000",
    ]
    assert [change for change in changes if not found_at(1, f"UPDATE fact SET {change} WHERE place = 1")] == []


def test_a_fact_that_was_removed_is_found(kept):
    for place in (1, 2, 5):
        assert any(
            "chain breaks" in said for said in trial(f"DELETE FROM fact WHERE place = {place}", guarded=["fact"])
        )


def test_a_tail_that_was_removed_is_found(kept):
    said = trial(f"DELETE FROM fact WHERE place = {chain.head().place}", guarded=["fact"])
    assert any("last facts are missing" in one for one in said)


def test_two_facts_that_changed_places_are_found(kept):
    swap = [f"UPDATE fact SET place = {to} WHERE place = {place}" for place, to in ((5, -1), (6, 5), (-1, 6))]
    assert found_at(5, *swap)
    assert found_at(6, *swap)


def test_a_fact_that_was_slipped_in_is_found(kept):
    copied = "batch, kind, person, on_day, known_day, home, adult_on, citizen, married, said, said_by, hash"
    slip = f"INSERT INTO fact (place, id, {copied}) SELECT 99, 'neu', {copied} FROM fact WHERE place = 1"
    assert any("place 99:" in said for said in trial(slip))


def test_a_fact_whose_own_hash_was_made_to_fit_breaks_the_chain_at_the_next(kept):
    rows = bulk.select(
        "SELECT f.place, f.batch, f.id, f.kind, f.person, f.on_day, b.known_at, f.reported_day, f.reverses, f.said, f.said_by"
        " FROM fact f JOIN batch b ON b.batch = f.batch WHERE f.place = 1"
    )
    origin = chain.Origin(*bulk.select("SELECT source, name, digest, said_by FROM batch WHERE batch = 1")[0])
    begun = chain.link(chain.GENESIS, chain.batch_line(1, rows[0][6], origin))
    digest = chain.link(begun, chain.fact_line(*rows[0][:5], rows[0][5] - 1, *rows[0][6:])).hex()
    as_bytes = f"X'{digest}'" if connection.vendor == "sqlite" else f"'\\x{digest}'"
    forge = f"UPDATE fact SET on_day = on_day - 1, hash = {as_bytes} WHERE place = 1"
    assert not found_at(1, forge)
    assert found_at(2, forge)


def test_an_effect_that_is_not_what_the_fact_says_is_found(kept):
    stored = bulk.select(f"SELECT {', '.join(Effects._fields)} FROM fact WHERE place = 5")[0]
    assert Effects(*stored) == effects(facts.MATI, {})
    assert found_at(5, "UPDATE fact SET dead = NULL WHERE place = 5")


def test_a_batch_whose_time_or_end_was_changed_is_found(kept):
    changes = ["known_at = '2019-03-28T00:00:00+00:00'", "last_place = last_place + 1", "known_day = known_day - 1"]
    assert unseen(changes, "UPDATE batch SET {} WHERE batch = 3", "batch") == []


def test_where_a_batch_comes_from_cannot_be_changed_unseen(kept):
    changes = ["source = 'undo'", "name = 'lain.csv'", "digest = 'ff'", "said_by = 'orang lain'"]
    assert unseen(changes, "UPDATE batch SET {} WHERE batch = 1", "batch") == []


def test_a_closed_count_that_was_changed_is_found(kept):
    said = trial("UPDATE closed_figures SET recorded = recorded + 1", guarded=["closed_figures"])
    assert any("closed count of 2019-03-28" in one for one in said)


def test_a_closing_whose_place_rule_or_digest_was_changed_is_found(kept):
    changes = [
        "digest = 'ff'",
        "rule = replace(rule, 'true', 'false')",
        "place = place - 1",
        "batch = 0",
        "known_day = known_day - 1",
    ]
    assert unseen(changes, "UPDATE closing SET {}", "closing") == []


def test_a_closed_count_that_was_removed_is_found(kept):
    assert trial("DELETE FROM closed_figures", "DELETE FROM closing", guarded=["closed_figures", "closing"])
