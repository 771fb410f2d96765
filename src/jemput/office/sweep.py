"""Penyisiran: the places that still hold people, ranked with reasons, on a map and in a table of the same shades."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import Http404, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.safestring import SafeString

from jemput.domain import wording
from jemput.domain.audit import Verb
from jemput.domain.chances import AGE_TITLES, Chance
from jemput.domain.ids import area_text
from jemput.domain.problems import Text
from jemput.domain.reasons import reasons
from jemput.domain.roles import Right
from jemput.domain.sweep import GROUPS, LEVEL_TITLES, Group, Place
from jemput.letters.workbook import Cells, Column, Sheet
from jemput.office import links, ranking, wanted
from jemput.office.coverage import remainders
from jemput.office.download import excel
from jemput.office.drawing.map import LABELS, MapArea, draw_map
from jemput.office.drawing.scale import Scale, scale
from jemput.office.pages import page
from jemput.office.people import area_choices, said_point
from jemput.office.ranking import Class, Heading
from jemput.office.seat import OfficeRequest, Seat
from jemput.office.sweep_chosen import Chosen, chosen, key_of, name_of
from jemput.queries import map_shapes, places
from jemput.queries.backlog import among
from jemput.queries.map_shapes import AreaMap
from jemput.queries.sweep import Sweep, sweep
from jemput.queries.tied import tie

TITLE = Text("Penyisiran", "Sweep")
SHOWN = 20
"""Places on one page (our choice: each has some lines of reasons)."""
HEADINGS = (
    ("name", Text("Tempat dan alasan", "Place and reasons")),
    ("left", Text("Orang", "People")),
    ("met", Text("Dapat ditemui", "Likely met")),
    ("since", Text("Separuhnya sejak", "Half since")),
)
SORTS: dict[str, Callable[[Place], Any]] = {
    "left": lambda place: place.left,
    "met": lambda place: place.met.mean,
    "since": lambda place: -(place.half_since or date.max).toordinal(),
}
"""What places can be ordered by besides their rank; `since` puts the oldest first where it goes down."""
COLUMNS = (
    Column(Text("Urutan", "Rank"), "number", 8),
    Column(Text("Kode", "Code"), "code", 16),
    Column(Text("Tempat", "Place"), "text", 30),
    *(Column(title, "number", 14) for title in GROUPS.values()),
    Column(Text("Pemilih pertama", "First-time voters"), "number", 12),
    Column(Text("Dapat ditemui, kira-kira", "Likely met, about"), "number", 12),
    Column(Text("paling sedikit", "at least"), "number", 10),
    Column(Text("paling banyak", "at most"), "number", 10),
    Column(Text("Separuhnya di daftar sejak", "Half on the list since"), "day"),
    Column(Text("Alasan", "Reasons"), "text", 80),
)
LEFT_IN = Text("{n} {group}", "{n} {group}")


@dataclass(frozen=True, slots=True)
class Row:
    """One place as the table shows it: its number in the ranking, its box, where it leads, its shade and its reasons."""

    number: int
    key: str
    name: Text
    href: str
    people: str
    count: int
    shade: int | None
    place: Place
    reasons: tuple[Text, ...]


@page("penyisiran/", "sweep", title=TITLE, right=Right.PEOPLE)
def swept(request: OfficeRequest) -> HttpResponseBase:
    """Show where to go first; or hand the ranking out as a workbook."""
    seat = request.seat
    asked = chosen(request)
    found = sweep(asked.area, asked.at, seat.office, levels=[asked.level])
    names = places.names(seat.office.today, within=seat.office.area)
    ranked = [one for one in found.places if asked.wants(one, name_of(one, names).id)]
    ordered = _ordered(ranked, asked, names)
    if request.GET.get("excel"):
        return _workbook(seat, asked, found, ordered, names)
    number = wanted.whole(request, "page")
    pages = max(1, -(-len(ordered) // SHOWN))
    if number > pages:
        raise Http404("no such page")
    classes = scale([one.groups[asked.group] for one in found.places if one.level == asked.level])
    first = (number - 1) * SHOWN
    drawn = _drawn(asked, seat)
    context = {
        "asked": asked,
        "title": names.get(asked.area or 0, ""),
        "point": said_point(asked.at),
        "days": found.days,
        "groups": _groups(found, asked),
        "levels": [(level, LEVEL_TITLES[level], asked.query(level=level, sort="")) for level in asked.levels],
        "areas": area_choices(seat),
        "rows": _rows(ordered[first : first + SHOWN], found, asked, names, classes, first=first),
        "total": len(ordered),
        "left": sum(one.groups[asked.group] for one in ordered),
        "level_title": LEVEL_TITLES[asked.level],
        "group_title": GROUPS[asked.group],
        "headings": _headings(asked),
        "legend": _legend(classes, found, asked, seat),
        "map": _map(drawn, found, asked, names, classes, seat) if drawn else None,
        "drawn": drawn,
        "chances": _chances(found),
        "backlog": remainders(among(asked.area, found.people), asked.area, seat),
        "number": number,
        "pages": pages,
        "before": asked.query(page=number - 1) if number > 1 else "",
        "after": asked.query(page=number + 1) if number < pages else "",
        "excel": asked.query(excel=1),
        "people": f"{reverse('sweep-people')}?{asked.query(level='', sort='')}",
        "may_go": seat.may(Right.OUTREACH) and asked.level != "kecamatan",
        "settings": links.to(seat, "settings"),
    }
    return render(request, "office/sweep.html", context)


def _groups(found: Sweep, asked: Chosen) -> list[tuple[Group, Text, int, str]]:
    """Return every list with how many stand on it and its address."""
    counts = dict.fromkeys(GROUPS, 0)
    for place in found.places:
        if place.level == asked.level:
            for group, count in place.groups.items():
                counts[group] += count
    return [
        (group, title, counts[group], asked.query(group="" if group == "all" else group))
        for group, title in GROUPS.items()
    ]


def _ordered(ranked: Sequence[Place], asked: Chosen, names: dict[int, str]) -> list[Place]:
    """Return places in the order asked for: by rank, for a group apart by its people, or by a column."""
    down, code = asked.sort.startswith("-"), asked.sort.lstrip("-")
    if code == "name":
        return sorted(ranked, key=lambda one: name_of(one, names).id, reverse=down)
    if code == "left":
        return sorted(ranked, key=lambda one: one.groups[asked.group], reverse=down)
    if code in SORTS:
        return sorted(ranked, key=SORTS[code], reverse=down)
    if asked.group == "all":
        return list(ranked)
    return sorted(ranked, key=lambda one: -one.groups[asked.group])


def _headings(asked: Chosen) -> list[Heading]:
    """Return the columns with the addresses that sort by them."""
    found = []
    for code, title in HEADINGS:
        first = code if code == "name" else f"-{code}"
        other = f"-{code}" if first == code else code
        sorted_by = asked.sort.lstrip("-") == code
        down = asked.sort.startswith("-")
        found.append(
            Heading(
                title,
                asked.query(sort=other if asked.sort == first else first),
                ("descending" if down else "ascending") if sorted_by else "",
            )
        )
    return found


def _rows(
    shown: Sequence[Place],
    found: Sweep,
    asked: Chosen,
    names: dict[int, str],
    classes: Scale | None,
    *,
    first: int,
) -> list[Row]:
    return [
        Row(
            first + number,
            key_of(one),
            name_of(one, names),
            _opened(one, asked),
            _people(one, asked),
            one.groups[asked.group],
            classes.shade(one.groups[asked.group]) if classes else None,
            one,
            reasons(one, found.days),
        )
        for number, one in enumerate(shown, 1)
    ]


def _opened(place: Place, asked: Chosen) -> str:
    """Return where the name of a place leads: a dusun to its people, all others to their parts."""
    if place.level == "dusun":
        return _people(place, asked)
    level = "desa" if place.level == "kecamatan" else ""
    return f"?{asked.query(area=area_text(place.number), level=level, sort='', q='')}"


def _people(place: Place, asked: Chosen) -> str:
    dusun = (place.dusun or "-") if place.level == "dusun" else ""
    query = asked.query(area=area_text(place.number), dusun=dusun, level="", sort="", q="", rompok="", visit="")
    return f"{reverse('sweep-people')}?{query}"


def _drawn(asked: Chosen, seat: Seat) -> AreaMap | None:
    """Return the map of the level, None for dusun, which nobody has drawn."""
    return None if asked.level == "dusun" else map_shapes.area_map(asked.area, asked.level, seat.office.today)


def _map(  # noqa: PLR0917 - one place calls it
    drawn: AreaMap, found: Sweep, asked: Chosen, names: dict[int, str], classes: Scale | None, seat: Seat
) -> SafeString:
    """Return the map in the classes of the table; places without anybody are of the lightest.

    Only where the areas are few, so that a finger hits one, do they lead anywhere; the table always does.
    """
    held = {one.number: one for one in found.places if one.level == asked.level}
    title = GROUPS[asked.group]
    areas = []
    for outline in drawn.sheet.outlines:
        place = held.get(outline.number)
        count = place.groups[asked.group] if place else 0
        said = LEFT_IN.say(
            seat.language, {"n": wording.number(count, seat.language), "group": title.say(seat.language)}
        )
        name = names.get(outline.number, area_text(outline.number))
        shade = classes.shade(count) if classes else None
        href = _opened(place, asked) if place and len(drawn.sheet.outlines) <= LABELS else ""
        areas.append(MapArea(outline.number, name, said, shade, href))
    day = {language: wording.day(asked.at.on, language) for language in ("id", "en")}
    level = LEVEL_TITLES[asked.level]
    about = Text(
        f"{len(areas)} {level.id}, {day['id']}; makin kuat warnanya makin banyak orangnya. Angkanya ada di tabel.",
        f"{len(areas)} {level.en}, {day['en']}; the stronger the colour, the more people. The figures are in the table.",
    )
    return draw_map(
        drawn.sheet,
        areas,
        key="map",
        title=title.say(seat.language),
        description=about.say(seat.language),
        language=seat.language,
    )


def _legend(classes: Scale | None, found: Sweep, asked: Chosen, seat: Seat) -> list[Class]:
    if classes is None:
        return []
    values = [one.groups[asked.group] for one in found.places if one.level == asked.level]
    return [
        Class(one.shade, ranking.said_range(one.low, one.high, "left", seat.language), one.areas)
        for one in classes.legend(values)
    ]


def _chances(found: Sweep) -> list[tuple[Text, bool, Chance]]:
    """Return the chance of all people alike: by their age on the list, and whether they were missed before."""
    return [(AGE_TITLES[age], before, chance) for (age, before), chance in found.chances.items()]


def _workbook(
    seat: Seat, asked: Chosen, found: Sweep, ordered: Sequence[Place], names: dict[int, str]
) -> HttpResponseBase:
    """Return the ranking as a workbook; figures of places, no people."""
    name = f"penyisiran-{links.coded(asked.area) or 'semua'}-{asked.level}-{asked.at.on.isoformat()}"
    about = (*tie(asked.at, asked.area, seat.office).about(seat.language), GROUPS[asked.group].say(seat.language))
    rows = [_cells(number, one, found, names, seat) for number, one in enumerate(ordered, 1)]
    seat.note(Verb.LIST_EXPORTED, subject=name)
    return excel(seat, [Sheet(TITLE, TITLE, about, COLUMNS, rows)], name=name)


def _cells(number: int, one: Place, found: Sweep, names: dict[int, str], seat: Seat) -> Cells:
    return (
        number,
        area_text(one.number),
        name_of(one, names).say(seat.language),
        *(one.groups[group] for group in GROUPS),
        one.voters,
        one.met.about,
        one.met.low,
        one.met.high,
        one.half_since,
        "; ".join(said.say(seat.language) for said in reasons(one, found.days)),
    )
