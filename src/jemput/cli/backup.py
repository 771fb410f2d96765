"""Copies of everything: the key, the backup, the way back, and the step to a newer version."""

from __future__ import annotations

import getpass
import io
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any

import segno
from cyclopts import App, Parameter
from rich.table import Table

from jemput.actions.backup import make_backup, make_key, write_key
from jemput.actions.restore import restore as put_back
from jemput.actions.upgrade import plan as upgrade_plan
from jemput.actions.upgrade import upgrade as bring_up
from jemput.cli import say
from jemput.cli.app import app
from jemput.cli.options import AsJson
from jemput.cli.say import t
from jemput.domain.problems import ProblemKind, Refused, Text
from jemput.queries import backups
from jemput.queries.office import ZONE, setting
from jemput.store import archive

backup = App(
    name="backup",
    help=t(
        "Buat cadangan terenkripsi dari seluruh kantor, ke berkas atau folder.",
        "Make an encrypted backup of the whole office, to a file or a folder.",
    ),
)
app.command(backup)

KEY_IS_SET = ProblemKind(
    "backup_key_is_set",
    Text("Kantor sudah punya kunci cadangan.", "The office already has a key for its backups."),
    Text(
        "Dengan --replace dibuat kunci baru; cadangan lama tetap butuh kunci lama, jadi simpan keduanya.",
        "With --replace a new one is made; older backups still need the old one, so keep both.",
    ),
)
NO_KEY_FILE = ProblemKind(
    "no_key_file",
    Text("Berkas kunci {file} tidak terbaca.", "The key file {file} cannot be read."),
    Text("Sebut berkas yang berisi AGE-SECRET-KEY-1….", "Name a file that holds AGE-SECRET-KEY-1…."),
)
KEY_FILE_THERE = ProblemKind(
    "key_file_there",
    Text("Berkas {file} sudah ada.", "The file {file} is already there."),
    Text("Sebut nama lain; kunci tidak pernah ditimpa.", "Name another one; a key is never overwritten."),
)
KeyFile = Annotated[
    Path | None,
    Parameter(
        name="--key",
        help=t("Berkas kunci rahasia; tanpa ini ditanyakan.", "File of the secret key; asked for without it."),
    ),
]


@backup.default
def back_up(
    target: Annotated[
        Path | None,
        Parameter(
            help=t(
                "Berkas (.age) atau folder; bawaan: folder cadangan.", "File (.age) or folder; default: the office's."
            )
        ),
    ] = None,
    *,
    said_by: Annotated[str, Parameter(name="--by", help=t("Siapa yang membuat.", "Who makes it."))] = "",
    as_json: AsJson = False,
) -> int:
    """Make a backup and read it back."""
    with say.steps() as progress:
        made = make_backup(now=datetime.now(UTC), made_by=said_by, progress=progress, target=target)
    if as_json:
        say.emit(
            {"file": made.file, "bytes": made.bytes, "sha256": made.sha256, "place": made.place, "head": made.head}
        )
        return 0
    say.out.print(
        t(
            "Cadangan dibuat dan dibaca ulang: {file} ({mb} MB, {s} detik, sampai tempat {place}).",
            "The backup is made and was read back: {file} ({mb} MB, {s} seconds, up to place {place}).",
            file=made.file,
            mb=say.number(made.bytes // 10**6),
            s=made.seconds,
            place=say.number(made.place),
        )
    )
    return 0


@backup.command(
    help=t("Buat kunci cadangan; rahasianya hanya tampil sekali.", "Make the key; its secret is shown once.")
)
def key(
    *,
    to: Annotated[
        Path | None, Parameter(help=t("Tulis kunci rahasia ke berkas ini.", "Write the secret key to this file."))
    ] = None,
    qr: Annotated[
        bool, Parameter(negative=(), help=t("Tampilkan juga sebagai QR.", "Show it as a QR code too."))
    ] = False,
    replace: Annotated[
        bool, Parameter(negative=(), help=t("Ganti kunci yang sudah ada.", "Replace the key that is there."))
    ] = False,
    said_by: Annotated[str, Parameter(name="--by", help=t("Siapa yang membuat.", "Who makes it."))] = "",
    as_json: AsJson = False,
) -> int:
    """Make a pair of keys; the office keeps the public one only."""
    if setting("backup_key") and not replace:
        raise Refused(KEY_IS_SET.at())
    if to and to.exists():
        raise Refused(KEY_FILE_THERE.at(file=to))
    public, secret = make_key(said_by=said_by)
    if to:
        write_key(to, public, secret)
    if as_json:
        say.emit({"public": public, "file": str(to)} if to else {"public": public, "secret": secret})
        return 0
    say.out.print(t("Kunci umum (disimpan kantor): {key}", "Public key (kept by the office): {key}", key=public))
    if to:
        say.out.print(t("Kunci rahasia ditulis ke {file}.", "The secret key was written to {file}.", file=to))
    else:
        say.out.print(t("Kunci rahasia (hanya tampil sekali):", "Secret key (shown this once):"))
        say.out.print(f"\n  {secret}\n")
    if qr:
        drawn = io.StringIO()
        segno.make(secret, error="m").terminal(out=drawn, compact=True)
        say.out.print(drawn.getvalue())
    say.err.print(
        t(
            "Tulis di kertas, simpan di lemari besi di luar kantor. Tanpa kunci ini tidak ada cadangan yang dapat dibuka.",
            "Put it on paper and into a safe outside the office. Without it no backup can be opened.",
        )
    )
    return 0


@backup.command(name="list", help=t("Cadangan yang ada dan umurnya.", "The backups there are and their age."))
def list_backups(*, as_json: AsJson = False) -> int:
    """List the backups; exit 1 where the daily one is missing."""
    now = datetime.now(UTC)
    stands, found = backups.standing(now), backups.made()
    if as_json:
        say.emit(
            {
                "overdue": stands.is_overdue,
                "folder": str(stands.folder),
                "backups": [
                    {
                        "file": str(one.path),
                        "made_at": one.made_at,
                        "bytes": one.bytes,
                        "place": one.place,
                        "is_there": one.is_there,
                    }
                    for one in found
                ],
            }
        )
        return int(stands.is_overdue)
    table = Table(box=None, pad_edge=False)
    for title in (t("Dibuat (WIB)", "Made (WIB)"), t("Berkas", "File"), "MB", t("Tempat", "Place"), ""):
        table.add_column(title)
    for one in found:
        gone = "" if one.is_there else t("berkasnya tidak ada", "the file is gone")
        megabytes = say.number(one.bytes // 10**6)
        table.add_row(
            f"{one.made_at.astimezone(ZONE):%Y-%m-%d %H:%M}", str(one.path), megabytes, say.number(one.place), gone
        )
    say.out.print(table)
    if stands.is_overdue:
        say.err.print(
            t("Cadangan terakhir terlalu tua atau tidak ada.", "The last backup is too old, or there is none.")
        )
    if stands.same_disk:
        say.err.print(
            t(
                "Folder cadangan di disk yang sama dengan data; setel `backup_folder` ke disk lain.",
                "The folder of the backups is on the disk of the data; set `backup_folder` to another disk.",
            )
        )
    return int(stands.is_overdue)


@backup.command(help=t("Buka cadangan dan bandingkan semua isinya.", "Open a backup and compare all that is in it."))
def check(file: Path, *, key_file: KeyFile = None, as_json: AsJson = False) -> int:
    """Read a whole backup with the secret key; refuse one that is damaged."""
    with say.steps() as progress:
        manifest = archive.unseal(file, _secret(key_file), into=None, progress=progress)
    if as_json:
        say.emit(manifest)
    else:
        _tell(manifest)
    return 0


@app.command(help=t("Kembalikan cadangan; keadaan lama tetap disimpan.", "Put a backup back; the old state is kept."))
def restore(
    file: Path,
    *,
    key_file: KeyFile = None,
    into: Annotated[
        Path | None,
        Parameter(
            help=t(
                "Ke folder kosong ini saja, tanpa mengganti apa pun.", "Into this empty folder only, replacing nothing."
            )
        ),
    ] = None,
    as_json: AsJson = False,
) -> int:
    """Restore a backup after it was verified."""
    with say.steps() as progress:
        done = put_back(file, _secret(key_file), now=datetime.now(UTC), progress=progress, into=into)
    if as_json:
        say.emit(
            {
                "home": str(done.home),
                "kept": str(done.kept) if done.kept else None,
                "kept_database": done.kept_database or None,
                "place": done.manifest["place"],
                "head": done.manifest["head"],
                "made_at": done.manifest["made_at"],
                "upgrade_needed": done.is_older,
            }
        )
        return 0
    _tell(done.manifest)
    say.out.print(t("Sudah dipasang di {home}.", "It is in place in {home}.", home=done.home))
    if done.kept:
        say.out.print(t("Keadaan lama disimpan di {kept}.", "The old state is kept in {kept}.", kept=done.kept))
    if done.kept_database:
        say.out.print(t("Basis data lama: {name}.", "The old database: {name}.", name=done.kept_database))
    if done.is_older:
        say.err.print(
            t(
                "Cadangan ini dari versi lama: jalankan `jemput upgrade`.",
                "This backup is from an older version: run `jemput upgrade`.",
            )
        )
    return 0


@app.command(
    help=t(
        "Naikkan basis data ke versi ini, atau biarkan seperti semula.",
        "Bring the database up to this version, or leave it as it is.",
    )
)
def upgrade(
    *,
    check: Annotated[
        bool, Parameter(negative=(), help=t("Katakan saja apa yang akan terjadi.", "Only say what would happen."))
    ] = False,
    as_json: AsJson = False,
) -> int:
    """Upgrade the database: copy, migrate, verify, or everything as it was."""
    if check:
        return _show_plan(as_json=as_json)
    with say.steps() as progress:
        done = bring_up(now=datetime.now(UTC), progress=progress)
    if as_json:
        say.emit({"migrations": done.migrations, "kept": str(done.kept) if done.kept else None})
    elif not done.migrations:
        say.out.print(t("Basis data sudah versi ini.", "The database is of this version already."))
    else:
        say.out.print(
            t(
                "{n} perubahan tabel dijalankan dan diperiksa; yang lama disimpan di {kept}.",
                "{n} changes of tables were made and verified; the old database is kept in {kept}.",
                n=len(done.migrations),
                kept=done.kept,
            )
        )
    return 0


def _show_plan(*, as_json: bool) -> int:
    planned = upgrade_plan()
    problems = [problem for refused in planned.in_the_way for problem in refused.problems]
    if as_json:
        said = [problem.reason(say.language()) for problem in problems]
        say.emit(
            {
                "migrations": planned.migrations,
                "bytes": planned.bytes,
                "place": planned.before.place,
                "last_closing": planned.last_closing or None,
                "in_the_way": said,
            }
        )
        return int(bool(problems))
    if not planned.migrations:
        say.out.print(t("Basis data sudah versi ini.", "The database is of this version already."))
        return 0
    say.out.print(
        t(
            "Akan dijalankan {n} perubahan tabel pada salinan basis data ({mb} MB), lalu dibandingkan: rantai di tempat"
            " {place}, hitungan tertutup terakhir {closing}. Yang lama disimpan.",
            "{n} changes of tables would be made on a copy of the database ({mb} MB), then compared: the chain at place"
            " {place}, the last closed count {closing}. The old one is kept.",
            n=len(planned.migrations),
            mb=say.number(planned.bytes // 10**6),
            place=say.number(planned.before.place),
            closing=planned.last_closing or "–",
        )
    )
    for name in planned.migrations:
        say.out.print(f"  {name}")
    if problems:
        say.refuse(tuple(problems), as_json=False)
    return int(bool(problems))


def _secret(file: Path | None) -> str:
    """Return the secret key from a file, or as it is typed."""
    if file:
        try:
            return file.read_text("utf-8")
        except (OSError, UnicodeDecodeError):
            raise Refused(NO_KEY_FILE.at(file=file)) from None
    if sys.stdin.isatty():
        return getpass.getpass(t("Kunci rahasia: ", "Secret key: "))
    return sys.stdin.readline()


def _tell(manifest: dict[str, Any]) -> None:
    say.out.print(
        t(
            "Cadangan dari {at} utuh: {facts} fakta, {people} orang, kepala rantai {head}…",
            "The backup of {at} is whole: {facts} facts, {people} people, head of the chain {head}…",
            at=f"{datetime.fromisoformat(manifest['made_at']).astimezone(ZONE):%Y-%m-%d %H:%M} WIB",
            facts=say.number(manifest["counts"]["fact"]),
            people=say.number(manifest["counts"]["person"]),
            head=str(manifest["head"])[:16],
        )
    )
