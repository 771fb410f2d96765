"""What comes in: files, what they propose, the answers, and taking an import back."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Annotated, Any

from cyclopts import Parameter
from rich.table import Table

from jemput.actions import answer as answering
from jemput.actions import upkeep
from jemput.cli import say
from jemput.cli.app import app
from jemput.cli.options import Area, AsJson, area_of, day_of
from jemput.cli.say import t
from jemput.domain.ids import area_text, mask
from jemput.domain.problems import ProblemKind, Refused, Text
from jemput.domain.rows import RowProblem
from jemput.imports.refusals import write_refusals
from jemput.imports.run import Imported, import_file
from jemput.queries import people
from jemput.queries.office import office
from jemput.store.models import Proposal

NO_FILE = ProblemKind(
    "no_file",
    Text("Tidak ada berkas yang disebut.", "No file was named."),
    Text(
        "Contoh: `jemput import daftar.xlsx --area 16.05.01.2003`.",
        "For example `jemput import list.xlsx --area 16.05.01.2003`.",
    ),
)
SHOWN = 10
"""Refused rows spelled out on the screen; the file of refused rows holds all."""


@app.command(
    name="import",
    help=t(
        "Impor berkas: daftar penduduk, peristiwa, konsolidasi, angka DKB.",
        "Import files: lists of residents, events, consolidation, DKB totals.",
    ),
)
def import_files(
    *files: Path,
    area: Area = "",
    layout: Annotated[
        str | None,
        Parameter(
            help=t("Nama tata letak, bila tidak dikenali sendiri.", "Name of the layout, where it is not recognised.")
        ),
    ] = None,
    as_at: Annotated[
        str,
        Parameter(
            name="--as-at",
            help=t(
                "Tanggal daftar; bawaan: dari berkas, atau hari kantor.",
                "Day of the list; default: the file's own, or the office's day.",
            ),
        ),
    ] = "",
    dry_run: Annotated[
        bool, Parameter(negative=(), help=t("Periksa saja, jangan simpan.", "Only check; keep nothing."))
    ] = False,
    refused_to: Annotated[
        Path | None,
        Parameter(
            name="--refused", help=t("Tulis baris yang ditolak ke berkas ini.", "Write the refused rows to this file.")
        ),
    ] = None,
    said_by: Annotated[str, Parameter(name="--by", help=t("Siapa yang mengimpor.", "Who imports."))] = "",
    as_json: AsJson = False,
) -> int:
    """Import one or more files, each in a transaction of its own."""
    if not files:
        raise Refused(NO_FILE.at())
    here = office()
    where = area_of(area, here) if area else None
    day = day_of(as_at, here) if as_at else None
    with say.steps() as progress:
        done = [
            import_file(path, area=where, layout=layout, as_at=day, dry_run=dry_run, said_by=said_by, progress=progress)
            for path in files
        ]
    written = [_refusals(one, refused_to if len(done) == 1 else None) for one in done]
    if as_json:
        answers = [_json(one, path) for one, path in zip(done, written, strict=True)]
        say.emit(answers[0] if len(answers) == 1 else {**_together(answers), "files": answers})
    else:
        for one, path in zip(done, written, strict=True):
            _show(one, path)
    return int(all(not one.taken.accepted and not one.taken.unchanged and bool(one.refused) for one in done))


@app.command(help=t("Usulan yang menunggu jawaban.", "Proposed facts that wait for an answer."))
def proposals(
    *,
    area: Area = "",
    kind: Annotated[
        str | None, Parameter(help=t("Jenis: gone, rekam, registered, …", "Kind: gone, rekam, registered, …"))
    ] = None,
    as_json: AsJson = False,
) -> int:
    """List the open proposals."""
    here = office()
    found = answering.open_proposals(area=area_of(area, here), kind=kind)
    names = {person.id: person.name for person in people.by_id(p.person for p in found if p.person)}
    if as_json:
        say.emit([_proposal_json(one, names) for one in found])
        return 0
    table = Table(box=None, pad_edge=False)
    for title in (
        "#",
        t("Jenis", "Kind"),
        t("Orang", "Person"),
        t("Desa", "Village"),
        t("Tanggal", "Day"),
        t("Dari", "From"),
    ):
        table.add_column(title)
    for one in found[:200]:
        who = names.get(one.person or 0) or str(one.said.get("name", "–"))
        table.add_row(
            str(one.pk), one.kind, who, area_text(one.village), one.on.isoformat(), one.evidence.get("file", "")
        )
    say.out.print(t("{n} usulan terbuka", "{n} open proposals", n=say.number(len(found))))
    say.out.print(table)
    return 0


@app.command(help=t("Jawab usulan, satu-satu atau sekaligus.", "Answer proposals, singly or in bulk."))
def answer(
    *numbers: int,
    as_: Annotated[
        str,
        Parameter(
            name="--as",
            help=t(
                "accept, reject; untuk yang hilang: moved, died, cleansed, error.",
                "accept, reject; for the gone: moved, died, cleansed, error.",
            ),
        ),
    ],
    source: Annotated[
        str, Parameter(help=t("Siapa atau surat apa yang mengatakannya.", "Who or which letter says so."))
    ],
    on: Annotated[
        str,
        Parameter(
            help=t("Tanggal berlakunya, bila lain dari usulan.", "The day it holds from, where not as proposed.")
        ),
    ] = "",
    kind: Annotated[
        str | None, Parameter(help=t("Jawab semua usulan jenis ini.", "Answer all proposals of this kind."))
    ] = None,
    area: Area = "",
    said_by: Annotated[str, Parameter(name="--by", help=t("Siapa yang menjawab.", "Who answers."))] = "",
    as_json: AsJson = False,
) -> int:
    """Answer proposals by number, or all of a kind in an area."""
    here = office()
    found = (
        answering.open_proposals(area=area_of(area, here) if area else None, kind=kind, numbers=numbers)
        if numbers or kind
        else []
    )
    day: date | None = day_of(on, here) if on else None
    written = answering.answer(found, as_, on=day, source=source, office=here, said_by=said_by)
    if as_json:
        say.emit({"answered": len(found), "facts": written})
    else:
        say.out.print(
            t(
                "{n} usulan dijawab, {m} fakta dicatat.",
                "{n} proposals answered, {m} facts written.",
                n=len(found),
                m=written,
            )
        )
    return 0


@app.command(
    help=t(
        "Batalkan kiriman sebuah impor (sebagai pembatalan tiap fakta).",
        "Take back the batches of an import (as a reversal of each fact).",
    )
)
def undo(
    *batches: int,
    reason: Annotated[str, Parameter(help=t("Alasan.", "The reason."))],
    said_by: Annotated[str, Parameter(name="--by", help=t("Siapa yang membatalkan.", "Who takes it back."))] = "",
    as_json: AsJson = False,
) -> int:
    """Reverse every fact of the batches of an import."""
    taken_back = upkeep.undo_batches(batches, reason=reason, office=office(), said_by=said_by)
    if as_json:
        say.emit({"reversed": taken_back})
    else:
        say.out.print(t("{n} fakta dibatalkan.", "{n} facts taken back.", n=say.number(taken_back)))
    return 0


def _refusals(one: Imported, path: Path | None) -> Path | None:
    if not one.refused:
        return None
    target = path or one.path.with_name(f"{one.path.stem}-{t('ditolak', 'refused')}.xlsx")
    try:
        write_refusals(target, one.path, one.refused, language=say.language(), layout=one.layout)
    except OSError:
        return None
    return target


def _json(one: Imported, written: Path | None) -> dict[str, Any]:
    return {
        "file": one.path.name,
        "layout": one.layout,
        "dry_run": one.dry_run,
        "rows": one.rows,
        "accepted": one.taken.accepted,
        "unchanged": one.taken.unchanged,
        "facts": one.taken.facts,
        "batches": [] if one.dry_run else one.taken.batches,
        "proposed": dict(one.taken.proposed),
        "refused": [_problem_json(problem) for problem in one.refused],
        "refused_file": str(written) if written else None,
        "notes": [_problem_json(problem) for problem in one.notes],
    }


def _together(answers: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "rows": sum(one["rows"] for one in answers),
        "accepted": sum(one["accepted"] for one in answers),
        "unchanged": sum(one["unchanged"] for one in answers),
        "refused": [problem | {"file": one["file"]} for one in answers for problem in one["refused"]],
    }


def _problem_json(problem: RowProblem) -> dict[str, Any]:
    said = problem.problem
    return {
        "sheet": problem.sheet,
        "row": problem.row,
        "column": said.column,
        "reason": said.reason(say.language()),
        "todo": said.todo(say.language()),
    }


def _show(one: Imported, written: Path | None) -> None:
    taken = one.taken
    lead = t("Uji coba, tidak ada yang disimpan. ", "A dry run, nothing was kept. ") if one.dry_run else ""
    say.out.print(
        lead
        + t(
            "[bold]{file}[/] ({layout}): {rows} baris, {accepted} diterima, {unchanged} sudah sama, {refused} ditolak.",
            "[bold]{file}[/] ({layout}): {rows} rows, {accepted} taken, {unchanged} already so, {refused} refused.",
            file=one.path.name,
            layout=one.layout,
            rows=say.number(one.rows),
            accepted=say.number(taken.accepted),
            unchanged=say.number(taken.unchanged),
            refused=say.number(len(one.refused)),
        )
    )
    if taken.proposed:
        new, changed, gone = (say.number(taken.proposed[word]) for word in ("new", "changed", "gone"))
        say.out.print(
            t(
                "  Dibandingkan dengan daftar: {new} orang baru, {changed} perubahan, {gone} tidak lagi disebut."
                " Lihat `jemput proposals`.",
                "  Compared with the register: {new} new people, {changed} changes, {gone} no longer named."
                " See `jemput proposals`.",
                new=new,
                changed=changed,
                gone=gone,
            )
        )
    for problem in one.refused[:SHOWN]:
        where = " ".join(
            part for part in (problem.sheet, t("baris {n}", "row {n}", n=problem.row), problem.problem.column) if part
        )
        say.err.print(f"  [red]✗[/] {where}: {problem.problem.reason(say.language())}")
        say.err.print(f"    [dim]{problem.problem.todo(say.language())}[/]")
    if len(one.refused) > SHOWN:
        say.err.print(t("  … dan {n} lagi.", "  … and {n} more.", n=len(one.refused) - SHOWN))
    if written:
        say.err.print(t("  Semua baris yang ditolak: {path}", "  All refused rows: {path}", path=written))


def _proposal_json(one: Proposal, names: dict[int, str]) -> dict[str, Any]:
    said = {key: (mask(str(value)) if key in {"nik", "no_kk"} else value) for key, value in one.said.items()}
    return {
        "number": one.pk,
        "kind": one.kind,
        "person": names.get(one.person or 0) or one.said.get("name", ""),
        "village": area_text(one.village),
        "on": one.on,
        "said": said,
        "evidence": one.evidence,
    }
