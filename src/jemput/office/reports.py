"""Laporan: which closed months there are, reports looked at before they are made, made, numbered and listed."""

from __future__ import annotations

import io
import re
import secrets
from dataclasses import dataclass
from datetime import date
from typing import Any, cast

import orjson
from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponseBase
from django.shortcuts import redirect, render

from jemput.actions import jobs
from jemput.actions.reports import LARGEST_SIGNED, attach_signed
from jemput.domain.audit import Verb
from jemput.domain.ids import area_number, area_text
from jemput.domain.problems import Problem, ProblemKind, Refused, Text
from jemput.domain.reports import FIELDS, KINDS, FormValue, Kind, read_form
from jemput.domain.roles import Right
from jemput.letters import making
from jemput.letters.workbook import Cell, Column, Sheet
from jemput.office.download import XLSX, excel
from jemput.office.pages import page
from jemput.office.seat import OfficeRequest, Seat
from jemput.queries import coverage, monthly, places, reports
from jemput.queries import jobs as job_query
from jemput.queries.coverage import Closing
from jemput.queries.jobs import JobNow
from jemput.queries.reports import Made
from jemput.queries.trips import trips_said
from jemput.store import blobs

AT_ONCE = 30_000
"""Residents up to which a month is told at once: 3 seconds at 402,610, so a quarter of one here (bench/reports.py)."""
SHOWN_FORM = 2
"""Raised when what a page shows of a month changes, so that months are prepared anew."""
LISTED = 100
KEY_CHARS = re.compile(r"[\w-]{10,64}")

UNCLEAR = ProblemKind(
    "report_unclear",
    Text("Belum jelas laporan apa yang diminta.", "It is not clear which report is asked for."),
    Text("Pilih jenis dan tanggalnya di halaman Laporan.", "Choose its kind and day on the page Reports."),
)
NOTHING_SENT = ProblemKind(
    "nothing_sent",
    Text("Tidak ada berkas yang dikirim.", "No file was sent."),
    Text("Pilih berkas PDF yang bertanda tangan, lalu kirim.", "Choose the signed PDF file, then send it."),
)
COLUMNS = (
    Column(Text("Nomor", "Number"), "text", 30),
    Column(Text("Jenis", "Kind"), "text", 18),
    Column(Text("Tanggal", "Day"), "day"),
    Column(Text("Wilayah", "Area"), "text", 30),
    Column(Text("Terikat hitungan", "Tied to the count of"), "day"),
    Column(Text("Tempat buku besar", "Ledger place"), "number"),
    Column(Text("Dibuat", "Made"), "day"),
    Column(Text("Oleh", "By"), "text", 18),
    Column(Text("Bertanda tangan", "Signed copies"), "number"),
)


@dataclass(frozen=True, slots=True)
class Asked:
    """A report as it was asked for on a page."""

    kind: Kind
    on: date
    area: int | None


@dataclass(frozen=True, slots=True)
class Listed:
    """One report of the list with its area in words."""

    made: Made
    title: Text
    area: str


@page("laporan/", "reports", title=Text("Laporan", "Reports"), right=Right.FIGURES, write=Right.REPORT)
def index(request: OfficeRequest) -> HttpResponseBase:
    """Show what can be made and what was; take a signed copy back."""
    seat = request.seat
    if request.method == "POST":
        return take_signed(request, None)
    found = reports.made(within=seat.area, limit=LISTED)
    if request.GET.get("excel"):
        seat.note(Verb.LIST_EXPORTED, subject="reports")
        title = Text("Laporan yang dibuat", "Reports that were made")
        rows = [_cells(one, seat) for one in _listed(reports.made(within=seat.area), seat)]
        return excel(seat, [Sheet(title, title, (), COLUMNS, rows)], name="laporan")
    closed = coverage.closings()
    whole = seat.area
    context = {
        "closed": list(reversed(closed)),
        "months": list(reversed(closed[1:])),
        "made": _listed(found, seat),
        "areas": places.children(whole, seat.office.today) if whole else [],
        "may_make": seat.may(Right.REPORT),
        "may_close": seat.may(Right.CLOSE) and seat.area == seat.office.area,
    }
    return render(request, "office/reports.html", context)


@page(
    "laporan/pratinjau/",
    "report-preview",
    title=Text("Pratinjau laporan", "Report before it is made"),
    right=Right.REPORT,
    write=Right.REPORT,
)
def preview(request: OfficeRequest) -> HttpResponseBase:
    """Show the figures of a report before it is made; make it."""
    seat = request.seat
    posted = request.method == "POST"
    said = request.POST if posted else request.GET
    asked = _asked(seat, said.get("kind", ""), said.get("on", ""), said.get("area", ""))
    problems: list[Problem] = []
    if posted:
        form, problems = (
            read_form({key: str(value) for key, value in said.items()}) if asked.kind == "monthly" else ({}, [])
        )
        if not problems:
            return _make(request, asked, form)
    if said.get("excel") and not posted:
        content = _workbook(seat, asked)
        seat.note(Verb.LIST_EXPORTED, subject=f"{asked.kind} {asked.on}")
        return FileResponse(
            io.BytesIO(content), as_attachment=True, filename=f"{asked.kind}-{asked.on}.xlsx", content_type=XLSX
        )
    shown = _shown(seat, asked)
    if isinstance(shown, JobNow):
        return render(request, "office/report_waits.html", {"job": shown, "asked": asked, "kind": KINDS[asked.kind]})
    filled = {"trips": trips_said(asked.on, asked.area)} if asked.kind == "monthly" and not posted else {}
    context = {
        "asked": asked,
        "kind": KINDS[asked.kind],
        "shown": shown,
        "parts": _with_sides(shown),
        "area": area_text(asked.area) if asked.area else "",
        "fields": [
            (field, said.get(field.name, filled.get(field.name, "")), _problem(problems, field.name))
            for field in FIELDS
        ]
        if asked.kind == "monthly"
        else [],
        "problems": problems,
        "key": said.get("key") or secrets.token_urlsafe(16),
    }
    return render(request, "office/report_preview.html", context, status=422 if problems else 200)


@page(
    "laporan/proses/<int:number>/",
    "report-wait",
    title=Text("Laporan sedang dibuat", "The report is being made"),
    right=Right.REPORT,
)
def wait(request: OfficeRequest, number: int) -> HttpResponseBase:
    """Wait for a report that is being made, then go to it."""
    job = job_query.one(number)
    if job is None or job.kind != "report" or not job_query.is_within(job, request.seat.area):
        raise Http404
    if job.state == "done":
        return redirect("report", report=job.result["report"])
    return render(request, "office/report_waits.html", {"job": job, "kind": KINDS[cast("Kind", job.args["kind"])]})


def take_signed(request: OfficeRequest, report: int | None) -> HttpResponseBase:
    """Keep the signed file of a form with the report it belongs to, and go to that report."""
    seat = request.seat
    sent = request.FILES.get("signed")
    if sent is None:
        raise Refused(NOTHING_SENT.at("signed"))
    copy = attach_signed(
        sent.read(LARGEST_SIGNED + 1),
        name=(sent.name or "")[:200],
        office=seat.office,
        report=report,
        said_by=seat.user.username,
    )
    if reports.one(copy.report_id, within=seat.area) is None:
        raise Http404
    seat.note(Verb.REPORT_SIGNED, subject=copy.report.number or f"report {copy.report_id}")
    messages.success(request, Text("Berkas disimpan apa adanya.", "The file is kept as it came.").say(seat.language))
    return redirect("report", report=copy.report_id)


def _asked(seat: Seat, kind: str, on: str, area: str) -> Asked:
    if kind not in KINDS:
        raise Refused(UNCLEAR.at("kind"))
    try:
        day = date.fromisoformat(on)
    except ValueError:
        raise Refused(UNCLEAR.at("on")) from None
    where = area_number(area) if area else seat.area
    if area and (where is None or not seat.sees(where)):
        raise Http404
    return Asked(kind, day, where)


def _make(request: OfficeRequest, asked: Asked, form: dict[str, FormValue]) -> HttpResponseBase:
    seat = request.seat
    sent = request.POST.get("key", "")
    key = sent if KEY_CHARS.fullmatch(sent) else secrets.token_urlsafe(16)
    if asked.kind == "monthly" and _is_long(monthly.closings_of(asked.on)[1], seat):
        args = {"kind": asked.kind, "on": asked.on.isoformat(), "area": asked.area, "form": form, "key": key}
        job = jobs.enqueue(
            "report",
            args | {"said_by": seat.user.username},
            now=seat.clock,
            asked_by=seat.user.username,
            area=asked.area,
            once=f"report:{key}",
        )
        seat.note(Verb.REPORT_MADE, subject=f"{asked.kind} {asked.on}")
        return redirect("report-wait", number=job)
    made = making.make(
        asked.kind, asked.on, asked.area, here=seat.office, form=form, said_by=seat.user.username, key=key
    )
    seat.note(Verb.REPORT_MADE, subject=made.number or f"{made.kind} {made.on}")
    return redirect("report", report=made.pk)


def prepare_month(seat: Seat, on: date) -> None:
    """Have a month that was just closed made ready to look at, where that takes longer than a page may."""
    opened, closed = monthly.closings_of(on)
    if _is_long(closed, seat):
        _month_job(seat, Asked("monthly", on, seat.area), opened, closed)


def _shown(seat: Seat, asked: Asked) -> dict[str, Any] | JobNow:
    """Return what a page shows of a report, or the job that is making it ready."""
    job = _job_of(seat, asked)
    if job and job.state != "done":
        return job
    if job and blobs.is_whole(job.result["sha256"]):
        kept: dict[str, dict[str, Any]] = orjson.loads(blobs.read(job.result["sha256"]))
        return kept[seat.language]
    return making.prepare(asked.kind, asked.on, asked.area, here=seat.office).shown(seat.language)


def _workbook(seat: Seat, asked: Asked) -> bytes:
    """Return what a page shows of a report as a workbook, one sheet a part."""
    job = _job_of(seat, asked)
    if job and job.state == "done" and blobs.is_whole(kept := job.result["xlsx"][seat.language]):
        return blobs.read(kept)
    ready = making.prepare(asked.kind, asked.on, asked.area, here=seat.office)
    if not ready.parts:
        raise Http404
    return ready.workbook(seat.office, seat.language)


def _job_of(seat: Seat, asked: Asked) -> JobNow | None:
    """Return the job that makes a month ready where that takes longer than a page may, None where it does not."""
    if asked.kind != "monthly":
        return None
    opened, closed = monthly.closings_of(asked.on)
    return _month_job(seat, asked, opened, closed) if _is_long(closed, seat) else None


def _with_sides(shown: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the parts of the ledger with each cell marked to stand right where its column does; the form has the others."""
    return [
        part
        | {
            "rows": [
                {
                    "strong": row["strong"],
                    "cells": [
                        {"text": cell, "right": column["right"]}
                        for cell, column in zip(row["cells"], part["columns"], strict=True)
                    ],
                }
                for row in part["rows"]
            ]
        }
        for part in shown["parts"]
        if not part["by_hand"]
    ]


def _month_job(seat: Seat, asked: Asked, opened: Closing, closed: Closing) -> JobNow:
    """Return the one job that makes a closed month ready to look at; what is closed is prepared once."""
    once = f"month:{SHOWN_FORM}:{opened.digest}:{opened.place}:{closed.digest}:{closed.place}:{asked.area}"
    args = {"on": asked.on.isoformat(), "area": asked.area}
    number = jobs.enqueue("month", args, now=seat.clock, asked_by=seat.user.username, area=asked.area, once=once)
    job = job_query.one(number)
    if job is None:
        raise Http404
    return job


def _is_long(closed: Closing, seat: Seat) -> bool:
    """Whether a month takes longer than a page may: by the residents of the whole office, whose register is read."""
    view = monthly.closed_view(closed)
    whole = coverage.total(coverage.villages(view, None, rule_in_force=seat.office.rule))
    return whole.population > AT_ONCE


def _listed(found: list[Made], seat: Seat) -> list[Listed]:
    names = places.names(seat.office.today, within=seat.area)
    everywhere = Text("seluruh kantor", "the whole office").say(seat.language)
    return [
        Listed(one, KINDS[one.kind], names.get(one.area, area_text(one.area)) if one.area else everywhere)
        for one in found
    ]


def _cells(one: Listed, seat: Seat) -> list[Cell]:
    made = one.made
    return [
        made.number,
        one.title.say(seat.language),
        made.on,
        one.area,
        made.closed_on,
        made.place,
        made.made_at.date(),
        made.made_by,
        len(made.signed),
    ]


def _problem(problems: list[Problem], column: str) -> Problem | None:
    return next((problem for problem in problems if problem.column == column), None)
