"""Where the public pages stand: their address, refused where it is neither https nor this machine, and the key of their forms."""

from __future__ import annotations

import os
import secrets
from pathlib import Path
from urllib.parse import urlsplit

from jemput.domain.problems import ProblemKind, Refused, Text

PORT = 8027
LOCAL = frozenset({"localhost", "127.0.0.1"})
FORM_KEY = "forms.key"

NOT_HTTPS = ProblemKind(
    "public_not_https",
    Text(
        "{found} bukan alamat https; tanpa HTTPS isi halaman desa terbaca di jalan.",
        "{found} is no https address; without HTTPS the village's pages can be read on the way.",
    ),
    Text(
        "Pasang server HTTPS di depan dan sebut alamatnya: JEMPUT_PUBLIC_ORIGIN=https://…; http hanya untuk localhost.",
        "Put an HTTPS server before it and name its address: JEMPUT_PUBLIC_ORIGIN=https://…; http only for localhost.",
    ),
)
PORT_TAKEN = ProblemKind(
    "public_port_taken",
    Text("Porta {port} dipakai program lain.", "Port {port} is used by another program."),
    Text("Pilih porta lain: `jemput public --port 8028`.", "Choose another port: `jemput public --port 8028`."),
)


def checked_origin(text: str) -> str:
    """Return the address villages open, without a slash at its end; empty for this machine only. Refuse http elsewhere."""
    origin = text.strip().rstrip("/")
    parts = urlsplit(origin)
    is_good = parts.hostname and not parts.path and not parts.query and not parts.username
    if not origin or (is_good and (parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in LOCAL))):
        return origin
    raise Refused(NOT_HTTPS.at("JEMPUT_PUBLIC_ORIGIN", found=text.strip()))


def secret_key(home: Path) -> str:
    """Return the key that signs the forms; made where there is none yet."""
    path = home / FORM_KEY
    home.mkdir(mode=0o700, parents=True, exist_ok=True)
    if not path.exists():
        own = path.with_name(f"{FORM_KEY}.{os.getpid()}")
        with os.fdopen(os.open(own, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="ascii") as file:
            file.write(secrets.token_urlsafe(48))
        own.replace(path)
    return path.read_text(encoding="ascii")
