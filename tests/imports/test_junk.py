"""Whatever a file holds, it is read or refused in words; nothing else ever comes out of a reader."""

from __future__ import annotations

import tempfile
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from jemput.domain import ids
from jemput.domain.problems import Refused
from jemput.imports.read import read_file
from jemput.imports.refusals import write_refusals
from tests.imports.offices import TODAY, WOMAN
from tests.imports.test_recognise import HEADERS
from tests.imports.xls import write_csv, write_ods, write_xls, write_xlsx

ODD = [
    "", "-", "NULL", "1,605E+15", "1.605e15", WOMAN, WOMAN + "\u00a0", "0" * 16, "9" * 400, "²³", "١٦٠٥٠١٤٢٠١٩٠٩٠٠١", "=1+1",
    "30-02-1990", "1990-13-45", "99/99/9999", "0000-00-00", "2958466", "1e400", "inf", "nan", "SITI\x00", "\ufeff", "'", "''",
    "No. KK : ", "No. KK : |", "Alamat :", "NO.KK", "NIK", "ALAMAT", "lahir", "mati", "batal", "digabung", "{", "{0}", "%s", "\U0001f600",
    "16.05.01.2003", "1605012003", "PROVINSI : ", "KODE DESA", "1", "2", "3", "JUMLAH",
]  # fmt: skip
CELLS = st.sampled_from(ODD) | st.text(st.characters(codec="utf-8"), max_size=20)
NUMBERS = (
    st.integers(-(10**18), 10**18) | st.floats(-1e300, 1e300) | st.booleans() | st.dates(min_value=date(1900, 1, 1))
)


def check(path, **options):
    try:
        parsed = read_file(path, today=TODAY, **options)
    except Refused as refused:
        for problem in refused.problems:
            assert all(problem.reason(language) and problem.todo(language) for language in ("id", "en"))
        return
    assert parsed.person_rows >= len(parsed.rows) + len(parsed.refused)
    for one in [*parsed.refused, *parsed.notes]:
        for language in ("id", "en"):
            assert one.problem.reason(language)
            assert one.problem.todo(language)
    for row in parsed.rows:
        assert all(isinstance(text, str) and text == text.strip() and text for text in row.fields.values())
        assert row.fields.get("sex", "L") in {"L", "P"}
        for name in ("born_on", "on", "status_on", "reported_on"):
            if name in row.fields:
                date.fromisoformat(row.fields[name])
        if parsed.kind == "list":
            assert ids.nik_problem(row.fields["nik"]) is None
    if parsed.refused:
        write_refusals(path.with_name("ditolak.xlsx"), path, parsed.refused, language="id", layout=parsed.layout)
        write_refusals(path.with_name("ditolak.csv"), path, parsed.refused, language="en", layout=parsed.layout)


def in_folder(write, rows, **options):
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "berkas"
        write(path, rows)
        check(path, **options)


@pytest.mark.parametrize("layout", HEADERS)
@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_junk_below_a_known_header_is_refused_row_by_row(layout, data):
    header = HEADERS[layout]
    rows = data.draw(st.lists(st.lists(CELLS, max_size=len(header) + 2), max_size=6))
    above = data.draw(st.lists(st.lists(CELLS, max_size=4), max_size=3))
    in_folder(write_csv, [*above, header, *rows])


@pytest.mark.parametrize("layout", HEADERS)
@settings(max_examples=25, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_junk_of_every_type_in_a_workbook_is_refused_row_by_row(layout, data):
    header = HEADERS[layout]
    cells = CELLS.map(lambda text: text.replace("\x00", "")) | NUMBERS
    rows = data.draw(st.lists(st.lists(cells, max_size=len(header)), max_size=5))
    in_folder(lambda path, rows: write_xlsx(path, {"A": rows}), [header, *rows])


@settings(max_examples=150)
@given(
    st.binary(max_size=2000),
    st.sampled_from([b"", b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"\xff\xfe", b"nik,nama,desa\n"]),
)
def test_bytes_of_any_kind_are_read_or_refused(content, start):
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a.xlsx"
        path.write_bytes(start + content)
        check(path)


@pytest.mark.parametrize(("name", "write"), [("a.xls", write_xls), ("a.xlsx", write_xlsx), ("a.ods", write_ods)])
@settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_a_workbook_with_damaged_bytes_is_read_or_refused(name, write, data):
    with tempfile.TemporaryDirectory() as folder:
        path = write(Path(folder) / name, {"A": [HEADERS["office-csv"], [WOMAN, "", "SITI"]] * 20})
        content = bytearray(path.read_bytes())
        for share in data.draw(st.lists(st.integers(0, 9999), min_size=1, max_size=20)):
            content[len(content) * share // 10_000] ^= data.draw(st.integers(1, 255))
        path.write_bytes(content)
        check(path)
