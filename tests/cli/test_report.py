"""Reports as files, as a user asks for them."""

from __future__ import annotations

from pathlib import Path

from tests.cli.conftest import Program


def test_a_month_is_written_numbered_and_listed(demo: Program, tmp_path: Path) -> None:
    out = tmp_path / "maret.pdf"
    words = ("report", "monthly", "--on", "2019-03-28", "--out", out, "--xlsx", "--by", "Siti")
    answer = demo.json(*words, "--fill", "blanks_used=477", "--fill", "trips=Sri Pengantin; 12 Maret; tim 2; 60; 41")
    assert answer["number"] == "470/1/DUKCAPIL/IV/2019"
    assert answer["closed"] is True
    assert out.read_bytes().startswith(b"%PDF-1.7")
    assert (tmp_path / "maret.xlsx").read_bytes().startswith(b"PK")
    listed = demo.json("report", "list")
    assert [(one["kind"], one["number"], one["signed"]) for one in listed] == [("monthly", answer["number"], 0)]
    assert answer["number"] in demo.run("report", "list").stdout


def test_a_draft_uses_no_number_and_is_not_kept(demo: Program, tmp_path: Path) -> None:
    answer = demo.json("report", "daily", "--on", "2019-04-02", "--out", tmp_path / "hari.pdf", "--draft")
    assert (answer["number"], answer["report"]) == ("", None)
    assert demo.json("report", "list") == []


def test_the_press_sentence_passes_our_own_check_of_published_figures(demo: Program, tmp_path: Path) -> None:
    out = tmp_path / "kartu.png"
    shown = demo.run("report", "press", "--on", "2019-03-28", "--out", out).stdout.splitlines()
    assert shown[0].startswith("Per 28 Maret 2019, dari ")
    [verdict] = demo.json("claim", "check", "--text", shown[0])
    assert (verdict["verdict"], verdict["findings"]) == ("consistent", [])
    assert out.read_bytes().startswith(b"\x89PNG")


def test_what_cannot_be_is_refused_in_words_and_writes_nothing(demo: Program, tmp_path: Path) -> None:
    out = tmp_path / "x.pdf"
    for words, said in (
        (("monthly", "--on", "2019-04-28"), "has not been closed"),
        (("monthly", "--on", "2019-03-28", "--fill", "blanks_used=banyak"), "cannot be used"),
        (("monthly", "--on", "2019-03-28", "--fill", "umur=3"), "no field"),
        (("press", "--on", "2019-03-28", "--area", "17.01"), "Nobody must hold a card"),
    ):
        assert said in demo.run("report", *words, "--out", out, exit_code=2).stderr
    assert "docx" in demo.run("report", "daily", "--on", "2019-04-02", "--out", tmp_path / "x.docx", exit_code=2).stderr
    assert not out.exists()
    assert demo.json("report", "list") == []


def test_a_signed_file_is_kept_as_it_is_and_what_was_seen_in_it_is_said(demo: Program, tmp_path: Path) -> None:
    out, back = tmp_path / "hari.pdf", tmp_path / "ttd.pdf"
    number = demo.json("report", "daily", "--on", "2019-04-02", "--out", out)["report"]
    back.write_bytes(out.read_bytes() + b"\n<< /Type /Sig /ByteRange [0 10 20 99999999] >>\n%%EOF\n")
    kept = demo.json("report", "signed", back, "--by", "Budi")
    assert (kept["report"], kept["findings"]) == (number, ["text_unchanged", "signature_held"])
    [file] = demo.home.glob(f"blobs/*/{kept['sha256']}")
    assert file.read_bytes() == back.read_bytes()
    assert "nothing was added" in demo.run("report", "signed", out, exit_code=1).stdout
    assert "no file" in demo.run("report", "signed", tmp_path / "lain.pdf", exit_code=2).stderr


def test_a_report_lost_from_the_disk_is_found_by_verify(demo: Program, tmp_path: Path) -> None:
    demo.run("report", "daily", "--on", "2019-04-02", "--out", tmp_path / "hari.pdf")
    for file in demo.home.glob("blobs/*/*"):
        file.write_bytes(b"x")
    found = demo.json("verify", exit_code=1)
    assert len(found["findings"]) == 2
    assert all("file of a report" in sentence for sentence in found["findings"])
