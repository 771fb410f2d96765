"""Rincian angka: why the number is that number, line by line and person by person, and what was printed beside it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta

import orjson
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.http import urlencode
from django.utils.safestring import SafeString

from jemput.domain import wording
from jemput.domain.audit import Verb
from jemput.domain.ids import area_text
from jemput.domain.problems import Language, Text
from jemput.domain.roles import Right
from jemput.letters.workbook import Cells, Column, Sheet, Strong
from jemput.office import links, wanted
from jemput.office.download import excel
from jemput.office.drawing.waterfall import Step, waterfall
from jemput.office.pages import page
from jemput.office.people import COLUMNS, as_row, list_cells
from jemput.office.seat import OfficeRequest, Seat
from jemput.office.verdicts import compared
from jemput.queries import bridge as bridges
from jemput.queries import coverage, people, places, proof
from jemput.queries.bridge import Bridge, Figure, Line
from jemput.queries.coverage import View
from jemput.queries.people import GROUPS
from jemput.queries.tied import Tie, tie

TITLE = Text("Rincian angka", "The bridge")
FIGURES: tuple[Figure, ...] = ("unrecorded", "id_obligated", "recorded")
SHOWN = 50
"""People on one page of a list, as in Orang."""
NAMES = ("from_on", "from_as_known", "on", "as_known", "area", "figure", "cause", "sign", "late", "dkb")
"""What names a line of a bridge in an address."""
THEN_AND_NOW = (
    Column(Text("Angka", "Figure"), "text", 44),
    Column(Text("Diketahui saat ditutup", "As known then"), "number", 16),
    Column(Text("Diketahui sekarang", "As known now"), "number", 16),
    Column(Text("Baru diketahui", "Learnt later"), "number", 16),
)
LATE = Text("{title}, baru diketahui kemudian", "{title}, learnt later")
SAID = Text("{title}: {amount}", "{title}: {amount}")
CLOSED = Text("{day}, ditutup", "{day}, closed")
CLOSED_LATER = Text("{day}, ditutup {known}", "{day}, closed on {known}")
KNOWN = Text("{day}, diketahui {known}", "{day}, known on {known}")


@dataclass(frozen=True, slots=True)
class Shown:
    """One line of a bridge as the page shows it."""

    name: str
    title: str
    amount: int
    people: int
    href: str
    is_late: bool


@dataclass(frozen=True, slots=True)
class Change:
    """One figure at both ends: as a tab of the page."""

    figure: Figure
    title: Text
    opening: int
    closing: int
    href: str

    @property
    def amount(self) -> int:
        """Closing less opening."""
        return self.closing - self.opening


@page("rincian/", "bridge", title=TITLE, right=Right.FIGURES)
def bridge(request: OfficeRequest) -> HttpResponseBase:
    """Show the bridge of a figure between two counts, live against DKB, then against now, printed against counted."""
    seat = request.seat
    area = wanted.area(request)
    start, end = _ends(request)
    if request.GET.get("proof"):
        return _proof(seat, end, area)
    figure = wanted.word(request, "figure", FIGURES)
    found = bridges.kept(start, end, area, figure=figure, rule=seat.office.rule)
    frozen = bridges.dkb_kept(end, area, rule=seat.office.rule)
    tied = tie(end, area, seat.office)
    if request.GET.get("excel"):
        return excel(seat, _sheets(start, end, area, seat, tied), name=f"rincian-{start.on}-{end.on}")
    asked = _asked(start, end, area)
    lines = _lines(found, asked, seat)
    named = (seen(start).say(seat.language), seen(end).say(seat.language))
    days = (wording.day(start.on, seat.language), wording.day(end.on, seat.language))
    context = {
        "area": area,
        "area_title": places.title(area, seat.office.today) if area else "",
        "start": start,
        "any_late": any(line.is_late for line in lines),
        "end": end,
        "named": named,
        "figure": figure,
        "title": GROUPS[figure],
        "found": found,
        "lines": lines,
        "chart": _chart(found, lines, days, seat.language),
        "changes": _changes(start, end, area, seat),
        "frozen": frozen[1] if frozen else None,
        "frozen_on": frozen[0] if frozen else None,
        "frozen_lines": _lines(frozen[1], asked | {"dkb": "1"}, seat) if frozen else [],
        "then_and_now": _then_and_now(end, area, seat),
        "printed": compared(
            end, area, coverage.total(coverage.villages(end, area, rule_in_force=seat.office.rule)), seat.office
        ),
        "tied": tied,
        "asked": urlencode(asked),
        "choices": _choices(seat),
        "areas": _areas(seat, area),
        "opening_people": links.people(seat, start, area, figure),
        "closing_people": links.people(seat, end, area, figure),
    }
    return render(request, "office/bridge.html", context)


@page("rincian/orang/", "bridge-people", title=TITLE, right=Right.PEOPLE)
def bridge_people(request: OfficeRequest) -> HttpResponseBase:
    """List the people of one line of a bridge."""
    seat = request.seat
    asked = {key: str(value) for key, value in request.GET.items() if key in NAMES}
    start, end, found = _opened(request)
    line = _line(found, request)
    title = _title(found, line, seat.language)
    names = places.names(seat.office.today, within=seat.office.area)
    if request.GET.get("excel"):
        name = f"rincian-{end.on}-{line.cause}"
        seat.note(Verb.LIST_EXPORTED, subject=name)
        rows = list_cells(people.by_id(line.persons), names, end.on, seat, full=False)
        about = (title, seen(start).say(seat.language), seen(end).say(seat.language))
        return excel(seat, [Sheet(TITLE, TITLE, about, COLUMNS, rows)], name=name)
    number = wanted.whole(request, "page")
    pages = max(1, -(-len(line.persons) // SHOWN))
    if number > pages:
        raise Http404("no such page")
    listed = people.by_id(line.persons)[(number - 1) * SHOWN : number * SHOWN]
    context = {
        "line_title": title,
        "group": GROUPS[found.figure],
        "line": line,
        "named": (seen(start).say(seat.language), seen(end).say(seat.language)),
        "rows": [as_row(person, names, end.on) for person in listed],
        "first": (number - 1) * SHOWN + 1,
        "number": number,
        "pages": pages,
        "before": urlencode(asked | {"page": str(number - 1)}) if number > 1 else "",
        "after": urlencode(asked | {"page": str(number + 1)}) if number < pages else "",
        "excel": urlencode(asked | {"excel": "1"}),
        "back": links.to(seat, "bridge", asked),
    }
    return render(request, "office/bridge_people.html", context)


def seen(at: View) -> Text:
    """Return a view in words: the day, and when it was closed or known."""
    kind = (CLOSED if at.known_on == at.on else CLOSED_LATER) if at.closing else KNOWN
    days = {
        language: {"day": wording.day(at.on, language), "known": wording.day(at.known_on, language)}
        for language in ("id", "en")
    }
    return Text(kind.say("id", days["id"]), kind.say("en", days["en"]))


def _ends(request: OfficeRequest) -> tuple[View, View]:
    """Return the two views asked for: the last closed 28th and the count before it where nothing is said."""
    here = request.seat.office
    closed = coverage.closings()
    live = coverage.view(here.today, as_known="now", rule=here.rule)
    last = coverage.view(closed[-1].on, as_known=None, rule=here.rule) if closed else live
    end = wanted.view(request, "", last)
    earlier = [one.on for one in closed if one.on < end.on]
    before = earlier[-1] if earlier else end.on - timedelta(days=end.on.day)
    start = wanted.view(request, "from_", coverage.view(before, as_known=None, rule=here.rule))
    return start, end


def _asked(start: View, end: View, area: int | None) -> dict[str, str]:
    said = links.point(start, "from_") | links.point(end) | {"area": links.coded(area)}
    return {key: value for key, value in said.items() if value}


def _named(found: Bridge, line: Line) -> dict[str, str]:
    """Return what names a line of a bridge in an address; two lines of one cause differ by sign or by when it held."""
    sign = "plus" if line.amount > 0 else "minus"
    return {"figure": found.figure, "cause": line.cause, "sign": sign, "late": "1" if line.late else ""}


def _line(found: Bridge, request: OfficeRequest) -> Line:
    said = {name: request.GET.get(name, "") for name in ("cause", "sign", "late")}
    for line in found.lines:
        named = _named(found, line)
        if line.persons and all(named[name] == text for name, text in said.items()):
            return line
    raise Http404("no such line")


def _title(found: Bridge, line: Line, language: Language) -> str:
    title = found.title(line).say(language)
    return LATE.say(language, {"title": title}) if line.late else title


def _opened(request: OfficeRequest) -> tuple[View, View, Bridge]:
    """Return the two views and the bridge whose line is opened: from a count, or from the frozen DKB."""
    seat = request.seat
    area = wanted.area(request)
    start, end = _ends(request)
    if not request.GET.get("dkb"):
        figure = wanted.word(request, "figure", FIGURES)
        return start, end, bridges.kept(start, end, area, figure=figure, rule=seat.office.rule)
    frozen = bridges.dkb_kept(end, area, rule=seat.office.rule)
    if frozen is None:
        raise Http404("no DKB")
    return View(frozen[0], end.batch, end.known_on, end.rule), end, frozen[1]


def _lines(found: Bridge, asked: dict[str, str] | None, seat: Seat) -> list[Shown]:
    """Return the lines as shown, what is known late last; without `asked` they lead nowhere."""
    shown = []
    for line in sorted(found.lines, key=lambda one: one.late):
        href = ""
        if asked is not None and line.persons:
            href = links.to(seat, "bridge-people", asked | _named(found, line))
        name = found.title(line).say(seat.language)
        shown.append(Shown(name, _title(found, line, seat.language), line.amount, len(line.persons), href, line.late))
    return shown


def _chart(found: Bridge, lines: Sequence[Shown], days: tuple[str, str], language: Language) -> SafeString:
    steps = [
        Step(
            f"{one.name}*" if one.is_late else one.name,
            one.amount,
            SAID.say(language, {"title": one.title, "amount": wording.signed(one.amount, language)}),
            one.href,
        )
        for one in lines
        if one.amount
    ]
    return waterfall(
        found.opening, steps, ends=days, key="bridge", title=GROUPS[found.figure].say(language), language=language
    )


def _changes(start: View, end: View, area: int | None, seat: Seat) -> list[Change]:
    rule = seat.office.rule
    opening, closing = (coverage.total(coverage.villages(at, area, rule_in_force=rule)) for at in (start, end))
    asked = _asked(start, end, area)
    return [
        Change(
            figure,
            GROUPS[figure],
            getattr(opening, figure),
            getattr(closing, figure),
            links.to(seat, "bridge", asked | {"figure": figure}),
        )
        for figure in ("id_obligated", "recorded", "unrecorded")
    ]


def _then_and_now(end: View, area: int | None, seat: Seat) -> list[Change]:
    """Return a closed count as known then and as known now; nothing for a live one."""
    if end.closing is None:
        return []
    now = coverage.view(end.on, as_known="now", rule=seat.office.rule)
    return _changes(end, now, area, seat)


def _choices(seat: Seat) -> list[tuple[str, Text]]:
    """Return the counts a reader may choose between, newest first: today as known now, then every closed 28th."""
    live = coverage.view(seat.office.today, as_known="now", rule=seat.office.rule)
    closed = [coverage.View(one.on, one.batch, one.known_on, one.rule, one) for one in reversed(coverage.closings())]
    return [(one.on.isoformat(), seen(one)) for one in (live, *closed)]


def _areas(seat: Seat, area: int | None) -> list[tuple[str, str]]:
    """Return the areas a reader may choose between down to the kecamatan, and the village it is about, if it is one."""
    found = places.areas(seat.office.today, within=seat.area) if seat.area else []
    return [(area_text(one.number), one.name) for one in found if one.level != "desa" or one.number == area]


def _sheets(start: View, end: View, area: int | None, seat: Seat, tied: Tie) -> list[Sheet]:
    """Return the bridges of the three figures, a sheet each."""
    columns = (
        Column(Text("Baris", "Line"), "text", 44),
        Column(Text("Orang", "People"), "number"),
        Column(Text("Perubahan", "Change"), "number"),
        Column(Text("Saldo", "Balance"), "number"),
    )
    sheets = []
    about = tied.about(seat.language)
    for figure in ("id_obligated", "recorded", "unrecorded"):
        found = bridges.kept(start, end, area, figure=figure, rule=seat.office.rule)
        rows = _cells(found, _lines(found, None, seat), seen(start), seen(end), seat.language)
        sheets.append(Sheet(GROUPS[figure], GROUPS[figure], about, columns, rows))
    if frozen := bridges.dkb_kept(end, area, rule=seat.office.rule):
        day = {language: wording.day(frozen[0], language) for language in ("id", "en")}
        opening = Text(f"DKB beku {day['id']}", f"Frozen DKB of {day['en']}")
        rows = _cells(frozen[1], _lines(frozen[1], None, seat), opening, seen(end), seat.language)
        title = Text("Hidup terhadap DKB", "Live against the DKB")
        sheets.append(Sheet(title, title, about, columns, rows))
    if changes := _then_and_now(end, area, seat):
        title = Text("Saat itu dan sekarang", "Then and now")
        told: list[Cells] = [[one.title.say(seat.language), one.opening, one.closing, one.amount] for one in changes]
        sheets.append(Sheet(title, title, about, THEN_AND_NOW, told))
    return sheets


def _cells(
    found: Bridge, lines: Iterable[Shown], start: Text, end: Text, language: Language
) -> list[list[str | int | None] | Strong]:
    balance = found.opening
    rows: list[list[str | int | None] | Strong] = [Strong([start.say(language), None, None, balance])]
    for line in lines:
        balance += line.amount
        rows.append([line.title, line.people, line.amount, balance])
    rows.append(Strong([end.say(language), None, found.closing - found.opening, found.closing]))
    return rows


def _proof(seat: Seat, at: View, area: int | None) -> HttpResponse:
    """Hand out the proof of an area's figures in a view; the audit trail says who took it."""
    by_village = coverage.villages(at, area, rule_in_force=seat.office.rule)
    made = proof.make(at, area, by_village, seat.office)
    name = f"bukti-{area_text(area) if area else 'semua'}-{at.on.isoformat()}.json"
    seat.note(Verb.PROOF_MADE, subject=name)
    answer = HttpResponse(orjson.dumps(made, option=orjson.OPT_INDENT_2), content_type="application/json")
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
