"""Kept files: the same bytes out, once, and damage is told."""

from __future__ import annotations

import hashlib

import pytest

from jemput import settings
from jemput.store import blobs


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch) -> None:
    monkeypatch.setattr(settings, "HOME", tmp_path)


def test_bytes_come_out_as_they_went_in_under_their_own_hash() -> None:
    name = blobs.keep(b"\x00laporan\xff")
    assert name == hashlib.sha256(b"\x00laporan\xff").hexdigest()
    assert blobs.read(name) == b"\x00laporan\xff"


def test_the_same_bytes_twice_are_one_file_for_its_owner_only() -> None:
    assert blobs.keep(b"a") == blobs.keep(b"a")
    [file] = [path for path in blobs.folder().rglob("*") if path.is_file()]
    assert file.stat().st_mode & 0o777 == 0o600


def test_a_file_that_changed_or_went_is_told_and_keeping_it_again_mends_it() -> None:
    name = blobs.keep(b"laporan")
    path = blobs.folder() / name[:2] / name
    path.write_bytes(b"lapuran")
    with pytest.raises(blobs.Damaged):
        blobs.read(name)
    assert blobs.keep(b"laporan") == name
    assert blobs.read(name) == b"laporan"
    path.unlink()
    with pytest.raises(blobs.Damaged):
        blobs.read(name)


@pytest.mark.parametrize("name", ["", "../../etc/passwd", "A" * 64, "a" * 63])
def test_only_a_hash_names_a_file(name: str) -> None:
    with pytest.raises(blobs.Damaged):
        blobs.read(name)
