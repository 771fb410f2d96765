"""What was published, compared with what adds up and with what was counted; never corrected."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Annotated

from cyclopts import App, Parameter

from jemput.actions.record_claim import record_claims
from jemput.cli import say
from jemput.cli.app import app
from jemput.cli.options import AsJson
from jemput.cli.say import t
from jemput.domain.claims import Claim, Verdict, against_count, check, read_text
from jemput.domain.coverage import Figures
from jemput.domain.problems import ProblemKind, Refused, Text
from jemput.imports.claims import read_file
from jemput.queries.office import office
from jemput.queries.printed import claims_on

claim = App(name="claim", help=t("Periksa angka yang pernah terbit.", "Check figures that were published."))
app.command(claim)

NOTHING_CLAIMED = ProblemKind(
    "nothing_claimed",
    Text("Tidak ada berkas dan tidak ada teks untuk diperiksa.", "There is neither a file nor a text to check."),
    Text("Sebut berkas CSV, atau --text “…”.", "Name a CSV file, or give --text “…”."),
)


@claim.command(
    name="check",
    help=t("Periksa berkas atau kalimat berisi angka terbit.", "Check a file or a sentence of published figures."),
)
def check_claims(
    file: Path | None = None,
    *,
    text: Annotated[str, Parameter(help=t("Kalimat seperti tercetak.", "The sentence as printed."))] = "",
    as_json: AsJson = False,
) -> int:
    """Check published statements; the exit code is 1 where any is inconsistent."""
    if not file and not text:
        raise Refused(NOTHING_CLAIMED.at())
    claims, refused = read_file(file) if file else (list(read_text(text)), [])
    checked = [(one, check(one)) for one in claims]
    for row, column, problem in refused:
        where = t("baris {n}", "row {n}", n=row)
        say.err.print(f"[red]✗[/] {where} {column}: {problem.reason(say.language())} {problem.todo(say.language())}")
    if as_json:
        say.emit([verdict.as_json() for _, verdict in checked])
    else:
        for one, verdict in checked:
            show_verdict(one, verdict)
    return int(any(verdict.verdict == "inconsistent" for _, verdict in checked))


@claim.command(
    name="add",
    help=t("Simpan angka terbit di buku besar, seperti dicetak.", "Keep published figures in the ledger, as printed."),
)
def add_claims(
    file: Path | None = None,
    *,
    text: Annotated[str, Parameter(help=t("Kalimat seperti tercetak.", "The sentence as printed."))] = "",
    said_by: Annotated[str, Parameter(name="--by", help=t("Siapa yang mencatat.", "Who enters it."))] = "",
    as_json: AsJson = False,
) -> int:
    """Record published statements; `explain` shows them beside what was counted."""
    if not file and not text:
        raise Refused(NOTHING_CLAIMED.at())
    claims, refused = read_file(file) if file else (list(read_text(text)), [])
    appended = record_claims(claims, office=office(), name=file.name if file else "", said_by=said_by)
    if as_json:
        say.emit({"recorded": appended.written, "held": appended.held, "refused": len(refused)})
    else:
        say.out.print(t("{n} angka terbit disimpan.", "{n} published statements kept.", n=appended.written))
    return 0


def show_printed(on: date, figures: Figures) -> None:
    """Show what was printed of a day beside what was counted, where anything was recorded."""
    for one in claims_on(on):
        say.out.print(t("[bold]Terbit[/] {source}:", "[bold]Printed[/] {source}:", source=one.source or one.area))
        counted = {"wajib": figures.id_obligated, "recorded": figures.recorded, "remaining": figures.unrecorded}
        differences = against_count(one, **counted)
        for finding in differences:
            say.out.print(f"  {finding.say(say.language())}")
        if not differences:
            say.out.print(t("  sama dengan yang dihitung", "  the same as was counted"))


def show_verdict(one: Claim, verdict: Verdict) -> None:
    """Show one verdict with its findings in words."""
    colour = {"consistent": "green", "rounding": "yellow", "inconsistent": "red"}.get(verdict.verdict, "dim")
    word = verdict.title.say(say.language())
    say.out.print(f"[{colour}]●[/] {one.area or one.id}: [bold]{word}[/]")
    for finding in verdict.findings:
        say.out.print(f"  {finding.say(say.language())}")
