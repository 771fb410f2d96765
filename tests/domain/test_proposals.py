"""What a proposal may be answered, what each answer does, and its words beside the register's."""

from __future__ import annotations

from jemput.domain import facts
from jemput.domain.proposals import ANSWERS, GONE, GONE_ANSWERS, KINDS, answers, differences, effect, fact_of


def test_every_answer_of_every_kind_has_its_effect_in_both_languages() -> None:
    for kind in KINDS:
        for answer in answers(kind):
            assert ANSWERS[answer].id
            said = effect(kind, answer)
            assert said.id != said.en
            made = fact_of(kind, answer)
            assert made is None or made in facts.BY_CODE


def test_only_the_gone_are_asked_what_became_of_them() -> None:
    assert answers(GONE) == tuple(GONE_ANSWERS)
    assert answers(facts.REKAM) == ("accept", "reject")
    assert fact_of(facts.REKAM, "reject") is None
    assert fact_of(GONE, "error") is None
    assert fact_of(GONE, "died") == facts.MATI


def test_a_difference_stands_beside_the_registers_word_and_masks_numbers() -> None:
    said = {"no_kk": "1605010101190001", "born_on": "1980-05-17", "village": "16.05.01.2004", "address": "Jl. Baru"}
    now = {"no_kk": "1605010101190002", "address": "Jl. Lama", "village": "16.05.01.2003"}
    found = {one.title.id: one for one in differences(said, now, None, {"16.05.01.2004": "Sukomulyo"})}
    assert (found["Alamat"].before.id, found["Alamat"].after.id) == ("Jl. Lama", "Jl. Baru")
    assert found["Nomor KK"].after.id == "160501••••••0001"
    assert found["Tanggal lahir"].after.en == "17 May 1980"
    assert found["Tanggal lahir"].is_new
    assert found["Desa/kelurahan"].after.id == "Sukomulyo"


def test_a_recording_is_said_in_words_with_its_day() -> None:
    (one,) = differences({"status": "PRR", "status_on": "2019-03-30"}, {}, None, {})
    assert one.before.id == "belum rekam"
    assert one.after.id.endswith(", 30 Maret 2019")
    (one,) = differences({"status": "PRR"}, None, None, {})
    assert one.is_new
