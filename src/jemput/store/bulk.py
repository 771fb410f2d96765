"""Rows in bulk, by each database's own fast way: executemany on SQLite, COPY on PostgreSQL."""

from __future__ import annotations

import gc
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import islice
from typing import Any, TypeVar, cast

from django.db import connection

Row = Sequence[Any]
Params = Sequence[Any] | Mapping[str, Any]
T = TypeVar("T")

CHUNK = 20_000
"""Values in one IN list: below SQLite's limit of 32,766 parameters."""


def insert(table: str, columns: Sequence[str], rows: Iterable[Row]) -> None:
    """Insert rows into a table; the caller holds the transaction."""
    names = ", ".join(columns)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(f"COPY {table} ({names}) FROM STDIN") as copy:
                for row in rows:
                    copy.write_row(row)
        else:
            marks = ", ".join(["%s"] * len(columns))
            cursor.executemany(f"INSERT INTO {table} ({names}) VALUES ({marks})", cast("Sequence[Row]", rows))


def chunks(values: Iterable[T], size: int = CHUNK) -> Iterator[list[T]]:
    """Cut values into lists short enough for one statement."""
    values = iter(values)
    while chunk := list(islice(values, size)):
        yield chunk


def select_in(sql: str, values: Iterable[Any]) -> Iterator[tuple[Any, ...]]:
    """Run `sql` (with one `{marks}` for an IN list) over any number of values; yield the rows."""
    for chunk in chunks(values):
        with connection.cursor() as cursor:
            cursor.execute(sql.format(marks=", ".join(["%s"] * len(chunk))), chunk)
            yield from cursor.fetchall()


def select(sql: str, params: Params = ()) -> list[tuple[Any, ...]]:
    """Run one query and return its rows."""
    with connection.cursor() as cursor:
        cursor.execute(sql, params or None)
        rows: list[tuple[Any, ...]] = cursor.fetchall()
        return rows


def by_index(name: str) -> str:
    """Return what makes SQLite, which knows no sizes, take an index of a table; PostgreSQL knows better itself."""
    return f" INDEXED BY {name}" if connection.vendor == "sqlite" else ""


def execute(sql: str, params: Params = ()) -> None:
    """Run one statement."""
    with connection.cursor() as cursor:
        cursor.execute(sql, params or None)


@contextmanager
def without_cycle_search() -> Iterator[None]:
    """Keep the search for reference cycles off while many small values are made (loading was half as fast with it)."""
    searching = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if searching:
            gc.enable()
