"""A backup is whole and consistent while others write, private, kept as long as asked, and never half a file."""

from __future__ import annotations

import os
import shutil
import threading
import time
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connections

from jemput import settings
from jemput.actions import backup
from jemput.actions.settings import set_setting
from jemput.domain.problems import Refused
from jemput.queries import backups
from jemput.store import archive, bulk, connect, snapshot
from jemput.store.models import Backup
from tests.actions.copies import NOW, furnish, make, quiet
from tests.builders import TODAY, append, everything, registered


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch):
    monkeypatch.setattr(settings, "HOME", tmp_path)
    return tmp_path


def opened(made: Backup, secret: str) -> dict[str, object]:
    return archive.unseal(Path(made.file), secret, into=None, progress=quiet)


def refused(**more: object) -> str:
    with pytest.raises(Refused) as why:
        make(**more)
    return why.value.problems[0].kind.code


def test_a_backup_holds_the_database_the_files_and_the_key_of_the_settings(committed_office, home):
    secret = furnish(home, committed_office)
    made = make()
    manifest = opened(made, secret)
    assert [one["name"] for one in manifest["members"]] == ["database", "secret.key", "blobs/ab/abcd"]
    assert (manifest["place"], manifest["counts"]["person"], manifest["counts"]["closing"]) == (made.place, 3, 1)
    assert manifest["head"] == made.head == bulk.select("SELECT head FROM batch ORDER BY batch DESC")[0][0].hex()
    assert ["store", "0002_ledger"] in manifest["migrations"]
    assert Path(made.file).name == "jemput-1605-20190402-123000.tar.gz.age"
    assert Path(made.file).stat().st_mode & 0o777 == 0o600
    assert Path(made.file).parent.stat().st_mode & 0o777 == 0o700
    assert sorted(path.name for path in home.glob(".backup-*")) == []


def test_the_secret_key_stays_nowhere(committed_office, home):
    secret = furnish(home, committed_office)
    make()
    kept = secret.removeprefix("AGE-SECRET-KEY-1").encode()
    connect.leave()
    assert [path for path in home.rglob("*") if path.is_file() and kept in path.read_bytes()] == []
    assert kept.decode() not in repr(everything())


def test_without_a_key_there_is_no_backup(office):
    assert refused() == "no_backup_key"


def test_a_backup_goes_to_the_file_or_the_folder_that_was_named(committed_office, home):
    furnish(home, committed_office)
    assert make(target=home / "stick" / "april.age").file == str(home / "stick" / "april.age")
    assert Path(make(target=home / "stick").file).parent == home / "stick"


def test_the_copy_is_one_moment_though_others_write_all_the_while(committed_office, home):
    """The chain of the copy ends where its manifest says, and its counts are those of that moment."""
    secret = furnish(home, committed_office)
    over = threading.Event()

    def write() -> None:
        number = 9100
        while not over.is_set():
            number += 1
            append(registered(number), today=TODAY)
            time.sleep(0.005)
        connect.leave()

    writer = threading.Thread(target=write)
    writer.start()
    try:
        made = [make(NOW + timedelta(days=n)) for n in range(3)]
    finally:
        over.set()
        writer.join()
    places = [opened(one, secret)["place"] for one in made]
    assert places == sorted(set(places)), "the writer went on in between"
    if committed_office["ENGINE"].endswith("sqlite3"):
        into = home / "into"
        into.mkdir()
        manifest = archive.unseal(Path(made[0].file), secret, into=into, progress=quiet)
        connect.use_database(settings.database(f"sqlite:///{into / 'database'}", into))
        assert snapshot.state().as_json() == {key: manifest[key] for key in snapshot.state().as_json()}
        connect.use_database(committed_office)


def test_older_backups_are_let_go_as_the_setting_says_and_others_stay(committed_office, home):
    furnish(home, committed_office)
    set_setting("backup_keep", "2, 0, 0")
    elsewhere = make(target=home / "stick")
    made = [make(NOW + timedelta(days=day)) for day in range(4)]
    assert [Path(one.file).exists() for one in made] == [False, False, True, True]
    assert Path(elsewhere.file).exists()
    assert [one.id for one in backups.made()] == [made[3].pk, made[2].pk, elsewhere.pk]


def test_a_file_that_was_taken_away_is_said_to_be_gone(committed_office, home):
    furnish(home, committed_office)
    made = make()
    assert backups.standing(NOW).last.id == made.pk
    Path(made.file).unlink()
    assert [one.is_there for one in backups.made()] == [False]
    standing = backups.standing(NOW)
    assert standing.last is None
    assert standing.is_overdue


def test_a_backup_is_overdue_when_the_daily_one_is_missing(committed_office, home):
    furnish(home, committed_office)
    assert backups.standing(NOW).is_overdue, "there is none"
    make()
    assert not backups.standing(NOW + timedelta(hours=25)).is_overdue
    assert backups.standing(NOW + timedelta(hours=27)).is_overdue
    set_setting("backup_time", "-")
    assert not backups.standing(NOW + timedelta(days=9)).is_overdue
    assert backups.standing(NOW).same_disk


def test_a_full_disk_is_refused_in_words_and_leaves_nothing(committed_office, home, monkeypatch):
    furnish(home, committed_office)
    usage = shutil.disk_usage(home)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage._replace(free=1000))
    assert refused() == "no_room"
    monkeypatch.undo()
    monkeypatch.setattr(settings, "HOME", home)

    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(archive, "_packed", full)
    assert refused() == "no_room"
    assert list((home / "backups").iterdir()) == []
    assert Backup.objects.count() == 0


def test_a_folder_that_cannot_be_used_is_refused_in_words(committed_office, home):
    furnish(home, committed_office)
    (home / "file").write_text("no folder")
    assert refused(target=home / "file" / "stick" / "a.age") == "no_backup_folder"


def test_what_a_killed_backup_left_is_swept_away_after_a_day(committed_office, home):
    furnish(home, committed_office)
    for name, age in ((".backup-old", 2), (".backup-new", 0)):
        (home / name).mkdir()
        (home / name / "database").write_bytes(b"plain")
        at = (NOW - timedelta(days=age)).timestamp()
        os.utime(home / name, (at, at))
    make()
    assert [path.name for path in home.glob(".backup-*")] == [".backup-new"]


def test_a_missing_pg_dump_is_refused_in_words(committed_postgresql, home):
    furnish(home, committed_postgresql)
    set_setting("postgresql_programs", str(home))
    assert refused() == "no_postgresql_program"


def test_a_pg_dump_that_fails_is_refused_with_what_it_says(committed_postgresql, home):
    furnish(home, committed_postgresql)
    program = home / "programs" / "pg_dump"
    program.parent.mkdir()
    program.write_text("#!/bin/sh\necho 'server version mismatch' >&2\nexit 1\n")
    program.chmod(0o700)
    set_setting("postgresql_programs", str(program.parent))
    with pytest.raises(Refused) as why:
        make()
    assert "server version mismatch" in why.value.problems[0].reason("en")
    assert list((home / "backups").iterdir()) == []


def test_a_new_key_is_for_the_backups_from_then_on(sqlite_office, home):
    first = furnish(home, sqlite_office)
    old = make()
    second = backup.make_key(said_by="administrator")[1]
    new = make(NOW + timedelta(days=1))
    assert opened(old, first)["place"] == opened(new, second)["place"]
    with pytest.raises(Refused):
        opened(new, first)
    connections["default"].close()
