"""The press card prints only what holds: its sentence passes our own check of published figures."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import UTC, date, datetime

import pypdf
import pytest
from hypothesis import given
from hypothesis import strategies as st

from jemput.domain.claims import check, read_text
from jemput.domain.coverage import Figures
from jemput.domain.problems import Language, Refused
from jemput.letters import press_card
from jemput.letters.press_card import PressCard
from jemput.queries.tied import Tie
from tests.letters.test_typeset import HEAD

ON = date(2019, 3, 28)
TIE = Tie(1605, "Kabupaten Musi Rawas (16.05)", ON, ON, True, 763_877, "6ed4060b274d188c" * 4, 1, False)
MUSI_RAWAS = Figures(population=402_610, id_obligated=293_578, recorded=283_755)
MADE_AT = datetime(2019, 4, 2, tzinfo=UTC)


def card(figures: Figures = MUSI_RAWAS, language: Language = "id", tie: Tie = TIE) -> PressCard:
    return press_card.press_card(tie, figures, language)


def test_the_sentence_of_the_28th_of_march_prints_the_difference_that_is_true() -> None:
    assert card().sentence == (
        "Per 28 Maret 2019, dari 293.578 penduduk wajib KTP di Kabupaten Musi Rawas, 283.755 orang sudah rekam KTP-el"
        " (96,65 persen) dan 9.823 orang belum rekam."
    )


@pytest.mark.parametrize("language", ["id", "en"])
def test_the_sentence_is_read_whole_by_our_own_check_and_is_clean(language: Language) -> None:
    made = card(language=language)
    [claim] = read_text(made.sentence)
    assert (claim.as_of, claim.wajib_ktp, claim.recorded, claim.remaining) == ("2019-03-28", 293_578, 283_755, 9_823)
    assert str(claim.pct_recorded) == "96.65"
    assert (check(claim).verdict, check(claim).findings, claim.notices) == ("consistent", (), ())
    assert press_card.findings(made) == []
    assert len(read_text(f"{made.sentence} {made.denominator}")) == 1, "the denominator adds no figure"


@given(data=st.data(), language=st.sampled_from(["id", "en"]))
def test_whatever_the_figures_the_sentence_holds(data, language: Language) -> None:
    wajib = data.draw(st.one_of(st.integers(1, 40), st.integers(1, 3_000), st.integers(1, 4_000_000)))
    recorded = data.draw(st.integers(0, wajib))
    made = card(Figures(population=wajib, id_obligated=wajib, recorded=recorded), language)
    claims = read_text(made.sentence)
    assert [(one.wajib_ktp, one.recorded, one.remaining) for one in claims] == [(wajib, recorded, wajib - recorded)]
    assert all(check(one).verdict == "consistent" for one in claims)


def test_the_denominator_is_named_and_so_is_the_count() -> None:
    assert "hitungan tertutup kantor" in card().denominator
    assert "angka berjalan kantor" in card(tie=replace(TIE, is_closed=False)).denominator
    assert "bukan DKB" in card().denominator


def test_where_nobody_must_hold_a_card_there_is_no_card() -> None:
    with pytest.raises(Refused) as refused:
        card(Figures(population=3))
    assert refused.value.problems[0].kind.code == "press_nobody_obliged"


def test_the_picture_is_a_png_and_an_svg_that_needs_no_font() -> None:
    png = press_card.picture(card(), HEAD, "png")
    assert png.startswith(b"\x89PNG")
    width, height = int.from_bytes(png[16:20]), int.from_bytes(png[20:24])
    assert width >= 1200
    assert round(width / height, 2) == 1.78
    svg = press_card.picture(card(), HEAD, "svg").decode()
    assert svg.startswith("<svg")
    for outside in ("<text", "font-family", "<script", "<image", "@import"):
        assert outside not in svg


def test_the_card_as_pdf_holds_sentence_denominator_and_tie_on_one_page() -> None:
    reader = pypdf.PdfReader(io.BytesIO(press_card.set_pdf(card(), HEAD, made_at=MADE_AT)))
    [page] = reader.pages
    text = " ".join(page.extract_text().split())
    for said in ("293.578", "283.755", "9.823", "96,65 persen", card().sentence, "buku besar tempat 763.877"):
        assert said in text


def test_a_long_place_name_and_the_largest_figures_still_fit_one_page() -> None:
    tie = replace(TIE, area_title="Kabupaten Penukal Abab Lematang Ilir Bagian Selatan Timur Laut (16.12)")
    made = card(Figures(population=9_999_999, id_obligated=9_999_999, recorded=9_000_001), tie=tie)
    assert len(pypdf.PdfReader(io.BytesIO(press_card.set_pdf(made, HEAD, made_at=MADE_AT))).pages) == 1
