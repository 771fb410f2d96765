"""The letters of a visit: what each says, numbered without a gap, the same words not twice, and an editable copy of each."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pypdf
import pytest
from docx import Document

from jemput import settings
from jemput.actions import visits as act
from jemput.actions.audit import Actor
from jemput.actions.places import import_areas
from jemput.actions.settings import set_setting
from jemput.domain.audit import Verb
from jemput.domain.problems import Refused
from jemput.letters import visit_making as making
from jemput.letters.visit_letters import KINDS, NUMBERED
from jemput.queries import letters, register, reports, visits
from jemput.queries.letters import Made
from jemput.store import blobs
from jemput.store.models import AuditLine, Letter
from tests.builders import ADI, ANI, BORN, MUSI_RAWAS, NEXT_DOOR, SITI, TODAY, office_on, person, take

HOST, NEIGHBOUR = 1605012003, 1605012004
DAY = date(2019, 4, 11)
HERE = office_on(TODAY)
KABID = Actor("kabid", "kabid")
NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
"""The true time, which is not the office's."""


@pytest.fixture(autouse=True)
def visit(office: dict[str, Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> int:
    """An office with a visit of three people in two villages; the number of the visit."""
    monkeypatch.setattr(settings, "HOME", tmp_path)
    import_areas(MUSI_RAWAS, valid_from=date(2018, 1, 1), source="Kepmendagri")
    set_setting("office_town", "Muara Beliti")
    set_setting("signer_name", "SITI RAHMAH, S.H.")
    take(
        person(ADI, dusun="II", rt="001", rw="002"),
        person(SITI, row=3, dusun="Dusun I", rt="004"),
        person(ANI, row=4, village=NEXT_DOOR, dusun="III"),
    )
    people = {one.nik: one.id for one in register.by_nik([ADI, SITI, ANI]).values()}
    return act.make_visit(
        place_kind="village",
        village=HOST,
        on=DAY,
        starts="08.00",
        ends="12.00",
        team="Budi Santoso; Rina Wati",
        sets=2,
        persons=people.values(),
        neighbours=[NEIGHBOUR],
        office=HERE,
        by="kabid",
    )


def make(number: int, kind: str, *, on: date = TODAY) -> Made:
    """Make a letter of a visit on a day."""
    held = visits.one(number)
    assert held is not None
    return making.make(held, kind, here=office_on(on), actor=KABID, at=NOW)


def words_of(made: Made) -> str:
    """Return the text of a letter's PDF with single blanks."""
    pages = pypdf.PdfReader(io.BytesIO(reports.content(made.pdf))).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


def words_of_copy(made: Made) -> str:
    """Return the text of a letter's editable copy, paragraphs and tables alike."""
    document = Document(io.BytesIO(reports.content(made.docx)))
    return " ".join(
        " ".join(node.text or "" for node in document.element.body.iter() if node.tag.endswith("}t")).split()
    )


def close(number: int) -> None:
    """Hold the visit and close it."""
    there = office_on(DAY)
    for one, outcome in zip(visits.invited(number), ["recorded", "died", "absent"], strict=True):
        act.put_outcome(number, one.person, outcome, office=there, by="operator")
    act.close_visit(number, came=1, recorded=1, minutes="Hujan sejak pagi.", office=there, by="operator")


def test_surat_tugas_names_the_team_the_day_and_the_rules_in_force(visit: int) -> None:
    said = words_of(make(visit, "assignment"))
    for words in (
        "SURAT TUGAS",
        "Nomor: 474/1/DUKCAPIL/IV/2019",
        "Budi Santoso",
        "Rina Wati",
        "Kamis, 11 April 2019",
        "08.00 WIB sampai 12.00 WIB",
        "Balai Desa Tegal Rejo, Kecamatan Tugumulyo",
        "Nomor 24 Tahun 2013 (stelsel aktif",
        "Peraturan Presiden Nomor 96 Tahun 2018",
        "Muara Beliti, 2 April 2019",
        "SITI RAHMAH, S.H.",
    ):
        assert words in said
    assert "109 Tahun 2019" not in said


def test_a_letter_of_another_year_cites_the_rules_of_that_year(visit: int) -> None:
    assert "Nomor 109 Tahun 2019" in words_of(make(visit, "assignment", on=date(2020, 2, 3)))


def test_the_notices_go_to_the_camat_and_to_the_heads_of_host_and_neighbour(visit: int) -> None:
    camat, kades = words_of(make(visit, "notice_camat")), words_of(make(visit, "notice_kades"))
    assert "Yth. Camat Tugumulyo" in camat
    assert "Kepala Desa Tegal Rejo dan Kepala Desa Surodadi" in camat
    assert "1. Kepala Desa Tegal Rejo" in kades
    assert "2. Kepala Desa Surodadi" in kades
    assert "3 orang yang belum merekam" in kades
    assert "tidak dipungut biaya" in kades


def test_the_invitation_gives_each_dusun_its_names_and_times(visit: int) -> None:
    said = words_of(make(visit, "invitation"))
    for words in ("Dusun I ", "Dusun II ", "Desa Surodadi, Dusun III", "ADI SAPUTRA", "001/002", "08.30–09.00"):
        assert words in said
    assert "Dusun Dusun" not in said


def test_lists_of_names_hold_no_nik_and_no_birth_date(visit: int) -> None:
    for kind in ("invitation", "attendance"):
        made = make(visit, kind)
        for said in (words_of(made), words_of_copy(made)):
            assert "SITI AMINAH" in said
            assert not re.search(r"\d{12}", said)
            assert not any(born in said or born[:4] in said for born in BORN.values())


def test_daftar_hadir_leaves_room_for_who_comes_uninvited_and_takes_no_number(visit: int) -> None:
    made = make(visit, "attendance")
    said = words_of(made)
    assert made.number == ""
    assert "Tanda tangan" in said
    assert "18." in said


def test_berita_acara_is_made_once_the_visit_is_closed_and_spells_its_day(visit: int) -> None:
    with pytest.raises(Refused) as refused:
        make(visit, "minutes")
    assert refused.value.problems[0].kind.code == "letter_not_done"
    close(visit)
    said = words_of(make(visit, "minutes", on=DAY))
    for words in (
        "Kamis, tanggal sebelas bulan April tahun dua ribu sembilan belas (11-04-2019)",
        "Hujan sejak pagi.",
        "Meninggal 1 orang",
        "Tidak datang 1 orang",
        "Mengetahui,",
    ):
        assert words in said
    assert "SITI AMINAH" not in said


@pytest.mark.parametrize(
    ("changes", "kind", "code"),
    [
        ({"on": None}, "notice_camat", "letter_no_day"),
        ({"team": " "}, "assignment", "letter_no_team"),
        ({}, "poem", "no_such_letter_kind"),
    ],
)
def test_a_letter_that_would_have_a_gap_is_refused(visit: int, changes: dict[str, Any], kind: str, code: str) -> None:
    act.change_visit(visit, changes, office=HERE, by="kabid")
    with pytest.raises(Refused) as refused:
        make(visit, kind)
    assert refused.value.problems[0].kind.code == code
    assert not Letter.objects.exists()


def test_nobody_is_invited_by_a_letter_without_names() -> None:
    empty = act.make_visit(place_kind="village", village=HOST, on=DAY, office=HERE, by="kabid")
    for kind in ("invitation", "attendance"):
        with pytest.raises(Refused) as refused:
            make(empty, kind)
        assert refused.value.problems[0].kind.code == "letter_nobody"


def test_the_same_words_are_the_same_letter_and_others_replace_it_and_say_so(visit: int) -> None:
    first = make(visit, "invitation")
    assert make(visit, "invitation", on=date(2019, 4, 3)) == first
    act.change_visit(visit, {"ends": "13.00"}, office=HERE, by="kabid")
    assert make(visit, "invitation") == first
    act.change_visit(visit, {"starts": "09.00"}, office=HERE, by="kabid")
    second = make(visit, "invitation", on=date(2019, 4, 3))
    assert (second.replaces, second.number) == (first.id, "474/2/DUKCAPIL/IV/2019")
    assert "Menggantikan undangan nomor 474/1/DUKCAPIL/IV/2019 tanggal 2 April 2019." in words_of(second)
    newest, replaced = letters.of_visit(visit)
    assert (newest.is_replaced, replaced.is_replaced) == (False, True)


def test_numbers_have_no_gap_begin_where_the_office_says_and_are_not_those_of_reports(visit: int) -> None:
    set_setting("letter_first", "40")
    set_setting("letter_number", "B-{n}/{month}/{year}")
    made = [make(visit, kind).number for kind in KINDS if kind != "minutes"]
    assert made == ["B-40/04/2019", "B-41/04/2019", "B-42/04/2019", "B-43/04/2019", ""]


def test_a_letter_that_cannot_be_set_takes_no_number(visit: int) -> None:
    act.change_visit(visit, {"team": "李明"}, office=HERE, by="kabid")
    with pytest.raises(Refused):
        make(visit, "assignment")
    assert not Letter.objects.exists()
    act.change_visit(visit, {"team": "Li Ming"}, office=HERE, by="kabid")
    assert make(visit, "assignment").number == "474/1/DUKCAPIL/IV/2019"


def test_every_letter_has_an_editable_copy_with_the_same_words_and_the_same_bytes(visit: int) -> None:
    close(visit)
    for kind in KINDS:
        made = make(visit, kind, on=DAY)
        copy = words_of_copy(made)
        held = visits.one(visit)
        assert held is not None
        draft = making.prepare(held, kind, office_on(DAY))
        for part in (*draft.letter.parts, *draft.letter.attached):
            for words in getattr(part, "items", ()) or (getattr(part, "text", ""),):
                assert " ".join(words.split()) in copy
        again = draft.copies(made.number, None, office_on(DAY))
        assert again.docx == reports.content(made.docx)
        assert again.pdf == reports.content(made.pdf)
        assert zipfile.ZipFile(io.BytesIO(again.docx)).testzip() is None
        assert (made.number != "") == (kind in NUMBERED)


def test_each_letter_made_is_audited_and_one_found_again_is_not(visit: int) -> None:
    make(visit, "assignment")
    make(visit, "assignment")
    (line,) = AuditLine.objects.filter(verb=Verb.LETTER_MADE)
    assert (line.actor, line.at, line.subject) == ("kabid", NOW, f"assignment 474/1/DUKCAPIL/IV/2019 visit {visit}")


def test_a_letter_lost_on_the_disk_is_found_by_the_check_and_made_anew(visit: int) -> None:
    made = make(visit, "assignment")
    (blobs.folder() / made.pdf[:2] / made.pdf).write_bytes(b"gone")
    assert reports.damaged() == [made.pdf]
    assert make(visit, "assignment").id != made.id


def test_a_letter_is_found_only_within_the_area_of_its_visit(visit: int) -> None:
    made = make(visit, "assignment")
    assert letters.one(made.id, within=160501) == made
    assert letters.one(made.id, within=160502) is None
    assert letters.one(made.id + 1) is None
