"""Penyisiran on the command line: who is left by name and address, and where to go first and why."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any

from cyclopts import Parameter

from jemput.actions.audit import note
from jemput.cli import say
from jemput.cli.app import app
from jemput.cli.listing import point
from jemput.cli.options import Area, AsJson, AsKnown, On, area_of, day_of, known_of, machine
from jemput.cli.say import t
from jemput.domain.audit import Verb
from jemput.domain.ids import area_text, mask
from jemput.domain.problems import ProblemKind, Refused, Text
from jemput.domain.reasons import reasons
from jemput.domain.sweep import GROUPS, NO_DUSUN, Left, Place
from jemput.letters import sweep_list
from jemput.letters.workbook import Sheet, write_workbook
from jemput.queries import coverage, places
from jemput.queries.coverage import View
from jemput.queries.office import Office, office
from jemput.queries.sweep import Sweep
from jemput.queries.sweep import sweep as swept
from jemput.queries.tied import tie

NOT_XLSX = ProblemKind(
    "sweep_not_xlsx",
    Text("Daftar sisir ditulis sebagai .xlsx, bukan “{found}”.", "A sweep list is written as .xlsx, not as “{found}”."),
    Text("Tulis nama berkas yang berakhir .xlsx.", "Name a file that ends in .xlsx."),
)
TITLE = Text("Daftar sisir", "Sweep list")
APART = Text("Di luar hitungan", "Not in the count")


@app.command(
    name="sweep",
    help=t(
        "Penyisiran: siapa yang tersisa, dan ke mana dulu beserta alasannya.",
        "The sweep: who is left, and where to go first and why.",
    ),
)
def sweep(
    *,
    area: Area = "",
    on: On = "",
    as_known: AsKnown = "",
    xlsx: Annotated[
        Path | None,
        Parameter(
            name="--xlsx",
            help=t(
                "Tulis daftar nama dan alamat ke berkas Excel ini.",
                "Write the list by name and address to this Excel file.",
            ),
        ),
    ] = None,
    limit: Annotated[
        int,
        Parameter(help=t("Sebanyak-banyaknya desa di layar (0: semua).", "Villages at most on the screen (0: all).")),
    ] = 10,
    as_json: AsJson = False,
) -> int:
    """List who is left in an area, live unless a closed 28th or another knowledge is asked for; NIKs are masked."""
    here = office()
    where = area_of(area, here)
    at = coverage.view(day_of(on, here), as_known=known_of(as_known) or ("now" if not on else None), rule=here.rule)
    if xlsx and xlsx.suffix.lower() != ".xlsx":
        raise Refused(NOT_XLSX.at("--xlsx", found=xlsx.name))
    found = swept(where, at, here, levels=["desa", "dusun"])
    names = places.names(here.today, within=here.area)
    if xlsx:
        _write(found, names, here, xlsx)
    if xlsx or as_json:
        taken = f"daftar-sisir-{area_text(where) if where else 'semua'}-{at.on.isoformat()}"
        note(machine(), Verb.SWEEP_LIST_MADE, at=datetime.now(UTC), subject=taken)
    if as_json:
        say.emit(_json(found, names))
        return 0
    _show(found, names, at, limit=limit)
    if xlsx:
        say.out.print(str(xlsx), markup=False)
    return 0


def _show(found: Sweep, names: Mapping[int, str], at: View, *, limit: int) -> None:
    counts = _counts(found)
    say.out.print(f"[bold]{say.number(counts['all'])}[/] {GROUPS['all'].say(say.language())}, {point(at)}")
    for group, title in GROUPS.items():
        if group != "all" and counts[group]:
            say.out.print(f"  {say.number(counts[group])} {title.say(say.language())}", markup=False)
    villages = [one for one in found.places if one.level == "desa"]
    shown = villages[:limit] if limit else villages
    for number, one in enumerate(shown, 1):
        say.out.print(f"\n{number}. {names.get(one.number, '')} ({area_text(one.number)})", markup=False)
        for said in reasons(one, found.days):
            say.out.print(f"   {said.say(say.language())}", markup=False)
    if len(shown) < len(villages):
        rest = len(villages) - len(shown)
        say.err.print(t("{n} desa lagi; --limit 0 untuk semua.", "{n} more villages; --limit 0 for all.", n=rest))


def _write(found: Sweep, names: Mapping[int, str], here: Office, target: Path) -> None:
    language = say.language()
    about = tie(found.at, found.area, here).about(language)
    sheets = [
        Sheet(title, title, about, sweep_list.COLUMNS, sweep_list.list_cells(people, names, language))
        for title, people in ((TITLE, _counted(found)), (APART, _apart(found)))
        if people or title is TITLE
    ]
    write_workbook(target, sheets, language=language, made_at=here.now)


def _counted(found: Sweep) -> list[Left]:
    """Return exactly the people the view counts as not recorded."""
    return [one for one in found.people if one.is_counted]


def _apart(found: Sweep) -> list[Left]:
    """Return whoever is not in the count: due before the election, or blocked where the rule does not count them."""
    return [one for one in found.people if not one.is_counted]


def _counts(found: Sweep) -> dict[str, int]:
    return {group: sum(group in one.groups for one in found.people) for group in GROUPS}


def _json(found: Sweep, names: Mapping[int, str]) -> dict[str, Any]:
    counts = _counts(found)
    return {
        "on": found.at.on,
        "as_known": found.at.known_on,
        "closed": found.at.closing is not None,
        "area": area_text(found.area) if found.area else "",
        "count": counts["all"],
        "groups": counts,
        "deadline": {"cut_off": found.days.cut_off, "election": found.days.election},
        "places": [_place(one, found, names) for one in found.places],
        "people": [_person(one) for one in _counted(found)],
        "apart": [_person(one) for one in _apart(found)],
    }


def _place(one: Place, found: Sweep, names: Mapping[int, str]) -> dict[str, Any]:
    return {
        "level": one.level,
        "area": area_text(one.number),
        "name": names.get(one.number, ""),
        "dusun": (one.dusun or NO_DUSUN.say(say.language())) if one.level == "dusun" else None,
        "groups": dict(one.groups),
        "first_time_voters": one.voters,
        "half_since": one.half_since,
        "met": {"about": one.met.about, "low": one.met.low, "high": one.met.high, "outcomes": one.learnt},
        "reasons": [said.say(say.language()) for said in reasons(one, found.days)],
    }


def _person(one: Left) -> dict[str, Any]:
    return {
        "nik": mask(one.nik),
        "name": one.name,
        "sex": one.sex,
        "born": one.born_on.year if one.born_on else None,
        "village": area_text(one.village),
        "dusun": one.dusun,
        "rt": one.rt,
        "rw": one.rw,
        "address": one.address,
        "since": one.since,
        "groups": list(one.groups),
        "word": {"word": one.word.word, "on": one.word.on} if one.word else None,
        "outcome": {"outcome": one.outcome.outcome, "on": one.outcome.on} if one.outcome else None,
        "chance": {
            "mean": round(one.chance.mean, 3),
            "low": round(one.chance.low, 3),
            "high": round(one.chance.high, 3),
        }
        if one.chance
        else None,
    }
