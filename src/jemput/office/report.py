"""One report: what it is tied to, its files, the press sentence, and the signed copies that came back."""

from __future__ import annotations

from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.http import content_disposition_header

from jemput.domain.problems import Text
from jemput.domain.reports import FIELDS, GOOD, KINDS, SIGNED_FINDINGS
from jemput.domain.roles import Right
from jemput.office.download import XLSX
from jemput.office.pages import page
from jemput.office.reports import take_signed
from jemput.office.seat import OfficeRequest
from jemput.queries import places, reports
from jemput.queries.reports import Made, Signed

TYPES = {
    "pdf": "application/pdf",
    "xlsx": XLSX,
    "png": "image/png",
    "svg": "image/svg+xml",
    "txt": "text/plain; charset=utf-8",
    "thumb.png": "image/png",
}
DOWNLOADS = {
    "pdf": Text("PDF", "PDF"),
    "xlsx": Text("Excel", "Excel"),
    "png": Text("Gambar PNG", "PNG picture"),
    "svg": Text("Gambar SVG", "SVG picture"),
    "txt": Text("Teks", "Text"),
}


@page(
    "laporan/<int:report>/",
    "report",
    title=Text("Satu laporan", "One report"),
    right=Right.FIGURES,
    write=Right.REPORT,
)
def report(request: OfficeRequest, report: int) -> HttpResponseBase:
    """Show one report; take its signed copy back."""
    seat = request.seat
    made = _of(request, report)
    if request.method == "POST":
        return take_signed(request, made.id)
    sentence, _, rest = _text(made).partition("\n\n")
    names = places.names(made.on, within=made.area) if made.area else {}
    context = {
        "made": made,
        "kind": KINDS[made.kind],
        "area": names.get(made.area or 0, ""),
        "downloads": [(suffix, title) for suffix, title in DOWNLOADS.items() if suffix in made.files],
        "sentence": sentence,
        "below": rest.splitlines(),
        "filled": [(field, made.form[field.name]) for field in FIELDS if field.name in made.form],
        "signed": [(copy, _findings(copy)) for copy in made.signed],
        "may_sign": seat.may(Right.REPORT),
    }
    return render(request, "office/report.html", context)


@page(
    "laporan/<int:report>/unduh/<str:suffix>/",
    "report-file",
    title=Text("Berkas laporan", "File of a report"),
    right=Right.FIGURES,
)
def file(request: OfficeRequest, report: int, suffix: str) -> HttpResponseBase:
    """Hand out a file of a report, the bytes that were made."""
    made = _of(request, report)
    if suffix not in made.files or suffix not in TYPES:
        raise Http404
    name = f"{made.kind}-{made.on}.{suffix}"
    return _sent(reports.content(made.files[suffix]), TYPES[suffix], name, shown=suffix in {"thumb.png", "svg", "png"})


@page(
    "laporan/<int:report>/bertanda-tangan/<int:copy>/",
    "signed-copy",
    title=Text("Salinan bertanda tangan", "Signed copy"),
    right=Right.FIGURES,
)
def signed(request: OfficeRequest, report: int, copy: int) -> HttpResponseBase:
    """Hand out a signed copy, the bytes that came."""
    made = _of(request, report)
    found = next((one for one in made.signed if one.id == copy), None)
    if found is None:
        raise Http404
    return _sent(reports.content(found.sha256), TYPES["pdf"], f"{made.kind}-{made.on}-ttd.pdf", shown=False)


def _of(request: OfficeRequest, number: int) -> Made:
    made = reports.one(number, within=request.seat.area)
    if made is None:
        raise Http404
    return made


def _text(made: Made) -> str:
    return reports.content(made.files["txt"]).decode() if "txt" in made.files else ""


def _findings(copy: Signed) -> list[tuple[Text, bool]]:
    return [(SIGNED_FINDINGS[code], code in GOOD) for code in copy.findings if code in SIGNED_FINDINGS]


def _sent(content: bytes, kind: str, name: str, *, shown: bool) -> HttpResponse:
    answer = HttpResponse(content, content_type=kind)
    answer["Content-Disposition"] = str(content_disposition_header(as_attachment=not shown, filename=name))
    answer["Content-Length"] = str(len(content))
    return answer
