"""Codes, boundaries and settlements."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Annotated

from cyclopts import App, Parameter
from rich.table import Table

from jemput.actions import places as keeping
from jemput.cli import say
from jemput.cli.app import app
from jemput.cli.options import Area, AsJson, area_of, day_of
from jemput.cli.say import t
from jemput.domain.ids import area_text
from jemput.domain.places import SETTLEMENT_KINDS
from jemput.domain.problems import Problem
from jemput.imports.areas import read_areas
from jemput.queries import places
from jemput.queries.office import office

areas = App(name="areas", help=t("Kode wilayah dan batasnya.", "Area codes and boundaries."))
settlements = App(name="settlements", help=t("Dusun, rompok, kamp kebun.", "Hamlets, rompok, estate camps."))
app.command(areas)
app.command(settlements)

By = Annotated[str, Parameter(name="--by", help=t("Siapa yang mencatat.", "Who enters it."))]


@areas.command(
    name="import",
    help=t(
        "Impor daftar kode, perubahannya, atau batas GeoJSON.",
        "Import a list of codes, its changes, or GeoJSON boundaries.",
    ),
)
def import_areas(
    file: Path,
    *,
    source: Annotated[
        str, Parameter(help=t("Sumbernya; bawaan: nama berkas.", "Its source; default: the file's name."))
    ] = "",
    valid_from: Annotated[
        str, Parameter(help=t("Berlaku sejak (YYYY-MM-DD).", "Valid from (YYYY-MM-DD)."))
    ] = "2000-01-01",
    as_json: AsJson = False,
) -> int:
    """Import areas; the same file twice changes nothing."""
    read = read_areas(file)
    named = source or file.name
    disagreements: list[Problem] = []
    if read.boundaries:
        done, disagreements = keeping.import_boundaries(read.boundaries, source=named)
    elif read.changes:
        done = keeping.import_changes(read.changes, source=named)
    else:
        done = keeping.import_areas(read.areas, valid_from=day_of(valid_from, office()), source=named)
    problems = [*(one.problem for one in read.refused), *disagreements]
    if as_json:
        say.emit(
            {
                "added": done.added,
                "renamed": done.renamed,
                "ended": done.ended,
                "unchanged": done.unchanged,
                "refused": [
                    {"row": one.row, "column": one.problem.column, "reason": one.problem.reason(say.language())}
                    for one in read.refused
                ],
                "findings": [problem.reason(say.language()) for problem in disagreements],
            }
        )
        return 0
    say.out.print(
        t(
            "{file}: {added} ditambah, {renamed} berganti nama, {ended} berakhir, {same} tetap, {refused} ditolak.",
            "{file}: {added} added, {renamed} renamed, {ended} ended, {same} unchanged, {refused} refused.",
            file=file.name,
            added=say.number(done.added),
            renamed=say.number(done.renamed),
            ended=say.number(done.ended),
            same=say.number(done.unchanged),
            refused=say.number(len(read.refused)),
        )
    )
    for problem in problems[:20]:
        say.err.print(f"  [yellow]![/] {problem.reason(say.language())}")
    if len(problems) > 20:  # noqa: PLR2004 - lines of a screen
        say.err.print(t("  … dan {n} lagi.", "  … and {n} more.", n=len(problems) - 20))
    return 0


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
    description: str = "",
    said_by: By = "",
    as_json: AsJson = False,
) -> int:
    """Add a settlement below a village."""
    here = office()
    number = keeping.add_settlement(
        kind=kind,
        name=name,
        village=area_of(village, here) or 0,
        lat=lat,
        lng=lng,
        estimated_people=people,
        description=description,
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
