"""The words of names: filled in for an office that had people before, untouched by what says nothing of them."""

from __future__ import annotations

from importlib import import_module

from django.db import connection

from jemput.domain import facts
from jemput.domain.facts import NewFact
from jemput.store import bulk
from tests.builders import TODAY, append, everything, findings, registered

migration = import_module("jemput.store.migrations.0006_name_words")


def test_an_office_that_has_people_gets_their_words_by_the_migration(office):
    append(registered(1, name="SITI NURAINI", rt="003"), registered(2, name="H. M. Ali, S.Pd"))
    append(NewFact("m", facts.MATI, TODAY, 2))
    kept = everything(("name_word",))
    bulk.execute("DROP TABLE name_word")
    bulk.execute("DROP INDEX person_born")
    bulk.execute("DROP INDEX person_village")
    bulk.execute("CREATE INDEX person_village ON person (village)")
    migration.create(None, connection.schema_editor())
    assert everything(("name_word",)) == kept
    assert findings() == []


def test_a_row_holds_what_a_search_asks_beside_the_word(office):
    append(registered(1, name="Hj. Siti Nur Aini", rt="003", rw="2", born_on="1980-05-17"))
    columns = "key, gone, name, person, keys, village, born_day, rt, rw"
    rows = bulk.select(f"SELECT {columns} FROM name_word ORDER BY key")
    assert [row[0] for row in rows] == ["aini", "nur", "nuraini", "siti"]
    born = 722_952
    assert {row[1:] for row in rows} == {(0, "HJ SITI NUR AINI", 1, " siti nur aini nuraini ", 1605012003, born, 3, 2)}


def test_a_fact_that_says_nothing_of_a_name_leaves_its_words_alone(office):
    append(registered(1), registered(2))
    bulk.execute("UPDATE name_word SET keys = 'dibiarkan' WHERE person = 2")
    append(NewFact("k", facts.KAWIN, TODAY, 1))
    assert bulk.select("SELECT DISTINCT keys FROM name_word WHERE person = 2") == [("dibiarkan",)]


def test_who_leaves_or_dies_is_marked_and_who_was_never_there_has_no_words(office):
    append(registered(1), registered(2), registered(3))
    append(NewFact("p", facts.PINDAH, TODAY, 1), NewFact("u", facts.REVERSED, TODAY, 3, reverses=3))
    assert bulk.select("SELECT DISTINCT person, gone, village FROM name_word ORDER BY person") == [
        (1, 1, 1),
        (2, 0, 1605012003),
    ]
