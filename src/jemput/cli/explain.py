"""Why the number is that number: the bridge from one count to another, and what was printed beside it."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

from cyclopts import Parameter
from rich.table import Table

from jemput.cli import say
from jemput.cli.app import app
from jemput.cli.claim import show_printed
from jemput.cli.listing import point, show_people
from jemput.cli.options import Area, AsJson, AsKnown, On, area_of, day_of, known_of, today_note
from jemput.cli.say import t
from jemput.domain.claims import Claim, Finding, against_count
from jemput.domain.ids import area_text
from jemput.queries import bridge, coverage, people
from jemput.queries.bridge import Bridge, Figure
from jemput.queries.coverage import View
from jemput.queries.office import Office, office
from jemput.queries.people import GROUPS
from jemput.queries.printed import claims_on


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
        words = bridge.TITLES[cause].say(say.language()) if cause in bridge.TITLES else cause
        title = f"{GROUPS[figure].say(say.language())}: {words}"
        show_people(people.by_id(persons), full=False, limit=0, title=title, as_json=as_json)
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
        _show_bridge(one, point(begin), point(end))
    if dkb:
        _show_bridge(dkb[1], t("DKB {day}", "DKB {day}", day=say.day(dkb[0])), point(end))
    show_printed(end.on, coverage.total(coverage.villages(end, where, rule_in_force=here.rule)))
    if note := today_note(here):
        say.err.print(f"[dim]{note}[/]")
    return 0


def _against(claim: Claim, at: View, where: int | None, here: Office) -> list[Finding]:
    figures = coverage.total(coverage.villages(at, where, rule_in_force=here.rule))
    return against_count(claim, wajib=figures.id_obligated, recorded=figures.recorded, remaining=figures.unrecorded)


def _closing_before(day: date) -> date:
    earlier = [closing.on for closing in coverage.closings() if closing.on < day]
    return earlier[-1] if earlier else day.replace(day=1)


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
