"""The key the public pages sign with, and the office they trust: three small files in their own folder."""

from __future__ import annotations

import os
import secrets
from dataclasses import dataclass
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from jemput.domain.batches import checked_key, private_key, public_text
from jemput.domain.problems import ProblemKind, Refused, Text

SECRET, OWN, OFFICE = "public.key", "public.pub", "office.pub"
"""Names of files: the secret key (0600), its public half, and the public key of the office."""

NO_OFFICE = ProblemKind(
    "no_office_trusted",
    Text(
        "Halaman desa ini belum mengenal kunci kantornya.",
        "These public pages do not know the key of their office yet.",
    ),
    Text(
        "Cetak kunci kantor dengan `jemput exchange key`, lalu di mesin ini `jemput public trust KUNCI`.",
        "Print the office's key with `jemput exchange key`, then on this machine `jemput public trust KEY`.",
    ),
)


@dataclass(frozen=True, slots=True)
class Keys:
    """The key of these public pages, with its public half as text."""

    secret: Ed25519PrivateKey
    text: str


def own_keys(home: Path) -> Keys:
    """Return the key of the public pages, made at the first call."""
    path = home / SECRET
    if not path.exists():
        home.mkdir(mode=0o700, parents=True, exist_ok=True)
        _write_once(path, secrets.token_bytes(32).hex())
    secret = private_key(path.read_text(encoding="ascii").strip())
    text = public_text(secret, "public")
    own = home / OWN
    if not own.exists() or own.read_text(encoding="ascii").strip() != text:
        own.write_text(text + "\n", encoding="ascii")
    return Keys(secret, text)


def trust_office(home: Path, text: str) -> str:
    """Trust an office by its public key, in the place of any other; return the key. Refuse what is no key of an office."""
    key = checked_key(text, "office")
    home.mkdir(mode=0o700, parents=True, exist_ok=True)
    (home / OFFICE).write_text(key + "\n", encoding="ascii")
    return key


def office_key(home: Path) -> str:
    """Return the key of the office that is trusted; refuse where none is."""
    path = home / OFFICE
    if not path.exists():
        raise Refused(NO_OFFICE.at())
    return checked_key(path.read_text(encoding="ascii"), "office")


def _write_once(path: Path, text: str) -> None:
    """Write a secret file whole under its name, unless another process was first."""
    own = path.with_name(f"{path.name}.{os.getpid()}")
    with os.fdopen(os.open(own, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="ascii") as file:
        file.write(text)
    try:
        os.link(own, path)
    except FileExistsError:
        pass
    finally:
        own.unlink()
