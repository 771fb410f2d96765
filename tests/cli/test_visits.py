"""Visits and their letters as somebody at a terminal asks for them."""

from __future__ import annotations

import re
from pathlib import Path

from tests.program import Program


def test_the_visits_of_a_month_are_listed_and_one_is_shown_with_masked_numbers(demo: Program) -> None:
    found = demo.json("visits", "list")
    done = [one for one in found if one["state"] == "done"]
    assert done
    assert all(one["came"] >= one["recorded"] for one in done)
    month = done[0]["on"][:7]
    assert {one["on"][:7] for one in demo.json("visits", "list", "--month", month)} == {month}
    assert {one["state"] for one in demo.json("visits", "list", "--state", "done")} == {"done"}
    (first, *_) = done
    shown = demo.json("visits", "show", first["visit"])
    assert len(shown["people"]) == first["invited"]
    assert all("•" in one["nik"] for one in shown["people"])
    for words in (("visits", "show", first["visit"]), ("visits", "list")):
        assert not re.search(r"(?<!\d)\d{16}(?!\d)", demo.run(*words).stdout)


def test_a_letter_is_made_as_pdf_and_as_word_under_one_number(demo: Program, tmp_path: Path) -> None:
    visit = demo.json("visits", "list", "--state", "done")[0]["visit"]
    pdf, docx = tmp_path / "berita-acara.pdf", tmp_path / "berita-acara.docx"
    first = demo.json("letter", visit, "minutes", "--out", pdf)
    second = demo.json("letter", visit, "minutes", "--out", docx)
    assert first["number"] == second["number"]
    assert first["number"].startswith("474/")
    assert pdf.read_bytes().startswith(b"%PDF-")
    assert docx.read_bytes().startswith(b"PK")
    assert first["number"] in demo.run("letter", visit, "minutes").stdout
    assert demo.json("visits", "show", visit)["letters"] == [{"kind": "minutes", "number": first["number"]}]


def test_what_there_is_not_is_refused_in_words(demo: Program, tmp_path: Path) -> None:
    visit = demo.json("visits", "list")[0]["visit"]
    for words in (
        ("visits", "show", 9999),
        ("visits", "list", "--state", "moon"),
        ("visits", "list", "--month", "april"),
        ("letter", visit, "poem"),
        ("letter", visit, "assignment", "--out", tmp_path / "surat.odt"),
    ):
        refused = demo.run(*words, exit_code=2)
        assert refused.stderr.strip()
        assert "Traceback" not in refused.stderr
    assert not (tmp_path / "surat.odt").exists()


def test_the_monthly_report_holds_the_trips_of_its_month(demo: Program, tmp_path: Path) -> None:
    closed = [one for one in demo.json("visits", "list", "--state", "done") if "2019-02-28" < one["on"] <= "2019-03-28"]
    demo.run("report", "monthly", "--on", "2019-03-28", "--out", tmp_path / "bulan.pdf", "--xlsx", "--draft")
    assert (tmp_path / "bulan.xlsx").exists()
    made = demo.json("report", "monthly", "--on", "2019-03-28", "--out", tmp_path / "made.pdf")
    assert made["number"]
    assert closed
