"""The words of names, derived from the register; an office that has people gets theirs filled in."""

from __future__ import annotations

from typing import Any

from django.db import migrations

from jemput.store import bulk, name_words

NAME_WORD = """
CREATE TABLE name_word (
    key {text} NOT NULL,
    gone {int} NOT NULL,
    name {text} NOT NULL,
    person {int} NOT NULL,
    keys {text} NOT NULL,
    village {int} NOT NULL,
    born_day {int}, rt {int}, rw {int},
    PRIMARY KEY (key, gone, name, person)
) {keyed}
"""
INDEXES = (
    "CREATE INDEX name_word_person ON name_word (person)",
    "CREATE INDEX person_born ON person (born_day, name_key)",
    "DROP INDEX person_village",
    "CREATE INDEX person_village ON person (village, nik)",
)
TYPES = {
    "sqlite": {"int": "INTEGER", "text": "TEXT", "keyed": "STRICT, WITHOUT ROWID"},
    "postgresql": {"int": "bigint", "text": 'text COLLATE "C"', "keyed": ""},
}
"""On PostgreSQL compared byte by byte, as SQLite does: a range of beginnings is a range of the index."""


def create(apps: Any, schema_editor: Any) -> None:  # noqa: ANN401, ARG001 - Django's own signature
    """Create the table and its indexes, and fill it from the register."""
    schema_editor.execute(NAME_WORD.format(**TYPES[schema_editor.connection.vendor]), params=None)
    name_words.fill(name_words.from_register(bulk.select(f"SELECT {name_words.REGISTER} FROM person ORDER BY id")))
    for index in INDEXES:
        schema_editor.execute(index, params=None)


class Migration(migrations.Migration):
    """The table the search looks in."""

    dependencies = [("store", "0005_reports")]

    operations = [migrations.RunPython(create, migrations.RunPython.noop)]
