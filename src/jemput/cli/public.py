"""The village's pages: serve them as a process of their own, and carry batches by hand where there is no line to the office.

Nothing here opens the office's database. To serve, this process becomes another program, with the variables of the
office taken out of its environment.
"""

from __future__ import annotations

import os
import socket
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, NoReturn

from cyclopts import App, Parameter

from jemput import settings
from jemput.actions.restore import NO_SUCH_FILE
from jemput.cli import say
from jemput.cli.app import app
from jemput.cli.options import AsJson
from jemput.cli.say import t
from jemput.domain.batches import fingerprint
from jemput.domain.problems import Refused
from jemput.public import kept, keys, taking
from jemput.public.door import PORT, PORT_TAKEN, checked_origin

public = App(
    name="public",
    help=t(
        "Halaman desa, sebagai proses sendiri dengan basis data kecil sendiri.",
        "The village's pages, a process of its own with a small database of its own.",
    ),
)
app.command(public)

Home = Annotated[
    Path | None,
    Parameter(
        help=t(
            "Folder halaman desa; bawaan: JEMPUT_PUBLIC_HOME, atau `public` di folder data.",
            "Folder of the village's pages; default: JEMPUT_PUBLIC_HOME, or `public` in the data directory.",
        )
    ),
]


@public.default
def serve(
    *,
    port: Annotated[int | None, Parameter(help=t("Porta; bawaan 8027.", "Port; default 8027."))] = None,
    home: Home = None,
) -> NoReturn:
    """Serve the village's pages on 127.0.0.1 until stopped."""
    environment = public_environment(folder_of(home), port)
    origin, number = environment["JEMPUT_PUBLIC_ORIGIN"], environment["JEMPUT_PUBLIC_PORT"]
    say.err.print(
        t(
            "Halaman desa di [bold]{address}[/], porta {port} mesin ini — Ctrl+C untuk berhenti.",
            "The village's pages are at [bold]{address}[/], port {port} of this machine — Ctrl+C to stop.",
            address=origin or f"http://localhost:{number}",
            port=number,
        )
    )
    sys.stderr.flush()
    os.execve(sys.executable, [sys.executable, "-m", "jemput.public"], environment)  # noqa: S606 - our own program


def public_environment(home: Path, port: int | None = None) -> dict[str, str]:
    """Return the environment the pages run in: nothing of the office, not even where it is. Refuse http elsewhere and a port in use."""
    origin = checked_origin(os.environ.get("JEMPUT_PUBLIC_ORIGIN", ""))
    number = port or int(os.environ.get("JEMPUT_PUBLIC_PORT") or PORT)
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", number))
        except OSError:
            raise Refused(PORT_TAKEN.at(port=number)) from None
    kept_ones = {name: value for name, value in os.environ.items() if not name.startswith(("JEMPUT_", "DJANGO_"))}
    return kept_ones | {
        "JEMPUT_PUBLIC_HOME": str(home),
        "JEMPUT_PUBLIC_ORIGIN": origin,
        "JEMPUT_PUBLIC_PORT": str(number),
    }


@public.command(
    help=t("Cetak kunci halaman desa, untuk dipercaya kantor.", "Print the pages' key, for the office to trust.")
)
def key(*, home: Home = None, as_json: AsJson = False) -> int:
    """Print the public key of these pages, and its fingerprint to compare by telephone."""
    own = keys.own_keys(folder_of(home))
    tell_key(own.text, as_json=as_json)
    return 0


@public.command(help=t("Percayai kantor dengan kunci ini.", "Trust the office of this key."))
def trust(office_key: str, *, home: Home = None, as_json: AsJson = False) -> int:
    """Trust the office whose key `jemput exchange key` printed, in the place of any other."""
    tell_key(keys.trust_office(folder_of(home), office_key), as_json=as_json)
    return 0


@public.command(help=t("Ambil kiriman kantor dari berkas.", "Take a batch of the office from a file."))
def take(file: Path, *, home: Home = None, as_json: AsJson = False) -> int:
    """Take what `jemput exchange --out FILE` wrote; a batch taken twice changes nothing."""
    folder = folder_of(home)
    kept.prepare(folder)
    if not file.is_file():
        raise Refused(NO_SUCH_FILE.at(file=file))
    done = taking.take(folder, file.read_bytes(), now=datetime.now(UTC))
    if as_json:
        say.emit({"number": done.number, "new": done.is_new, "links": done.links, "acknowledged": done.acknowledged})
        return 0
    said = (
        t("Kiriman {n} diambil: {links} tautan.", "Batch {n} taken: {links} links.", n=done.number, links=done.links)
        if done.is_new
        else t("Kiriman {n} sudah pernah diambil.", "Batch {n} was taken before.", n=done.number)
    )
    say.out.print(said)
    return 0


@public.command(
    help=t("Tulis jawaban desa ke berkas untuk kantor.", "Write the villages' answers to a file for the office.")
)
def give(file: Path, *, home: Home = None) -> int:
    """Write what waits for the office; `jemput exchange --in FILE` takes it there."""
    folder = folder_of(home)
    kept.prepare(folder)
    file.write_bytes(taking.give(folder, now=datetime.now(UTC)))
    say.err.print(t("Ditulis ke {file}.", "Written to {file}.", file=file))
    return 0


def folder_of(home: Path | None) -> Path:
    """Return the folder of the pages."""
    return (home or settings.PUBLIC_HOME).absolute()


def tell_key(text: str, *, as_json: bool) -> None:
    """Print a key with its fingerprint."""
    if as_json:
        say.emit({"key": text, "fingerprint": fingerprint(text)})
        return
    say.out.print(text, soft_wrap=True)
    say.out.print(t("Sidik: {f}", "Fingerprint: {f}", f=fingerprint(text)))
