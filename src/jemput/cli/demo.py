"""The synthetic Musi Rawas: fill it, look at its number, let its months go by."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path
from typing import Annotated

from cyclopts import App, Parameter

from jemput import settings
from jemput.actions.settings import set_setting
from jemput.cli import say
from jemput.cli.app import app
from jemput.cli.claim import show_verdict
from jemput.cli.count import show_count
from jemput.cli.options import AsJson, day_of
from jemput.cli.public import public_environment
from jemput.cli.say import t
from jemput.demo.build import FILES, build
from jemput.demo.build import advance as advance_demo
from jemput.demo.desk import CUT_OFF, KEY_FILE, PUBLISHED, lay_out
from jemput.demo.outreach import go_out
from jemput.demo.users import LOGINS, PASSWORD, add_logins, current_code
from jemput.domain.claims import check
from jemput.domain.coverage import FIGURES
from jemput.domain.problems import Refused
from jemput.domain.roles import BY_ROLE, needs_second_factor
from jemput.queries import coverage
from jemput.queries.office import office
from jemput.store.connect import ensure_tables, use_database

demo = App(
    name="demo",
    help=t("Musi Rawas tiruan, dengan angka yang terbit.", "A synthetic Musi Rawas with the published figures."),
)
app.command(demo)

Folder = Annotated[
    Path | None, Parameter(help=t("Folder demo; bawaan: JEMPUT_HOME.", "The demo's folder; default: JEMPUT_HOME."))
]


@demo.default
def fill(
    folder: Folder = None,
    *,
    small: Annotated[
        bool, Parameter(negative=(), help=t("Satu per empat puluh, untuk mencoba.", "A fortieth of it, for trying."))
    ] = False,
    serve: Annotated[bool, Parameter(help=t("Sajikan kantornya sesudahnya.", "Serve its office afterwards."))] = True,
    as_json: AsJson = False,
) -> int:
    """Fill a folder with the demo, or use the one that is there, show its number and serve its office."""
    home = _home(folder)
    began = time.monotonic()
    with say.steps() as progress:
        done = build(home, small=small, progress=progress)
    add_logins()
    lay_out(home, small=small)
    go_out(small=small)
    seconds = round(time.monotonic() - began, 1)
    here = office()
    at = coverage.view(CUT_OFF, as_known=None, rule=here.rule)
    figures = coverage.total(coverage.villages(at, here.area, rule_in_force=here.rule))
    if as_json:
        counted = {name: getattr(figures, name) for name in (*FIGURES, "unrecorded")}
        refused = sum(len(one.refused) for one in done)
        say.emit({"home": str(home), "on": CUT_OFF, "seconds": seconds, "refused": refused, **counted})
        return 0
    say.err.print(
        t("Demo siap di {home} ({s} detik).", "The demo is ready in {home} ({s} seconds).", home=home, s=seconds)
    )
    say.out.print()
    show_count(at, here.area, here)
    if not small:
        say.out.print()
        _tell_published()
    _what_to_try(home)
    if serve:
        _who_signs_in()
        _serve_pages(home)
        sys.stdout.flush()
        environment = os.environ | {"JEMPUT_HOME": str(home)}
        os.execve(sys.executable, [sys.executable, "-m", "jemput", "office"], environment)  # noqa: S606 - our own program, in the demo's home
    return 0


@demo.command(
    help=t("Sebut kode faktor kedua seorang pengguna demo.", "Say the second-factor code of a user of the demo.")
)
def otp(
    username: str,
    folder: Folder = None,
    *,
    as_json: AsJson = False,
) -> int:
    """Say the code that a demo user's telephone would show now."""
    _home(folder)
    code = current_code(username)
    if as_json:
        say.emit({"username": username, "code": code})
    else:
        say.out.print(code)
    return 0


@demo.command(
    help=t(
        "Impor dan tutup bulan-bulan berikutnya sampai suatu tanggal.",
        "Import and close the months that follow, up to a day.",
    )
)
def advance(
    folder: Folder = None,
    *,
    until: Annotated[str, Parameter(help=t("Sampai tanggal ini.", "Up to this day."))],
    as_json: AsJson = False,
) -> int:
    """Let the demo's months go by."""
    home = _home(folder)
    here = office()
    with say.steps() as progress:
        done = advance_demo(home, until=day_of(until, here), progress=progress)
    here = office()
    closed = coverage.closings()[-1]
    if as_json:
        say.emit({"today": here.today, "files": [one.path.name for one in done], "closed": closed.on})
        return 0
    at = coverage.view(closed.on, as_known=None, rule=here.rule)
    show_count(at, here.area, here)
    return 0


def _home(folder: Path | None) -> Path:
    """Point this process at the demo's folder and see that its tables are there."""
    home = (folder or settings.HOME).absolute()
    home.mkdir(parents=True, exist_ok=True)
    url = os.environ.get("JEMPUT_DATABASE", "")
    use_database(settings.database(url, home))
    ensure_tables(is_demo=not url and (home / FILES / "script.json").exists())
    return home


def _serve_pages(home: Path) -> None:
    """Start the village's pages beside the office, as a process that ends with this one (which becomes the office)."""
    folder = Path(os.environ.get("JEMPUT_PUBLIC_HOME") or home / "public")
    try:
        environment = public_environment(folder)
    except Refused as refused:
        say.refuse(refused.problems, as_json=False)
        return
    address = environment["JEMPUT_PUBLIC_ORIGIN"] or f"http://localhost:{environment['JEMPUT_PUBLIC_PORT']}"
    set_setting("public_address", address, said_by="demo")
    subprocess.Popen(
        [sys.executable, "-m", "jemput.public"], env=environment | {"JEMPUT_PUBLIC_PARENT": str(os.getpid())}
    )
    say.out.print(
        t(
            "[bold]Halaman desa[/] di {address}: sebagai kabid buat tautan di “Tautan desa”, lalu buka sebagai kades.",
            "[bold]The village's pages[/] at {address}: as kabid make a link on “Village links”, then open it as the kades.",
            address=address,
        )
    )


def _tell_published() -> None:
    say.out.print(
        t(
            "[bold]Yang terbit[/] (Sripoku, 24 April 2019): 293.578 wajib KTP, 283.755 rekam = 96,65 persen, “tinggal 9.822”.",
            "[bold]What was published[/] (Sripoku, 24 April 2019): 293,578 wajib KTP, 283,755 recorded = 96.65 percent, “9,822 left”.",
        )
    )
    show_verdict(PUBLISHED, check(PUBLISHED))


def _what_to_try(home: Path) -> None:
    say.out.print()
    say.out.print(t("[bold]Coba tanyakan mengapa:[/]", "[bold]Ask why:[/]"))
    for line in (
        f"export JEMPUT_HOME={home}",
        "jemput explain --on 2019-03-28",
        "jemput count --on 2019-03-28 --as-known now --by kecamatan",
        "jemput people --on 2019-03-28 --area 16.05.14 --group unrecorded",
        'jemput claim check --text "wajib KTP 293.578, rekam 283.755 atau 96,65 persen, tinggal 9.822"',
        "jemput verify",
        "jemput demo advance --until 2019-08-28",
    ):
        say.out.print(f"  {line}")


def _who_signs_in() -> None:
    say.out.print()
    say.out.print(
        t(
            "[bold]Masuk di peramban[/] dengan sandi {password} (kode: `jemput demo otp NAMA`):",
            "[bold]Sign in in the browser[/] with the password {password} (code: `jemput demo otp NAME`):",
            password=PASSWORD,
        )
    )
    for login in LOGINS:
        title = BY_ROLE[login.role].title.say(say.language())
        code = t("dengan kode", "with a code") if needs_second_factor(login.role) else t("tanpa kode", "without a code")
        say.out.print(f"  {login.username:12} {title}, {code}")
    for line in (
        t(
            "Mulai sebagai kepala: angka 28 Maret, lalu klik “belum rekam”.",
            "Begin as kepala: the count of 28 March, then click “not recorded”.",
        ),
        t(
            "Lalu sebagai registrar: cari orang, catat kematian, lihat angkanya berubah.",
            "Then as registrar: find a person, enter a death, see the number change.",
        ),
        t(
            "Sebagai admin: buat cadangan; kuncinya di {file} (kantor sungguhan menyimpannya di lemari besi).",
            "As admin: make a backup; its key is in {file} (a real office keeps it in a safe).",
            file=KEY_FILE,
        ),
        t(
            "Sebagai inspektorat: angka dan bukti, tanpa data orang.",
            "As inspektorat: figures and proof, without people's data.",
        ),
    ):
        say.out.print(f"  {line}")
    say.out.print()
