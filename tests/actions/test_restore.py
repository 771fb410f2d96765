"""A restored office is the one that was backed up, the old one is kept, and nothing is lost wherever it stops."""

from __future__ import annotations

import os
from contextlib import closing
from pathlib import Path

import pytest
from django.db import connections
from hypothesis import given
from hypothesis import strategies as st

from jemput import settings
from jemput.actions import restore
from jemput.domain.problems import Refused
from jemput.store import archive, beside, bulk, connect, snapshot, swap
from tests.actions.copies import NOW, furnish, later, make, names, quiet
from tests.builders import TODAY, everything, findings, office_on, unguard


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch):
    monkeypatch.setattr(settings, "HOME", tmp_path)
    return tmp_path


def put_back(file: Path, secret: str, **more: object) -> restore.Restored:
    connect.leave()
    return restore.restore(file, secret, now=NOW, progress=quiet, **more)


def refused(file: Path, secret: str, **more: object) -> str:
    with pytest.raises(Refused) as why:
        put_back(file, secret, **more)
    return why.value.problems[0].kind.code


def left_over(home: Path) -> list[str]:
    return [path.name for path in home.iterdir() if path.name.startswith((".restore", "restored", "swap"))]


def test_the_restored_office_is_the_one_that_was_backed_up(committed_office, home):
    secret = furnish(home, committed_office)
    before = everything()
    file = Path(make().file)
    later()
    (home / "blobs" / "ab" / "abcd").write_bytes(b"changed")
    (home / "secret.key").write_text("another")
    assert names() != ["ADI SAPUTRA", "ANI LESTARI", "SITI AMINAH"]
    done = put_back(file, secret)
    assert everything() == before
    assert findings(office_on(TODAY)) == []
    assert (home / "blobs" / "ab" / "abcd").read_bytes() == b"a signed report"
    assert (home / "secret.key").read_text() == "of the settings"
    assert not done.is_older
    assert left_over(home) == []


def test_the_old_state_is_kept_whole(committed_office, home):
    secret = furnish(home, committed_office)
    file = Path(make().file)
    later()
    (home / "secret.key").write_text("another")
    old = everything()
    done = put_back(file, secret)
    assert done.kept
    assert (done.kept / "secret.key").read_text() == "another"
    assert (done.kept / "blobs" / "ab" / "abcd").exists()
    kept = (
        beside.sqlite_config(done.kept / "jemput.db")
        if beside.vendor() == "sqlite"
        else committed_office | {"NAME": done.kept_database}
    )
    with beside.used(kept):
        assert everything() == old


def test_a_backup_is_restored_aside_without_touching_anything(sqlite_office, home):
    secret = furnish(home, sqlite_office)
    file = Path(make().file)
    before = everything()
    later()
    here = everything()
    done = put_back(file, secret, into=home / "trial")
    assert everything() == here
    with beside.used(beside.sqlite_config(home / "trial" / "jemput.db")):
        assert everything() == before
    assert (home / "trial" / "blobs" / "ab" / "abcd").exists()
    assert done.kept is None
    assert refused(file, secret, into=home / "trial") == "place_not_empty"


def test_a_backup_is_restored_on_a_new_machine(sqlite_office, home, tmp_path_factory, monkeypatch):
    secret = furnish(home, sqlite_office)
    file = Path(make().file)
    before = everything()
    new = tmp_path_factory.mktemp("new") / "jemput"
    monkeypatch.setattr(settings, "HOME", new)
    connect.use_database(settings.database("", new))
    done = put_back(file, secret)
    assert everything() == before
    assert done.kept is None


def test_a_backup_is_restored_into_a_postgresql_without_that_database(committed_postgresql, home):
    secret = furnish(home, committed_postgresql)
    file = Path(make().file)
    before = everything()
    name = committed_postgresql["NAME"]
    programs = Path(bulk.select("SELECT value FROM setting WHERE name = 'postgresql_programs'")[0][0].strip('"'))
    with beside.used(beside.maintenance()):
        bulk.execute(f'DROP DATABASE "{name}" WITH (FORCE)')
    old = os.environ["PATH"]
    os.environ["PATH"] = f"{programs}{os.pathsep}{old}"
    try:
        done = put_back(file, secret)
    finally:
        os.environ["PATH"] = old
    assert everything() == before
    assert done.kept_database == ""


def test_a_restore_is_refused_while_somebody_works_on_the_database(sqlite_office, home):
    secret = furnish(home, sqlite_office)
    file = Path(make().file)
    before = everything()
    connect.leave()
    import sqlite3  # noqa: PLC0415 - another program's connection

    with closing(sqlite3.connect(home / "jemput.db")) as other:
        other.execute("SELECT count(*) FROM fact").fetchone()
        assert refused(file, secret) == "database_still_open"
    assert everything() == before
    assert left_over(home) == []


def test_a_restore_is_refused_while_somebody_is_connected_to_postgresql(committed_postgresql, home):
    secret = furnish(home, committed_postgresql)
    file = Path(make().file)
    before = everything()
    other = connections["default"].copy()
    try:
        with other.cursor() as cursor:
            cursor.execute("SELECT 1")
        assert refused(file, secret) == "database_still_open"
    finally:
        other.close()
    assert everything() == before
    with beside.used(beside.maintenance()):
        assert bulk.select("SELECT datname FROM pg_database WHERE datname LIKE '%%restored%%'") == []


@pytest.mark.parametrize("wrong", ["place", "head", "counts", "migrations"])
def test_a_backup_that_is_not_what_it_says_is_not_put_in_place(sqlite_office, home, monkeypatch, wrong):
    secret = furnish(home, sqlite_office)
    real = snapshot.State.as_json
    monkeypatch.setattr(snapshot.State, "as_json", lambda told: real(told) | {wrong: "forged"})
    file = Path(make().file)
    monkeypatch.undo()
    monkeypatch.setattr(settings, "HOME", home)
    before = everything()
    assert refused(file, secret) == "backup_not_as_told"
    assert everything() == before
    assert left_over(home) == []


def test_a_backup_of_a_ledger_that_is_not_sound_is_not_put_in_place(committed_office, home):
    secret = furnish(home, committed_office)
    bulk.execute("UPDATE person SET name = 'LAIN' WHERE name = 'ADI SAPUTRA'")
    file = Path(make().file)
    bulk.execute("UPDATE person SET name = 'ADI SAPUTRA' WHERE name = 'LAIN'")
    before = everything()
    assert refused(file, secret) == "backup_not_sound"
    assert everything() == before


def test_a_forged_fact_is_found_by_the_chain(sqlite_office, home):
    secret = furnish(home, sqlite_office)
    unguard("fact")
    bulk.execute("UPDATE fact SET said_by = 'nobody' WHERE place = 2")
    assert refused(Path(make().file), secret) == "backup_not_sound"


def test_a_backup_of_the_other_engine_is_refused(sqlite_office, home, committed_postgresql):
    connect.use_database(sqlite_office)
    secret = furnish(home, sqlite_office)
    file = Path(make().file)
    connect.use_database(committed_postgresql)
    assert refused(file, secret) == "other_engine"
    assert refused(file, secret, into=home / "x") == "aside_only_sqlite"


def test_what_is_no_backup_is_refused(sqlite_office, home):
    secret = furnish(home, sqlite_office)
    assert refused(home / "missing.age", secret) == "no_such_backup"
    (home / "x.age").write_bytes(b"rubbish")
    assert refused(home / "x.age", secret) == "not_a_backup"
    file = Path(make().file)
    assert refused(file, archive.new_key()[1]) == "wrong_key"


def test_a_damaged_database_does_not_stand_in_the_way(sqlite_office, home):
    secret = furnish(home, sqlite_office)
    before = everything()
    file = Path(make().file)
    connect.leave()
    for name in ("jemput.db", "jemput.db-wal", "jemput.db-shm"):
        (home / name).write_bytes(b"no database " * 1000)
    done = put_back(file, secret)
    assert everything() == before
    assert (done.kept / "jemput.db").read_bytes()[:12] == b"no database "


# --- a swap that is killed --------------------------------------------------------------------------------------------


class Killed(BaseException):
    """The process is gone."""


@given(st.integers(0, 8), st.booleans())
def test_a_swap_that_is_killed_anywhere_is_carried_out_or_has_not_begun(tmp_path_factory, moves_before, twice):
    home = tmp_path_factory.mktemp("swap")
    for name in ("jemput.db", "secret.key"):
        (home / name).write_text(f"old {name}")
    (home / "blobs").mkdir()
    (home / "blobs" / "a").write_text("old blob")
    fresh, kept = home / "fresh", home / "kept"
    (fresh / "blobs").mkdir(parents=True)
    (fresh / "blobs" / "b").write_text("new blob")
    for name in ("jemput.db", "secret.key"):
        (fresh / name).write_text(f"new {name}")
    files = ("jemput.db", "jemput.db-wal", "secret.key", "blobs")
    moves = [(home / name, kept / name) for name in files] + [(fresh / name, home / name) for name in files]
    real, left = os.rename, [moves_before]

    def rename(source: str, target: str) -> None:
        if left[0] == 0:
            raise Killed
        left[0] -= 1
        real(source, target)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(os, "rename", rename)
        for _ in range(2 if twice else 1):
            try:
                swap.swap(home, moves) if not (home / "swap.json").exists() else swap.finish(home)
            except Killed:
                left[0] = 1
    swap.finish(home)
    assert (home / "jemput.db").read_text() == "new jemput.db"
    assert (home / "secret.key").read_text() == "new secret.key"
    assert [path.name for path in (home / "blobs").iterdir()] == ["b"]
    assert (kept / "jemput.db").read_text() == "old jemput.db"
    assert [path.name for path in (kept / "blobs").iterdir()] == ["a"]
    assert not fresh.exists()
    assert not swap.finish(home)


def test_a_list_that_is_not_whole_is_dropped(tmp_path):
    (tmp_path / "swap.json").write_bytes(b'{"moves": [')
    assert not swap.finish(tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_moves_of_a_database_that_is_not_in_place_are_not_made(postgresql_office, tmp_path):
    (tmp_path / "a").write_text("a")
    swap.prepare(tmp_path, [(tmp_path / "a", tmp_path / "b")], database=swap.database_number() + 1)
    assert not swap.finish(tmp_path)
    swap.prepare(tmp_path, [(tmp_path / "a", tmp_path / "b")], database=swap.database_number())
    assert swap.finish(tmp_path)
    assert (tmp_path / "b").read_text() == "a"
