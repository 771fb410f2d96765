"""Perekaman tertahan: recordings that failed or take too long, with who must act; the list to work through or to send."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from django.http import Http404, HttpResponseBase
from django.shortcuts import render
from django.utils.http import urlencode

from jemput.domain.audit import Verb
from jemput.domain.ids import area_number, area_text, mask
from jemput.domain.problems import Text
from jemput.domain.roles import Right
from jemput.letters.workbook import Cells, Column, Sheet
from jemput.office.download import excel
from jemput.office.pages import page
from jemput.office.people import SHOWN, area_choices, whole_number
from jemput.office.seat import OfficeRequest, Seat
from jemput.queries import places
from jemput.queries.unsettled import TITLES, Stuck, Which, counts, stuck

TITLE = Text("Rekam tertahan", "Held-up recordings")
COLUMNS = (
    Column(Text("No.", "No."), "number", 7),
    Column(Text("NIK", "NIK"), "code", 20),
    Column(Text("Nama", "Name")),
    Column(Text("Kode desa", "Village code"), "code", 16),
    Column(Text("Desa", "Village")),
    Column(Text("Status", "Status")),
    Column(Text("Sejak", "Since"), "day"),
    Column(Text("Hari", "Days"), "number", 8),
    Column(Text("Yang harus dilakukan", "What to do"), "text", 34),
)


@page("orang/status/", "statuses", title=TITLE, right=Right.PEOPLE)
def statuses(request: OfficeRequest) -> HttpResponseBase:
    """Show recordings that failed, or those on their way for too long."""
    seat = request.seat
    which = request.GET.get("status") or "failed"
    if which not in TITLES:
        raise Http404("no such list")
    area = seat.area
    if request.GET.get("area"):
        area = area_number(request.GET["area"])
        if area is None or not seat.sees(area):
            raise Http404("no such area")
    found = counts(which, area, seat.office)
    at = next((one.order for one, _ in found if one.code == request.GET.get("at")), None)
    if request.GET.get("excel"):
        return _workbook(seat, which, area, at)
    total = sum(count for one, count in found if at in {None, one.order})
    pages = max(1, -(-total // SHOWN))
    number = min(whole_number(request.GET.get("page", "")), pages)
    asked = {"status": which, "area": area_text(area) if area else "", "at": request.GET.get("at", "") if at else ""}
    rows = stuck(which, area, seat.office, status=at, start=(number - 1) * SHOWN, count=SHOWN)
    names = places.names(seat.office.today, within=seat.office.area)
    context = {
        "title": TITLES[which],
        "which": which,
        "tabs": [(one, text, urlencode(asked | {"status": one, "at": ""})) for one, text in TITLES.items()],
        "counts": [(one, count, urlencode(asked | {"at": one.code}), one.order == at) for one, count in found],
        "all": urlencode(asked | {"at": ""}),
        "at": at,
        "area": area,
        "areas": area_choices(seat),
        "total": total,
        "rows": [(row, names.get(row.person.village, "")) for row in rows],
        "number": number,
        "pages": pages,
        "before": urlencode(asked | {"page": str(number - 1)}) if number > 1 else "",
        "after": urlencode(asked | {"page": str(number + 1)}) if number < pages else "",
        "excel": urlencode(asked | {"excel": "1"}),
    }
    return render(request, "office/statuses.html", context)


def _workbook(seat: Seat, which: Which, area: int | None, at: int | None) -> HttpResponseBase:
    name = f"perekaman-{which}-{area_text(area) if area else 'semua'}"
    seat.note(Verb.LIST_EXPORTED, subject=name)
    rows = stuck(which, area, seat.office, status=at, start=0, count=None)
    names = places.names(seat.office.today, within=seat.office.area)
    sheet = Sheet(TITLE, TITLES[which], (), COLUMNS, _cells(rows, names, seat))
    return excel(seat, [sheet], name=name)


def _cells(rows: Iterable[Stuck], names: dict[int, str], seat: Seat) -> Iterator[Cells]:
    for number, row in enumerate(rows, 1):
        one, since = row.person, row.person.status_on
        village = names.get(one.village, "")
        status, todo = row.status.label.say(seat.language), row.todo.say(seat.language)
        told: date | None = since
        yield (number, mask(one.nik), one.name, area_text(one.village), village, status, told, row.days, todo)
