"""Keeping the ledger: close the 28th, verify, rebuild, export, settings."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import orjson
from cyclopts import Parameter
from rich.table import Table

from jemput.actions import upkeep
from jemput.actions.close_count import close_count
from jemput.actions.settings import set_setting
from jemput.cli import say
from jemput.cli.app import app
from jemput.cli.options import AsJson, day_of
from jemput.cli.say import t
from jemput.domain.problems import Refused
from jemput.queries import coverage, export, proof, soundness
from jemput.queries.coverage import View
from jemput.queries.office import SETTINGS, office
from jemput.queries.office import shown as shown_setting


@app.command(help=t("Tutup hitungan tanggal 28.", "Close the count of a 28th."))
def close(
    *,
    on: Annotated[str, Parameter(help=t("Tanggal 28 yang ditutup.", "The 28th to close."))],
    said_by: Annotated[str, Parameter(name="--by", help=t("Siapa yang menutup.", "Who closes."))] = "",
    as_json: AsJson = False,
) -> int:
    """Close a count for ever."""
    here = office()
    closing = close_count(day_of(on, here), office=here, said_by=said_by)
    at = View(closing.on, closing.batch, closing.known_on, closing.rule, closing)
    figures = coverage.total(coverage.villages(at, here.area, rule_in_force=here.rule))
    if as_json:
        say.emit(
            {
                "on": closing.on,
                "place": closing.place,
                "digest": closing.digest,
                "id_obligated": figures.id_obligated,
                "recorded": figures.recorded,
                "unrecorded": figures.unrecorded,
            }
        )
    else:
        say.out.print(
            t(
                "Hitungan {on} ditutup di tempat {place}: {wajib} wajib KTP, {rekam} rekam, {left} belum.",
                "The count of {on} is closed at place {place}: {wajib} wajib KTP, {rekam} recorded, {left} left.",
                on=say.day(closing.on),
                place=closing.place,
                wajib=say.number(figures.id_obligated),
                rekam=say.number(figures.recorded),
                left=say.number(figures.unrecorded),
            )
        )
    return 0


@app.command(
    help=t(
        "Periksa buku besar dan turunannya, atau satu berkas bukti.",
        "Check the ledger and what is derived, or one file of proof.",
    )
)
def verify(proof_file: Path | None = None, *, as_json: AsJson = False) -> int:
    """Verify the whole ledger, or a proof against it."""
    here = office()
    if proof_file:
        try:
            said = orjson.loads(proof_file.read_bytes())
        except (OSError, orjson.JSONDecodeError):
            raise Refused(proof.NOT_A_PROOF.at(file=proof_file.name)) from None
        found = proof.check(said)
    else:
        with say.steps() as progress:
            found = soundness.findings(here, progress)
    sentences = [text.say(say.language()) for text in found]
    if as_json:
        say.emit({"sound": not found, "findings": sentences})
    elif found:
        for sentence in sentences:
            say.err.print(f"[bold red]✗[/] {sentence}")
    else:
        say.out.print(
            t("Bukti cocok dengan buku besar.", "The proof agrees with the ledger.")
            if proof_file
            else t(
                "Rantai utuh, neraca seimbang, turunan sama dengan bangun ulang.",
                "The chain is whole, the balances foot, what is derived equals a rebuild.",
            )
        )
    return int(bool(found))


@app.command(help=t("Bangun ulang semua turunan dari fakta.", "Make everything derived anew from the facts."))
def rebuild(*, as_json: AsJson = False) -> int:
    """Rebuild the register, the movements and their sums."""
    upkeep.rebuild(office())
    if as_json:
        say.emit({"rebuilt": True})
    else:
        say.out.print(t("Turunan dibangun ulang.", "Everything derived was made anew."))
    return 0


@app.command(
    name="export",
    help=t("Salin buku besar dan angka ke sebuah folder.", "Copy the ledger and the figures to a folder."),
)
def export_to(folder: Path, *, as_json: AsJson = False) -> int:
    """Write the ledger line by line, the figures of every closing, and the live ones."""
    made = export.export(folder, office())
    if as_json:
        say.emit({"files": made, "folder": str(folder)})
        return 0
    for name, rows in made.items():
        say.out.print(t("{name}: {n} baris", "{name}: {n} rows", name=name, n=say.number(rows)))
    say.err.print(
        t(
            "ledger.jsonl memuat data pribadi utuh; simpan seperti berkas kependudukan.",
            "ledger.jsonl holds whole personal data; keep it as you keep the register.",
        )
    )
    return 0


@app.command(name="setting", help=t("Lihat atau ubah pengaturan kantor.", "Show or change the office's settings."))
def settings(
    name: str = "",
    value: str | None = None,
    *,
    said_by: Annotated[str, Parameter(name="--by", help=t("Siapa yang mengubah.", "Who changes it."))] = "",
    as_json: AsJson = False,
) -> int:
    """Show all settings, or set one; an empty value returns it to its default."""
    if name and value is not None:
        set_setting(name, value, said_by=said_by)
    shown = {kind.name: shown_setting(kind.name) for kind in SETTINGS if not name or kind.name == name}
    if as_json:
        say.emit(shown)
        return 0
    table = Table(box=None, show_header=False, pad_edge=False)
    for kind in SETTINGS:
        if kind.name in shown:
            table.add_row(f"[bold]{kind.name}[/]", str(shown[kind.name]), f"[dim]{kind.meaning.say(say.language())}[/]")
    say.out.print(table)
    return 0
