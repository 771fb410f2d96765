"""Cadangan: one click, seen under way, downloaded encrypted; for the administrator and nobody else."""

from __future__ import annotations

import os
import re
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.test import Client

from jemput import settings
from jemput.actions import backup
from jemput.actions.settings import set_setting
from jemput.domain.roles import Role
from jemput.jobs.clock import clock_time, work
from jemput.office.serve import keep_temporary_files_at_home
from jemput.store import archive, bulk
from jemput.store.models import AuditLine, Backup, Job
from tests.office.conftest import ClientAs


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(settings, "HOME", tmp_path)
    return tmp_path


def text(client: Client) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", client.get("/cadangan/").content.decode()))


def test_without_a_key_the_page_says_how_to_make_one(client_as: ClientAs):
    client = client_as(Role.ADMINISTRATOR)
    set_setting("backup_key", "")
    assert "Kantor belum punya kunci cadangan" in text(client)
    assert client.post("/cadangan/").status_code == 422
    assert Job.objects.count() == 0


def test_one_click_makes_a_backup_that_is_downloaded_encrypted(client_as: ClientAs, home):
    client = client_as(Role.ADMINISTRATOR)
    secret = backup.make_key(said_by="admin")[1]
    assert "Belum ada cadangan." in text(client)
    assert client.post("/cadangan/").status_code == 302
    assert "Membuat cadangan" in text(client)
    work("test")
    shown = text(client)
    assert "sudah dibaca ulang" in shown
    assert "disk yang sama" in shown
    made = Backup.objects.get()
    assert made.made_by == "admin"
    answer = client.get(f"/cadangan/{made.pk}/")
    assert Path(made.file).name in answer["Content-Disposition"]
    taken = home / "taken.age"
    taken.write_bytes(b"".join(answer.streaming_content))
    assert archive.unseal(taken, secret, into=None, progress=lambda *_: None)["head"] == made.head
    assert list(AuditLine.objects.filter(verb__startswith="backup").values_list("verb", flat=True)) == [
        "backup_made",
        "backup_taken",
    ]


def test_clicking_twice_makes_one_backup(client_as: ClientAs):
    client = client_as(Role.ADMINISTRATOR)
    backup.make_key(said_by="admin")
    client.post("/cadangan/")
    client.post("/cadangan/")
    assert Job.objects.filter(kind="backup").count() == 1


def test_an_old_backup_is_warned_of(client_as: ClientAs):
    client = client_as(Role.ADMINISTRATOR)
    backup.make_key(said_by="admin")
    made = backup.make_backup(now=datetime.now(UTC) - timedelta(days=3), made_by="x", progress=lambda *_: None)
    assert "Cadangan terakhir terlalu tua." in text(client)
    Path(made.file).unlink()
    assert "berkasnya tidak ada" in text(client)
    assert client.get(f"/cadangan/{made.pk}/").status_code == 404
    assert client.get("/cadangan/999/").status_code == 404


def test_a_backup_that_fails_says_why(client_as: ClientAs, home):
    client = client_as(Role.ADMINISTRATOR)
    backup.make_key(said_by="admin")
    (home / "file").write_text("no folder")
    set_setting("backup_folder", str(home / "file" / "x"))
    client.post("/cadangan/")
    work("test")
    assert "tidak dapat ditulisi" in text(client)


def test_what_a_check_of_the_ledger_finds_is_shown(client_as: ClientAs):
    client = client_as(Role.ADMINISTRATOR)
    client.post("/cadangan/", {"do": "verify"})
    work("test")
    assert ": utuh" in text(client)
    bulk.execute("UPDATE person SET name = 'LAIN' WHERE id = (SELECT min(id) FROM person)")
    client.post("/cadangan/", {"do": "verify"})
    work("test")
    shown = text(client)
    assert "Pemeriksaan terakhir menemukan:" in shown
    assert ": utuh" not in shown


@pytest.mark.parametrize("role", [role for role in Role if role != Role.ADMINISTRATOR])
def test_nobody_else_takes_a_backup(client_as: ClientAs, role):
    backup.make_key(said_by="admin")
    made = backup.make_backup(now=clock_time(), made_by="x", progress=lambda *_: None)
    client = client_as(role)
    assert client.get("/cadangan/").status_code == 403
    assert client.get(f"/cadangan/{made.pk}/").status_code == 403
    assert client.post("/cadangan/").status_code == 403


def test_files_on_their_way_lie_in_the_data_directory_and_old_ones_are_swept(home, monkeypatch):
    monkeypatch.setattr(tempfile, "tempdir", None)
    (home / "tmp").mkdir()
    for name, age_s in (("old", 2 * 86400), ("new", 0)):
        (home / "tmp" / name).write_text("x")
        at = time.time() - age_s
        os.utime(home / "tmp" / name, (at, at))
    keep_temporary_files_at_home()
    assert Path(tempfile.gettempdir()) == home / "tmp"
    assert [path.name for path in (home / "tmp").iterdir()] == ["new"]
