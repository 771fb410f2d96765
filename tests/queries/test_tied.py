"""What figures are tied to, in words that can be read out and asked of the ledger."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from jemput.queries import proof, tied
from jemput.queries.tied import Tie
from jemput.store import chain
from tests.builders import ADI, CUT_OFF, OFFICE, TODAY, close, happen, newcomer, nik, office_on, person, take, view


@pytest.fixture
def counted(office) -> None:
    """A closed 28th, and one more fact after it."""
    take(person(ADI))
    close(CUT_OFF)
    happen(newcomer("lahir", nik("2019-04-01"), "2019-04-01", born_on="2019-04-01", name="BAYI"), today=TODAY)


def tie(on: date, as_known) -> Tie:
    found = tied.tie(view(on, as_known), OFFICE, office_on(TODAY))
    return replace(found, today_is_set=False)


def test_a_closed_count_says_its_day_its_place_its_hash_and_its_rule(counted) -> None:
    found = tie(CUT_OFF, None)
    assert found.is_closed
    assert found.say("id") == (
        f"Hitungan tertutup 28 Maret 2019, buku besar tempat {found.place}, hash {found.head[:16]}, aturan hitung 1."
    )
    assert found.say("en").startswith("Closed count of 28 March 2019, ledger place ")


def test_live_figures_say_as_known_when(counted) -> None:
    found = tie(TODAY, "now")
    assert (found.place, found.head) == (chain.head().place, chain.head().hash.hex())
    assert found.say("id").startswith("Angka berjalan 2 April 2019 seperti diketahui 2 April 2019, ")


def test_a_day_that_was_set_is_said_wherever_the_figures_go(counted) -> None:
    found = replace(tie(CUT_OFF, None), today_is_set=True)
    assert found.say("id").endswith("Hari kantor disetel, bukan hari ini.")
    assert found.about("en")[1].endswith("The office's day was set; it is not today's.")


def test_a_tie_names_the_place_and_hash_of_the_proof_of_the_same_figures(counted) -> None:
    at = view(CUT_OFF, None)
    made = proof.make(at, OFFICE, {}, office_on(TODAY))
    found = tie(CUT_OFF, None)
    assert (made["place"], made["head"]) == (found.place, found.head)


def test_before_the_first_fact_there_is_no_place_and_no_hash(office) -> None:
    found = tie(CUT_OFF, "now")
    assert (found.place, found.head) == (0, "")
    assert "hash –" in found.say("id")
