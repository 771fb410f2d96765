"""The ledger and what is derived from it, written by hand.

STRICT on SQLite (Django's own tables let text into an integer column), and append-only by trigger on
both databases, TRUNCATE too on PostgreSQL.
"""

from __future__ import annotations

from typing import Any

from django.db import migrations, models

FACT = """
CREATE TABLE fact (
    place {int} NOT NULL PRIMARY KEY,
    batch {int} NOT NULL,
    id {text} NOT NULL UNIQUE,
    kind {text} NOT NULL,
    person {int},
    on_day {int} NOT NULL,
    known_day {int} NOT NULL,
    reported_day {int},
    reverses {int} UNIQUE REFERENCES fact (place),
    home {int}, adult_on {int}, citizen {int}, married {int}, dead {int}, blocked {int}, status {int},
    recorded_at {int},
    said {text} NOT NULL,
    said_by {text} NOT NULL,
    hash {blob} NOT NULL
) {strict}
"""
BATCH = """
CREATE TABLE batch (
    batch {int} NOT NULL PRIMARY KEY,
    known_day {int} NOT NULL,
    known_at {text} NOT NULL,
    first_place {int} NOT NULL,
    last_place {int} NOT NULL,
    source {text} NOT NULL,
    name {text} NOT NULL,
    digest {text} NOT NULL,
    said_by {text} NOT NULL,
    head {blob} NOT NULL
) {strict}
"""
PERSON = """
CREATE TABLE person (
    id {int} NOT NULL PRIMARY KEY,
    nik {text},
    no_kk {text},
    name {text} NOT NULL,
    name_key {text} NOT NULL,
    sex {text},
    born_day {int},
    adult_on {int},
    village {int} NOT NULL,
    dead_day {int},
    blocked {int} NOT NULL,
    status {int},
    status_raw {text},
    status_day {int},
    biodata {text} NOT NULL
) {strict}
"""
FIGURES = "population, id_obligated, recorded, pemula, blocked, itap, recorded_here"
_COLUMNS = ", ".join(f"{figure.strip()} {{int}} NOT NULL" for figure in FIGURES.split(","))
MOVEMENT = f"""
CREATE TABLE movement (
    person {{int}} NOT NULL, on_day {{int}} NOT NULL, batch {{int}} NOT NULL, village {{int}} NOT NULL,
    cause {{text}} NOT NULL, {_COLUMNS},
    PRIMARY KEY (person, on_day, batch, village, cause)
) {{keyed}}
"""
TALLY = f"""
CREATE TABLE tally (
    on_day {{int}} NOT NULL, batch {{int}} NOT NULL, village {{int}} NOT NULL, {_COLUMNS},
    PRIMARY KEY (on_day, batch, village)
) {{keyed}}
"""
CLOSING = """
CREATE TABLE closing (
    on_day {int} NOT NULL PRIMARY KEY,
    batch {int} NOT NULL,
    place {int} NOT NULL,
    known_day {int} NOT NULL,
    rule {text} NOT NULL,
    digest {text} NOT NULL
) {strict}
"""
CLOSED_FIGURES = f"""
CREATE TABLE closed_figures (
    on_day {{int}} NOT NULL REFERENCES closing (on_day), village {{int}} NOT NULL, {_COLUMNS},
    PRIMARY KEY (on_day, village)
) {{keyed}}
"""
INDEXES = (
    "CREATE INDEX fact_person ON fact (person)",
    "CREATE INDEX fact_batch ON fact (batch)",
    "CREATE INDEX fact_of_office ON fact (kind) WHERE person IS NULL",
    "CREATE UNIQUE INDEX person_nik ON person (nik)",
    "CREATE INDEX person_kk ON person (no_kk)",
    "CREATE INDEX person_village ON person (village)",
    "CREATE INDEX movement_village ON movement (village)",
    "CREATE INDEX movement_on ON movement (on_day)",
    "CREATE INDEX movement_batch ON movement (batch)",
    "CREATE INDEX tally_batch ON tally (batch)",
)
TABLES = {
    "batch": BATCH,
    "fact": FACT,
    "person": PERSON,
    "movement": MOVEMENT,
    "tally": TALLY,
    "closing": CLOSING,
    "closed_figures": CLOSED_FIGURES,
}
APPEND_ONLY = ("fact", "batch", "closing", "closed_figures")

TYPES = {
    "sqlite": {
        "int": "INTEGER",
        "text": "TEXT",
        "blob": "BLOB",
        "strict": "STRICT",
        "keyed": "STRICT, WITHOUT ROWID",
    },
    "postgresql": {"int": "bigint", "text": "text", "blob": "bytea", "strict": "", "keyed": ""},
}

POSTGRESQL_GUARD = """
CREATE FUNCTION append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'append-only: % of % is refused; write a reversal instead', TG_OP, TG_TABLE_NAME;
END $$
"""


def _guards(vendor: str, table: str) -> list[str]:
    if vendor == "sqlite":
        return [
            f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} BEGIN"
            f" SELECT RAISE(ABORT, 'append-only: {verb} of {table} is refused; write a reversal instead'); END"
            for verb in ("UPDATE", "DELETE")
        ]
    return [
        f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON {table}"
        " FOR EACH STATEMENT EXECUTE FUNCTION append_only()"
    ]


def create(apps: Any, schema_editor: Any) -> None:  # noqa: ANN401, ARG001 - Django's own signature
    """Create the tables, their indexes and their guards."""
    vendor = schema_editor.connection.vendor
    for ddl in TABLES.values():
        schema_editor.execute(ddl.format(**TYPES[vendor]), params=None)
    for index in INDEXES:
        schema_editor.execute(index, params=None)
    if vendor == "postgresql":
        schema_editor.execute(POSTGRESQL_GUARD, params=None)
    for table in APPEND_ONLY:
        for guard in _guards(vendor, table):
            schema_editor.execute(guard, params=None)


class Migration(migrations.Migration):
    """Ledger, register, movements, closed counts; settings and proposals as ordinary tables."""

    dependencies = [("store", "0001_places")]

    operations = [
        migrations.RunPython(create, migrations.RunPython.noop),
        migrations.CreateModel(
            name="Setting",
            fields=[
                ("name", models.TextField(primary_key=True, serialize=False)),
                ("value", models.JSONField()),
            ],
            options={"db_table": "setting"},
        ),
        migrations.CreateModel(
            name="SettingChange",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.TextField()),
                ("old", models.JSONField(null=True)),
                ("new", models.JSONField(null=True)),
                ("changed_at", models.DateTimeField()),
                ("changed_by", models.TextField()),
            ],
            options={"db_table": "setting_change"},
        ),
        migrations.CreateModel(
            name="Proposal",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.TextField(unique=True)),
                ("kind", models.TextField()),
                ("person", models.BigIntegerField(db_index=True, null=True)),
                ("village", models.BigIntegerField(db_index=True)),
                ("on", models.DateField()),
                ("said", models.JSONField()),
                ("evidence", models.JSONField()),
                ("source", models.TextField()),
                ("state", models.TextField(db_index=True, default="open")),
                ("answer", models.TextField(default="")),
                ("answered_by", models.TextField(default="")),
                ("answered_at", models.DateTimeField(null=True)),
                ("answer_source", models.TextField(default="")),
                ("proposed_at", models.DateTimeField()),
            ],
            options={"db_table": "proposal"},
        ),
    ]
