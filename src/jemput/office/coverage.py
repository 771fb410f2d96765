"""Cakupan: where the regency stands as at the last closed 28th and now, where the rest live, and what waits."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from django.http import HttpResponseBase
from django.shortcuts import render
from django.utils.safestring import SafeString

from jemput.domain import wording
from jemput.domain.backlog import TO_RECORD, TO_SETTLE
from jemput.domain.coverage import percent
from jemput.domain.ids import VILLAGE_DIGITS, area_text
from jemput.domain.places import DISTRICT_DIGITS
from jemput.domain.problems import Text
from jemput.domain.roles import Right
from jemput.letters.workbook import Column, Sheet
from jemput.office import links, ranking, wanted
from jemput.office.download import excel
from jemput.office.drawing.map import MapArea, draw_map
from jemput.office.drawing.trend import TrendPoint, coverage_line, remaining_bars
from jemput.office.pages import page
from jemput.office.ranking import Measure, Ranking
from jemput.office.seat import OfficeRequest, Seat
from jemput.queries import map_shapes, places
from jemput.queries.backlog import Backlog, backlog
from jemput.queries.coverage import Coverage, Denominator
from jemput.queries.map_shapes import AreaMap, Level
from jemput.queries.proposals import VILLAGE
from jemput.queries.standing import Side, Standing, standing
from jemput.queries.standing import side as side_of
from jemput.queries.tied import tie
from jemput.queries.trend import Count

DENOMINATORS: tuple[Denominator, ...] = ("live", "dkb")
SIDES: tuple[Literal["closed", "live"], ...] = ("closed", "live")
FIGURES = (
    ("id_obligated", Text("Wajib KTP", "Wajib KTP (must hold a card)")),
    ("recorded", Text("Sudah rekam", "Recorded")),
    ("unrecorded", Text("Belum rekam", "Not recorded")),
    ("blocked", Text("di antaranya diblokir", "of them blocked")),
    ("pemula", Text("Pemula (rekam sebelum wajib)", "Pemula (recorded before the duty)")),
    ("itap", Text("Orang asing ITAP di antara wajib KTP", "Foreigners with ITAP among wajib KTP")),
    ("recorded_here", Text("Direkam di wilayah ini", "Recorded in this area")),
    ("population", Text("Penduduk", "Residents")),
)
"""Lines of the table of figures; the group of people behind each has the same name."""
BLOCKED_APART = Text("diblokir, tidak dihitung wajib", "blocked, not counted as wajib")
TREND = (
    Column(Text("Hitungan", "Count"), "day"),
    Column(Text("Wajib KTP", "Wajib KTP"), "number"),
    Column(Text("Sudah rekam", "Recorded"), "number"),
    Column(Text("Persen", "Percent"), "percent"),
    Column(Text("Belum rekam", "Not recorded"), "number"),
    Column(Text("Catatan", "Note"), "text", 30),
)
JUMPED = Text("konsolidasi {amount}", "konsolidasi {amount}")
REFROZEN = Text("DKB baru", "new DKB")
RULE_CHANGED = Text("aturan hitung berubah", "the counting rule changed")
PEOPLE_TO_RECORD = Text("Orang yang perlu direkam", "People to record")
RECORDS_TO_SETTLE = Text("Catatan yang perlu diselesaikan", "Records to settle")
POINT = Text("{day}: {percent} persen, {left} belum rekam", "{day}: {percent} percent, {left} not recorded")


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure on both sides with what leads to its people, and the live one less the closed one."""

    group: str
    title: Text
    closed: int | None
    closed_link: str
    live: int
    live_link: str
    share: Decimal | None = None

    @property
    def change(self) -> int | None:
        """Live less closed."""
        return None if self.closed is None else self.live - self.closed


@page("", "coverage", title=Text("Cakupan", "Coverage"), right=Right.FIGURES)
def coverage(request: OfficeRequest) -> HttpResponseBase:
    """Show where an area stands; or hand its table out as a workbook."""
    seat = request.seat
    area = wanted.area(request)
    denominator = wanted.word(request, "denominator", DENOMINATORS)
    stands = standing(area, seat.office, denominator=denominator, clock=seat.clock)
    shown = stands.live if wanted.word(request, "side", SIDES) == "live" or not stands.closed else stands.closed
    measure = wanted.word(request, "by", ranking.MEASURES)
    around = _around(area, seat)
    level = _level(around, wanted.word(request, "level", tuple(map_shapes.DIGITS)))
    names = places.names(seat.office.today, within=seat.office.area)
    table = _ranking(request, shown, around, level=level, measure=measure, names=names)
    if request.GET.get("excel"):
        sheets = [ranking.sheet(table, shown, seat), *_sheets(stands, seat)]
        return excel(seat, sheets, name=f"cakupan-{shown.at.on}-{level}")
    drawn = map_shapes.area_map(around, level, seat.office.today)
    context = {
        "area": area,
        "area_title": names.get(area or 0, ""),
        "path": _path(area, seat, names),
        "stands": stands,
        "shown": shown,
        "denominator": denominator,
        "figures": _figures(stands, seat),
        "over": _over(shown.whole),
        "sweep": links.to(seat, "sweep", {"area": links.coded(area)}),
        "bridge": links.to(seat, "bridge", {"area": links.coded(area)}),
        "charts": _charts(stands, seat, denominator),
        "counts": _counts(stands, seat),
        "waiting": [(one, links.to(seat, one.page, one.query)) for one in stands.waiting],
        "backlog": remainders(backlog(area, stands.live.at, seat.office), area, seat),
        "level": level,
        "levels": _levels(around, seat),
        "measure": measure,
        "table": table,
        "headings": ranking.headings(request, measure),
        "map": _map(drawn, table, request),
        "drawn": drawn,
        "kept": ranking.kept(request),
    }
    return render(request, "office/coverage.html", context)


@dataclass(frozen=True, slots=True)
class Remainder:
    """A part of the backlog as the page shows it: its title, its sum, and its lines that hold anybody."""

    title: Text
    total: int
    lines: tuple[tuple[Text, int], ...]
    href: str


def remainders(split: Backlog, area: int | None, seat: Seat) -> tuple[Remainder, ...]:
    """Return the backlog of an area in two parts: people to record, records to settle."""
    coded = {"area": area_text(area)} if area else {}
    parts = (
        (PEOPLE_TO_RECORD, split.to_record, TO_RECORD, links.to(seat, "sweep", coded)),
        (RECORDS_TO_SETTLE, split.to_settle, TO_SETTLE, links.to(seat, "proposals", coded | {"file": VILLAGE})),
    )
    return tuple(
        Remainder(
            title, total, tuple((told, split.lines[line]) for line, told in lines.items() if split.lines[line]), href
        )
        for title, total, lines, href in parts
    )


def _around(area: int | None, seat: Seat) -> int | None:
    """Return the area whose parts are shown: a village among the villages of its kecamatan, where the reader sees it."""
    if area is None or len(str(area)) < VILLAGE_DIGITS:
        return area
    district = area // 10 ** (VILLAGE_DIGITS - DISTRICT_DIGITS)
    return district if seat.sees(district) else area


def _level(around: int | None, said: Level) -> Level:
    return "desa" if around and len(str(around)) >= DISTRICT_DIGITS else said


def _levels(around: int | None, seat: Seat) -> tuple[Level, ...]:
    """Return the levels the reader may choose between."""
    smallest = len(str(around or "")) >= DISTRICT_DIGITS or len(str(seat.area or "")) >= DISTRICT_DIGITS
    return ("desa",) if smallest else tuple(map_shapes.DIGITS)


def _path(area: int | None, seat: Seat, names: dict[int, str]) -> list[tuple[str, str]]:
    """Return name and address of the areas around one, as far as the reader sees them."""
    text = str(area or "")
    above = [int(text[:digits]) for digits in (4, DISTRICT_DIGITS) if digits < len(text)]
    return [
        (names.get(number, area_text(number)), links.to(seat, "coverage", {"area": area_text(number)}))
        for number in above
        if seat.sees(number)
    ]


def _ranking(
    request: OfficeRequest, shown: Side, around: int | None, *, level: Level, measure: Measure, names: dict[int, str]
) -> Ranking:
    """Return the ranked table of the parts of an area; a single village stands among its neighbours."""
    seat = request.seat
    side = shown
    if around != shown.area:
        denominator: Denominator = "dkb" if shown.frozen is not None else "live"
        side = side_of(shown.at, around, seat.office, denominator=denominator)
    parts = [
        one.number
        for one in places.areas(seat.office.today, within=around)
        if len(str(one.number)) == map_shapes.DIGITS[level]
    ]
    return ranking.ranked(
        side,
        parts,
        level=level,
        measure=measure,
        sort=request.GET.get("sort", ""),
        names=names,
        seat=seat,
        here=shown.area,
    )


def _figures(stands: Standing, seat: Seat) -> list[Figure]:
    lines = []
    for group, title in FIGURES:
        said = BLOCKED_APART if group == "blocked" and not seat.office.rule.count_blocked else title
        closed, closed_link = _figure(stands.closed, group, seat) if stands.closed else (None, "")
        live, live_link = _figure(stands.live, group, seat)
        share = percent(live, stands.live.whole.id_obligated) if group == "recorded_here" else None
        lines.append(Figure(group, said, closed, closed_link, live, live_link, share))
    return lines


def _sheets(stands: Standing, seat: Seat) -> list[Sheet]:
    """Return the figures of both sides and the trend, a sheet each."""
    language = seat.language
    about = tie((stands.closed or stands.live).at, stands.live.area, seat.office).about(language)
    columns = (
        Column(Text("Angka", "Figure"), "text", 44),
        Column(Text("Hitungan tertutup", "Closed count"), "number", 18),
        Column(Text("Hidup", "Live"), "number", 18),
        Column(Text("Selisih", "Change"), "number"),
    )
    figures = [[one.title.say(language), one.closed, one.live, one.change] for one in _figures(stands, seat)]
    counts = [
        [one.at.on, one.id_obligated, one.figures.recorded, one.percent, one.remaining, _jump(one, seat)]
        for one in stands.trend
    ]
    title, trend = Text("Angka", "Figures"), Text("Tren", "Trend")
    return [Sheet(title, title, about, columns, figures), Sheet(trend, trend, about, TREND, counts)]


def _figure(side: Side, group: str, seat: Seat) -> tuple[int, str]:
    """Return a figure and where its people are; a frozen total and what it leaves are no people."""
    whole = side.whole
    if whole.dkb is not None and group in {"id_obligated", "unrecorded"}:
        return int(getattr(whole, group)), ""
    return int(getattr(whole.figures, group)), links.people(seat, side.at, side.area, group)


def _over(whole: Coverage) -> bool:
    return whole.percent is not None and whole.percent > Decimal(100)


def _charts(stands: Standing, seat: Seat, denominator: Denominator) -> tuple[SafeString, SafeString]:
    points = [_point(one, stands.live.area, seat, denominator) for one in stands.trend]
    share = Text("Cakupan, persen dari wajib KTP", "Coverage, percent of wajib KTP").say(seat.language)
    left = Text("Belum rekam, orang", "Not recorded, people").say(seat.language)
    return (
        coverage_line(points, key="line", title=share, language=seat.language),
        remaining_bars(points, key="bars", title=left, language=seat.language),
    )


def _point(one: Count, area: int | None, seat: Seat, denominator: Denominator) -> TrendPoint:
    values = {
        "day": wording.day(one.at.on, seat.language),
        "percent": wording.decimal(one.percent, seat.language),
        "left": wording.number(one.remaining, seat.language),
    }
    frozen = "dkb" if denominator == "dkb" else ""
    query = {"on": one.at.on, "area": links.coded(area), "denominator": frozen}
    return TrendPoint(
        one.at.on,
        one.percent,
        one.remaining,
        _jump(one, seat),
        one.is_live,
        POINT.say(seat.language, values),
        links.to(seat, "bridge", query),
    )


def _jump(one: Count, seat: Seat) -> str:
    if one.refrozen:
        return REFROZEN.say(seat.language)
    if one.cleansed and one.frozen is None:
        return JUMPED.say(seat.language, {"amount": wording.signed(one.cleansed, seat.language)})
    return RULE_CHANGED.say(seat.language) if one.rule_changed else ""


def _counts(stands: Standing, seat: Seat) -> Iterable[tuple[Count, str, str]]:
    """Return every count of the trend, newest first, with the way to its bridge and what made it jump."""
    area = links.coded(stands.live.area)
    return [
        (one, links.to(seat, "bridge", {"on": one.at.on, "area": area}), _jump(one, seat))
        for one in reversed(stands.trend)
    ]


def _map(drawn: AreaMap | None, table: Ranking, request: OfficeRequest) -> SafeString | None:
    """Return the map of the ranked areas, in the classes of their table."""
    if drawn is None:
        return None
    seat = request.seat
    areas = [
        MapArea(row.number, row.name, row.value, row.shade, row.href, row.is_here) for row in table.rows if row.on_map
    ]
    return draw_map(
        drawn.sheet,
        areas,
        key="map",
        title=table.title.say(seat.language),
        description=table.about.say(seat.language),
        language=seat.language,
    )
