"""The invented people: numbers that are nobody's, households that could be."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping

from jemput.demo.musi_rawas import BEGINNING, CUT_OFF, TODAY
from jemput.domain.ids import nik_problem
from tests.demo.tally import SETTLES, Tally, born, residents

YOUNGEST_PARENT_DAYS = 15 * 365


def households(tally: Tally) -> Iterator[list[Mapping[str, str]]]:
    """The families of the register, where its layout tells of family cards."""
    cards: dict[str, list[Mapping[str, str]]] = defaultdict(list)
    for told in tally.told.values():
        for fact in told:
            if fact.event == "registered" and "no_kk" in fact.said:
                cards[fact.said["no_kk"]].append(fact.said)
    yield from cards.values()


def test_every_nik_is_valid_and_beyond_what_an_office_reaches(small_tally: Tally) -> None:
    assert [nik for nik in small_tally.told if nik_problem(nik) or int(nik[12:]) < 9000] == []


def test_a_nik_agrees_with_the_birth_date_and_sex_of_its_holder(small_tally: Tally) -> None:
    for nik, told in small_tally.told.items():
        for said in (fact.said for fact in told if fact.event in SETTLES and "born_on" in fact.said):
            day = born(said)
            written = day.day + (40 if said["sex"] == "P" else 0)
            assert nik[6:12] == f"{written:02}{day.month:02}{day.year % 100:02}"


def test_family_cards_are_numbered_beyond_what_an_office_reaches(small_tally: Tally) -> None:
    cards = {fact.said["no_kk"] for told in small_tally.told.values() for fact in told if "no_kk" in fact.said}
    assert cards
    assert [card for card in cards if len(card) != 16 or not card.isdigit() or int(card[12:]) < 9000] == []


def test_some_niks_name_another_regency_or_a_district_that_is_gone(small_tally: Tally) -> None:
    prefixes = {nik[:6] for nik in small_tally.told}
    assert any(not prefix.startswith("1605") for prefix in prefixes)
    assert prefixes & {"160504", "160505", "160506", "160507", "160515", "160516", "160517"}


def test_a_family_card_has_one_village_and_nearly_always_one_head(small_tally: Tally) -> None:
    families = list(households(small_tally))
    assert all(len({said["village"] for said in family}) == 1 for family in families)
    heads = Counter(sum(said["role"] == "kepala keluarga" for said in family) for family in families)
    assert max(heads) == 1
    assert heads[1] > 0.99 * len(families)


def test_families_are_of_three_or_four_people_in_the_mean(small_tally: Tally) -> None:
    families = list(households(small_tally))
    assert 3.0 <= sum(map(len, families)) / len(families) <= 4.5


def test_children_carry_their_parents_names_and_are_a_generation_younger(small_tally: Tally) -> None:
    checked = 0
    for family in households(small_tally):
        wife = next((said for said in family if said["role"] == "istri"), None)
        head = next((said for said in family if said["role"] == "kepala keluarga"), None)
        for child in (said for said in family if said["role"] == "anak"):
            if wife and head:
                checked += 1
                assert (child["mother"], child["father"]) == (wife["name"], head["name"])
                assert min((born(child) - born(parent)).days for parent in (wife, head)) >= YOUNGEST_PARENT_DAYS
    assert checked > 1_000


def test_wives_are_women_of_a_husband_in_the_same_card(small_tally: Tally) -> None:
    for family in households(small_tally):
        for wife in (said for said in family if said["role"] == "istri"):
            assert wife["sex"] == "P"
            assert any(said["role"] == "kepala keluarga" and said["sex"] == "L" for said in family)


def test_nobody_of_the_register_is_born_after_it(small_tally: Tally) -> None:
    for told in small_tally.told.values():
        assert all(born(fact.said) <= BEGINNING for fact in told if fact.event == "registered")


def test_somebody_stands_in_the_register_under_two_niks(small_tally: Tally) -> None:
    same = Counter(
        (one.said["name"], one.said["born_on"], one.said["mother"])
        for one in residents(small_tally, CUT_OFF, CUT_OFF)
        if "mother" in one.said
    )
    assert max(same.values()) == 2


def test_a_marriage_makes_somebody_under_17_wajib(small_tally: Tally) -> None:
    brides = [
        one
        for one in residents(small_tally, CUT_OFF, CUT_OFF)
        if one.wajib and born(one.said) > CUT_OFF.replace(year=CUT_OFF.year - 17)
    ]
    assert brides


def test_a_newborns_mother_is_a_woman_of_its_family_card_who_could_be(small_tally: Tally) -> None:
    women: dict[tuple[str, str], list[Mapping[str, str]]] = defaultdict(list)
    for told in small_tally.told.values():
        for said in (fact.said for fact in told if fact.event in SETTLES and fact.said.get("sex") == "P"):
            women[said.get("no_kk", ""), said["name"]].append(said)
    babies = [
        fact.said
        for told in small_tally.told.values()
        for fact in told
        if fact.event == "lahir" and fact.on > TODAY and fact.said["no_kk"] in {card for card, _ in women}
    ]
    assert len(babies) > 50
    for baby in babies:
        mothers = women[baby["no_kk"], baby["mother"]]
        assert any(15 * 365 <= (born(baby) - born(mother)).days <= 50 * 366 for mother in mothers)
