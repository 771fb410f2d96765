"""Lists of people behind a figure, and where a view stands on both clocks."""

from __future__ import annotations

from typing import Annotated, Any

from cyclopts import Parameter
from rich.table import Table

from jemput.cli import say
from jemput.cli.app import app
from jemput.cli.options import Area, AsJson, AsKnown, On, area_of, day_of, known_of
from jemput.cli.say import t
from jemput.domain.ids import area_text, mask
from jemput.domain.lampid import STRUCK
from jemput.queries import coverage, people, places
from jemput.queries.coverage import View
from jemput.queries.office import office
from jemput.queries.people import GROUPS, Group, Person


@app.command(name="people", help=t("Daftar orang di balik suatu angka.", "List the people behind a figure."))
def list_people(
    *,
    on: On = "",
    as_known: AsKnown = "",
    area: Area = "",
    group: Annotated[Group, Parameter(help=t("Kelompok orang.", "The group of people."))] = "unrecorded",
    full_nik: Annotated[
        bool,
        Parameter(name="--full-nik", negative=(), help=t("Tampilkan NIK utuh.", "Show NIKs whole.")),
    ] = False,
    limit: Annotated[
        int, Parameter(help=t("Sebanyak-banyaknya baris di layar (0: semua).", "Rows at most on the screen (0: all)."))
    ] = 50,
    as_json: AsJson = False,
) -> int:
    """List exactly the people a figure counts."""
    here = office()
    day = day_of(on, here)
    where = area_of(area, here)
    at = coverage.view(day, as_known=known_of(as_known), rule=here.rule)
    found = people.people(at, where, group, rule_in_force=here.rule)
    title = f"{GROUPS[group].say(say.language())}, {point(at)}"
    if as_json:
        listed = [_person_json(person, full=full_nik) for person in found]
        say.emit({"on": at.on, "as_known": at.known_on, "group": group, "count": len(found), "people": listed})
        return 0
    show_people(found, full=full_nik, limit=limit, title=title, as_json=False)
    return 0


def show_people(found: list[Person], *, full: bool, limit: int, title: str, as_json: bool) -> None:
    """Show people, or write them as JSON; NIKs masked unless `full`."""
    if as_json:
        say.emit({"count": len(found), "people": [_person_json(person, full=full) for person in found]})
        return
    names = places.names(office().today)
    table = Table(box=None, pad_edge=False)
    table.add_column("NIK", no_wrap=True)
    for column in (t("Nama", "Name"), t("Lahir", "Born"), t("Desa", "Village"), "Dusun", "RT/RW", "Status"):
        table.add_column(column)
    shown = found[:limit] if limit else found
    for person in shown:
        table.add_row(
            person.nik if full else mask(person.nik),
            person.name,
            _born(person, full=full),
            _village(person.village, names),
            person.dusun,
            f"{person.rt}/{person.rw}".strip("/"),
            person.status or t("belum rekam", "not recorded"),
        )
    say.out.print(f"[bold]{say.number(len(found))}[/] {title}")
    say.out.print(table)
    if len(shown) < len(found):
        rest = len(found) - len(shown)
        say.err.print(t("{n} baris lagi; --limit 0 untuk semua.", "{n} more rows; --limit 0 for all.", n=rest))


def point(at: View) -> str:
    """Return a view in words: the day, and as closed or as known when."""
    if at.closing:
        return t(
            "{on}, seperti ditutup {known}", "{on}, as closed on {known}", on=say.day(at.on), known=say.day(at.known_on)
        )
    return t(
        "{on}, seperti diketahui {known}", "{on}, as known on {known}", on=say.day(at.on), known=say.day(at.known_on)
    )


def _person_json(person: Person, *, full: bool) -> dict[str, Any]:
    return {
        "nik": person.nik if full else mask(person.nik),
        "no_kk": person.no_kk if full else mask(person.no_kk),
        "name": person.name,
        "sex": person.sex,
        "born_on": person.born_on if full else None,
        "village": area_text(person.village) if person.village > STRUCK else "",
        "dusun": person.dusun,
        "rt": person.rt,
        "rw": person.rw,
        "status": person.status,
        "status_on": person.status_on,
    }


def _village(village: int, names: dict[int, str]) -> str:
    if village <= STRUCK:
        return t("luar kabupaten", "outside the regency")
    return names.get(village, area_text(village))


def _born(person: Person, *, full: bool) -> str:
    """Return the birth date, or only its year where personal data stays masked."""
    if person.born_on is None:
        return "–"
    return person.born_on.isoformat() if full else str(person.born_on.year)
