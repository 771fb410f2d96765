"""The number and why it is that number: count, explain, people."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Annotated, Any, Literal

import orjson
from cyclopts import Parameter
from rich.table import Table

from jemput.cli import say
from jemput.cli.app import app
from jemput.cli.claim import show_printed
from jemput.cli.options import Area, AsJson, AsKnown, On, area_of, day_of, known_of, today_note
from jemput.cli.say import t
from jemput.domain.claims import Claim, Finding, against_count
from jemput.domain.coverage import Figures, percent
from jemput.domain.ids import area_text, mask
from jemput.domain.lampid import STRUCK
from jemput.domain.problems import ProblemKind, Refused, Text
from jemput.queries import bridge, coverage, people, places, proof
from jemput.queries.bridge import Bridge, Figure
from jemput.queries.coverage import Coverage, View
from jemput.queries.office import Office, office
from jemput.queries.people import GROUPS, Group, Person
from jemput.queries.printed import claims_on

NO_DKB = ProblemKind(
    "no_dkb",
    Text("Belum ada angka DKB yang berlaku pada {on}.", "No DKB figures hold on {on} yet."),
    Text("Impor berkas angka DKB dahulu.", "Import the file of DKB totals first."),
)
LEVEL_DIGITS = {"kecamatan": 6, "desa": 10}
Level = Literal["kecamatan", "desa"]


@app.command(
    help=t(
        "Hitung wajib KTP, sudah dan belum rekam pada suatu tanggal.", "Count wajib KTP, recorded and left on a day."
    )
)
def count(
    *,
    on: On = "",
    as_known: AsKnown = "",
    area: Area = "",
    by: Annotated[Level | None, Parameter(help=t("Rinci per wilayah.", "Break down by area."))] = None,
    denominator: Annotated[
        Literal["live", "dkb"],
        Parameter(help=t("Penyebut: hidup atau DKB beku.", "Denominator: live, or the frozen DKB.")),
    ] = "live",
    proof_to: Annotated[
        Path | None,
        Parameter(name="--proof", help=t("Tulis bukti ke berkas ini.", "Write a proof to this file.")),
    ] = None,
    as_json: AsJson = False,
) -> int:
    """Count an area on a day."""
    here = office()
    day = day_of(on, here)
    where = area_of(area, here)
    at = coverage.view(day, as_known=known_of(as_known), rule=here.rule)
    by_village = coverage.villages(at, where, rule_in_force=here.rule)
    frozen = _frozen(at, where) if denominator == "dkb" else None
    whole = Coverage(where, coverage.total(by_village), sum(frozen.values()) if frozen is not None else None)
    rows = _rows(by_village, frozen, by) if by else []
    if proof_to:
        made = proof.make(at, where, by_village, here)
        proof_to.write_bytes(orjson.dumps(made, option=orjson.OPT_INDENT_2))
    if as_json:
        answer = _json(at, whole, denominator, here)
        if by:
            answer["by"] = [_figures_json(row) | {"area": area_text(row.area or 0)} for row in rows]
        say.emit(answer)
        return 0
    _show(at, whole, denominator, here)
    if not whole.figures.population:
        say.err.print(
            t(
                "Tidak ada penduduk di sini pada hari itu; impor daftar dahulu.",
                "Nobody lives here on that day; import a list first.",
            )
        )
    if note := today_note(here):
        say.err.print(f"[dim]{note}[/]")
    if rows:
        _table(rows)
    return 0


@app.command(
    help=t(
        "Jelaskan angka: jembatan dari satu hitungan ke hitungan lain.",
        "Explain a number: the bridge from one count to another.",
    )
)
def explain(
    *,
    start: Annotated[
        str,
        Parameter(
            name="--from",
            help=t(
                "Tanggal hitungan awal; bawaan: penutupan sebelumnya.",
                "Day of the opening count; default: the closing before.",
            ),
        ),
    ] = "",
    on: On = "",
    as_known: AsKnown = "",
    start_known: Annotated[
        str,
        Parameter(
            name="--from-as-known", help=t("Angka awal seperti diketahui kapan.", "The opening figure as known when.")
        ),
    ] = "",
    area: Area = "",
    cause: Annotated[
        str,
        Parameter(
            help=t(
                "Daftar orang di balik baris ini (mati, pindah, …).", "List the people of this line (mati, pindah, …)."
            )
        ),
    ] = "",
    figure: Annotated[
        Figure, Parameter(help=t("Angka yang barisnya dibuka.", "The figure whose line is opened."))
    ] = "id_obligated",
    as_json: AsJson = False,
) -> int:
    """Explain how one count became another; with --cause list the people of a line."""
    here = office()
    day = day_of(on, here)
    where = area_of(area, here)
    end = coverage.view(day, as_known=known_of(as_known), rule=here.rule)
    opening_day = day_of(start, here) if start else _closing_before(day)
    begin = coverage.view(opening_day, as_known=known_of(start_known), rule=here.rule)
    if cause:
        one = bridge.bridge(begin, end, where, figure=figure, rule=here.rule)
        persons = [person for line in one.lines if line.cause == cause for person in line.persons]
        _list(people.by_id(persons), full=False, limit=0, title=f"{figure}, {cause}", as_json=as_json)
        return 0
    bridges = [
        bridge.bridge(begin, end, where, figure=figure, rule=here.rule)
        for figure in ("id_obligated", "recorded", "unrecorded")
    ]
    dkb = bridge.dkb_bridge(end, where, rule=here.rule)
    if as_json:
        answer: dict[str, Any] = {
            "from": begin.on,
            "on": end.on,
            "area": area_text(where) if where else "",
            "from_as_known": begin.known_on,
            "as_known": end.known_on,
            "bridges": [_bridge_json(one) for one in bridges],
        }
        answer["printed"] = [
            {
                "claim": claim.id,
                "source": claim.source,
                "differences": [one.as_json() for one in _against(claim, end, where, here)],
            }
            for claim in claims_on(end.on)
        ]
        if dkb:
            answer["dkb"] = {"on": dkb[0]} | _bridge_json(dkb[1])
        say.emit(answer)
        return 0
    for one in bridges:
        _show_bridge(one, _point(begin), _point(end))
    if dkb:
        _show_bridge(dkb[1], t("DKB {day}", "DKB {day}", day=say.day(dkb[0])), _point(end))
    show_printed(end.on, coverage.total(coverage.villages(end, where, rule_in_force=here.rule)))
    if note := today_note(here):
        say.err.print(f"[dim]{note}[/]")
    return 0


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
    title = f"{GROUPS[group].say(say.language())}, {_point(at)}"
    if as_json:
        listed = [_person_json(person, full=full_nik) for person in found]
        say.emit({"on": at.on, "as_known": at.known_on, "group": group, "count": len(found), "people": listed})
        return 0
    _list(found, full=full_nik, limit=limit, title=title, as_json=False)
    return 0


def _list(found: list[Person], *, full: bool, limit: int, title: str, as_json: bool) -> None:
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


def show_count(at: View, where: int | None, here: Office) -> None:
    """Show an area's live figures in a view."""
    by_village = coverage.villages(at, where, rule_in_force=here.rule)
    _show(at, Coverage(where, coverage.total(by_village)), "live", here)


def _against(claim: Claim, at: View, where: int | None, here: Office) -> list[Finding]:
    figures = coverage.total(coverage.villages(at, where, rule_in_force=here.rule))
    return against_count(claim, wajib=figures.id_obligated, recorded=figures.recorded, remaining=figures.unrecorded)


def _frozen(at: View, where: int | None) -> dict[int, int]:
    frozen = coverage.dkb(at, where)
    if frozen is None:
        raise Refused(NO_DKB.at("--denominator", on=at.on.isoformat()))
    return frozen[1]


def _closing_before(day: date) -> date:
    earlier = [closing.on for closing in coverage.closings() if closing.on < day]
    return earlier[-1] if earlier else day.replace(day=1)


def _rows(by_village: dict[int, Figures], frozen: dict[int, int] | None, by: Level) -> list[Coverage]:
    digits = LEVEL_DIGITS[by]
    live = coverage.grouped(by_village, digits)
    fixed: dict[int, int] = {}
    for village, wajib in (frozen or {}).items():
        key = int(str(village)[:digits])
        fixed[key] = fixed.get(key, 0) + wajib
    return [
        Coverage(number, live.get(number, Figures()), fixed.get(number, 0) if frozen is not None else None)
        for number in sorted(live.keys() | fixed.keys())
    ]


def _figures_json(one: Coverage) -> dict[str, Any]:
    figures = one.figures
    share = one.percent
    return {
        "population": figures.population,
        "id_obligated": one.id_obligated,
        "recorded": figures.recorded,
        "unrecorded": one.unrecorded,
        "percent": str(share) if share is not None else None,
        "pemula": figures.pemula,
        "blocked": figures.blocked,
        "itap": figures.itap,
        "recorded_here": figures.recorded_here,
        "recorded_total": figures.recorded_total,
    }


def _json(at: View, whole: Coverage, denominator: str, here: Office) -> dict[str, Any]:
    answer: dict[str, Any] = {
        "on": at.on,
        "as_known": at.known_on,
        "area": area_text(whole.area) if whole.area else "",
        "denominator": denominator,
        "closed": at.closing is not None,
        "ledger_batch": at.batch,
        "today": here.today,
        "today_is_set": here.today_is_set,
    }
    if at.closing:
        answer |= {"ledger_place": at.closing.place, "digest": at.closing.digest}
    return answer | _figures_json(whole)


def _point(at: View) -> str:
    if at.closing:
        return t(
            "{on}, seperti ditutup {known}", "{on}, as closed on {known}", on=say.day(at.on), known=say.day(at.known_on)
        )
    return t(
        "{on}, seperti diketahui {known}", "{on}, as known on {known}", on=say.day(at.on), known=say.day(at.known_on)
    )


def _show(at: View, whole: Coverage, denominator: str, here: Office) -> None:
    figures = whole.figures
    title = places.title(whole.area, here.today) if whole.area else t("Seluruh kantor", "The whole office")
    say.out.print(f"[bold]{title}[/] · {_point(at)}")
    table = Table(box=None, show_header=False, pad_edge=False)
    table.add_column()
    table.add_column(justify="right")
    table.add_column()
    wajib = t("wajib KTP", "wajib KTP (must hold a card)")
    if denominator == "dkb":
        wajib = t("wajib KTP menurut DKB beku", "wajib KTP by the frozen DKB")
    share = f"{say.decimal(whole.percent)} {t('persen', 'percent')}"
    table.add_row(wajib, say.number(whole.id_obligated), "")
    table.add_row(t("sudah rekam", "recorded"), say.number(figures.recorded), share)
    left = say.number(whole.unrecorded)
    table.add_row(f"[bold]{t('belum rekam', 'left to record')}[/]", f"[bold]{left}[/]", _blocked(figures, here))
    table.add_row("", "", "")
    table.add_row(
        t("pemula (rekam sebelum wajib)", "pemula (recorded before the duty)"), say.number(figures.pemula), ""
    )
    table.add_row(t("orang asing ITAP wajib KTP", "foreigners with ITAP among wajib KTP"), say.number(figures.itap), "")
    total, here_made = figures.recorded_total, figures.recorded_here
    table.add_row(t("rekam termasuk pemula", "recorded with pemula"), say.number(total), _over(total, whole))
    table.add_row(t("direkam di wilayah ini", "recorded in this area"), say.number(here_made), _over(here_made, whole))
    table.add_row(t("penduduk", "residents"), say.number(figures.population), "")
    say.out.print(table)


def _blocked(figures: Figures, here: Office) -> str:
    if not figures.blocked:
        return ""
    if here.rule.count_blocked:
        return t("di antaranya diblokir {n}", "of them blocked {n}", n=say.number(figures.blocked))
    return t("tidak termasuk diblokir {n}", "not counting blocked {n}", n=say.number(figures.blocked))


def _over(recorded: int, whole: Coverage) -> str:
    """Say why more were recorded than are obliged, where it is so; never clip it."""
    if recorded <= whole.id_obligated:
        return ""
    share = say.decimal(percent(recorded, whole.id_obligated))
    return t(
        "{share} persen: termasuk pemula dan orang dari wilayah lain yang direkam di sini",
        "{share} percent: it includes pemula and people of other areas recorded here",
        share=share,
    )


def _table(rows: list[Coverage]) -> None:
    names = places.names(office().today)
    table = Table(box=None, pad_edge=False)
    table.add_column(t("Kode", "Code"))
    table.add_column(t("Wilayah", "Area"))
    for title in (t("wajib KTP", "wajib KTP"), t("rekam", "recorded"), t("belum", "left"), "%"):
        table.add_column(title, justify="right")
    for row in rows:
        area = row.area or 0
        cells = (row.id_obligated, row.figures.recorded, row.unrecorded)
        name = names.get(area) or t("direkam di kantor wilayah ini", "recorded at the office of this area")
        table.add_row(area_text(area), name, *map(say.number, cells), say.decimal(row.percent))
    say.out.print(table)


def _bridge_json(one: Bridge) -> dict[str, Any]:
    lines = [
        {
            "cause": line.cause,
            "title": one.title(line).say(say.language()),
            "amount": line.amount,
            "late": line.late,
            "people": len(line.persons),
        }
        for line in one.lines
    ]
    return {"figure": one.figure, "opening": one.opening, "lines": lines, "closing": one.closing, "foots": one.foots}


def _show_bridge(one: Bridge, opening: str, closing: str) -> None:
    table = Table(box=None, show_header=False, pad_edge=False)
    table.add_column()
    table.add_column(justify="right")
    table.add_row(
        f"[bold]{GROUPS[one.figure].say(say.language())}[/] · {opening}", f"[bold]{say.number(one.opening)}[/]"
    )
    for line in one.lines:
        late = t(" (baru diketahui kemudian)", " (learnt later)") if line.late else ""
        table.add_row(f"  {one.title(line).say(say.language())}{late}", say.signed(line.amount))
    table.add_row(closing, f"[bold]{say.number(one.closing)}[/]")
    say.out.print(table)
    say.out.print()


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
