"""Backup, restore, upgrade and jobs as an administrator types them."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Program
from tests.data import old_office


@pytest.fixture
def demo(demo: Program) -> Program:
    """The demo before anybody made a key for its backups."""
    demo.run("setting", "backup_key", "")
    return demo


@pytest.fixture
def key(demo: Program, tmp_path: Path) -> Path:
    demo.run("backup", "key", "--to", tmp_path / "key.txt")
    return tmp_path / "key.txt"


def test_the_key_is_shown_once_and_not_replaced_by_accident(demo: Program) -> None:
    told = demo.json("backup", "key")
    assert told["secret"].startswith("AGE-SECRET-KEY-1")
    assert demo.json("setting", "backup_key")["backup_key"] == told["public"]
    assert "already has a key" in demo.run("backup", "key", exit_code=2).stderr
    assert demo.json("backup", "key", "--replace")["public"] != told["public"]


def test_the_key_goes_to_a_private_file_that_is_never_overwritten(demo: Program, key: Path) -> None:
    assert key.stat().st_mode & 0o777 == 0o600
    assert "AGE-SECRET-KEY-1" in key.read_text()
    before = key.read_text()
    demo.run("backup", "key", "--replace", "--to", key, exit_code=2)
    assert key.read_text() == before


def test_a_demo_is_backed_up_changed_and_restored(demo: Program, key: Path) -> None:
    before = demo.run("count", "--on", "2019-03-28", "--by", "desa").stdout
    made = demo.json("backup", "--by", "administrator")
    assert demo.json("backup", "list")["backups"][0]["file"] == made["file"]
    assert demo.json("backup", "check", made["file"], "--key", key)["head"] == made["head"]
    (demo.home / "jemput.db").rename(demo.home / "lost.db")
    done = demo.json("restore", made["file"], "--key", key)
    assert (done["head"], done["upgrade_needed"]) == (made["head"], False)
    assert demo.run("count", "--on", "2019-03-28", "--by", "desa").stdout == before
    assert "kept by the office" not in demo.run("verify").stdout


def test_restore_reads_the_secret_key_as_it_is_typed(demo: Program, key: Path, tmp_path: Path) -> None:
    made = demo.json("backup")
    demo.run("restore", made["file"], "--into", tmp_path / "trial", "--key", tmp_path / "none.txt", exit_code=2)
    said = demo.run("restore", made["file"], "--into", tmp_path / "trial", exit_code=2).stderr
    assert "No key" in said
    demo.run("restore", made["file"], "--into", tmp_path / "trial", "--key", key)
    assert Program(tmp_path / "trial").json("verify")["sound"]


def test_a_missing_backup_is_told_by_the_exit_code(demo: Program) -> None:
    assert demo.json("backup", "list", exit_code=1)["overdue"]
    assert "no key" in demo.run("backup", exit_code=2).stderr


def test_an_older_database_is_upgraded_and_says_the_same(tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.mkdir()
    old_office.restored(home / "jemput.db")
    program = Program(home)
    assert "jemput upgrade" in program.run("count", exit_code=2).stderr
    planned = program.json("upgrade", "--check")
    assert planned["last_closing"] == "2019-03-28"
    done = program.json("upgrade")
    assert done["migrations"] == planned["migrations"]
    assert (Path(done["kept"]) / "jemput.db").exists()
    told = program.json("count", "--on", "2019-03-28")
    assert (told["id_obligated"], told["recorded"]) == (186, 120)
    assert program.json("verify")["sound"]
    assert "already" in program.run("upgrade").stdout


def test_an_older_demo_is_brought_up_by_itself(tmp_path: Path) -> None:
    program = Program(tmp_path)
    (tmp_path / "files").mkdir()
    old_office.restored(tmp_path / "jemput.db")
    program.run("demo", "advance", tmp_path, "--until", "2019-04-28", exit_code=2)
    assert "jemput upgrade" in program.run("count", exit_code=2).stderr, (
        "a folder without a demo's files is an office's"
    )
    (tmp_path / "files" / "script.json").write_text('{"steps": [], "later": []}')
    program.run("demo", "advance", tmp_path, "--until", "2019-04-28")
    assert program.json("count", "--on", "2019-03-28")["recorded"] == 120


def test_jobs_are_done_once_and_listed(demo: Program) -> None:
    assert demo.json("jobs", "--once")["done"] == 0
    (planned,) = demo.json("jobs", "list")
    assert (planned["kind"], planned["state"]) == ("verify", "waiting")
