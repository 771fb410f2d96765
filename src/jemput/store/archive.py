"""One backup as a file: members in a tar, compressed, encrypted for the office's public key (age format).

Everything streams, so that memory does not grow with the database. Any age program and tar open it:
`age -d -i KEY FILE | tar xz`. The manifest is the first member and holds the sha256 of each other one.
"""

from __future__ import annotations

import hashlib
import os
import re
import tarfile
import zlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

import orjson
import pyrage  # type: ignore[import-untyped]  # 1.4 ships no type information

from jemput.domain.problems import ProblemKind, Refused, Text

MANIFEST = "manifest.json"
CHUNK = 1 << 20
LEVEL = 1
"""Compression: on the demo level 6 took three times as long for a tenth less."""

NOT_A_BACKUP = ProblemKind(
    "not_a_backup",
    Text("{file} bukan cadangan Jemput yang utuh ({found}).", "{file} is no whole backup of Jemput ({found})."),
    Text(
        "Pakai salinan lain dari cadangan ini, atau cadangan lain.",
        "Use another copy of this backup, or another backup.",
    ),
)
WRONG_KEY = ProblemKind(
    "wrong_key",
    Text("Kunci ini tidak membuka {file}.", "This key does not open {file}."),
    Text(
        "Pakai kunci dari waktu cadangan dibuat; kunci lama tetap disimpan bila kunci diganti.",
        "Use the key of the time when it was made; an old key is kept when the key is changed.",
    ),
)
NOT_A_KEY = ProblemKind(
    "not_a_key",
    Text("Tidak ada kunci (AGE-SECRET-KEY-1…) yang terbaca.", "No key (AGE-SECRET-KEY-1…) can be read."),
    Text("Ketik ulang dari kertas, satu baris, huruf besar.", "Type it again from the paper, one line, in capitals."),
)

LARGEST_MANIFEST = 1 << 26
_GZIP = 31
"""zlib's word for its largest window and a gzip header."""
_NAME = re.compile(r"\w[\w.-]*(?:/\w[\w.-]*)*", re.ASCII)
"""Names of members: nothing hidden, nothing that leads out of the folder. Anybody who has the public key can make a
file that it opens, so what is in it is not trusted before it was compared."""

Progress = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class Member:
    """One file of a backup: its name in it, and where it lies."""

    name: str
    path: Path


@dataclass(frozen=True, slots=True)
class Sealed:
    """A backup as it was written: its size, and the sha256 of the encrypted file."""

    bytes: int
    sha256: str


def new_key() -> tuple[str, str]:
    """Return a new pair: the public key, and the secret one that never stays in the office."""
    identity = pyrage.x25519.Identity.generate()
    return str(identity.to_public()), str(identity)


def public_of(secret: str) -> str:
    """Return the public key of a secret one; refuse what is none."""
    return str(_identity(secret).to_public())


def checked_recipient(text: str) -> str:
    """Return a public key as it is kept; a ValueError where it is none (its checksum shows a typing error)."""
    try:
        return str(pyrage.x25519.Recipient.from_str(text.strip().lower()))
    except pyrage.RecipientError:
        raise ValueError(text) from None


def seal(target: Path, members: Sequence[Member], manifest: dict[str, Any], *, key: str, progress: Progress) -> Sealed:
    """Write a backup for the public key `key` and read it back; only then does it take its name.

    It is read back by a second key that is made for this one file and forgotten with it: what is compared is what a
    restore would get, though the office cannot open its own backups.
    """
    told = manifest | {"members": [_listed(member) for member in members]}
    once = pyrage.x25519.Identity.generate()
    recipients = [pyrage.x25519.Recipient.from_str(key), once.to_public()]
    draft = target.with_name(f".{target.name}.part")
    try:
        with os.fdopen(_private(draft, os.O_TRUNC), "wb") as out:
            written = _Written(out)
            pyrage.encrypt_io(_Stream(_packed(told, members, progress)), written, recipients)
            out.flush()
            os.fsync(out.fileno())
        with draft.open("rb") as again:
            same = hashlib.file_digest(again, "sha256").hexdigest() == written.digest.hexdigest()
        if not same or _unpacked(draft, once, into=None, progress=progress) != told:
            raise Refused(NOT_A_BACKUP.at(file=target.name, found="sha256"))
        draft.replace(target)
        sync_folder(target.parent)
    except pyrage.EncryptError as error:
        raise OSError(str(error)) from None
    finally:
        draft.unlink(missing_ok=True)
    return Sealed(written.bytes, written.digest.hexdigest())


def unseal(source: Path, secret: str, *, into: Path | None, progress: Progress) -> dict[str, Any]:
    """Read a whole backup with the secret key, compare every sum, and return its manifest.

    With `into` its members are written to that empty folder. Refuse a key that does not open it, and a file that is
    damaged, cut short or holds anything its manifest does not list.
    """
    return _unpacked(source, _identity(secret), into=into, progress=progress)


def sync_folder(folder: Path) -> None:
    """Make the names in a folder survive a power cut, where the system can (not on Windows)."""
    if os.name == "posix":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _identity(secret: str) -> Any:  # noqa: ANN401 - pyrage's own
    found = re.search(r"AGE-SECRET-KEY-1[0-9A-Z]+", secret.upper())
    if not found:
        raise Refused(NOT_A_KEY.at())
    try:
        return pyrage.x25519.Identity.from_str(found[0])
    except pyrage.IdentityError:
        raise Refused(NOT_A_KEY.at()) from None


def _listed(member: Member) -> dict[str, Any]:
    with member.path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    return {"name": member.name, "bytes": member.path.stat().st_size, "sha256": digest}


def _packed(told: dict[str, Any], members: Sequence[Member], progress: Progress) -> Iterator[bytes]:
    """Yield the compressed tar of the manifest and the members."""
    squeeze = zlib.compressobj(LEVEL, zlib.DEFLATED, _GZIP)
    for piece in _tarred(told, members, progress):
        if data := squeeze.compress(piece):
            yield data
    yield squeeze.flush()


def _tarred(told: dict[str, Any], members: Sequence[Member], progress: Progress) -> Iterator[bytes]:
    text = orjson.dumps(told, option=orjson.OPT_INDENT_2)
    yield _header(MANIFEST, len(text)) + text + _padding(len(text))
    total, packed = sum(one["bytes"] for one in told["members"]), 0
    for member, one in zip(members, told["members"], strict=True):
        yield _header(member.name, one["bytes"])
        with member.path.open("rb") as file:
            while piece := file.read(CHUNK):
                packed += len(piece)
                progress("write", packed, total)
                yield piece
        yield _padding(one["bytes"])
    yield bytes(2 * tarfile.BLOCKSIZE)


def _header(name: str, size: int) -> bytes:
    info = tarfile.TarInfo(name)
    info.size, info.mode = size, 0o600
    return info.tobuf(tarfile.GNU_FORMAT)


def _padding(size: int) -> bytes:
    return bytes(-size % tarfile.BLOCKSIZE)


def _private(path: Path, flag: int) -> int:
    return os.open(path, os.O_WRONLY | os.O_CREAT | getattr(os, "O_BINARY", 0) | flag, 0o600)


class _Stream:
    """The pieces of a generator as a file that is read."""

    def __init__(self, pieces: Iterator[bytes]) -> None:
        self.pieces = pieces
        self.rest = memoryview(b"")

    def read(self, size: int = -1) -> bytes:
        """Return up to `size` bytes, nothing at the end."""
        while not self.rest:
            piece = next(self.pieces, None)
            if piece is None:
                return b""
            self.rest = memoryview(piece)
        data, self.rest = self.rest[:size], self.rest[size:]
        return bytes(data)


class _Written:
    """A file that is written, measured and hashed."""

    def __init__(self, out: IO[bytes]) -> None:
        self.out = out
        self.bytes = 0
        self.digest = hashlib.sha256()

    def write(self, data: bytes) -> int:
        """Write a piece."""
        self.digest.update(data)
        self.bytes += len(data)
        return self.out.write(data)

    def flush(self) -> None:
        """Leave it to the end."""


def _unpacked(source: Path, identity: Any, *, into: Path | None, progress: Progress) -> dict[str, Any]:  # noqa: ANN401 - pyrage's own
    members = _Members(into, progress)
    try:
        with source.open("rb") as file:
            pyrage.decrypt_io(file, members, [identity])
        members.finish()
    except pyrage.DecryptError as error:
        kind = WRONG_KEY if "No matching keys" in str(error) else NOT_A_BACKUP
        raise Refused(kind.at(file=source.name, found="age")) from None
    except (_Damaged, zlib.error, tarfile.TarError, ValueError, KeyError, TypeError) as error:
        raise Refused(NOT_A_BACKUP.at(file=source.name, found=_said(members, error))) from None
    except OSError as error:
        if members.failed is None and error.errno:
            raise
        raise Refused(NOT_A_BACKUP.at(file=source.name, found=_said(members, error))) from None
    finally:
        members.close()
    return members.manifest


class _Damaged(Exception):  # noqa: N818 - becomes a refusal that names the file
    """What was read is not what the manifest lists."""


def _said(members: _Members, error: Exception) -> str:
    failed = members.failed or error
    return str(failed) if isinstance(failed, _Damaged) else type(failed).__name__


class _Members:
    """Takes decrypted bytes as they come and writes, or only sums up, one member after the other."""

    def __init__(self, into: Path | None, progress: Progress) -> None:
        self.into = into
        self.progress = progress
        self.unzip = zlib.decompressobj(_GZIP)
        self.buffer = bytearray()
        self.manifest: dict[str, Any] = {}
        self.awaited: list[dict[str, Any]] = []
        self.name = ""
        self.left = 0
        self.padding = 0
        self.text = bytearray()
        self.digest = hashlib.sha256()
        self.out: IO[bytes] | None = None
        self.done = self.total = 0
        self.ended = False
        self.failed: Exception | None = None

    def write(self, data: bytes) -> int:
        """Take a piece of the compressed tar; once something was wrong nothing more is taken."""
        if self.failed:
            raise self.failed
        try:
            self._take(self.unzip.decompress(data))
        except Exception as error:
            self.failed = error
            raise
        return len(data)

    def flush(self) -> None:
        """Nothing waits to be flushed."""

    def finish(self) -> None:
        """See that nothing is missing at the end."""
        if not self.ended or not self.unzip.eof or self.awaited or not self.manifest:
            raise _Damaged("end")

    def close(self) -> None:
        """Leave no file open."""
        if self.out:
            self.out.close()

    def _take(self, data: bytes) -> None:
        self.buffer += data
        while self.buffer and not self.ended:
            if self.left:
                piece = bytes(self.buffer[: self.left])
                del self.buffer[: len(piece)]
                self.left -= len(piece)
                self._body(piece)
                if not self.left:
                    self._end()
            elif len(self.buffer) >= self.padding + tarfile.BLOCKSIZE:
                block = bytes(self.buffer[self.padding : self.padding + tarfile.BLOCKSIZE])
                del self.buffer[: self.padding + tarfile.BLOCKSIZE]
                self._begin(block)
            else:
                return

    def _begin(self, block: bytes) -> None:
        if not any(block):
            self.ended = True
            return
        info = tarfile.TarInfo.frombuf(block, "utf-8", "strict")
        self.name, self.left, self.padding = info.name, info.size, -info.size % tarfile.BLOCKSIZE
        self.digest = hashlib.sha256()
        if not self.manifest:
            if self.name != MANIFEST or not info.isreg() or not 0 < info.size <= LARGEST_MANIFEST:
                raise _Damaged(MANIFEST)
            return
        one = self.awaited[0] if self.awaited else {}
        if one.get("name") != self.name or one.get("bytes") != info.size or not info.isreg():
            raise _Damaged(MANIFEST)
        if self.into:
            target = self.into / self.name
            target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            self.out = os.fdopen(_private(target, os.O_EXCL), "wb")
        if not self.left:
            self._end()

    def _body(self, piece: bytes) -> None:
        if not self.manifest:
            self.text += piece
            return
        self.digest.update(piece)
        self.done += len(piece)
        self.progress("read", self.done, self.total)
        if self.out:
            self.out.write(piece)

    def _end(self) -> None:
        if not self.manifest:
            manifest = orjson.loads(self.text)
            if not all(_NAME.fullmatch(one["name"]) for one in manifest["members"]):
                raise _Damaged(MANIFEST)
            self.manifest, self.awaited = manifest, list(manifest["members"])
            self.total = sum(one["bytes"] for one in self.awaited)
            return
        if self.awaited.pop(0)["sha256"] != self.digest.hexdigest():
            raise _Damaged(self.name)
        if self.out:
            self.out.flush()
            os.fsync(self.out.fileno())
            self.out.close()
            self.out = None
