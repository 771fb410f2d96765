"""Impor: a file comes in, is tried first and taken second; what was taken can be taken back. Each step is a job."""

from __future__ import annotations

import re
from datetime import date, timedelta
from pathlib import Path, PurePosixPath
from typing import Any

from django.http import FileResponse, Http404, HttpResponseBase
from django.shortcuts import redirect, render

from jemput.actions import jobs
from jemput.domain import facts
from jemput.domain.audit import Verb
from jemput.domain.ids import AREA_CODE, area_number, mask_within
from jemput.domain.problems import Problem, ProblemKind, Refused, Text
from jemput.domain.roles import Right
from jemput.imports.layouts import LAYOUTS
from jemput.office import links
from jemput.office.download import XLSX
from jemput.office.intake_shown import shown
from jemput.office.pages import page
from jemput.office.seat import OfficeRequest
from jemput.queries import batches
from jemput.queries import jobs as standing
from jemput.queries.batches import Import
from jemput.store import uploads

KINDS = ("import", "undo")
LARGEST_MB = 100
"""The largest list seen (402,610 residents as .xlsx) is below 60 MB."""
NAME_CHARS = 120
REASON_CHARS = 500
LATEST = 15
KEPT_SHOWN = 60
SORTED_UP_TO = 20_000
"""Facts of an import that are counted by kind for its page; more would take longer than a page may (100 ms)."""
IDLE = timedelta(minutes=1)
"""A job that waits for so long past its time has no process that would do it."""

NO_FILE = ProblemKind(
    "upload_missing",
    Text("Tidak ada berkas yang dipilih, atau berkasnya kosong.", "No file was chosen, or the file is empty."),
    Text("Pilih berkas .xlsx, .xls, .ods atau .csv.", "Choose a file: .xlsx, .xls, .ods or .csv."),
)
TOO_LARGE = ProblemKind(
    "upload_too_large",
    Text("Berkas lebih besar dari {most} MB.", "The file is larger than {most} MB."),
    Text("Bagi per kecamatan, atau simpan sebagai .xlsx.", "Split it by kecamatan, or save it as .xlsx."),
)
BAD_DAY = ProblemKind(
    "upload_bad_day",
    Text(
        "Tanggal daftar “{found}” tidak terbaca atau belum tiba.",
        "The day of the list “{found}” cannot be read or has not come.",
    ),
    Text("Kosongkan, atau isi tanggal daftar itu dicetak.", "Leave it empty, or give the day the list was printed."),
)
NOT_YOURS = ProblemKind(
    "upload_area_not_yours",
    Text("Wilayah {found} di luar wilayah Anda.", "Area {found} lies outside yours."),
    Text("Pilih wilayah di dalam wilayah Anda.", "Choose an area within yours."),
)
NOTHING_TO_TAKE = ProblemKind(
    "nothing_to_take",
    Text("Tidak ada hasil uji coba yang dapat disimpan.", "There is no trial whose result could be kept."),
    Text("Unggah berkasnya lagi.", "Upload the file again."),
)
REASON_NEEDED = ProblemKind(
    "undo_reason_needed",
    Text("Alasan pembatalan belum diisi.", "The reason for taking it back is missing."),
    Text("Tulis alasannya; ia tercatat di buku besar.", "Write why; it is kept in the ledger."),
)
UNDONE_ALREADY = ProblemKind(
    "import_undone_already",
    Text("Impor ini sudah dibatalkan.", "This import was already taken back."),
    Text("Impor lagi berkasnya bila perlu.", "Import the file again if needed."),
)


@page(
    "impor/",
    "imports",
    title=Text("Impor", "Imports"),
    right=Right.IMPORT,
    write=Right.IMPORT,
)
def imports(request: OfficeRequest) -> HttpResponseBase:
    """Show what came in and what is under way; take a file, which is tried first."""
    seat = request.seat
    problems: list[Problem] = []
    if request.method == "POST":
        try:
            return redirect("import-job", number=_take_upload(request))
        except Refused as refused:
            problems.extend(refused.problems)
    mine = seat.user.area
    context = {
        "problems": problems,
        "said": request.POST,
        "layouts": LAYOUTS.values(),
        "largest": LARGEST_MB,
        "jobs": [shown(one) for one in standing.recent(kinds=KINDS, area=mine, limit=LATEST, brief=True)],
        "imports": _history(mine),
        "sources": {name: layout.title for name, layout in LAYOUTS.items()},
    }
    return render(request, "office/imports.html", context, status=422 if problems else 200)


@page("impor/<int:number>/", "import-job", title=Text("Impor berkas", "Import of a file"), right=Right.IMPORT)
def import_job(request: OfficeRequest, number: int) -> HttpResponseBase:
    """Show how far an import or an undoing is, then what it does or did."""
    one = _job(request, number)
    told = shown(one)
    after = standing.asked_once(_once(number))
    context: dict[str, Any] = {
        "job": one,
        "shown": told,
        "taken": after,
        "is_idle": one.state == "waiting" and request.seat.clock - one.due_at > IDLE,
        "layout": LAYOUTS.get(str(one.result.get("layout", ""))),
        "proposals": links.to(request.seat, "proposals"),
        "may_take": one.state == "done" and bool(one.result.get("dry_run")) and after is None and told.has_something,
    }
    return render(request, "office/import_job.html", context)


@page(
    "impor/<int:number>/simpan/",
    "import-take",
    title=Text("Simpan impor", "Keep an import"),
    right=Right.IMPORT,
    write=Right.IMPORT,
)
def import_take(request: OfficeRequest, number: int) -> HttpResponseBase:
    """Do in earnest what a trial did; sent twice it is done once."""
    if request.method != "POST":
        return redirect("import-job", number=number)
    seat, tried = request.seat, _job(request, number)
    if tried.state != "done" or not tried.result.get("dry_run") or not shown(tried).has_something:
        raise Refused(NOTHING_TO_TAKE.at())
    args = tried.args | {"dry_run": False}
    if tried.kind == "undo":
        reason = mask_within(request.POST.get("reason", "").replace("\x00", "").strip())[:REASON_CHARS]
        if not reason:
            raise Refused(REASON_NEEDED.at())
        args["reason"] = reason
    held = standing.asked_once(_once(number))
    if held is not None:
        held_id = held.id
    else:
        held_id = jobs.enqueue(
            tried.kind,
            args | {"said_by": seat.user.username},
            now=seat.clock,
            asked_by=seat.user.username,
            area=tried.area,
            once=_once(number),
        )
        verb = Verb.IMPORT_UNDONE if tried.kind == "undo" else Verb.FILE_IMPORTED
        seat.note(verb, subject=str(args.get("name", f"#{held_id}")), reason=str(args.get("reason", "")))
    return redirect("import-job", number=held_id)


@page(
    "impor/<int:number>/ditolak.xlsx",
    "import-refused",
    title=Text("Baris yang ditolak", "Refused rows"),
    right=Right.IMPORT,
)
def import_refused(request: OfficeRequest, number: int) -> HttpResponseBase:
    """Hand out the refused rows as a workbook that can be mended and uploaded again."""
    one = _job(request, number)
    path = Path(str(one.result.get("refused_file") or ""))
    if path.parent != uploads.folder() or not path.is_file():
        raise Http404
    request.seat.note(Verb.LIST_EXPORTED, subject=f"import {number}: refused rows")
    stem = PurePosixPath(str(one.args.get("name", "impor"))).stem
    suffix = Text("ditolak", "refused").say(request.seat.language)
    return FileResponse(path.open("rb"), as_attachment=True, filename=f"{stem}-{suffix}.xlsx", content_type=XLSX)


@page(
    "impor/kiriman/<int:number>/",
    "import-batch",
    title=Text("Impor yang tersimpan", "A kept import"),
    right=Right.IMPORT,
    write=Right.IMPORT,
)
def import_batch(request: OfficeRequest, number: int) -> HttpResponseBase:
    """Show a kept import; ask what taking it back would do."""
    seat = request.seat
    one = next((held for held in _history(seat.user.area, number=number) if held.number == number), None)
    if one is None:
        raise Http404
    if request.method == "POST":
        if one.undone:
            raise Refused(UNDONE_ALREADY.at())
        args = {"batches": list(one.batches), "name": one.name, "area": seat.area, "dry_run": True}
        job = jobs.enqueue("undo", args, now=seat.clock, asked_by=seat.user.username, area=seat.area)
        return redirect("import-job", number=job)
    context = {
        "one": one,
        "layout": LAYOUTS.get(one.source),
        "kinds": _kinds(one) if one.facts <= SORTED_UP_TO else [],
    }
    return render(request, "office/import_batch.html", context)


def _take_upload(request: OfficeRequest) -> int:
    """Keep the file that was sent and ask for its trial; return the job's number."""
    seat, said = request.seat, request.POST
    file = request.FILES.get("file")
    if file is None or not file.size:
        raise Refused(NO_FILE.at("file"))
    if file.size > LARGEST_MB * 10**6:
        raise Refused(TOO_LARGE.at("file", most=LARGEST_MB))
    day = _day(said.get("as_at", ""), seat.office.today)
    area = _area(request)
    layout = said.get("layout", "")
    path = uploads.keep(file.chunks())
    return jobs.enqueue(
        "import",
        {
            "path": str(path),
            "name": file_name(file.name or ""),
            "area": area,
            "within": seat.user.area,
            "layout": layout if layout in LAYOUTS else None,
            "as_at": day,
            "dry_run": True,
            "said_by": seat.user.username,
            "language": seat.language,
            "refused_to": str(path.with_name(f"{path.name}-{seat.clock:%Y%m%d%H%M%S%f}.xlsx")),
        },
        now=seat.clock,
        asked_by=seat.user.username,
        area=seat.area,
    )


def file_name(sent: str) -> str:
    """Return the name a file was sent under as it may be shown and kept: no folder, no control sign, no NIK."""
    plain = re.sub(r"[\x00-\x1f\x7f\u202a-\u202e\u2066-\u2069]", "", sent.replace("\\", "/").rsplit("/", 1)[-1])
    return mask_within(" ".join(plain.split()))[:NAME_CHARS] or "berkas"


def _day(text: str, today: date) -> str | None:
    if not text.strip():
        return None
    try:
        day = date.fromisoformat(text.strip())
    except ValueError:
        raise Refused(BAD_DAY.at("as_at", found=text[:20])) from None
    if day > today:
        raise Refused(BAD_DAY.at("as_at", found=day.isoformat()))
    return day.isoformat()


def _area(request: OfficeRequest) -> int | None:
    text = request.POST.get("area", "").strip()
    if not text:
        return None
    number = area_number(text)
    if number is None:
        raise Refused(AREA_CODE.at("area", found=text[:40]))
    if not request.seat.sees(number):
        raise Refused(NOT_YOURS.at("area", found=text))
    return number


def _job(request: OfficeRequest, number: int) -> standing.JobNow:
    one = standing.one(number)
    if one is None or one.kind not in KINDS or not standing.is_within(one, request.seat.user.area):
        raise Http404
    return one


def _history(area: int | None, *, number: int | None = None) -> list[Import]:
    """Return kept imports: all of them for the whole office, for a part of it those that its own people made here."""
    if area is None:
        if number is not None:
            held = batches.one(number, tuple(LAYOUTS))
            return [held] if held else []
        return batches.imports(tuple(LAYOUTS), limit=KEPT_SHOWN)
    mine = standing.batches_made(area)
    return batches.imports(tuple(LAYOUTS), only=mine, limit=len(mine))


def _kinds(one: Import) -> list[tuple[Text, int]]:
    return [(facts.BY_CODE[kind].title, count) for kind, count in batches.kinds(one.batches).items()]


def _once(number: int) -> str:
    return f"take {number}"
