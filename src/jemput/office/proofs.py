"""A proof brought back: whether its figures are those of this ledger at the place it names."""

from __future__ import annotations

from typing import Any

import orjson
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponseBase
from django.shortcuts import render

from jemput.domain.ids import area_number
from jemput.domain.problems import Problem, ProblemKind, Refused, Text
from jemput.domain.roles import Right
from jemput.office.pages import page
from jemput.office.seat import OfficeRequest, Seat
from jemput.queries import proof

LARGEST = 2 * 1024 * 1024
"""Bytes of a proof: 199 villages take 60 KB, a province of 3,000 a megabyte."""
NO_PROOF = ProblemKind(
    "no_proof",
    Text("Tidak ada berkas yang dipilih.", "No file was chosen."),
    Text("Pilih berkas bukti, lalu periksa.", "Choose a proof, then check it."),
)
OTHER_AREA = ProblemKind(
    "proof_of_another_area",
    Text("Bukti ini tentang wilayah di luar yang boleh Anda lihat.", "This proof is of an area outside yours."),
    Text("Minta orang yang melihat wilayah itu memeriksanya.", "Ask somebody who sees that area to check it."),
)


@page("rincian/bukti/", "proof", title=Text("Periksa bukti", "Check a proof"), right=Right.FIGURES, posts=True)
def check_proof(request: OfficeRequest) -> HttpResponseBase:
    """Check an uploaded proof against the figures the office keeps."""
    seat = request.seat
    problems: tuple[Problem, ...] = ()
    said: dict[str, Any] = {}
    findings: list[Text] | None = None
    if request.method == "POST":
        try:
            said = _read(request.FILES.get("proof"))
            _within(said, seat)
            findings = proof.compare(said, seat.office)
        except Refused as refused:
            problems = refused.problems
    context = {"problems": problems, "said": said, "findings": findings}
    return render(request, "office/proof.html", context, status=422 if problems else 200)


def _read(file: UploadedFile[Any] | None) -> dict[str, Any]:
    if file is None:
        raise Refused(NO_PROOF.at("proof"))
    name = str(file.name)[:100]
    if (file.size or 0) > LARGEST:
        raise Refused(proof.NOT_A_PROOF.at("proof", file=name))
    try:
        said = orjson.loads(file.read())
    except orjson.JSONDecodeError:
        raise Refused(proof.NOT_A_PROOF.at("proof", file=name)) from None
    if not isinstance(said, dict) or said.get("format") != proof.FORMAT:
        raise Refused(proof.NOT_A_PROOF.at("proof", file=name))
    return said


def _within(said: dict[str, Any], seat: Seat) -> None:
    """Refuse a proof of an area the reader does not see: the answer would tell them its figures."""
    if not seat.sees(area_number(str(said.get("area", "")))):
        raise Refused(OTHER_AREA.at("proof"))
