"""Rompok: the settlements of an area as a list and on the map, with what was said of each and what the office counts there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import orjson
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.safestring import SafeString

from jemput.domain.audit import Verb
from jemput.domain.ids import area_text
from jemput.domain.outreach import SURFACES, WET_SEASONS
from jemput.domain.phones import mask_phone, show_phone
from jemput.domain.places import DISTRICT_DIGITS
from jemput.domain.problems import Text
from jemput.domain.roles import Right
from jemput.domain.settlements import SETTLEMENT_KINDS
from jemput.letters.workbook import Cells, Column, Sheet
from jemput.office import links
from jemput.office.download import excel
from jemput.office.drawing.map import MapArea, MapMark, draw_map
from jemput.office.pages import page
from jemput.office.people import area_choices, whole_number
from jemput.office.seat import OfficeRequest, Seat
from jemput.office.wanted import area_in
from jemput.queries import coverage, map_shapes, places
from jemput.queries import settlements as reading
from jemput.queries.settlements import Remaining, SettlementPlace

SHOWN = 50
"""Settlements on one page (our choice: two screens of a laptop)."""
MARKED = 300
"""Marks on one map; more weigh more than a page may (60 KB) and cover each other."""
TITLE = Text("Rompok", "Settlements")
SHOW = {
    "": Text("semua yang dihuni", "all that are lived in"),
    "empty": Text("kosong", "uninhabited"),
    "nowhere": Text("tanpa titik", "without a point"),
    "double": Text("mungkin kembar", "maybe the same"),
    "merged": Text("digabung atau ditarik", "merged or withdrawn"),
}
"""What the list may be narrowed to."""
COLUMNS = (
    Column(Text("No.", "No."), "number", 8),
    Column(Text("Jenis", "Kind"), "text", 14),
    Column(Text("Nama", "Name")),
    Column(Text("Kode desa", "Village code"), "code", 16),
    Column(Text("Desa", "Village")),
    Column(Text("Lintang, derajat", "Latitude, degrees"), "text", 12),
    Column(Text("Bujur, derajat", "Longitude, degrees"), "text", 12),
    Column(Text("Perkiraan desa", "The village's estimate"), "number", 12),
    Column(Text("Belum rekam menurut daftar dan kata desa", "Not recorded by register and word"), "number", 16),
    Column(Text("Jalan", "Surface"), "text", 14),
    Column(Text("Musim hujan", "In the rains"), "text", 14),
    Column(Text("Perahu", "Boat"), "text", 8),
    Column(Text("Motor", "Motorbike"), "text", 8),
    Column(Text("Menit", "Minutes"), "number", 8),
    Column(Text("Kontak", "Contact")),
    Column(Text("Telepon", "Telephone"), "code", 20),
    Column(Text("Pelapor", "Reported by")),
    Column(Text("Kosong sejak", "Empty since"), "day"),
    Column(Text("Digabung ke", "Merged into"), "number", 10),
    Column(Text("Keterangan", "Description"), "text", 50),
)


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which settlements: of an area, a kind, and one of `SHOW`."""

    area: int | None
    kind: str = ""
    show: str = ""

    def kept(self) -> dict[str, str]:
        """Return the query that asks for them."""
        said = {"area": links.coded(self.area), "kind": self.kind, "show": self.show}
        return {name: value for name, value in said.items() if value}


@page("rompok/", "settlements", title=TITLE, right=Right.FIGURES)
def settlements(request: OfficeRequest) -> HttpResponseBase:
    """Show settlements as list and map; hand them out as Excel or GeoJSON."""
    seat = request.seat
    wanted = _wanted(request.GET, seat)
    everything = reading.settlements(wanted.area)
    doubles = {number for pair in reading.likely_doubles(everything) for number in (pair.first, pair.second)}
    groups = {show: [one for one in everything if _is_shown(one, show, doubles)] for show in SHOW}
    found = [one for one in groups[wanted.show] if wanted.kind in {"", one.kind}]
    names = places.names(seat.office.today, within=seat.office.area)
    if request.GET.get("excel"):
        return _workbook(seat, wanted, found, names)
    if request.GET.get("geojson"):
        return _geojson(seat, wanted, found)
    pages = max(1, -(-len(found) // SHOWN))
    number = min(whole_number(request.GET.get("page", "")), pages)
    shown = found[(number - 1) * SHOWN : number * SHOWN]
    counts = remaining_in(seat, shown)
    context = {
        "kept": wanted.kept(),
        "wanted": wanted,
        "kinds": SETTLEMENT_KINDS.items(),
        "shows": [(show, title, len(groups[show])) for show, title in SHOW.items()],
        "areas": area_choices(seat),
        "total": len(found),
        "rows": [
            (
                one,
                kind_title(one),
                names.get(one.village, area_text(one.village)),
                counts.get(one.id),
                one.id in doubles,
            )
            for one in shown
        ],
        "map": _map(seat, wanted, found),
        "unmarked": sum(one.point is None for one in found),
        "number": number,
        "pages": pages,
        "may_write": seat.may(Right.OUTREACH),
    }
    return render(request, "office/settlements.html", context)


def remaining_in(seat: Seat, found: Sequence[SettlementPlace]) -> dict[int, Remaining]:
    """Return who is not recorded today in each of some settlements."""
    here = seat.office
    return reading.remaining(found, coverage.view(here.today, as_known="now", rule=here.rule), rule_in_force=here.rule)


def kind_title(one: SettlementPlace) -> Text:
    """Return what kind of settlement it is, in words."""
    return SETTLEMENT_KINDS.get(one.kind, Text(one.kind, one.kind))


def phone_for(seat: Seat, phone: str) -> str:
    """Return a telephone number as somebody may see it: whole for outreach, masked for everybody else."""
    if not phone:
        return ""
    return show_phone(phone) if seat.may(Right.OUTREACH) else mask_phone(phone)


def _wanted(said: Any, seat: Seat) -> Wanted:  # noqa: ANN401 - a query
    area = area_in(said, seat)
    kind, show = said.get("kind", ""), said.get("show", "")
    return Wanted(area, kind if kind in SETTLEMENT_KINDS else "", show if show in SHOW else "")


def _is_shown(one: SettlementPlace, show: str, doubles: set[int]) -> bool:
    if show == "merged":
        return not one.counts
    if show == "empty":
        return one.counts and one.uninhabited_on is not None
    if not one.counts or one.uninhabited_on is not None:
        return False
    return show == "" or (one.point is None if show == "nowhere" else one.id in doubles)


def _map(seat: Seat, wanted: Wanted, found: Sequence[SettlementPlace]) -> SafeString | None:
    """Return the map of the area with a mark for each settlement that has a point."""
    area, here = wanted.area, seat.office
    level: map_shapes.Level = "desa" if area and len(str(area)) >= DISTRICT_DIGITS else "kecamatan"
    drawn = map_shapes.area_map(area, level, here.today)
    if drawn is None:
        return None
    names = places.names_of([outline.number for outline in drawn.sheet.outlines], here.today)
    counted = {outline.number: 0 for outline in drawn.sheet.outlines}
    for one in found:
        number = one.village if level == "desa" else one.village // 10**4
        if number in counted:
            counted[number] += 1
    areas = [
        MapArea(
            number,
            names.get(number, area_text(number)),
            Text("{n} permukiman", "{n} settlements").say(seat.language, {"n": count}),
            0,
            links.to(seat, "settlements", wanted.kept() | {"area": area_text(number)}),
        )
        for number, count in counted.items()
    ]
    return draw_map(
        drawn.sheet,
        areas,
        marks=[_mark(one, seat) for one in found if one.point][:MARKED],
        key="rompok",
        title=TITLE.say(seat.language),
        description=Text(
            "Titik tiap permukiman; daftarnya di bawah.", "Each settlement's point; the list is below."
        ).say(seat.language),
        language=seat.language,
    )


def _mark(one: SettlementPlace, seat: Seat) -> MapMark:
    look = "is-empty" if one.uninhabited_on else f"is-{one.kind}"
    said = f"{kind_title(one).say(seat.language)} {one.name}"
    return MapMark(one.lat or 0, one.lng or 0, said, look, reverse("settlement", args=[one.id]))


def _workbook(
    seat: Seat, wanted: Wanted, found: Sequence[SettlementPlace], names: Mapping[int, str]
) -> HttpResponseBase:
    name = f"rompok-{area_text(wanted.area) if wanted.area else 'semua'}"
    seat.note(Verb.LIST_EXPORTED, subject=name)
    rows = _cells(found, remaining_in(seat, found), names, seat)
    return excel(seat, [Sheet(TITLE, TITLE, (SHOW[wanted.show].say(seat.language),), COLUMNS, rows)], name=name)


def _cells(
    found: Iterable[SettlementPlace], counts: Mapping[int, Remaining], names: Mapping[int, str], seat: Seat
) -> Iterator[Cells]:
    yes = Text("ya", "yes").say(seat.language)
    for one in found:
        left = counts.get(one.id)
        yield (
            one.id,
            kind_title(one).say(seat.language),
            one.name,
            area_text(one.village),
            names.get(one.village, ""),
            "" if one.lat is None else str(one.lat),
            "" if one.lng is None else str(one.lng),
            one.estimated_people,
            len(left.people) if left else None,
            SURFACES[one.surface].say(seat.language) if one.surface else "",
            WET_SEASONS[one.wet_season].say(seat.language) if one.wet_season else "",
            yes if one.boat else "",
            yes if one.motorbike else "",
            one.travel_min,
            one.contact,
            phone_for(seat, one.contact_phone),
            one.reported_by,
            one.uninhabited_on,
            one.merged_into,
            one.description,
        )


def _geojson(seat: Seat, wanted: Wanted, found: Sequence[SettlementPlace]) -> HttpResponse:
    """Hand out the settlements with a point for a map; no telephone number leaves this way."""
    name = f"rompok-{area_text(wanted.area) if wanted.area else 'semua'}.geojson"
    seat.note(Verb.LIST_EXPORTED, subject=name)
    features = [
        {
            "type": "Feature",
            "id": one.id,
            "geometry": {"type": "Point", "coordinates": [one.lng, one.lat]},
            "properties": {
                "nama": one.name,
                "jenis": one.kind,
                "kode_desa": area_text(one.village),
                "orang": one.estimated_people,
                "jalan": one.surface,
                "musim_hujan": one.wet_season,
                "perahu": one.boat,
                "motor": one.motorbike,
                "menit": one.travel_min,
                "keterangan": one.description,
            },
        }
        for one in found
        if one.point
    ]
    body = orjson.dumps({"type": "FeatureCollection", "features": features})
    said = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(body, content_type="application/geo+json", headers=said)
