"""The ranked table of areas, in the classes of the map beside it: sorted by link, handed out as Excel."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.safestring import SafeString, mark_safe

from jemput.domain import wording
from jemput.domain.coverage import Figures
from jemput.domain.ids import area_text
from jemput.domain.problems import Language, Text
from jemput.letters.workbook import Column, Sheet, Strong
from jemput.office import links
from jemput.office.drawing.scale import Scale, scale
from jemput.office.seat import OfficeRequest, Seat
from jemput.queries.coverage import Coverage
from jemput.queries.map_shapes import DIGITS, Level
from jemput.queries.standing import Side
from jemput.queries.tied import tie

Measure = Literal["left", "percent"]
MEASURES: tuple[Measure, ...] = ("left", "percent")
HUNDREDTH = Decimal("0.01")
KEPT = ("area", "level", "side", "denominator", "by", "sort")
LEVEL_TITLES: dict[Level, Text] = {"kecamatan": Text("kecamatan", "kecamatan"), "desa": Text("desa", "villages")}
MEASURE_TITLES: dict[Measure, Text] = {
    "left": Text("belum rekam (orang)", "not recorded (people)"),
    "percent": Text("cakupan (persen)", "coverage (percent)"),
}
COLUMNS = (
    ("name", Text("Wilayah", "Area")),
    ("left", Text("Belum", "Left")),
    ("percent", Text("Persen", "Percent")),
    ("wajib", Text("Wajib KTP", "Wajib KTP")),
    ("recorded", Text("Rekam", "Recorded")),
    ("blocked", Text("Diblokir", "Blocked")),
    ("pemula", Text("Pemula", "Pemula")),
    ("here", Text("Direkam di sini", "Recorded here")),
)
OVER = Text("lebih dari 100 persen", "more than 100 percent")
AT_ITS_OFFICE = Text("direkam di kantor {area}", "recorded at the office of {area}")
NOBODY = Text("tidak ada penduduk", "nobody lives here")
VALUES: dict[Measure, Text] = {
    "left": Text("{left} belum rekam dari {wajib}", "{left} of {wajib} not recorded"),
    "percent": Text("{percent} persen, {left} belum rekam", "{percent} percent, {left} not recorded"),
}
RANGE = Text("{low} sampai {high}", "{low} to {high}")


LISTED = ("id_obligated", "recorded", "unrecorded", "blocked", "pemula", "recorded_here")

Led = dict[str, Callable[[int], str]]


@dataclass(frozen=True, slots=True)
class Row:
    """One area: its figures as written, its shade (None: nothing to show), what the map says of it, where it leads."""

    number: int
    name: str
    kode: str
    href: str
    shade: int | None
    value: str
    cells: tuple[SafeString, ...]
    is_over: bool
    figures: Coverage
    on_map: bool
    is_here: bool


@dataclass(frozen=True, slots=True)
class Class:
    """One class of the legend: its shade, what it holds, how many areas."""

    shade: int
    said: str
    areas: int


@dataclass(frozen=True, slots=True)
class Heading:
    """One column: its title, the address that sorts by it, how it is sorted now."""

    title: Text
    href: str
    sorted: Literal["", "ascending", "descending"]


@dataclass(frozen=True, slots=True)
class Ranking:
    """A table of areas with its classes."""

    title: Text
    about: Text
    rows: tuple[Row, ...]
    legend: tuple[Class, ...]
    is_over: bool


def ranked(
    shown: Side,
    parts: Sequence[int],
    *,
    level: Level,
    measure: Measure,
    sort: str,
    names: Mapping[int, str],
    seat: Seat,
    here: int | None,
) -> Ranking:
    """Return the parts of an area with their figures, sorted; recordings made at an office without residents come last."""
    counted = shown.rows(DIGITS[level])
    figures = {number: counted.get(number) or Coverage(number, Figures()) for number in {*parts, *counted}}
    on_map = set(parts)
    led = _led(shown, seat)
    classes = _scale([_value(figures[number], measure) for number in parts], measure)
    title = Text(
        f"{MEASURE_TITLES[measure].id.capitalize()} per {LEVEL_TITLES[level].id}",
        f"{MEASURE_TITLES[measure].en.capitalize()} by {LEVEL_TITLES[level].en}",
    )
    rows = tuple(
        _row(
            one,
            seat,
            measure=measure,
            classes=classes,
            names=names,
            led=led,
            on_map=one.area in on_map,
            is_here=one.area == here,
        )
        for one in _sorted(figures, sort or _default_sort(measure), names)
    )
    legend = tuple(
        Class(one.shade, said_range(one.low, one.high, measure, seat.language), one.areas)
        for one in (classes.legend([_value(figures[number], measure) for number in parts]) if classes else ())
    )
    day = {language: wording.day(shown.at.on, language) for language in ("id", "en")}
    about = Text(
        f"{len(parts)} {LEVEL_TITLES[level].id}, {day['id']}; makin kuat warnanya makin banyak yang belum. Angkanya ada di tabel.",
        f"{len(parts)} {LEVEL_TITLES[level].en}, {day['en']}; the stronger the colour, the more is left. The figures are in the table.",
    )
    return Ranking(title, about, rows, legend, any(row.is_over for row in rows))


def kept(request: OfficeRequest) -> dict[str, str]:
    """Return what of an address stays when one thing of it changes."""
    return {key: request.GET.get(key, "") for key in KEPT}


def headings(request: OfficeRequest, measure: Measure) -> tuple[Heading, ...]:
    """Return the columns with the addresses that sort by them: figures the largest first, names from A."""
    now = request.GET.get("sort", "") or _default_sort(measure)
    found = []
    for code, title in COLUMNS:
        first = code if code == "name" else f"-{code}"
        other = f"-{code}" if first == code else code
        state: Literal["", "ascending", "descending"] = ""
        if now.lstrip("-") == code:
            state = "descending" if now.startswith("-") else "ascending"
        asked = kept(request) | {"sort": other if now == first else first}
        found.append(Heading(title, urlencode({key: value for key, value in asked.items() if value}), state))
    return tuple(found)


def sheet(table: Ranking, shown: Side, seat: Seat) -> Sheet:
    """Return the table as a sheet, with what it is tied to, and its sum."""
    about = tie(shown.at, shown.area, seat.office).about(seat.language)
    if shown.frozen_on:
        about = (*about, FROZEN.say(seat.language, {"day": wording.day(shown.frozen_on, seat.language)}))
    columns = (
        Column(Text("Kode", "Code"), "code", 16),
        Column(Text("Wilayah", "Area"), "text", 30),
        Column(Text("Wajib KTP", "Wajib KTP"), "number"),
        Column(Text("Sudah rekam", "Recorded"), "number"),
        Column(Text("Persen", "Percent"), "percent"),
        Column(Text("Belum rekam", "Not recorded"), "number"),
        Column(Text("Diblokir", "Blocked"), "number"),
        Column(Text("Pemula", "Pemula"), "number"),
        Column(Text("Direkam di sini", "Recorded here"), "number"),
        Column(Text("Penduduk", "Residents"), "number"),
    )
    rows: list[list[str | int | Decimal | None] | Strong] = [
        [row.kode, row.name, *_plain(row.figures)] for row in table.rows
    ]
    together = Text("Jumlah", "Total").say(seat.language)
    rows.append(Strong(["", together, *_plain(shown.whole)]))
    return Sheet(table.title, table.title, about, columns, rows)


FROZEN = Text("Penyebut: DKB beku per {day}.", "Denominator: the frozen DKB of {day}.")


def _plain(one: Coverage) -> list[int | Decimal | None]:
    figures = one.figures
    return [
        one.id_obligated,
        figures.recorded,
        one.percent,
        one.unrecorded,
        figures.blocked,
        figures.pemula,
        figures.recorded_here,
        figures.population,
    ]


def _value(one: Coverage, measure: Measure) -> int | Decimal | None:
    """Return what an area is shaded by; nothing where nobody is obliged."""
    if not one.id_obligated:
        return None
    return one.unrecorded if measure == "left" else one.percent


def _scale(values: Iterable[int | Decimal | None], measure: Measure) -> Scale | None:
    if measure == "left":
        return scale(values)
    return scale(values, dark="low", step=HUNDREDTH)


def said_range(low: Decimal, high: Decimal, measure: Measure, language: Language) -> str:
    """Return what a class of the legend holds."""

    def said(value: Decimal) -> str:
        if measure == "left":
            return wording.number(int(value), language)
        return wording.decimal(value.quantize(HUNDREDTH), language)

    return said(low) if low == high else RANGE.say(language, {"low": said(low), "high": said(high)})


def _row(
    one: Coverage,
    seat: Seat,
    *,
    measure: Measure,
    classes: Scale | None,
    names: Mapping[int, str],
    led: Led,
    on_map: bool,
    is_here: bool,
) -> Row:
    area = one.area or 0
    figures, language = one.figures, seat.language
    name = names.get(area) or AT_ITS_OFFICE.say(language, {"area": _office_of(area, names)})
    value = _value(one, measure)
    said = {
        "left": wording.number(one.unrecorded, language),
        "wajib": wording.number(one.id_obligated, language),
        "percent": wording.decimal(one.percent, language),
    }

    def people(count: int, group: str, *, real: bool = True, over: bool = False) -> SafeString:
        return _cell(
            wording.number(count, language),
            led[group](area) if count > 0 and real else "",
            OVER if over else None,
            language,
        )

    over_all = one.percent is not None and one.percent > Decimal(100)
    over_here = 0 < one.id_obligated < figures.recorded_here
    counted = one.dkb is None  # a frozen total is no list of people
    cells = (
        people(one.unrecorded, "unrecorded", real=counted),
        _cell(said["percent"], "", OVER if over_all else None, language),
        people(one.id_obligated, "id_obligated", real=counted),
        people(figures.recorded, "recorded"),
        people(figures.blocked, "blocked"),
        people(figures.pemula, "pemula"),
        people(figures.recorded_here, "recorded_here", over=over_here),
    )
    return Row(
        area,
        name,
        area_text(area),
        led["area"](area) if on_map else "",
        classes.shade(value) if classes else None,
        VALUES[measure].say(language, said) if value is not None else NOBODY.say(language),
        cells,
        over_all or over_here,
        one,
        on_map,
        is_here,
    )


def _cell(said: str, href: str, mark: Text | None, language: Language) -> SafeString:
    """Return one figure as markup: 199 villages have 1,400 of them, which a template takes six times as long for."""
    address = href.replace("&", "&amp;")  # all else in it is encoded, and a figure is digits
    figure = f'<a href="{address}">{said}</a>' if href else said
    over = f'<abbr title="{mark.say(language)}">*</abbr>' if mark else ""
    return mark_safe(figure + over)  # noqa: S308 - nothing in it was typed by anybody


def _led(shown: Side, seat: Seat) -> Led:
    """Return what gives the address of an area's people by group, and of the area itself."""
    view = urlencode(_view(shown))
    opened = f"{reverse('coverage')}?{view}{'&' if view else ''}area="
    led: Led = {group: links.people_in(seat, shown.at, group) for group in LISTED}
    return led | {"area": lambda area: f"{opened}{area_text(area)}"}


def _office_of(area: int, names: Mapping[int, str]) -> str:
    """Return the area whose office a number without residents stands for: a code filled up with zeros."""
    text = str(area)
    return next((names[number] for digits in (6, 4) if (number := int(text[:digits])) in names), area_text(area))


def _view(shown: Side) -> dict[str, str]:
    """Return what of the view goes along when an area is opened."""
    return ({} if shown.at.closing else {"side": "live"}) | ({} if shown.frozen is None else {"denominator": "dkb"})


def _default_sort(measure: Measure) -> str:
    return "-left" if measure == "left" else "percent"


def _sorted(figures: Mapping[int, Coverage], sort: str, names: Mapping[int, str]) -> list[Coverage]:
    """Return areas in an order: by a column, then by code; whoever has no value stands last either way."""
    down, code = sort.startswith("-"), sort.lstrip("-")
    if code == "name":
        return sorted(figures.values(), key=lambda one: names.get(one.area or 0, "~"), reverse=down)

    def place(one: Coverage) -> tuple[bool, Decimal, int]:
        value = _column(one, code)
        return value is None, (-value if down else value) if value is not None else Decimal(0), one.area or 0

    return sorted(figures.values(), key=place)


def _column(one: Coverage, code: str) -> Decimal | None:
    if not one.figures.population and not one.id_obligated:
        return None
    match code:
        case "wajib":
            return Decimal(one.id_obligated)
        case "recorded":
            return Decimal(one.figures.recorded)
        case "percent":
            return one.percent
        case "blocked":
            return Decimal(one.figures.blocked)
        case "pemula":
            return Decimal(one.figures.pemula)
        case "here":
            return Decimal(one.figures.recorded_here)
        case _:
            return Decimal(one.unrecorded)
