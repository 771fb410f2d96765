"""Lists of settlements and of the aparat brought to their page: tried first, kept second, taken back where that was wrong.

They are short: reading one takes less than a page may, so no job does it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from jemput.actions.aparat import CONTACT
from jemput.actions.paper_imports import Tally, Undone, Upload
from jemput.actions.take_contacts import take_contacts, undo_contacts
from jemput.actions.take_settlements import PAPER as SETTLEMENT
from jemput.actions.take_settlements import take_settlements, undo_settlements
from jemput.domain.audit import Verb
from jemput.domain.problems import Problem, Refused, Text
from jemput.domain.roles import Right
from jemput.imports import contacts, settlements
from jemput.letters.workbook import Cells, Column, Sheet
from jemput.office.download import excel
from jemput.office.intake import NO_FILE, TOO_LARGE, file_name
from jemput.office.pages import page
from jemput.office.seat import OfficeRequest, Seat
from jemput.queries.office import Office
from jemput.queries.paper_imports import latest
from jemput.queries.places import villages_by_name
from jemput.queries.spots import village_finder
from jemput.store import uploads

LARGEST_MB = 5
REFUSED_SHOWN = 40
LATEST = 10
_DIGEST = re.compile(r"[0-9a-f]{64}")
REFUSED_COLUMNS = (
    Column(Text("Lembar", "Sheet"), "text", 14),
    Column(Text("Baris", "Row"), "number", 8),
    Column(Text("Kolom", "Column"), "text", 18),
    Column(Text("Alasan", "Reason"), "text", 60),
    Column(Text("Yang harus dilakukan", "What to do"), "text", 50),
)


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of list: its table, its page and where it leads back to, the columns it may have, and what takes it."""

    paper: str
    page: str
    back: str
    title: Text
    hint: Text
    columns: tuple[str, ...]
    take: Callable[[Path, str, Seat, bool], Tally]
    undo: Callable[[int, Office, str], Undone]


@page(
    "rompok/impor/",
    "settlement-import",
    title=Text("Impor rompok", "Import settlements"),
    right=Right.OUTREACH,
    write=Right.OUTREACH,
)
def import_settlements(request: OfficeRequest) -> HttpResponseBase:
    """Take a list of settlements: a table, GPX or GeoJSON."""
    return _page(request, SETTLEMENTS)


@page(
    "desa/impor/",
    "contact-import",
    title=Text("Impor kontak aparat", "Import contacts"),
    right=Right.OUTREACH,
    write=Right.OUTREACH,
)
def import_contacts(request: OfficeRequest) -> HttpResponseBase:
    """Take a list of the aparat: name, role, telephone, village."""
    return _page(request, CONTACTS)


def _take_settlements(path: Path, name: str, seat: Seat, dry_run: bool) -> Tally:  # noqa: FBT001 - as a kind takes it
    here = seat.office
    read = settlements.read_settlements(
        path,
        names=villages_by_name(seat.area, here.today),
        village_at=village_finder(seat.area, here.today),
        name=name,
    )
    upload = Upload(SETTLEMENT, name, path.name, seat.user.username, tuple(read.refused))
    return take_settlements(read.rows, upload, office=here, dry_run=dry_run, may_see=seat.sees)


def _take_contacts(path: Path, name: str, seat: Seat, dry_run: bool) -> Tally:  # noqa: FBT001 - as a kind takes it
    here = seat.office
    read = contacts.read_contacts(path, names=villages_by_name(seat.area, here.today), name=name)
    upload = Upload(CONTACT, name, path.name, seat.user.username, tuple(read.refused))
    return take_contacts(read.rows, upload, office=here, dry_run=dry_run, may_see=seat.sees)


SETTLEMENTS = Kind(
    SETTLEMENT,
    "settlement-import",
    "settlements",
    Text("Impor rompok", "Import settlements"),
    Text(
        "CSV atau Excel dengan judul kolom, waypoint GPX, atau titik GeoJSON.",
        "CSV or Excel with headed columns, GPX waypoints, or GeoJSON points.",
    ),
    (
        "nama",
        "jenis",
        "kode desa",
        "desa",
        "kecamatan",
        "lintang",
        "bujur",
        "titik",
        "orang",
        "keterangan",
        "jalan",
        "musim hujan",
        "perahu",
        "motor",
        "menit",
        "kontak",
        "telepon",
        "pelapor",
    ),
    _take_settlements,
    lambda number, office, by: undo_settlements(number, office=office, by=by),
)
CONTACTS = Kind(
    CONTACT,
    "contact-import",
    "villages",
    Text("Impor kontak aparat", "Import contacts of the aparat"),
    Text("CSV atau Excel dengan judul kolom.", "CSV or Excel with headed columns."),
    ("nama", "jabatan", "no hp", "kode desa", "desa", "kecamatan", "saluran", "surel", "dusun", "catatan"),
    _take_contacts,
    lambda number, office, by: undo_contacts(number, office=office, by=by),
)


def _page(request: OfficeRequest, kind: Kind) -> HttpResponseBase:
    seat = request.seat
    problems: tuple[Problem, ...] = ()
    tried: dict[str, Any] = {}
    if request.method == "POST":
        try:
            done = _posted(request, kind)
            if isinstance(done, HttpResponseBase):
                return done
            tried = done
        except Refused as refused:
            problems = refused.problems
    whose = "" if seat.user.area is None else seat.user.username
    context = {
        "kind": kind,
        "problems": problems,
        "imports": latest(kind.paper, by=whose, limit=LATEST),
        "largest": LARGEST_MB,
        **tried,
    }
    return render(request, "office/paper_import.html", context, status=422 if problems else 200)


def _posted(request: OfficeRequest, kind: Kind) -> HttpResponseBase | dict[str, Any]:
    """Do what was asked: take a try back, keep it, hand out what it refused, or try a file; return what a try says."""
    seat, said = request.seat, request.POST
    match said.get("step"):
        case "undo":
            return _undo(request, kind, said.get("number", ""))
        case "save":
            path, name = _held(said)
            tally = _named(kind.take, path, name, seat, dry_run=False)
            seat.note(Verb.FILE_IMPORTED, subject=name)
            done = Text(
                "{added} ditambah, {changed} dilengkapi, {refused} ditolak.",
                "{added} added, {changed} completed, {refused} refused.",
            )
            counts = {"added": len(tally.added), "changed": tally.rows_changed, "refused": len(tally.refused)}
            messages.success(request, done.say(seat.language, counts))
            return HttpResponseRedirect(reverse(kind.page))
        case "refused":
            path, name = _held(said)
            tally = _named(kind.take, path, name, seat, dry_run=True)
            title = Text("Baris yang ditolak", "Refused rows")
            return excel(seat, [Sheet(title, title, (name,), REFUSED_COLUMNS, _refused(tally, seat))], name="ditolak")
        case _:
            path, name = _uploaded(request)
            tally = _named(kind.take, path, name, seat, dry_run=True)
            return {
                "tally": tally,
                "name": name,
                "held": path.name,
                "refused": tally.refused[:REFUSED_SHOWN],
                "more_refused": max(len(tally.refused) - REFUSED_SHOWN, 0),
            }


def _undo(request: OfficeRequest, kind: Kind, text: str) -> HttpResponseBase:
    seat = request.seat
    whose = "" if seat.user.area is None else seat.user.username
    one = next((one for one in latest(kind.paper, by=whose, limit=LATEST) if str(one.id) == text), None)
    if one is None:
        raise Http404("no such import")
    undone = kind.undo(one.id, seat.office, seat.user.username)
    seat.note(Verb.IMPORT_UNDONE, subject=one.name)
    done = Text(
        "{n} ditarik, {m} isian dikembalikan, {k} dibiarkan karena dipakai atau diubah sesudahnya.",
        "{n} withdrawn, {m} fields put back, {k} left as they were used or changed since.",
    )
    counts = {"n": undone.withdrawn, "m": undone.put_back, "k": undone.left}
    messages.success(request, done.say(seat.language, counts))
    return HttpResponseRedirect(reverse(kind.page))


def _uploaded(request: OfficeRequest) -> tuple[Path, str]:
    file = request.FILES.get("file")
    if file is None or not file.size:
        raise Refused(NO_FILE.at("file"))
    if file.size > LARGEST_MB * 10**6:
        raise Refused(TOO_LARGE.at("file", most=LARGEST_MB))
    return uploads.keep(file.chunks()), file_name(file.name or "")


def _held(said: Any) -> tuple[Path, str]:  # noqa: ANN401 - a form
    """Return the file that was tried; one that is no longer kept must be brought again."""
    held = said.get("held", "")
    path = uploads.folder() / held
    if not _DIGEST.fullmatch(held) or not path.is_file():
        raise Refused(NO_FILE.at("file"))
    return path, file_name(said.get("name", ""))


def _named(
    take: Callable[[Path, str, Seat, bool], Tally], path: Path, name: str, seat: Seat, *, dry_run: bool
) -> Tally:
    """Take a file; a refusal calls it by its sender's name, not by the one it is kept under."""
    try:
        return take(path, name, seat, dry_run)
    except Refused as refused:
        raise Refused(*(_called(problem, path.name, name) for problem in refused.problems)) from None


def _called(problem: Problem, stored: str, name: str) -> Problem:
    return replace(problem, values={key: name if value == stored else value for key, value in problem.values.items()})


def _refused(tally: Tally, seat: Seat) -> Iterator[Cells]:
    for one in tally.refused:
        problem = one.problem
        yield one.sheet, one.row, problem.column, problem.reason(seat.language), problem.todo(seat.language)
