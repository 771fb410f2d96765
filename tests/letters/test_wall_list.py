"""The wall list: names by dusun and RT where the village agreed, in no more sheets than asked for; nothing of the person."""

from __future__ import annotations

import io
from datetime import UTC, date, datetime

import pypdf
import pytest

from jemput.domain.problems import Refused, Text
from jemput.domain.sweep import Left
from jemput.letters import sweep_list, wall_list
from jemput.letters.letterhead import Letterhead
from tests.domain.test_sweep import FRESH, HERE, THERE, some, somebody

HEAD = Letterhead((), "Disdukcapil", (), "", "A4", "Kepala Dinas", "", "", "")
NAMES = {160501: "Tugumulyo", HERE: "Tegal Rejo", THERE: "Surodadi"}
WHERE = Text("Tugumulyo", "Tugumulyo")
NOW = datetime(2019, 4, 2, 5, tzinfo=UTC)


def pages_of(people: list[Left], *, by_sheet: bool = False) -> list[str]:
    made = wall_list.set_pdf(people, NAMES, by_sheet=by_sheet, head=HEAD, on=date(2019, 4, 2), made_at=NOW)
    return [page.extract_text() for page in pypdf.PdfReader(io.BytesIO(made)).pages]


def village() -> list[Left]:
    return [
        somebody(1, nik="1605011705809001", name="ADI SAPUTRA"),
        somebody(2, name="BUDI", rt="002", tags=frozenset({"blocked"})),
        somebody(3, name="SITI", dusun="Rompok Blok C", rt=""),
        somebody(4, name="RINA", dusun="", rt="001"),
        somebody(5, name="JOKO", village=THERE),
    ]


def test_each_dusun_begins_a_sheet_or_each_village_does():
    assert [len(pages_of(village(), by_sheet=by_sheet)) for by_sheet in (True, False)] == [4, 2]
    first, second = pages_of(village())
    assert "Tegal Rejo, Tugumulyo" in first
    assert "JOKO" not in first
    assert "Surodadi, Tugumulyo" in second


def test_name_rt_and_dusun_stand_there_and_nothing_of_the_person():
    text = "\n".join(pages_of(village()))
    for word in ("ADI SAPUTRA", "BUDI", "SITI", "RINA", "Dusun I", "Rompok Blok C", "Tanpa dusun", "RT 001", "RT 002"):
        assert word in text
    for word in ("1605", "1980", "diblokir", "blocked"):
        assert word not in text


def test_a_long_dusun_goes_on_in_columns_and_over_pages_and_loses_nobody():
    people = [somebody(number, name=f"ORANG {number:03}") for number in range(400)]
    pages = pages_of(people)
    assert 2 <= len(pages) <= 6
    text = "\n".join(pages)
    assert all(one.name in text for one in people)


def test_only_the_counted_of_villages_that_agreed_go_up_and_no_record_to_settle():
    people = [*village(), somebody(6, name="MATI", chance=None), somebody(7, name="MUDA", is_counted=False)]
    assert [one.name for one in wall_list.wall_people(people, [THERE], where=WHERE)] == ["JOKO"]
    assert len(wall_list.wall_people(people, [HERE, THERE], where=WHERE)) == 5


@pytest.mark.parametrize(("people", "code"), [(village(), "wall_list_without_consent"), ([], "wall_list_of_nobody")])
def test_without_consent_or_anybody_it_is_refused_in_words(people, code):
    with pytest.raises(Refused) as refused:
        wall_list.wall_people(people, [], where=WHERE)
    assert refused.value.problems[0].kind.code == code
    assert "Tugumulyo" in refused.value.problems[0].reason("id")


def test_the_officers_list_masks_numbers_and_tells_what_is_known():
    people = [somebody(1, nik="1605011705809001", name="ADI", status=7), *some(60, 10, chance=FRESH)]
    made = sweep_list.set_pdf(people, NAMES, about="x", head=HEAD, on=date(2019, 4, 2), made_at=NOW)
    text = "\n".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(made)).pages)
    assert "160501••••••9001" in text
    assert "ADI (gagal di pusat)" in text
    assert "17-05" not in text
    assert text.count("Kunjungan terakhir") == len(pypdf.PdfReader(io.BytesIO(made)).pages)
