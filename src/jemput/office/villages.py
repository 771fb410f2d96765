"""Desa: the villages of an area as a list: who is left there, how the village is reached and asked, when it was visited."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponseBase
from django.shortcuts import render
from django.urls import register_converter, reverse

from jemput.domain.audit import Verb
from jemput.domain.ids import area_text
from jemput.domain.outreach import SIGNALS, SURFACES, WEEKDAYS, WET_SEASONS
from jemput.domain.problems import Text
from jemput.domain.roles import Right
from jemput.letters.workbook import Cells, Column, Sheet
from jemput.office import links
from jemput.office.download import excel
from jemput.office.pages import page
from jemput.office.people import area_choices, whole_number
from jemput.office.seat import OfficeRequest, Seat
from jemput.office.wanted import area_in
from jemput.queries import aparat, coverage
from jemput.queries.aparat import VillageRow

SHOWN = 50
"""Villages on one page: all 199 weigh more than a page may (60 KB)."""
TITLE = Text("Desa", "Villages")
SHOW = {
    "": Text("semua", "all"),
    "unreached": Text("tanpa kontak", "without a contact"),
    "offline": Text("sinyal tidak ada atau lemah", "no or weak signal"),
    "talking": Text("ada percakapan terbuka", "with an open conversation"),
    "unvisited": Text("belum pernah dikunjungi", "never visited"),
    "wall": Text("menyetujui daftar dinding", "consents to wall lists"),
}
"""What the list may be narrowed to."""
SORTS = {
    "": Text("belum rekam terbanyak", "most not recorded"),
    "name": Text("nama", "name"),
    "visit": Text("kunjungan terlama", "visited longest ago"),
}
COLUMNS = (
    Column(Text("Kode desa", "Village code"), "code", 16),
    Column(Text("Desa", "Village")),
    Column(Text("Kecamatan", "District")),
    Column(Text("Wajib KTP", "Wajib KTP"), "number", 12),
    Column(Text("Belum rekam", "Not recorded"), "number", 12),
    Column(Text("Sinyal", "Signal"), "text", 18),
    Column(Text("Kalangan", "Market day"), "text", 12),
    Column(Text("Jalan", "Road"), "text", 14),
    Column(Text("Musim hujan", "In the rains"), "text", 16),
    Column(Text("Menit dari kantor", "Minutes from the office"), "number", 12),
    Column(Text("Kontak", "Contacts"), "number", 10),
    Column(Text("Rompok", "Settlements"), "number", 10),
    Column(Text("Kunjungan terakhir", "Last visit"), "day"),
    Column(Text("Kunjungan berikut", "Next visit"), "day"),
    Column(Text("Percakapan terbuka", "Open conversations"), "number", 12),
    Column(Text("Setuju daftar dinding", "Consent to wall lists"), "day"),
)


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which villages: of an area, with a signal, a market day (0 for Monday), one of `SHOW`; in which order."""

    area: int | None
    signal: str = ""
    day: str = ""
    show: str = ""
    sort: str = ""

    def kept(self) -> dict[str, str]:
        """Return the query that asks for them."""
        said = {"area": links.coded(self.area), "signal": self.signal, "day": self.day}
        said |= {"show": self.show, "sort": self.sort}
        return {name: value for name, value in said.items() if value}


class VillageCode:
    """A village as an address names it, by its code with dots; any other word below /desa/ is another page."""

    regex = r"[1-9]\d\.\d{2}\.\d{2}\.\d{4}"

    def to_python(self, value: str) -> int:
        """Return the village's number."""
        return int(value.replace(".", ""))

    def to_url(self, value: int | str) -> str:
        """Return its code."""
        return value if isinstance(value, str) else area_text(value)


register_converter(VillageCode, "village")


@page("desa/", "villages", title=TITLE, right=Right.FIGURES)
def villages(request: OfficeRequest) -> HttpResponseBase:
    """Show the villages of an area; hand them out as Excel."""
    seat = request.seat
    wanted = _wanted(request.GET, seat)
    here = seat.office
    everything = aparat.villages(wanted.area, coverage.view(here.today, as_known="now", rule=here.rule), here)
    narrowed = [one for one in everything if _fits(one, wanted)]
    groups = {show: [one for one in narrowed if _is_shown(one, show)] for show in SHOW}
    found = _sorted(groups[wanted.show], wanted.sort)
    if request.GET.get("excel"):
        return _workbook(seat, wanted, found)
    pages = max(1, -(-len(found) // SHOWN))
    number = min(whole_number(request.GET.get("page", "")), pages)
    context = {
        "kept": wanted.kept(),
        "wanted": wanted,
        "areas": [one for one in area_choices(seat) if one[2]],
        "signals": SIGNALS.items(),
        "days": WEEKDAYS.items(),
        "sorts": SORTS.items(),
        "shows": [(show, title, len(groups[show])) for show, title in SHOW.items()],
        "rows": [(one, *_words(one)) for one in found[(number - 1) * SHOWN : number * SHOWN]],
        "total": len(found),
        "left": sum(one.left for one in found),
        "number": number,
        "pages": pages,
        "may_write": seat.may(Right.OUTREACH),
    }
    return render(request, "office/villages.html", context)


def _wanted(said: Any, seat: Seat) -> Wanted:  # noqa: ANN401 - a query
    area = area_in(said, seat)

    def one_of(name: str, known: Iterable[str]) -> str:
        value: str = said.get(name, "")
        return value if value in known else ""

    return Wanted(area, one_of("signal", SIGNALS), one_of("day", WEEKDAYS), one_of("show", SHOW), one_of("sort", SORTS))


def _fits(one: VillageRow, wanted: Wanted) -> bool:
    day = list(WEEKDAYS).index(wanted.day) if wanted.day else None
    return wanted.signal in {"", one.card.signal} and day in {None, one.card.kalangan}


def _is_shown(one: VillageRow, show: str) -> bool:
    return {
        "": True,
        "unreached": not one.contacts,
        "offline": one.card.signal in {"none", "weak"},
        "talking": bool(one.open_talks),
        "unvisited": one.last_visit is None,
        "wall": one.card.wall_consent_on is not None,
    }[show]


def _sorted(found: list[VillageRow], sort: str) -> list[VillageRow]:
    if sort == "name":
        return sorted(found, key=lambda one: (one.name, one.village))
    if sort == "visit":
        return sorted(found, key=lambda one: (one.last_visit.toordinal() if one.last_visit else 0, -one.left))
    return found


def _words(one: VillageRow) -> tuple[str, Text | None, Text | None]:
    """Return the address of a village's page, its signal and its market day in words."""
    return address(one.village), SIGNALS.get(one.card.signal), weekday(one.card.kalangan)


def address(village: int) -> str:
    """Return the address of a village's page."""
    return reverse("village", args=[village])


def weekday(number: int | None) -> Text | None:
    """Return a weekday in words, 0 for Monday."""
    return None if number is None else list(WEEKDAYS.values())[number]


def _workbook(seat: Seat, wanted: Wanted, found: list[VillageRow]) -> HttpResponseBase:
    name = f"desa-{area_text(wanted.area) if wanted.area else 'semua'}"
    seat.note(Verb.LIST_EXPORTED, subject=name)
    lines = (SHOW[wanted.show].say(seat.language), SORTS[wanted.sort].say(seat.language))
    return excel(seat, [Sheet(TITLE, TITLE, lines, COLUMNS, _cells(found, seat))], name=name)


def _cells(found: Iterable[VillageRow], seat: Seat) -> Iterator[Cells]:
    def word(text: Text | None) -> str:
        return text.say(seat.language) if text else ""

    for one in found:
        yield (
            area_text(one.village),
            one.name,
            one.district,
            one.id_obligated,
            one.left,
            word(SIGNALS.get(one.card.signal)),
            word(weekday(one.card.kalangan)),
            word(SURFACES.get(one.card.road)),
            word(WET_SEASONS.get(one.card.wet_season)),
            one.card.travel_min,
            one.contacts,
            one.settlements,
            one.last_visit,
            one.next_visit,
            one.open_talks,
            one.card.wall_consent_on,
        )
