"""Codes, boundaries and settlements; whatever was refused or put right on the way in is said."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Annotated, Any, Literal

from cyclopts import App, Parameter
from rich.table import Table

from jemput.actions import places as keeping
from jemput.cli import say
from jemput.cli.app import app
from jemput.cli.options import Area, AsJson, area_of, day_of
from jemput.cli.say import t
from jemput.domain.area_lists import topmost
from jemput.domain.ids import AREA_CODE, area_number, area_text
from jemput.domain.places import PEOPLE_NEGATIVE, SETTLEMENT_KINDS, read_point
from jemput.domain.problems import Problem, Refused
from jemput.domain.rows import RowProblem
from jemput.imports.areas import AreaFile, read_areas, release_day
from jemput.queries import places
from jemput.queries.office import Office, office

areas = App(name="areas", help=t("Kode wilayah dan batasnya.", "Area codes and boundaries."))
settlements = App(name="settlements", help=t("Dusun, rompok, kamp kebun.", "Hamlets, rompok, estate camps."))
app.command(areas)
app.command(settlements)

FIRST_LIST_FROM = date(2000, 1, 1)
"""Before any day an office counts: without a list of changes nobody knows since when the codes of its first list held."""
SHOWN = 20
"""Problems spelled out on the screen; `--json` has all."""

Changeable = Literal["kind", "name", "village", "point", "estimated_people", "description", "reported_by"]
By = Annotated[str, Parameter(name="--by", help=t("Siapa yang mencatat.", "Who enters it."))]


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


@settlements.command(help=t("Catat dusun, rompok atau kamp.", "Enter a hamlet, rompok or camp."))
def add(
    name: str,
    *,
    village: Annotated[str, Parameter(help=t("Kode desa.", "Village code."))],
    kind: Annotated[str, Parameter(help=", ".join(SETTLEMENT_KINDS))] = "rompok",
    lat: float | None = None,
    lng: float | None = None,
    people: Annotated[int | None, Parameter(help=t("Perkiraan jumlah orang.", "Estimated people."))] = None,
    description: Annotated[str, Parameter(help=t("Keterangan.", "Description."))] = "",
    reported_by: Annotated[str, Parameter(help=t("Siapa yang melaporkan.", "Who reported it."))] = "",
    said_by: By = "",
    as_json: AsJson = False,
) -> int:
    """Add a settlement below a village."""
    here = office()
    number = keeping.add_settlement(
        kind=kind,
        name=name,
        village=_village(village),
        lat=lat,
        lng=lng,
        estimated_people=people,
        description=description,
        reported_by=reported_by,
        now=here.now,
        said_by=said_by,
    )
    if as_json:
        say.emit({"number": number})
    else:
        say.out.print(t("Tercatat dengan nomor {n}.", "Entered as number {n}.", n=number))
    return 0


@settlements.command(name="list", help=t("Daftar permukiman.", "List settlements."))
def list_settlements(*, area: Area = "", as_json: AsJson = False) -> int:
    """List settlements of a village, or all."""
    found = places.settlements(area_of(area, office()) if area else None)
    if as_json:
        say.emit(
            [
                {
                    "number": one.id,
                    "kind": one.kind,
                    "name": one.name,
                    "village": area_text(one.village),
                    "lat": one.lat,
                    "lng": one.lng,
                    "people": one.estimated_people,
                    "uninhabited_on": one.uninhabited_on,
                }
                for one in found
            ]
        )
        return 0
    table = Table(box=None, pad_edge=False)
    for title in (
        "#",
        t("Jenis", "Kind"),
        t("Nama", "Name"),
        t("Desa", "Village"),
        t("Titik", "Point"),
        t("Kosong sejak", "Empty since"),
    ):
        table.add_column(title)
    for one in found:
        point = f"{one.lat}, {one.lng}" if one.lat is not None else "–"
        empty = one.uninhabited_on.isoformat() if one.uninhabited_on else ""
        table.add_row(str(one.id), one.kind, one.name, area_text(one.village), point, empty)
    say.out.print(table)
    return 0


@settlements.command(
    help=t("Tandai permukiman kosong (atau dihuni lagi).", "Mark a settlement uninhabited (or inhabited again).")
)
def uninhabited(
    number: int,
    *,
    on: Annotated[str, Parameter(help=t("Sejak tanggal.", "Since the day."))] = "",
    again: Annotated[bool, Parameter(negative=(), help=t("Dihuni lagi.", "Inhabited again."))] = False,
    said_by: By = "",
    as_json: AsJson = False,
) -> int:
    """Mark a settlement; it is never deleted."""
    here = office()
    since: date | None = None if again else day_of(on, here)
    keeping.change_settlement(number, "uninhabited_on", since, now=here.now, said_by=said_by)
    if as_json:
        say.emit({"number": number, "uninhabited_on": since})
    else:
        say.out.print(t("Dicatat.", "Done."))
    return 0


@settlements.command(
    help=t(
        "Ubah satu hal dari permukiman: nama, desa, titik; yang lama tetap tercatat.",
        "Change one thing of a settlement: name, village, point; what it was stays on record.",
    )
)
def change(
    number: int,
    field: Annotated[Changeable, Parameter(help=t("Yang diubah.", "What changes."))],
    value: Annotated[
        str,
        Parameter(
            allow_leading_hyphen=True,
            help=t('Nilai barunya; titik: "lintang, bujur".', 'Its new value; a point: "lat, lng".'),
        ),
    ],
    *,
    said_by: By = "",
    as_json: AsJson = False,
) -> int:
    """Rename, move or otherwise change a settlement; an empty point or estimate takes it away."""
    keeping.change_settlement(number, field, _value(field, value), now=office().now, said_by=said_by)
    if as_json:
        say.emit({"number": number, "field": field, "value": value})
    else:
        say.out.print(t("Dicatat.", "Done."))
    return 0


@settlements.command(name="history", help=t("Riwayat satu permukiman.", "The history of a settlement."))
def show_history(number: int, *, as_json: AsJson = False) -> int:
    """Show who changed what of a settlement, oldest first."""
    found = places.settlement_history(number)
    if not found:
        raise Refused(keeping.NO_SUCH_SETTLEMENT.at("number", number=number))
    if as_json:
        say.emit(
            [
                {"field": one.field, "old": one.old, "new": one.new, "at": one.changed_at, "by": one.changed_by}
                for one in found
            ]
        )
        return 0
    table = Table(box=None, pad_edge=False)
    for title in (t("Kapan", "When"), t("Apa", "What"), t("Semula", "Before"), t("Menjadi", "After"), t("Oleh", "By")):
        table.add_column(title)
    for one in found:
        table.add_row(f"{one.changed_at:%Y-%m-%d %H:%M} UTC", one.field, one.old, one.new, one.changed_by)
    say.out.print(table)
    return 0


def _village(kode: str) -> int:
    number = area_number(kode)
    if number is None:
        raise Refused(AREA_CODE.at("--village", found=kode))
    return number


def _value(field: Changeable, text: str) -> object:
    """Return what a field of a settlement is told to be; refuse text that cannot be it."""
    if field == "village":
        return _village(text)
    if field == "point" and text:
        point = read_point(text)
        if isinstance(point, Problem):
            raise Refused(point)
        return point
    if field == "estimated_people" and text:
        if not (text.isascii() and text.isdigit()):
            raise Refused(PEOPLE_NEGATIVE.at("estimated_people", found=text))
        return int(text)
    if field == "name":
        return " ".join(text.split())
    return None if field in {"point", "estimated_people"} else text
