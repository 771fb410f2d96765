"""One rule, every engine: the plain fold, SQLite, PostgreSQL and DuckDB count the same, row for row."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import duckdb
import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from jemput.domain import coverage as reference
from jemput.domain.coverage import FIGURES, Figures, Rule
from jemput.queries import bridge, coverage, people
from jemput.queries.coverage import View
from jemput.store import bulk, views
from jemput.store.counting.rule import Scope, movements_sql
from jemput.store.ledger import FACT_COLUMNS
from tests.laws.ledgers import FIRST, Step, ledgers, rules, write

LEDGERS = 500
"""Random ledgers a database and a run; with both databases 1,000."""

days_of_interest = st.integers(-3, 90).map(lambda n: FIRST + timedelta(days=n))
on_a_real_database = settings(
    max_examples=LEDGERS, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)


class Undone(Exception):
    """Takes an example's rows back out of the database."""


def last_batch() -> int:
    number: int = bulk.select("SELECT coalesce(max(batch), 0) FROM batch")[0][0]
    return number


def movements() -> list[tuple[object, ...]]:
    return sorted(bulk.select(f"SELECT person, on_day, batch, village, cause, {', '.join(FIGURES)} FROM movement"))


def tally() -> list[tuple[object, ...]]:
    return sorted(bulk.select(f"SELECT on_day, batch, village, {', '.join(FIGURES)} FROM tally"))


def register() -> list[tuple[object, ...]]:
    return sorted(bulk.select(f"SELECT {', '.join(views.PERSON_COLUMNS)} FROM person"), key=repr)


def plain(rows: list[tuple[object, ...]]) -> list[tuple[object, ...]]:
    return sorted(tuple(int(cell) if not isinstance(cell, str) else cell for cell in row) for row in rows)  # type: ignore[call-overload]


def rolled_back() -> Iterator[None]:
    with pytest.raises(Undone), transaction.atomic():
        yield
        raise Undone


@on_a_real_database
@given(steps=ledgers(), rule=rules, data=st.data())
def test_every_engine_counts_what_the_plain_fold_counts(office, steps: list[Step], rule: Rule, data) -> None:
    for _ in rolled_back():
        known = write(steps, rule)
        rows = bulk.select(f"SELECT {', '.join(FACT_COLUMNS)} FROM fact ORDER BY place")
        for _ in range(3):
            on, batch = data.draw(days_of_interest), data.draw(st.integers(0, last_batch()))
            expected = reference.count(known, on_day=on.toordinal(), batch=batch, rule=rule)
            at = View(on, batch, on, rule)
            assert coverage.summed(at, None) == expected
            assert coverage.recount(at, None) == expected
            assert coverage.villages(at, None, rule_in_force=rule) == expected
        duck = duckdb.connect()
        columns = ", ".join(f"{name} {_duck_type(name)}" for name in FACT_COLUMNS)
        duck.execute(f"CREATE TABLE fact ({columns})")
        if rows:
            duck.executemany(f"INSERT INTO fact VALUES ({', '.join('?' * len(FACT_COLUMNS))})", rows)
        assert plain(duck.execute(movements_sql(rule, Scope.everyone())).fetchall()) == plain(movements())


@on_a_real_database
@given(steps=ledgers(), rule=rules)
def test_what_is_kept_is_what_a_rebuild_makes_row_for_row(office, steps: list[Step], rule: Rule) -> None:
    for _ in rolled_back():
        write(steps, rule)
        kept = movements(), tally(), register()
        views.rebuild(rule)
        assert (movements(), tally(), register()) == kept


@on_a_real_database
@given(steps=ledgers(), data=st.data())
def test_every_bridge_foots_and_every_line_has_its_people(office, steps: list[Step], data) -> None:
    rule = Rule()
    for _ in rolled_back():
        write(steps, rule)
        start = View(data.draw(days_of_interest), data.draw(st.integers(0, last_batch())), FIRST, rule)
        end = View(data.draw(days_of_interest), data.draw(st.integers(0, last_batch())), FIRST, rule)
        area = data.draw(st.sampled_from([None, 1605, 160501, 1605012003]))
        for figure in ("id_obligated", "recorded", "unrecorded"):
            found = bridge.bridge(start, end, area, figure=figure, rule=rule)
            assert found.foots
            assert all(len(set(line.persons)) == abs(line.amount) for line in found.lines)


@on_a_real_database
@given(steps=ledgers(), data=st.data())
def test_a_group_has_as_many_people_as_its_figure(office, steps: list[Step], data) -> None:
    rule = Rule()
    for _ in rolled_back():
        write(steps, rule)
        at = View(data.draw(days_of_interest), last_batch(), FIRST, rule)
        area = data.draw(st.sampled_from([None, 1605, 160501]))
        figures: Figures = coverage.total(coverage.villages(at, area, rule_in_force=rule))
        for group in set(people.GROUPS) - {"double"}:
            listed = people.people(at, area, group, rule_in_force=rule)
            assert len({person.id for person in listed}) == len(listed) == getattr(figures, group)


def _duck_type(column: str) -> str:
    return {"id": "text", "kind": "text", "said": "text", "said_by": "text", "hash": "blob"}.get(column, "bigint")
