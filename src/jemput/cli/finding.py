"""Search on the command line: who is it, from whatever somebody remembers."""

from __future__ import annotations

from typing import Annotated, Any

from cyclopts import Parameter
from rich.table import Table

from jemput.cli import say
from jemput.cli.app import app
from jemput.cli.options import Area, AsJson, area_of
from jemput.cli.say import t
from jemput.domain.axes import STATES
from jemput.domain.ids import area_text
from jemput.domain.lampid import STRUCK
from jemput.domain.problems import Text
from jemput.queries import places
from jemput.queries.office import office
from jemput.queries.search import HOW, Found, Hit, search

TOO_WIDE = Text(
    "Tambahkan nama, nomor, tanggal lahir, atau desanya.", "Add a name, a number, a day of birth, or the village."
)


@app.command(
    name="search",
    help=t(
        "Cari orang: NIK, KK, nama ejaan apa pun, desa, RT, lahir.",
        "Find people: NIK, KK, name in any spelling, village, RT, birth.",
    ),
)
def search_people(
    *text: Annotated[str, Parameter(help=t("Yang dicari.", "What to look for."))],
    area: Area = "",
    limit: Annotated[int, Parameter(help=t("Sebanyak-banyaknya orang.", "People at most."))] = 20,
    full_nik: Annotated[
        bool, Parameter(name="--full-nik", negative=(), help=t("Tampilkan NIK utuh.", "Show NIKs whole."))
    ] = False,
    as_json: AsJson = False,
) -> int:
    """Show whom a text finds, what was typed first, then other spellings, then words only begun."""
    here = office()
    found = search(" ".join(text), here=here, area=area_of(area, here), limit=limit, full=full_nik)
    if as_json:
        say.emit(_json(found))
        return 0
    for reading in found.readings:
        say.err.print(" · ".join(part.say(say.language()) for part in reading.said()))
    if found.unread:
        say.err.print(t("Tidak terbaca: {words}.", "Not understood: {words}.", words=", ".join(found.unread)))
    if found.too_wide:
        say.err.print(TOO_WIDE.say(say.language()))
        return 0
    names = places.names(here.today)
    table = Table(box=None, pad_edge=False)
    table.add_column("NIK", no_wrap=True)
    for column in (t("Nama", "Name"), t("Lahir", "Born"), t("Desa", "Village"), "RT/RW", t("Keadaan", "State"), ""):
        table.add_column(column)
    for hit in found.hits:
        table.add_row(*_row(hit, names))
    say.out.print(table)
    if found.more:
        say.err.print(t("Ada lagi; persempit atau naikkan --limit.", "There are more; narrow it or raise --limit."))
    elif not found.hits:
        say.err.print(t("Tidak ada yang cocok.", "Nobody fits."))
    return 0


def _row(hit: Hit, names: dict[int, str]) -> tuple[str, ...]:
    one, language = hit.person, say.language()
    return (
        one.nik,
        one.name,
        str(one.born_on.year) if one.born_on else "–",
        names.get(one.village, area_text(one.village)) if one.village > STRUCK else "–",
        f"{one.rt}/{one.rw}".strip("/"),
        STATES[hit.state].say(language),
        HOW[hit.how].say(language),
    )


def _json(found: Found) -> dict[str, Any]:
    return {
        "understood": [[part.say(say.language()) for part in reading.said()] for reading in found.readings],
        "not_understood": found.unread,
        "too_wide": found.too_wide,
        "more": found.more,
        "people": [
            {
                "nik": hit.person.nik,
                "name": hit.person.name,
                "born": hit.person.born_on.year if hit.person.born_on else None,
                "village": area_text(hit.person.village) if hit.person.village > STRUCK else "",
                "rt": hit.person.rt,
                "rw": hit.person.rw,
                "state": hit.state,
                "found_by": hit.how,
            }
            for hit in found.hits
        ],
    }
