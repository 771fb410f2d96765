"""A backup as a file: what went in comes out, and whatever is wrong with it is found before anything is trusted."""

from __future__ import annotations

import io
import os
import subprocess
import sys
import tarfile
from pathlib import Path

import pyrage
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jemput.domain.problems import Refused
from jemput.store import archive
from jemput.store.archive import MANIFEST, Member

PUBLIC, SECRET = archive.new_key()


def quiet(*_: object) -> None:
    """Show no progress."""


def sealed(folder: Path, contents: dict[str, bytes], *, key: str = PUBLIC) -> Path:
    members = []
    for number, (name, data) in enumerate(contents.items()):
        path = folder / f"source-{number}"
        path.write_bytes(data)
        members.append(Member(name, path))
    target = folder / "backup.tar.gz.age"
    archive.seal(target, members, {"place": 7}, key=key, progress=quiet)
    return target


def refused(file: Path, secret: str = SECRET, *, into: Path | None = None) -> str:
    with pytest.raises(Refused) as why:
        archive.unseal(file, secret, into=into, progress=quiet)
    return why.value.problems[0].kind.code


contents = st.dictionaries(
    st.from_regex(r"[a-z][a-z0-9_.-]{0,20}(/[a-z0-9]{1,20}){0,2}", fullmatch=True).filter(
        lambda name: ".." not in name
    ),
    st.binary(max_size=3000) | st.binary(min_size=512, max_size=512),
    max_size=6,
).filter(lambda names: not any(other.startswith(f"{name}/") for name in names for other in names))


@given(contents)
@settings(max_examples=50)
def test_what_went_in_comes_out(tmp_path_factory, told):
    folder = tmp_path_factory.mktemp("archive")
    into = folder / "into"
    into.mkdir()
    manifest = archive.unseal(sealed(folder, told), SECRET, into=into, progress=quiet)
    assert manifest["place"] == 7
    assert {str(path.relative_to(into)): path.read_bytes() for path in into.rglob("*") if path.is_file()} == told


def test_any_age_program_and_tar_open_it(tmp_path):
    file = sealed(tmp_path, {"database": b"x" * 100_000, "blobs/ab": b""})
    plain = pyrage.decrypt(file.read_bytes(), [pyrage.x25519.Identity.from_str(SECRET)])
    with tarfile.open(fileobj=io.BytesIO(plain), mode="r:gz") as tar:
        assert tar.getnames() == [MANIFEST, "database", "blobs/ab"]
        assert {one.mode for one in tar.getmembers()} == {0o600}


def test_it_is_private_and_leaves_no_draft(tmp_path):
    file = sealed(tmp_path, {"database": b"x"})
    assert file.stat().st_mode & 0o777 == 0o600
    assert list(tmp_path.glob(".*")) == []


def test_another_key_does_not_open_it(tmp_path):
    assert refused(sealed(tmp_path, {"database": b"x"}), archive.new_key()[1]) == "wrong_key"


@pytest.mark.parametrize("secret", ["", "AGE-SECRET-KEY-1", "AGE-SECRET-KEY-1QQQQ", "age1abc"])
def test_what_is_no_key_is_said_to_be_none(tmp_path, secret):
    assert refused(sealed(tmp_path, {"database": b"x"}), secret) == "not_a_key"


def test_a_key_is_found_in_a_file_with_remarks_and_in_small_letters(tmp_path):
    file = sealed(tmp_path, {"database": b"x"})
    text = f"# jemput backup\n# public key: {PUBLIC}\n{SECRET.lower()}\n"
    assert archive.unseal(file, text, into=None, progress=quiet)["place"] == 7
    assert archive.public_of(text) == PUBLIC


@pytest.mark.parametrize("place", [None, 5, 20, 61])
def test_a_mistyped_public_key_is_refused(place):
    wrong = "" if place is None else PUBLIC[:place] + ("q" if PUBLIC[place] != "q" else "p") + PUBLIC[place + 1 :]
    with pytest.raises(ValueError):  # noqa: PT011 - the setting says it in words
        archive.checked_recipient(wrong)


@pytest.mark.parametrize("share", [0.0, 0.1, 0.5, 0.9, 0.999])
def test_a_byte_changed_anywhere_is_found(tmp_path, share):
    file = sealed(tmp_path, {"database": os.urandom(200_000), "blobs/a": b"b" * 5000})
    data = bytearray(file.read_bytes())
    data[int(share * len(data))] ^= 1
    file.write_bytes(data)
    assert refused(file) in {"not_a_backup", "wrong_key"}


@pytest.mark.parametrize("left", [0, 1, 100, 300, 70_000, -1, -17])
def test_a_file_cut_short_is_found(tmp_path, left):
    file = sealed(tmp_path, {"database": os.urandom(200_000)})
    file.write_bytes(file.read_bytes()[:left])
    into = tmp_path / "into"
    into.mkdir()
    assert refused(file, into=into) == "not_a_backup"


def forged(folder: Path, entries: list[tuple[tarfile.TarInfo, bytes]]) -> Path:
    """Return a file that the key opens, made by somebody who has the public key only."""
    raw = io.BytesIO()
    with tarfile.open(fileobj=raw, mode="w:gz") as tar:
        for info, data in entries:
            info.size = len(data)
            tar.addfile(info, io.BytesIO(data))
    file = folder / "forged.tar.gz.age"
    file.write_bytes(pyrage.encrypt(raw.getvalue(), [pyrage.x25519.Recipient.from_str(PUBLIC)]))
    return file


def listing(
    *names: str, data: bytes = b"x", sha256: str = "2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881"
) -> bytes:
    members = ", ".join(f'{{"name": "{name}", "bytes": {len(data)}, "sha256": "{sha256}"}}' for name in names)
    return f'{{"members": [{members}]}}'.encode()


@pytest.mark.parametrize("name", ["../out", "/etc/out", "a/../../out", ".hidden", "a//b", "a/", "", "a/.b", "-x"])
def test_a_forged_file_writes_nothing_outside_its_folder(tmp_path, name):
    into = tmp_path / "deep" / "into"
    into.mkdir(parents=True)
    file = forged(tmp_path, [(tarfile.TarInfo(MANIFEST), listing(name)), (tarfile.TarInfo(name), b"x")])
    assert refused(file, into=into) == "not_a_backup"
    assert list(into.rglob("*")) == []


def test_a_forged_link_is_no_member(tmp_path):
    link = tarfile.TarInfo("database")
    link.type, link.linkname = tarfile.SYMTYPE, "../elsewhere"
    file = forged(tmp_path, [(tarfile.TarInfo(MANIFEST), listing("database")), (link, b"")])
    assert refused(file, into=tmp_path) == "not_a_backup"


@pytest.mark.parametrize(
    "entries",
    [
        [],
        [("database", b"x")],
        [(MANIFEST, b"{}")],
        [(MANIFEST, b"no json"), ("database", b"x")],
        [(MANIFEST, listing("database")), ("other", b"x")],
        [(MANIFEST, listing("database")), ("database", b"y")],
        [(MANIFEST, listing("database")), ("database", b"xx")],
        [(MANIFEST, listing("database"))],
        [(MANIFEST, listing("database")), ("database", b"x"), ("more", b"x")],
    ],
    ids=["empty", "no manifest", "empty manifest", "no json", "name", "content", "size", "missing", "more"],
)
def test_a_file_that_is_not_as_its_manifest_says_is_refused(tmp_path, entries):
    file = forged(tmp_path, [(tarfile.TarInfo(name), data) for name, data in entries])
    assert refused(file) == "not_a_backup"


def test_rubbish_is_no_backup(tmp_path):
    file = tmp_path / "x.age"
    file.write_bytes(os.urandom(5000))
    assert refused(file) == "not_a_backup"


def test_a_full_disk_is_an_error_of_the_system_and_leaves_nothing(tmp_path, monkeypatch):
    def full(piece: bytes) -> int:
        raise OSError(28, "No space left on device")

    source = tmp_path / "source"
    source.write_bytes(os.urandom(300_000))
    monkeypatch.setattr(archive._Written, "write", lambda self, data: full(data))
    with pytest.raises(OSError, match="No space left"):
        archive.seal(tmp_path / "b.age", [Member("database", source)], {}, key=PUBLIC, progress=quiet)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["source"]


BIG = """
import sys
from pathlib import Path
from jemput.store import archive
from jemput.store.archive import Member
folder = Path(sys.argv[1])
public, secret = archive.new_key()
archive.seal(folder / "b.age", [Member("database", folder / "big")], {}, key=public, progress=lambda *_: None)
(folder / "into").mkdir()
archive.unseal(folder / "b.age", secret, into=folder / "into", progress=lambda *_: None)
status = Path("/proc/self/status").read_text().splitlines()
print(next(int(line.split()[1]) // 1024 for line in status if line.startswith("VmHWM")))
"""
"""Its own peak: what getrusage says of a process begins with the peak of the process that started it."""


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="only Linux tells the peak of one process alone")
def test_memory_does_not_grow_with_the_database(tmp_path):
    with (tmp_path / "big").open("wb") as out:
        out.truncate(400_000_000)
    done = subprocess.run([sys.executable, "-c", BIG, tmp_path], capture_output=True, text=True, check=True)
    assert 0 < int(done.stdout) < 300
    assert (tmp_path / "into" / "database").stat().st_size == 400_000_000
