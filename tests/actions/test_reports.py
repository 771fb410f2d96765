"""Reports are numbered without a gap, kept byte for byte, and their signed copies come back untouched."""

from __future__ import annotations

from datetime import date

import pytest

from jemput.actions.reports import LARGEST_SIGNED, Draft, Rendered, attach_signed, make
from jemput.actions.settings import set_setting
from jemput.domain.problems import Refused
from jemput.domain.reports import Kind
from jemput.queries import reports
from jemput.queries.tied import Tie
from jemput.store import blobs
from jemput.store.models import SignedCopy
from tests.builders import CUT_OFF, TODAY, office_on

TIE = Tie(1605, "KABUPATEN MUSI RAWAS", CUT_OFF, CUT_OFF, True, 7, "ab" * 32, 1, False)
PDF = b"%PDF-1.7 one report\n%%EOF\n"
SIGNATURE = b"\n<< /Type /Sig /ByteRange [0 20 30 %d] >>\n%%%%EOF\n"


def made(kind: Kind = "monthly", *, pdf: bytes = PDF, today: date = TODAY, area: int | None = 1605, **files: bytes):
    tie = Tie(area, "", CUT_OFF, CUT_OFF, True, 7, "ab" * 32, 1, False)
    draft = Draft(kind, CUT_OFF, tie, form={"blanks_used": 12})
    return make(draft, lambda number: Rendered(pdf + number.encode(), files), office=office_on(today), said_by="Siti")


def signed(ours: bytes) -> bytes:
    whole = len(ours + SIGNATURE % 100)
    return ours + SIGNATURE % (whole - 30)


def codes(call) -> list[str]:
    with pytest.raises(Refused) as refused:
        call()
    return [problem.kind.code for problem in refused.value.problems]


# --- numbers ---------------------------------------------------------------------------------------------------------


def test_reports_of_a_year_are_numbered_one_after_the_other_by_the_offices_pattern(office) -> None:
    assert [made().number, made("daily").number] == ["470/1/DUKCAPIL/IV/2019", "470/2/DUKCAPIL/IV/2019"]
    assert made(today=date(2020, 1, 3)).number == "470/1/DUKCAPIL/I/2020"


def test_a_press_card_takes_no_number(office) -> None:
    assert made("press").number == ""
    assert made().serial == 1


def test_an_office_goes_on_from_the_number_its_book_has_come_to(office) -> None:
    set_setting("report_first", "118")
    set_setting("report_number", "{n}/{month}/{year}")
    assert [made().number, made().number] == ["118/04/2019", "119/04/2019"]
    set_setting("report_first", "5")
    assert made().serial == 120


def test_where_no_document_came_of_it_no_number_is_used(office) -> None:
    def fails(number: str) -> Rendered:
        raise RuntimeError(number)

    with pytest.raises(RuntimeError):
        make(Draft("monthly", CUT_OFF, TIE), fails, office=office_on(TODAY))
    assert made().serial == 1


def test_what_is_asked_for_twice_with_one_key_is_made_once(office) -> None:
    one, other = (
        make(Draft("monthly", CUT_OFF, TIE), lambda _: Rendered(PDF), office=office_on(TODAY), key="k")
        for _ in range(2)
    )
    assert one.pk == other.pk
    assert made().serial == 2


# --- what is kept ----------------------------------------------------------------------------------------------------


def test_a_report_is_kept_with_its_files_its_form_and_what_it_is_tied_to(office) -> None:
    number = made(xlsx=b"PK workbook").pk
    found = reports.one(number)
    assert found
    assert (found.place, found.head, found.made_by, found.form) == (7, "ab" * 32, "Siti", {"blanks_used": 12})
    assert reports.content(found.files["pdf"]).startswith(PDF)
    assert reports.content(found.files["xlsx"]) == b"PK workbook"


def test_the_newest_report_stands_first_and_each_area_sees_its_own_and_what_lies_in_it(office) -> None:
    whole, district, village, all_of_it = (made(area=area).pk for area in (1605, 160501, 1605012003, None))
    assert [one.id for one in reports.made()] == [all_of_it, village, district, whole]
    assert [one.id for one in reports.made(within=160501)] == [village, district]
    assert [one.id for one in reports.made(within=1605)] == [village, district, whole]
    assert reports.one(whole, within=160501) is None
    assert len(reports.made(limit=2)) == 2


# --- signed copies ---------------------------------------------------------------------------------------------------


def test_a_signed_report_comes_back_untouched_and_finds_its_report_by_itself(office) -> None:
    one, other = made(), made()
    back = signed(blobs.read(other.sha256))
    copy = attach_signed(back, name="ttd.pdf", office=office_on(TODAY), said_by="Budi")
    assert copy.report_id == other.pk != one.pk
    assert copy.findings == ["text_unchanged", "signature_held"]
    found = reports.one(other.pk)
    assert found
    assert [(one.name, one.received_by) for one in found.signed] == [("ttd.pdf", "Budi")]
    assert reports.content(found.signed[0].sha256) == back


def test_the_same_signed_file_twice_is_kept_once(office) -> None:
    back = signed(blobs.read(made().sha256))
    attach_signed(back, name="a.pdf", office=office_on(TODAY))
    attach_signed(back, name="b.pdf", office=office_on(TODAY))
    assert SignedCopy.objects.count() == 1


def test_a_file_of_other_bytes_is_kept_only_where_its_report_is_named_and_says_so(office) -> None:
    number = made().pk
    scan = b"%PDF-1.4 a scan of the same letter"
    assert codes(lambda: attach_signed(scan, name="scan.pdf", office=office_on(TODAY))) == ["signed_belongs_nowhere"]
    copy = attach_signed(scan, name="scan.pdf", office=office_on(TODAY), report=number)
    assert copy.findings == ["text_not_ours", "no_signature"]


def test_our_own_file_sent_back_as_it_was_says_that_nothing_was_added(office) -> None:
    copy = attach_signed(blobs.read(made().sha256), name="a.pdf", office=office_on(TODAY))
    assert copy.findings == ["nothing_added", "no_signature"]


def test_what_was_added_after_the_signature_is_told(office) -> None:
    back = signed(blobs.read(made().sha256)) + b"% one more page"
    copy = attach_signed(back, name="a.pdf", office=office_on(TODAY))
    assert copy.findings == ["text_unchanged", "signature_held", "added_after_signing"]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"PK a zip", "signed_not_a_pdf"),
        (b"", "signed_not_a_pdf"),
        (b"%PDF-" + b"0" * LARGEST_SIGNED, "signed_too_large"),
    ],
    ids=["zip", "empty", "large"],
)
def test_what_is_no_pdf_or_too_large_is_refused_and_nothing_is_kept(office, content: bytes, code: str) -> None:
    number = made().pk
    assert codes(lambda: attach_signed(content, name="x", office=office_on(TODAY), report=number)) == [code]
    assert SignedCopy.objects.count() == 0


def test_a_signed_copy_for_a_report_that_is_not_there_is_refused(office) -> None:
    assert codes(lambda: attach_signed(PDF, name="x", office=office_on(TODAY), report=99)) == ["no_such_report"]
