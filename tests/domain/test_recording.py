"""The recording pipeline: separators and synonyms fold, an unknown code is kept and does not count."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jemput.domain import recording
from jemput.domain.recording import ACCEPTED, BY_CODE, COUNTED, STATUSES, UNKNOWN, fold

PUBLISHED = Path(__file__).parents[3] / "shared" / "data" / "formats" / "siak_status.csv"


@pytest.mark.skipif(not PUBLISHED.exists(), reason="the published table of statuses is not here")
def test_the_sixteen_statuses_are_those_of_the_published_table():
    with PUBLISHED.open(encoding="utf-8", newline="") as file:
        published = [(int(r["order"]), r["status"], r["phase"], r["counts_as_recorded"]) for r in csv.DictReader(file)]
    assert [(one.order, one.code, one.phase, one.counts) for one in STATUSES] == published


def test_captured_or_later_counts_and_failures_checks_and_duplicates_do_not():
    counted = {one.code for one in STATUSES if one.order in COUNTED}
    assert counted == {
        "BIO_CAPTURED",
        "PROCESSING",
        "SENT_FOR_ENROLLMENT",
        "RECEIVED_AT_CENTRAL",
        "PRINT_READY_RECORD",
        "SENT_FOR_CARD_PRINTING",
        "CARD_PRINTED",
        "CARD_SHIPPED",
        "CARD_ISSUED",
    }


def test_only_what_the_centre_accepted_survives_a_later_failure():
    accepted = {one.code for one in STATUSES if one.order in ACCEPTED}
    assert accepted == {"PRINT_READY_RECORD", "SENT_FOR_CARD_PRINTING", "CARD_PRINTED", "CARD_SHIPPED", "CARD_ISSUED"}
    assert ACCEPTED < COUNTED


@given(
    status=st.sampled_from(STATUSES),
    separator=st.sampled_from(["_", " ", "\n", "\r\n", "  ", "-", "\N{NO-BREAK SPACE}", "_\n"]),
)
def test_any_separator_and_any_capitals_are_the_same_status(status, separator):
    written = status.code.replace("_", separator)
    assert fold(written) == fold(written.lower()) == fold(f" {written}\n") == status.order


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("Belum Rekam", "UNREGISTERED"),
        ("BELUM", "UNREGISTERED"),
        ("Sudah Rekam", "BIO_CAPTURED"),
        ("SUDAH\nREKAM", "BIO_CAPTURED"),
        ("PRR", "PRINT_READY_RECORD"),
        ("sfe", "SENT_FOR_ENROLLMENT"),
        ("SENT FOR\nCARD PRINTING", "SENT_FOR_CARD_PRINTING"),
    ],
)
def test_the_offices_own_words_are_known(written, code):
    assert fold(written) == BY_CODE[code].order


@pytest.mark.parametrize("written", ["", "-", " - ", "NULL", "#N/A", "n/a", "None", "\n"])
def test_a_cell_that_says_nothing_is_nothing(written):
    assert fold(written) is None


@pytest.mark.parametrize("written", ["BIO_CAPTURE", "CARD_LOST", "?", "17", "PRINT READY RECORD 2", "rekam"])
def test_an_unknown_code_is_unknown_and_counts_for_nothing(written):
    assert fold(written) == UNKNOWN
    assert UNKNOWN not in COUNTED | ACCEPTED


@given(written=st.text(max_size=60))
def test_no_text_breaks_the_fold(written):
    assert fold(written) in {None, UNKNOWN, *recording.BY_ORDER}
