"""Every kind of job in one table: its name in words, and what does it.

Each may run twice: an import knows its file by its content, a verification only reads,
a backup that was half made has no name yet.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from jemput.actions.backup import make_backup
from jemput.actions.scheduled import BY
from jemput.actions.taking import Progress
from jemput.actions.upkeep import undo_with_effect
from jemput.domain.problems import Language, Problem, Refused, Text
from jemput.domain.rows import RowProblem
from jemput.imports.preview import preview
from jemput.imports.refusals import write_refusals
from jemput.imports.run import Imported, import_file
from jemput.jobs import exchange, reports, sending
from jemput.queries import soundness
from jemput.queries.office import office
from jemput.store import uploads

SPELLED_OUT = 200
"""Refused rows and notes kept in words with the result; the workbook of refused rows holds all."""

TOLD = ("population", "id_obligated", "recorded", "unrecorded")
"""Figures told before and after an import is taken back."""

Work = Callable[[Mapping[str, Any], Progress], dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of job; `run` takes its arguments and a progress, and returns what came of it as JSON values."""

    title: Text
    run: Work


def take_file(args: Mapping[str, Any], progress: Progress) -> dict[str, Any]:
    """Import a file that was uploaded, or only try it; write its refused rows beside it as a workbook.

    Args: `path`, `name` (as the sender calls it), `area`, `within` (the sender's own), `layout`, `as_at`, `dry_run`,
    `said_by`, `language`, and `refused_to` (where the workbook goes). One transaction: a process that is killed leaves nothing.
    """
    path = Path(args["path"])
    name = str(args.get("name") or path.name)
    try:
        done = import_file(
            path,
            area=args.get("area"),
            layout=args.get("layout"),
            as_at=date.fromisoformat(args["as_at"]) if args.get("as_at") else None,
            dry_run=bool(args.get("dry_run")),
            said_by=str(args.get("said_by", "")),
            name=name,
            within=args.get("within"),
            progress=progress,
        )
        seen = asdict(preview(path, layout=done.layout)) if done.dry_run else {}
    except Refused as refused:
        raise Refused(*(_by_its_name(one, path.name, name) for one in refused.problems)) from None
    refused_to = Path(args["refused_to"]) if done.refused and args.get("refused_to") else None
    if refused_to:
        language: Language = "en" if args.get("language") == "en" else "id"
        write_refusals(refused_to, path, done.refused, language=language, layout=done.layout)
    return told(done) | {"refused_file": str(refused_to) if refused_to else "", "preview": seen}


def told(done: Imported) -> dict[str, Any]:
    """Return what became of a file as JSON values, its problems in both languages."""
    return {
        "layout": done.layout,
        "file_kind": done.kind,
        "dry_run": done.dry_run,
        "rows": done.rows,
        "accepted": done.taken.accepted,
        "unchanged": done.taken.unchanged,
        "facts": done.taken.facts,
        "batches": [] if done.dry_run else done.taken.batches,
        "proposed": dict(done.taken.proposed),
        "refused": len(done.refused),
        "notes": len(done.notes),
        "refused_rows": [_row_told(one) for one in done.refused[:SPELLED_OUT]],
        "noted_rows": [_row_told(one) for one in done.notes[:SPELLED_OUT]],
    }


def take_back(args: Mapping[str, Any], progress: Progress) -> dict[str, Any]:
    """Take an import back, or only find out what that would do to the figures.

    Args: `batches`, `reason`, `area` (whose figures are told), `dry_run`, `said_by`.
    """
    progress("reversing", 0, 0)
    done = undo_with_effect(
        args["batches"],
        reason=str(args.get("reason", "")),
        office=office(),
        area=args.get("area"),
        said_by=str(args.get("said_by", "")),
        dry_run=bool(args.get("dry_run")),
    )
    return {"dry_run": bool(args.get("dry_run")), "facts": done.facts} | {
        moment: {name: getattr(figures, name) for name in TOLD}
        for moment, figures in (("before", done.before), ("after", done.after))
    }


def verify(args: Mapping[str, Any], progress: Progress) -> dict[str, Any]:  # noqa: ARG001 - every kind takes arguments
    """Check the whole ledger and everything derived from it; sweep away uploads that have been there long enough."""
    uploads.sweep(datetime.now(UTC))
    found = soundness.findings(office(), progress)
    return {"sound": not found, "findings": [{"id": one.id, "en": one.en} for one in found]}


def back_up(args: Mapping[str, Any], progress: Progress) -> dict[str, Any]:
    """Make a backup in the office's folder."""
    made = make_backup(now=datetime.now(UTC), made_by=str(args.get("said_by", BY)), progress=progress)
    return {"backup": made.pk, "file": Path(made.file).name, "bytes": made.bytes, "place": made.place}


KINDS: Mapping[str, Kind] = {
    "month": Kind(Text("Angka bulanan", "Figures of a month"), reports.show_month),
    "report": Kind(Text("Laporan", "Report"), reports.make_report),
    "import": Kind(Text("Impor berkas", "Import of a file"), take_file),
    "undo": Kind(Text("Pembatalan impor", "Taking an import back"), take_back),
    "backup": Kind(Text("Cadangan", "Backup"), back_up),
    "send": Kind(Text("Kirim pesan", "Sending of a message"), sending.send),
    "exchange": Kind(Text("Tukar dengan halaman desa", "Exchange with the village's pages"), exchange.exchange_batches),
    "verify": Kind(Text("Periksa buku besar", "Check of the ledger"), verify),
}


def _row_told(one: RowProblem) -> dict[str, Any]:
    return {"sheet": one.sheet, "row": one.row, "column": one.problem.column, **_words(one.problem)}


def _by_its_name(problem: Problem, stored: str, name: str) -> Problem:
    """Return a refusal that calls the file as its sender does, and not as it is stored."""
    return replace(problem, values={key: name if value == stored else value for key, value in problem.values.items()})


def _words(problem: Problem) -> dict[str, dict[str, str]]:
    return {
        "reason": {"id": problem.reason("id"), "en": problem.reason("en")},
        "todo": {"id": problem.todo("id"), "en": problem.todo("en")},
    }
