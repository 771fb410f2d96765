"""The number of an area on a day."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any, Literal

import orjson
from cyclopts import Parameter
from rich.table import Table

from jemput.cli import say
from jemput.cli.app import app
from jemput.cli.listing import point
from jemput.cli.options import Area, AsJson, AsKnown, On, area_of, day_of, known_of, today_note
from jemput.cli.say import t
from jemput.domain.coverage import Figures, percent
from jemput.domain.ids import area_text
from jemput.domain.problems import ProblemKind, Refused, Text
from jemput.queries import coverage, places, proof
from jemput.queries.coverage import Coverage, View
from jemput.queries.office import Office, office

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


def show_count(at: View, where: int | None, here: Office) -> None:
    """Show an area's live figures in a view."""
    by_village = coverage.villages(at, where, rule_in_force=here.rule)
    _show(at, Coverage(where, coverage.total(by_village)), "live", here)


def _frozen(at: View, where: int | None) -> dict[int, int]:
    frozen = coverage.dkb(at, where)
    if frozen is None:
        raise Refused(NO_DKB.at("--denominator", on=at.on.isoformat()))
    return frozen[1]


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


def _show(at: View, whole: Coverage, denominator: str, here: Office) -> None:
    figures = whole.figures
    title = places.title(whole.area, here.today) if whole.area else t("Seluruh kantor", "The whole office")
    say.out.print(f"[bold]{title}[/] · {point(at)}")
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
