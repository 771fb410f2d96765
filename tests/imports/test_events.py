"""LAMPID events, the centre's list, DKB totals."""

from __future__ import annotations

import pytest

from jemput.domain import facts
from tests.imports.offices import CHILD, MAN, WOMAN, codes, fields, read, record, titles
from tests.imports.xls import nik, write_csv, write_xls, write_xlsx

EVENTS = titles(
    ",",
    "id,peristiwa,on,reported_on,nik,no_kk,nama,jk,tgl_lahir,desa,status_kawin,asal_tujuan,status_rekam,tempat_rekam,batal,"
    "keterangan,sumber",
)
VILLAGE = "16.05.01.2003"


def events(tmp_path, *rows, header=EVENTS):
    return read(write_csv(tmp_path / "peristiwa.csv", [header, *rows]))


def event(**cells):
    return record(EVENTS, **({"on": "2019-03-05", "reported_on": "2019-03-07", "nik": WOMAN} | cells))


@pytest.mark.parametrize(
    ("word", "kind"),
    [
        ("mati", facts.MATI),
        ("death", facts.MATI),
        ("Meninggal", facts.MATI),
        ("PINDAH", facts.PINDAH),
        ("move_out", facts.PINDAH),
        ("datang", facts.DATANG),
        ("arrival", facts.DATANG),
        ("kawin", facts.KAWIN),
        ("marriage", facts.KAWIN),
        ("pindah_dalam", facts.RESIDENCE_CHANGED),
        ("pindah dalam", facts.RESIDENCE_CHANGED),
        ("residence", facts.RESIDENCE_CHANGED),
        ("residence_changed", facts.RESIDENCE_CHANGED),
        ("biodata", facts.BIODATA_CHANGED),
        ("blokir", facts.BLOCKED),
        ("blocked", facts.BLOCKED),
        ("aktif", facts.REACTIVATED),
        ("reactivated", facts.REACTIVATED),
        ("rekam", facts.REKAM),
        ("recording", facts.REKAM),
    ],
)
def test_every_word_for_an_event_is_its_kind(tmp_path, word, kind):
    parsed = events(tmp_path, event(peristiwa=word, desa=VILLAGE, status_rekam="BIO_CAPTURED"))
    assert (parsed.layout, parsed.kind, parsed.refused) == ("events", "events", [])
    assert parsed.rows[0].fields["event"] == kind


def test_an_event_carries_its_days_its_person_and_who_said_so(tmp_path):
    row = event(
        id="E-1", peristiwa="datang", nama="SITI", jk="P", tgl_lahir="1990-01-02", desa=VILLAGE, status_kawin="K",
        asal_tujuan="KOTA LUBUKLINGGAU", keterangan="surat 12", sumber="kades", status_rekam="CARD_ISSUED", tempat_rekam="16.73",
    )  # fmt: skip
    assert fields(events(tmp_path, row).rows[0]) == {
        "id": "E-1",
        "event": "datang",
        "on": "2019-03-05",
        "reported_on": "2019-03-07",
        "nik": WOMAN,
        "name": "SITI",
        "sex": "P",
        "born_on": "1990-01-02",
        "village": VILLAGE,
        "marital": "kawin",
        "place": "KOTA LUBUKLINGGAU",
        "status": "CARD_ISSUED",
        "recorded_at": "16.73",
        "note": "surat 12",
        "said_by": "kades",
    }


@pytest.mark.parametrize(("name", "write"), [("a.xls", write_xls), ("a.xlsx", write_xlsx)])
def test_events_in_a_workbook_are_the_same(tmp_path, name, write):
    parsed = read(write(tmp_path / name, {"Maret": [["PERISTIWA MARET"], EVENTS, event(peristiwa="mati")]}))
    assert [(row.row, row.fields["event"]) for row in parsed.rows] == [(3, "mati")]


def test_a_birth_is_born_on_the_day_of_the_event(tmp_path):
    baby = nik("2019-03-05", 9005)
    parsed = events(tmp_path, event(peristiwa="lahir", nik=baby, nama="BAYI", desa=VILLAGE))
    assert parsed.rows[0].fields["born_on"] == "2019-03-05"


@pytest.mark.parametrize(
    ("cells", "code", "column"),
    [
        ({"peristiwa": "lahir", "desa": VILLAGE}, "name_missing", "nama"),
        ({"peristiwa": "lahir", "nama": "BAYI"}, "field_missing", "desa"),
        ({"peristiwa": "datang", "nama": "SITI"}, "field_missing", "desa"),
        ({"peristiwa": "pindah_dalam"}, "field_missing", "desa"),
        ({"peristiwa": "rekam"}, "field_missing", "status_rekam"),
        ({"peristiwa": "batal"}, "reverses_missing", "batal"),
        ({"peristiwa": "mati", "batal": "E-1"}, "reverses_elsewhere", "batal"),
        ({"peristiwa": "mati", "nik": ""}, "number_missing", "nik"),
        ({"peristiwa": "mati", "nik": "160501"}, "number_length", "nik"),
        ({"peristiwa": "mati", "on": ""}, "field_missing", "on"),
        ({"peristiwa": "mati", "on": "2019-04-03"}, "on_later", "on"),
        ({"peristiwa": "mati", "on": "kemarin"}, "date_unreadable", "on"),
        ({"peristiwa": "mati", "reported_on": "besok"}, "date_unreadable", "reported_on"),
        ({"peristiwa": "hilang"}, "word_unknown", "peristiwa"),
        ({"peristiwa": ""}, "word_unknown", "peristiwa"),
        ({"peristiwa": "registered"}, "word_unknown", "peristiwa"),
        ({"peristiwa": "datang", "desa": "SUKA"}, "village_code", "desa"),
        ({"peristiwa": "biodata", "tgl_lahir": "2019-05-01"}, "born_later", "tgl_lahir"),
    ],
)
def test_an_event_that_lacks_or_contradicts_something_is_refused_with_its_column(tmp_path, cells, code, column):
    parsed = events(tmp_path, event(**cells), event(peristiwa="mati", nik=MAN))
    assert codes(parsed.refused) == [(2, code)]
    problem = parsed.refused[0].problem
    assert problem.column == column
    assert all("{" not in problem.reason(language) + problem.todo(language) for language in ("id", "en"))
    assert [row.row for row in parsed.rows] == [3]
    assert parsed.person_rows == 2


def test_a_reversal_needs_no_nik_and_names_what_it_takes_back(tmp_path):
    parsed = events(tmp_path, event(id="E-9", peristiwa="batal", nik="", batal="E-1"))
    assert fields(parsed.rows[0]) == {
        "id": "E-9",
        "event": "reversed",
        "on": "2019-03-05",
        "reported_on": "2019-03-07",
        "reverses": "E-1",
    }


def test_a_report_dated_after_today_is_kept_as_said_with_a_note(tmp_path):
    parsed = events(tmp_path, event(peristiwa="mati", reported_on="2019-06-01"))
    assert parsed.rows[0].fields["reported_on"] == "2019-06-01"
    assert codes(parsed.notes) == [(2, "day_later")]


def test_one_nik_for_two_names_refuses_the_later_event(tmp_path):
    parsed = events(tmp_path, event(peristiwa="mati", nama="SITI"), event(peristiwa="kawin", nama="RINA"))
    assert codes(parsed.refused) == [(3, "name_clash")]


def test_a_change_of_biodata_may_change_the_name(tmp_path):
    rows = [
        event(peristiwa="kawin", nama="SITI"),
        event(peristiwa="biodata", nama="SITI AMINAH"),
        event(peristiwa="mati", nama="SITI AMINAH"),
    ]
    assert len(events(tmp_path, *rows).rows) == 3


def test_the_same_event_twice_is_one_event(tmp_path):
    for cells in ({"id": "E-1"}, {}):
        parsed = events(tmp_path, event(peristiwa="mati", **cells), event(peristiwa="mati", **cells))
        assert (len(parsed.rows), codes(parsed.notes)) == (1, [(3, "same_row_twice")])


def test_an_id_used_for_two_different_events_refuses_the_later(tmp_path):
    parsed = events(tmp_path, event(id="E-1", peristiwa="mati"), event(id="E-1", peristiwa="mati", nik=MAN))
    assert codes(parsed.refused) == [(3, "id_twice")]


def test_several_statuses_of_one_person_are_several_events(tmp_path):
    rows = [
        event(peristiwa="rekam", status_rekam=status) for status in ("BIO_CAPTURED", "PROCESSING", "PRINT_READY_RECORD")
    ]
    assert [row.fields["status"] for row in events(tmp_path, *rows).rows] == [
        "BIO_CAPTURED",
        "PROCESSING",
        "PRINT_READY_RECORD",
    ]


KONSOLIDASI = titles(",", "hasil,on,nik,gabung_ke,nama,jk,tgl_lahir,desa,keterangan")


def konsolidasi(tmp_path, *rows):
    return read(write_csv(tmp_path / "konsolidasi.csv", [KONSOLIDASI, *rows], delimiter=";"))


def result(**cells):
    return record(KONSOLIDASI, **({"on": "30-06-2018", "nik": WOMAN} | cells))


def test_the_centres_list_says_who_was_removed_merged_and_added(tmp_path):
    parsed = konsolidasi(
        tmp_path,
        result(hasil="dihapus", keterangan="ganda"),
        result(hasil="digabung", nik=MAN, gabung_ke=nik("1985-12-31", 9099)),
        result(hasil="added", nik=CHILD, nama="ANI", desa=VILLAGE),
    )
    assert (parsed.layout, parsed.kind, parsed.refused) == ("konsolidasi", "konsolidasi", [])
    assert [fields(row) for row in parsed.rows] == [
        {"event": "konsolidasi_removed", "on": "2018-06-30", "nik": WOMAN, "note": "ganda"},
        {"event": "konsolidasi_merged", "on": "2018-06-30", "nik": MAN, "merged_into": nik("1985-12-31", 9099)},
        {"event": "konsolidasi_added", "on": "2018-06-30", "nik": CHILD, "name": "ANI", "village": VILLAGE},
    ]


@pytest.mark.parametrize(
    ("cells", "code"),
    [
        ({"hasil": "digabung"}, "field_missing"),
        ({"hasil": "digabung", "gabung_ke": WOMAN}, "merged_into_itself"),
        ({"hasil": "digabung", "gabung_ke": "123"}, "number_length"),
        ({"hasil": "ditambah", "nama": "ANI"}, "field_missing"),
        ({"hasil": "dihapus", "nik": "-"}, "number_missing"),
        ({"hasil": "dihapus", "on": ""}, "field_missing"),
        ({"hasil": "entah"}, "word_unknown"),
    ],
)
def test_a_result_that_lacks_something_is_refused(tmp_path, cells, code):
    assert codes(konsolidasi(tmp_path, result(**cells)).refused) == [(2, code)]


DKB = titles(",", "semester,on,desa,penduduk,wajib_ktp,kk")


def test_dkb_totals_are_read_with_any_thousands_and_without_the_grand_total(tmp_path):
    rows = [
        ["2018-1", "30-06-2018", VILLAGE, "1.234", "1,000", "310"],
        ["2018-1", "30-06-2018", "1605012004", "900", "650", "-"],
        ["JUMLAH", "", "", "2.134", "1.650", ""],
    ]
    parsed = read(write_csv(tmp_path / "dkb.csv", [DKB, *rows]))
    assert (parsed.layout, parsed.kind, parsed.refused, parsed.person_rows) == ("dkb", "dkb", [], 2)
    assert [fields(row) for row in parsed.rows] == [
        {
            "semester": "2018-1",
            "on": "2018-06-30",
            "village": VILLAGE,
            "population": "1234",
            "id_obligated": "1000",
            "households": "310",
        },
        {
            "semester": "2018-1",
            "on": "2018-06-30",
            "village": "16.05.01.2004",
            "population": "900",
            "id_obligated": "650",
        },
    ]
    assert codes(parsed.notes) == [(4, "row_skipped")]


@pytest.mark.parametrize(
    ("row", "code"),
    [
        (["2018-1", "2018-06-30", VILLAGE, "1", "12,5", "1"], "count_unreadable"),
        (["2018-1", "2018-06-30", VILLAGE, "1", "", "1"], "field_missing"),
        (["", "2018-06-30", VILLAGE, "1", "1", "1"], "field_missing"),
        (["2018-1", "2018-06-30", "16.05", "1", "1", "1"], "village_code"),
        (["2018-1", "2019-06-30", VILLAGE, "1", "1", "1"], "on_later"),
    ],
)
def test_a_total_that_cannot_be_used_is_refused(tmp_path, row, code):
    assert codes(read(write_csv(tmp_path / "dkb.csv", [DKB, row])).refused) == [(2, code)]


def test_two_totals_for_one_village_and_semester_refuse_the_later(tmp_path):
    row = ["2018-1", "2018-06-30", VILLAGE, "10", "7", "2"]
    parsed = read(write_csv(tmp_path / "dkb.csv", [DKB, row, row, [*row[:4], "8", "2"]]))
    assert (codes(parsed.notes), codes(parsed.refused)) == ([(3, "same_row_twice")], [(4, "figures_clash")])
