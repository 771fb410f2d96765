"""Angka terbit: what was printed, entered as it was printed, read back before it is kept, beside what was counted."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import redirect, render

from jemput.actions.record_claim import record_claims
from jemput.domain.audit import Verb
from jemput.domain.claims import Claim, Verdict, against_count, check, read_text
from jemput.domain.coverage import Figures
from jemput.domain.problems import Problem, ProblemKind, Text
from jemput.domain.roles import Right
from jemput.letters.workbook import Cell, Column, Sheet
from jemput.office.download import excel
from jemput.office.pages import page
from jemput.office.seat import OfficeRequest, Seat
from jemput.queries import coverage, printed
from jemput.queries.coverage import View

TEXT_CHARS = 4_000
"""A press statement is a paragraph or two; the longest of those collected is below 1,000 letters."""
SOURCE_CHARS = 200
NOTHING_READ = ProblemKind(
    "no_figures_read",
    Text("Tidak ada angka perekaman yang terbaca di teks itu.", "No figures of recording were read in that text."),
    Text(
        "Salin kalimatnya seperti tercetak, dengan kata wajib KTP, sudah rekam atau belum rekam.",
        "Copy the sentence as printed, with the words wajib KTP, recorded or not recorded.",
    ),
)
TOO_LONG = ProblemKind(
    "printed_too_long",
    Text("Teks itu lebih panjang dari {most} huruf.", "That text is longer than {most} letters."),
    Text("Salin kalimat yang memuat angkanya saja.", "Copy only the sentences that hold the figures."),
)
NO_SOURCE = ProblemKind(
    "printed_no_source",
    Text("Sumbernya belum disebut.", "Its source is not named."),
    Text("Tulis media dan tanggal terbitnya.", "Write the paper and the day it appeared."),
)
COLUMNS = (
    Column(Text("Per tanggal", "As at"), "day"),
    Column(Text("Sumber", "Source"), "text", 40),
    Column(Text("Wilayah", "Area"), "text", 24),
    Column(Text("Wajib KTP", "Wajib KTP"), "number"),
    Column(Text("Sudah rekam", "Recorded"), "number"),
    Column(Text("Belum rekam", "Not recorded"), "number"),
    Column(Text("Persen", "Percent"), "percent"),
    Column(Text("Beda dari hitungan", "Differs from the count"), "text", 60),
)


@dataclass(frozen=True, slots=True)
class Beside:
    """A statement with what our check says of it, and where it differs from our own count of its area and day.

    `differences` None: nothing was closed on that day for that area, so that there is nothing to compare.
    """

    claim: Claim
    on: date
    verdict: Verdict
    findings: list[str]
    differences: list[str] | None


@page(
    "laporan/angka-terbit/",
    "printed",
    title=Text("Angka terbit", "Published figures"),
    right=Right.FIGURES,
    write=Right.REPORT,
)
def index(request: OfficeRequest) -> HttpResponseBase:
    """Show what was printed beside what was counted; read and keep a new statement."""
    seat = request.seat
    said = request.POST
    text, source = said.get("text", "").strip(), " ".join(said.get("source", "").split())
    problems: list[Problem] = []
    read: list[Claim] = []
    if request.method == "POST":
        problems, read = _read(text, source)
        if not problems and said.get("keep"):
            kept = record_claims(read, office=seat.office, said_by=seat.user.username)
            seat.note(Verb.FIGURE_CLAIMED, subject=source)
            sentence = Text("Disimpan seperti tercetak.", "Kept as it was printed.")
            held = Text("Sudah pernah disimpan.", "It was kept before.")
            messages.success(request, (sentence if kept.written else held).say(seat.language))
            return redirect("printed")
    counted = _Counted(seat)
    kept_ones = [
        counted.beside(one.claim, one.on, one.area)
        for one in reversed(printed.printed(seat.office))
        if _seen(seat, one.area)
    ]
    if request.GET.get("excel"):
        title = Text("Angka terbit", "Published figures")
        rows = [_cells(one) for one in kept_ones]
        return excel(seat, [Sheet(title, title, (), COLUMNS, rows)], name="angka-terbit")
    context = {
        "kept": kept_ones,
        "read": [counted.beside(one, _day_of(one, seat), printed.area_of(one, seat.office)) for one in read],
        "text": text,
        "source": source,
        "problems": problems,
        "may_enter": seat.may(Right.REPORT),
    }
    return render(request, "office/printed.html", context, status=422 if problems else 200)


def _read(text: str, source: str) -> tuple[list[Problem], list[Claim]]:
    if len(text) > TEXT_CHARS or len(source) > SOURCE_CHARS:
        return [TOO_LONG.at("text", most=TEXT_CHARS)], []
    if "\x00" in text + source:
        return [NOTHING_READ.at("text")], []
    claims = [replace(one, source=source) for one in read_text(text)]
    problems = [] if claims else [NOTHING_READ.at("text")]
    if not source:
        problems.append(NO_SOURCE.at("source"))
    return problems, claims


class _Counted:
    """The closed figures that statements are compared with, each looked up once."""

    def __init__(self, seat: Seat) -> None:
        self._seat = seat
        self._closed = {closing.on: closing for closing in coverage.closings()}
        self._found: dict[tuple[date, int | None], Figures] = {}

    def beside(self, claim: Claim, on: date, area: int | None) -> Beside:
        figures = self._figures(on, area)
        language = self._seat.language
        verdict = check(claim)
        differences = None
        if figures:
            counted = {"wajib": figures.id_obligated, "recorded": figures.recorded, "remaining": figures.unrecorded}
            differences = [finding.say(language) for finding in against_count(claim, **counted)]
        return Beside(claim, on, verdict, [finding.say(language) for finding in verdict.findings], differences)

    def _figures(self, on: date, area: int | None) -> Figures | None:
        closing = self._closed.get(on)
        if closing is None or area is None:
            return None
        if (on, area) not in self._found:
            view = View(on, closing.batch, closing.known_on, closing.rule, closing)
            rule = self._seat.office.rule
            self._found[on, area] = coverage.total(coverage.villages(view, area, rule_in_force=rule))
        return self._found[on, area]


def _seen(seat: Seat, area: int | None) -> bool:
    """Whether a statement concerns what somebody sees; one of an area that is none of ours is seen by the whole office."""
    return seat.sees(area) if area is not None else seat.area == seat.office.area


def _day_of(claim: Claim, seat: Seat) -> date:
    try:
        return min(date.fromisoformat(claim.as_of), seat.office.today)
    except ValueError:
        return seat.office.today


def _cells(one: Beside) -> list[Cell]:
    claim = one.claim
    told = " ".join(one.differences or ())
    return [
        one.on,
        claim.source,
        claim.area,
        claim.wajib_ktp,
        claim.recorded,
        claim.remaining,
        claim.pct_recorded,
        told,
    ]
