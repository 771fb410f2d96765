"""What an import of settlements or contacts says of itself."""

from __future__ import annotations

import hashlib
from pathlib import Path

from jemput.actions.paper_imports import Tally, Undone
from jemput.cli import say
from jemput.cli.say import t
from jemput.domain.problems import Refused
from jemput.imports.file_findings import FILE_MISSING

SHOWN = 20
"""Problems spelled out on the screen; `--json` has all."""


def digest_of(path: Path) -> str:
    """Return the sha256 of a file; refuse one that is not there."""
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError as error:
        raise Refused(FILE_MISSING.at(file=path.name)) from error


def show_tally(name: str, done: Tally, *, dry_run: bool, as_json: bool) -> int:
    """Print what an import did and return its exit code: 1 where no row could be taken."""
    if as_json:
        say.emit(
            {
                "import": done.number,
                "dry_run": dry_run,
                "added": len(done.added),
                "changed": done.rows_changed,
                "unchanged": done.unchanged,
                "refused": [
                    {
                        "sheet": one.sheet,
                        "row": one.row,
                        "column": one.problem.column,
                        "reason": one.problem.reason(say.language()),
                        "todo": one.problem.todo(say.language()),
                    }
                    for one in done.refused
                ],
            }
        )
    else:
        lead = t("Uji coba, tidak ada yang disimpan. ", "A trial, nothing was kept. ") if dry_run else ""
        say.out.print(
            lead
            + t(
                "{file}: {added} ditambah, {changed} dilengkapi, {same} tetap, {refused} ditolak.",
                "{file}: {added} added, {changed} completed, {same} unchanged, {refused} refused.",
                file=name,
                added=say.number(len(done.added)),
                changed=say.number(done.rows_changed),
                same=say.number(done.unchanged),
                refused=say.number(len(done.refused)),
            )
        )
        if done.number is not None:
            say.out.print(t("Impor nomor {n}; dapat dibatalkan.", "Import {n}; it can be taken back.", n=done.number))
        for one in done.refused[:SHOWN]:
            where = t("baris {row}: ", "row {row}: ", row=one.row)
            say.err.print(f"  [red]✗[/] {where}{one.problem.reason(say.language())} {one.problem.todo(say.language())}")
        if len(done.refused) > SHOWN:
            say.err.print(t("  … dan {n} lagi.", "  … and {n} more.", n=say.number(len(done.refused) - SHOWN)))
    return int(bool(done.refused) and done.does_nothing and not done.unchanged)


def show_undone(done: Undone, *, as_json: bool) -> int:
    """Print what taking an import back did."""
    if as_json:
        say.emit({"withdrawn": done.withdrawn, "put_back": done.put_back, "left": done.left})
    else:
        say.out.print(
            t(
                "{withdrawn} ditarik, {back} isian dikembalikan, {left} dibiarkan karena dipakai atau diubah sesudahnya.",
                "{withdrawn} withdrawn, {back} fields put back, {left} left as they were used or changed since.",
                withdrawn=say.number(done.withdrawn),
                back=say.number(done.put_back),
                left=say.number(done.left),
            )
        )
    return 0
