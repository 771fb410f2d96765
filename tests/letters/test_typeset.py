"""What is set in type: PDF/A with its fonts inside, tied on every page, and nothing that was typed is ever run."""

from __future__ import annotations

import contextlib
import io
import re
from datetime import UTC, date, datetime
from typing import Any

import pypdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jemput.domain.problems import Refused
from jemput.letters import typeset
from jemput.letters.letterhead import Letterhead

MADE_AT = datetime(2019, 4, 2, 5, 30, 1, 999, tzinfo=UTC)
HEAD = Letterhead(
    ("Pemerintah Kabupaten Musi Rawas",),
    "Dinas Kependudukan dan Pencatatan Sipil",
    ("Jalan Lintas", "Muara Beliti 31661"),
    "Muara Beliti",
    "A4",
    "Kepala Dinas",
    "SITI AMINAH, S.H.",
    "Pembina (IV/a)",
    "197001011995032001",
)
TIE = "Hitungan tertutup 28 Maret 2019, buku besar tempat 763.877, hash 6ed4060b274d188c, aturan hitung 1."


def part(rows: int = 3, *, long: bool = False, cell: str = "Tugumulyo") -> dict[str, Any]:
    columns = [{"title": "Desa", "right": False, "wide": True}, {"title": "Belum", "right": True, "wide": False}]
    lines = [{"strong": n == 0, "cells": [cell, "9.823"]} for n in range(rows)]
    return {"title": "Belum rekam", "note": "catatan", "long": long, "columns": columns, "rows": lines}


def data(**changed: Any) -> dict[str, Any]:
    usual = {
        "title": "Laporan bulanan",
        "subtitle": "Maret 2019",
        "number": "470/7/DUKCAPIL/IV/2019",
        "unnumbered": "Konsep, belum bernomor",
        "head": HEAD.as_data(date(2019, 4, 2)),
        "tie": TIE,
        "opening": ["Satu kalimat."],
        "parts": [part(), part(120, long=True)],
        "remarks": [],
    }
    return usual | changed


def pdf(**changed: Any) -> pypdf.PdfReader:
    return pypdf.PdfReader(io.BytesIO(typeset.document("report.typ", data(**changed), made_at=MADE_AT)))


def words(page: pypdf.PageObject) -> str:
    return re.sub(r"\s+", " ", page.extract_text())


def fonts(reader: pypdf.PdfReader) -> list[pypdf.generic.DictionaryObject]:
    found = []
    for page in reader.pages:
        for font in page["/Resources"]["/Font"].get_object().values():
            inner = font.get_object()
            found.append(inner["/DescendantFonts"][0].get_object() if "/DescendantFonts" in inner else inner)
    return found


def test_a_report_says_that_it_is_pdf_a_and_carries_its_fonts_and_its_colour_profile() -> None:
    reader = pdf()
    xmp = reader.trailer["/Root"]["/Metadata"].get_object().get_data().decode()
    assert re.search(r"pdfaid:part>2<|pdfaid:part=\"2\"", xmp)
    assert re.search(r"pdfaid:conformance>B<|pdfaid:conformance=\"B\"", xmp)
    assert reader.trailer["/Root"]["/OutputIntents"][0]["/S"] == "/GTS_PDFA1"
    held = fonts(reader)
    assert held
    for font in held:
        descriptor = font["/FontDescriptor"].get_object()
        assert {"/FontFile", "/FontFile2", "/FontFile3"} & descriptor.keys()
        assert re.match(r"/[A-Z]{6}\+", font["/BaseFont"])


def test_a_report_is_tagged_in_indonesian_and_has_its_title_and_its_time() -> None:
    reader = pdf()
    assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert reader.trailer["/Root"]["/Lang"] == "id-ID"
    assert reader.metadata
    assert reader.metadata.title == "Laporan bulanan"
    assert reader.metadata.author == "Dinas Kependudukan dan Pencatatan Sipil"
    assert reader.metadata.creation_date == MADE_AT.replace(microsecond=0)


def test_every_page_says_what_it_is_tied_to_and_which_page_it_is() -> None:
    reader = pdf()
    assert len(reader.pages) > 2
    for number, page in enumerate(reader.pages, start=1):
        assert TIE in words(page)
        assert f"{number} / {len(reader.pages)}" in words(page)


def test_a_long_list_stands_after_the_signature_and_repeats_its_header() -> None:
    reader = pdf()
    assert "SITI AMINAH, S.H." in words(reader.pages[0])
    assert all("Desa Belum" in words(page) for page in reader.pages[1:])


def test_the_head_the_number_and_the_signer_stand_on_the_first_page() -> None:
    text = words(pdf().pages[0])
    for said in (
        "PEMERINTAH KABUPATEN MUSI RAWAS",
        "DINAS KEPENDUDUKAN DAN PENCATATAN SIPIL",
        "Jalan Lintas",
        "Nomor: 470/7/DUKCAPIL/IV/2019",
        "Muara Beliti, 2 April 2019",
        "NIP 19700101 199503 2 001",
    ):
        assert said in text


def test_a_file_nobody_signed_says_nothing_of_a_signature_and_holds_no_field_for_one() -> None:
    reader = pdf()
    text = " ".join(words(page) for page in reader.pages).lower()
    for word in ("ditandatangani", "bsre", "bssn", "sertifikat", "elektronik"):
        assert word not in text
    assert "/AcroForm" not in reader.trailer["/Root"]


def test_a_draft_says_so_in_place_of_its_number() -> None:
    text = words(pdf(number="").pages[0])
    assert "Konsep, belum bernomor" in text
    assert "Nomor" not in text


@pytest.mark.parametrize(("paper", "size"), [("A4", (595, 842)), ("F4", (609, 935))])
def test_the_paper_is_a_setting(paper: str, size: tuple[int, int]) -> None:
    box = pdf(head=HEAD.as_data(date(2019, 4, 2)) | {"paper": paper}).pages[0].mediabox
    assert (round(box.width), round(box.height)) == size


def test_the_same_report_at_the_same_time_is_the_same_file() -> None:
    one, other = (typeset.document("report.typ", data(), made_at=MADE_AT) for _ in range(2))
    assert one == other


@pytest.mark.parametrize(
    "typed", ['#read("/etc/passwd")', "$x^2$", "= Judul", '#import "letter.typ": *', "*tebal*", "\\", '"', "#panic()"]
)
def test_what_was_typed_is_printed_as_it_is(typed: str) -> None:
    text = words(pdf(remarks=[typed], parts=[part(1, cell=typed)]).pages[0])
    assert text.replace(" ", "").count(typed.replace(" ", "")) == 2


@pytest.mark.parametrize("typed", ["Ă é ß ř", "Жанна", "ﬁ – — … “” ≥ − ½"])
def test_letters_of_other_latin_and_cyrillic_names_are_printed(typed: str) -> None:
    assert pdf(remarks=[typed], parts=[]).pages


def test_a_letter_no_font_holds_is_refused_and_named() -> None:
    with pytest.raises(Refused) as refused:
        pdf(remarks=["Desa 漢字"], parts=[])
    [problem] = refused.value.problems
    assert (problem.kind.code, problem.values["found"][0]) == ("letter_not_printable", "漢")


@settings(max_examples=60)
@given(st.text(st.characters(codec="utf-8", exclude_categories=["Cs"]), max_size=40))
def test_words_are_printed_or_refused_whatever_they_are(typed: str) -> None:
    with contextlib.suppress(Refused):
        assert pdf(remarks=[typed], parts=[]).pages
