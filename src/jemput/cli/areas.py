"""Codes, points and boundaries; whatever was refused or put right on the way in is said."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Annotated, Any

from cyclopts import App, Parameter

from jemput.actions import places as keeping
from jemput.cli import say
from jemput.cli.app import app
from jemput.cli.options import Area, AsJson, area_of, day_of
from jemput.cli.say import t
from jemput.domain.area_lists import topmost
from jemput.domain.ids import area_text
from jemput.domain.problems import Problem, Refused
from jemput.domain.rows import RowProblem
from jemput.imports.areas import AreaFile, read_areas, release_day
from jemput.queries import places
from jemput.queries.office import Office, office

areas = App(name="areas", help=t("Kode wilayah dan batasnya.", "Area codes and boundaries."))
app.command(areas)

FIRST_LIST_FROM = date(2000, 1, 1)
"""Before any day an office counts: without a list of changes nobody knows since when the codes of its first list held."""
SHOWN = 20
"""Problems spelled out on the screen; `--json` has all."""


@areas.command(
    name="import",
    help=t(
        "Impor daftar kode, titiknya, perubahannya, atau batas GeoJSON.",
        "Import a list of codes, their points, its changes, or GeoJSON boundaries.",
    ),
)
def import_areas(
    file: Path,
    *,
    source: Annotated[
        str, Parameter(help=t("Sumbernya; bawaan: nama berkas.", "Its source; default: the file's name."))
    ] = "",
    valid_from: Annotated[
        str,
        Parameter(
            help=t(
                "Daftar kode berlaku sejak (YYYY-MM-DD); bawaan: 2000-01-01 untuk daftar pertama suatu wilayah,"
                " sesudahnya tahun di nama berkas, atau hari ini.",
                "The list of codes holds from (YYYY-MM-DD); default: 2000-01-01 for the first list of an area,"
                " afterwards the year in the file's name, or today.",
            )
        ),
    ] = "",
    complete: Annotated[
        bool,
        Parameter(
            negative=(),
            help=t(
                "Daftar kodenya lengkap: kode yang tidak disebut berakhir; satu baris keliru menolak seluruh berkas.",
                "The list of codes is complete: a code it does not name ends; one wrong row refuses the file.",
            ),
        ),
    ] = False,
    as_json: AsJson = False,
) -> int:
    """Import areas; the same file twice changes nothing. Exit code 1 where no row could be taken."""
    read = read_areas(file)
    named = source or file.name
    disagreements: list[Problem] = []
    if read.boundaries:
        done, disagreements = keeping.import_boundaries(read.boundaries, source=named)
    elif read.changes:
        done = keeping.import_changes(read.changes, source=named)
    elif read.points and not read.areas:
        done = keeping.import_points(read.points, source=named)
    else:
        if complete and read.refused:
            raise Refused(*(one.problem for one in read.refused))
        since = _listed_from(read, valid_from, office())
        done = keeping.import_areas(read.areas, valid_from=since, source=named, complete=complete)
        keeping.import_points(read.points, source=named)
    done.refused = sorted([*read.refused, *done.refused], key=lambda one: one.row)
    if as_json:
        say.emit(_import_json(done, read.notes, disagreements))
    else:
        _show_import(file.name, done, read.notes, disagreements)
    taken = done.added + done.renamed + done.ended + done.dated + done.unchanged
    return int(bool(done.refused) and not taken)


def _listed_from(read: AreaFile, said: str, here: Office) -> date:
    """Return the day a list holds from; a later list given an early day would undo what is known between them."""
    if said:
        return day_of(said, here)
    if not places.known_ever(topmost([row.number for row in read.areas])):
        return FIRST_LIST_FROM
    return release_day(read.release) if read.release else here.today


def _import_json(done: keeping.Changed, notes: list[RowProblem], disagreements: list[Problem]) -> dict[str, Any]:
    return {
        "added": done.added,
        "renamed": done.renamed,
        "respelled": done.respelled,
        "ended": done.ended,
        "dated": done.dated,
        "unchanged": done.unchanged,
        "refused": [_problem_json(one) for one in done.refused],
        "notes": [_problem_json(one) for one in notes],
        "findings": [problem.reason(say.language()) for problem in disagreements],
    }


def _problem_json(one: RowProblem) -> dict[str, Any]:
    problem = one.problem
    return {
        "sheet": one.sheet,
        "row": one.row,
        "column": problem.column,
        "reason": problem.reason(say.language()),
        "todo": problem.todo(say.language()),
    }


def _show_import(name: str, done: keeping.Changed, notes: list[RowProblem], disagreements: list[Problem]) -> None:
    say.out.print(
        t(
            "{file}: {added} ditambah, {renamed} berganti nama ({respelled} hanya ejaan), {ended} berakhir,"
            " {dated} diperbarui, {same} tetap, {refused} ditolak.",
            "{file}: {added} added, {renamed} renamed ({respelled} in spelling only), {ended} ended,"
            " {dated} updated, {same} unchanged, {refused} refused.",
            file=name,
            added=say.number(done.added),
            renamed=say.number(done.renamed),
            respelled=say.number(done.respelled),
            ended=say.number(done.ended),
            dated=say.number(done.dated),
            same=say.number(done.unchanged),
            refused=say.number(len(done.refused)),
        )
    )
    _show_problems([(one.row, one.problem) for one in done.refused], mark="[red]✗[/]")
    _show_problems([(one.row, one.problem) for one in notes], mark="[dim]·[/]")
    _show_problems([(0, problem) for problem in disagreements], mark="[yellow]![/]")


def _show_problems(problems: list[tuple[int, Problem]], *, mark: str) -> None:
    for row, problem in problems[:SHOWN]:
        where = t("baris {row}: ", "row {row}: ", row=row) if row else ""
        say.err.print(f"  {mark} {where}{problem.reason(say.language())}")
    if len(problems) > SHOWN:
        say.err.print(t("  … dan {n} lagi.", "  … and {n} more.", n=say.number(len(problems) - SHOWN)))


@areas.command(name="list", help=t("Daftar wilayah yang berlaku.", "List the areas that hold."))
def list_areas(*, area: Area = "", on: str = "", as_json: AsJson = False) -> int:
    """List areas on a day."""
    here = office()
    found = places.areas(day_of(on, here), within=area_of(area, here))
    if as_json:
        say.emit([{"code": area_text(one.number), "name": one.name, "level": one.level} for one in found])
        return 0
    for one in found:
        say.out.print(f"{area_text(one.number):<15}{one.name}")
    return 0
