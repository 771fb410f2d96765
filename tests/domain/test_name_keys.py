"""Names found in every spelling a register holds, and different names kept apart."""

from __future__ import annotations

from collections import defaultdict
from itertools import pairwise

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from jemput.demo import names
from jemput.domain.name_keys import asked, beginnings, name_keys, words_of

ALIKE = [
    # one person's name as registers, diplomas and certificates have it
    "Muhammad Yusuf | Mohammad Jusuf | Mochamad Yoesoef | Moh. Yusup | M. Yusuf | MUH JUSUP | MOCH.YUSUF | Mukhamad Yusuf",
    "Abdul Rahman | Abd. Rochman | Abdoel Rachman | ABDUL ROHMAN",
    "Abdurrahman | Abdurahman | ABDURROHMAN | Abdulrahman",
    "Siti Nur'aini | Sitti Noeraini | SITI NURAINI",
    "Achmad Fauzi | Ahmad Fauzi | Akhmad Pauzi | AHMAD FAUJI",
    # the reforms of 1947 and 1972
    "Soekarno | Sukarno",
    "Djoko Soesilo | Joko Susilo",
    "Tjipto | Cipto",
    "Njoman | Nyoman",
    "Soerjono | Suryono | Surjono | Suriono",
    "Wahju Hidajat | Wahyu Hidayat",
    "Chairul Anwar | Khairul Anwar | Khaerul Anwar",
    "Sjaiful | Syaiful | Saiful | Saeful | Saipul",
    # sounds that ordinary speech has no letter for
    "Sholihin | Solihin | Solichin | Salihin",
    "Zulkifli | Julkifli | Zulkipli",
    "Rizki | Rizky | Riski | Rizqi",
    "Ramadhan | Ramadan | Romadhon",
    "Fathonah | Fatonah | Patonah",
    "Victor | Viktor | Fiktor",
    "Taufiq | Taufik | Taupik",
    "Chandra | Candra | Tjandra",
    "Samsuddin | Syamsudin | SAMSOEDIN",
    "Aminah | Amina",
    # titles, and what stands between names
    "Siti Aminah | Hj. Siti Aminah | Dr. Hj. Siti Aminah, S.Pd., M.Si | SITI AMINAH S.Pd.I | Siti Aminah A. Md. Keb",
    "Agus Salim Ahmad | Agus Salim bin Ahmad | H. AGUS SALIM BIN AHMAD | Agus Salim Ahmad (alm)",
]
APART = [
    "Sari | Siri",
    "Budi | Buda",
    "Ani | Anu",
    "Rina | Rani",
    "Joko | Jaka",
    "Halim | Halima",
    "Hasan | Husen",
    "Dewi | Dwi",
    "Slamet | Selamat",
    "Ahmad | Muhammad",
    "Maria | Mario",
]
SYLLABLES = "a i u e o ba di ku sa ma ni ra lo tje dja sju cha kha nja oe ya ja zul fa vi dha tha sya sho him nur rah man d r h n s t".split()
WORDS = st.lists(st.sampled_from(SYLLABLES), min_size=2, max_size=4).map("".join)
OPEN = st.lists(st.sampled_from([one for one in SYLLABLES if one[-1] in "aiueo"]), min_size=2, max_size=4).map("".join)
"""Words of open syllables: no two consonants meet that are not one sound."""


@pytest.mark.parametrize("line", ALIKE)
def test_one_name_has_the_same_keys_however_it_is_spelled(line: str) -> None:
    assert len({name_keys(name.strip()) for name in line.split("|")}) == 1


@pytest.mark.parametrize("line", APART)
def test_different_names_keep_different_keys(line: str) -> None:
    one, other = (name_keys(name.strip()) for name in line.split("|"))
    assert one != other


def test_words_written_as_one_are_found_apart_and_together() -> None:
    for one, other in (("Nur Aini", "Nuraini"), ("Abd. Rochman", "Abdurrahman"), ("Sri Wahyuni", "Sriwahyuni")):
        assert set(name_keys(other)) < set(name_keys(one))
        assert any({word.key for word in words} == set(name_keys(other)) for words in asked(one))
    assert "aini" in name_keys("NUR AINI")


def test_a_leading_m_is_muhammad_and_a_trailing_one_an_initial() -> None:
    assert name_keys("M. ALI") == name_keys("MUHAMMAD ALI")
    assert name_keys("ALI M") == ("ali", "m")
    assert asked("M ALI")[0][0].written == "M"


def test_a_name_that_is_nothing_but_a_title_is_still_found() -> None:
    assert name_keys("HJ") == ("hj",)
    assert name_keys("") == name_keys(" .,-") == ()


def test_names_of_the_demo_that_merge_are_spellings_of_each_other() -> None:
    different = sorted({name for sex in "LP" for name in names.given(sex)})
    by_key = defaultdict(list)
    for name in different:
        by_key[name_keys(name)].append(name)
    merged = [same for same in by_key.values() if len(same) > 1]
    assert merged == [
        ["ADHIARJA", "ADIARJA"],
        ["BAGIYA", "BAGYA"],
        ["CANDRA", "CHANDRA"],
        ["DIMAS", "DIMAZ"],
        ["IHSAN", "IKHSAN"],
        ["JAEMAN", "JAIMAN"],
        ["JONO", "YONO"],
        ["JULIA", "YULIA"],
        ["KARJA", "KARYA"],
        ["MARIADI", "MARYADI"],
        ["TEDDY", "TEDI"],
    ]
    assert 100 * (len(different) - len(by_key)) / len(different) < 2


@given(WORDS)
def test_a_key_is_the_key_of_itself(word: str) -> None:
    (key,) = name_keys(word)
    assert name_keys(key) == (key,)


@given(
    OPEN,
    st.sampled_from(
        [("oe", "u"), ("dj", "j"), ("tj", "c"), ("kh", "ch"), ("f", "v"), ("f", "p"), ("ph", "f"), ("ae", "ai")]
    ),
)
def test_one_letter_for_another_of_the_same_sound_changes_nothing(word: str, letters: tuple[str, str]) -> None:
    assume(all(one != other for one, other in pairwise(word)))
    for old, new in (letters, letters[::-1]):
        if not word.startswith("ch") and not new.startswith(("ch", "dj", "tj")):
            assert name_keys(word.replace(old, new)) == name_keys(word), (old, new)


@given(WORDS)
def test_small_and_capital_letters_dots_and_doubled_letters_change_nothing(word: str) -> None:
    doubled = "".join(c * 2 if c not in "aeiou" else c for c in word)
    assert name_keys(word.upper()) == name_keys(f"{word}.") == name_keys(word)
    if not word.startswith("abdu"):
        assert name_keys(doubled) == name_keys(word)


def test_every_beginning_of_a_name_finds_it() -> None:
    more = "MUHAMMAD MOCHAMAD SOEKARNO DJOKO TJIPTO ABDURRAHMAN SHOLIHIN SYAIFUL NURAINI KHADIJAH SOERJONO CHRISTINA".split()
    for name in [*(name for sex in "LP" for name in names.given(sex)), *more]:
        (word,) = words_of(name)
        (key,) = name_keys(name)
        for length in range(1, len(word) + 1):
            assert key.startswith(beginnings(word[:length])), (name, word[:length])


@given(WORDS, st.integers(min_value=2, max_value=12))
def test_every_beginning_of_a_word_made_of_syllables_finds_it(word: str, length: int) -> None:
    assume(len(set(word[:length])) > 1)
    (key,) = name_keys(word)
    assert key.startswith(beginnings(word[:length]))


def test_a_beginning_of_several_letters_never_asks_for_everything() -> None:
    assert beginnings("zzzz") == beginnings("") == ()
    assert beginnings("m") == ("m",)
    assert all(len(one) > 1 for text in ("sho", "moc", "khad", "tji") for one in beginnings(text))


@given(st.text(max_size=40))
def test_any_text_has_keys_of_small_letters_and_digits(text: str) -> None:
    assert all(key.isascii() and key.isalnum() and key == key.lower() for key in name_keys(text))
    assert all(key.isascii() and key.isalnum() for word in words_of(text) for key in beginnings(word))
