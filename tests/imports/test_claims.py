import csv
from decimal import Decimal
from pathlib import Path

import pytest
import xlsxwriter

from jemput.domain.claims import check
from jemput.domain.problems import Refused
from jemput.imports.claims import read_file

PUBLISHED = Path(__file__).parents[2] / "../shared/data/facts/published_statements.csv"


def written(tmp_path, text):
    path = tmp_path / "terbit.csv"
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.skipif(not PUBLISHED.exists(), reason="the published statements are not here")
def test_every_published_statement_gets_the_verdict_of_the_key():
    with PUBLISHED.open(encoding="utf-8-sig", newline="") as file:
        key = {row["id"]: row["my_verdict"] for row in csv.DictReader(file)}
    claims, refused = read_file(PUBLISHED)
    assert refused == []
    assert {claim.id: check(claim).verdict for claim in claims} == key


def test_somebody_s_own_answers_are_never_read(tmp_path):
    path = written(tmp_path, "id,my_wajib_ktp,my_remaining,wajib_ktp,recorded,unknown\na,1,2,10,7,x\n")
    ((claim,), refused) = read_file(path)
    assert (claim.wajib_ktp, claim.recorded, claim.remaining, refused) == (10, 7, None, [])


def test_semicolons_a_mark_dots_and_commas_are_read(tmp_path):
    path = written(
        tmp_path,
        "\ufeffid;wajib_ktp;recorded;remaining;pct_recorded_printed\na;293.578;283,755;-;96,65\nb;293578;;9 822;96.650\n",
    )
    (one, two), refused = read_file(path)
    assert refused == []
    assert (one.wajib_ktp, one.recorded, one.remaining, one.pct_recorded) == (293578, 283755, None, Decimal("96.65"))
    assert (two.remaining, str(two.pct_recorded)) == (9822, "96.650")


def test_a_bad_cell_refuses_its_row_in_words_and_the_others_go_on(tmp_path):
    path = written(
        tmp_path,
        'id,wajib_ktp,pct_recorded_printed,parts\na,banyak,,\nb,10,,"4;6"\nc,10,x,\nd,10,,4;lima\ne,4.17.364,,\n',
    )
    claims, refused = read_file(path)
    assert [claim.id for claim in claims] == ["b"]
    assert claims[0].parts == (4, 6)
    assert [(row, column) for row, column, _ in refused] == [
        (2, "wajib_ktp"),
        (4, "pct_recorded_printed"),
        (5, "parts"),
        (6, "wajib_ktp"),
    ]
    assert "banyak" in refused[0][2].reason("id")
    assert all(problem.todo(language) for _, _, problem in refused for language in ("id", "en"))


def test_parts_may_break_down_another_figure(tmp_path):
    path = written(
        tmp_path,
        "id,recorded,parts,parts_complete,parts_of\na,10,4;6,yes,recorded\nb,10,4;7,ya,recorded\nc,1,1,yes,siapa\n",
    )
    claims, refused = read_file(path)
    assert [check(claim).verdict for claim in claims] == ["consistent", "inconsistent"]
    assert [(row, column) for row, column, _ in refused] == [(4, "parts_of")]


def test_a_workbook_is_read_like_a_csv(tmp_path):
    path = tmp_path / "terbit.xlsx"
    book = xlsxwriter.Workbook(str(path))
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, ["id", "wajib_ktp", "recorded", "remaining", "pct_recorded"])
    sheet.write_row(1, 0, ["a", 293578, 283755, 9822, 96.65])
    book.close()
    ((claim,), refused) = read_file(path)
    assert refused == []
    assert [finding.difference for finding in check(claim).findings] == [-1]


def test_a_figure_in_millions_keeps_its_unit(tmp_path):
    path = written(tmp_path, 'id,wajib_ktp\na,"191,51 juta"\nb,sekitar 158.000\n')
    (one, two), _ = read_file(path)
    assert (one.wajib_ktp, one.step("wajib_ktp")) == (191_510_000, 10_000)
    assert two.said_round == {"wajib_ktp"}


def test_a_missing_file_and_one_without_figures_are_refused(tmp_path):
    with pytest.raises(Refused):
        read_file(tmp_path / "tidak_ada.csv")
    with pytest.raises(Refused, match="no column of published figures"):
        read_file(written(tmp_path, "nama,alamat\nx,y\n"))
