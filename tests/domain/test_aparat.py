"""Roles, days and signals as lists of aparat write them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jemput.domain.aparat import (
    card_problems,
    contact_problems,
    read_channel,
    read_role,
    read_signal,
    read_weekday,
)
from jemput.domain.outreach import APARAT_ROLES, WEEKDAYS
from jemput.domain.problems import Problem

GOOD = {"name": "Sutrisno", "role": "kades", "phone": "+6281234567834", "email": "", "channel": "whatsapp"}


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("kades", "kades"),
        ("KADES", "kades"),
        ("Kepala Desa", "kades"),
        ("Pj. Kades", "kades"),
        ("Sekretaris Desa", "sekdes"),
        ("Kadus II", "kadus"),
        ("Kadus 3", "kadus"),
        ("Kepala Dusun I", "kadus"),
        ("Ketua RT 03", "rt"),
        ("RT. 5", "rt"),
        ("Camat", "camat"),
        ("Kaur Pem", "kasi"),
        ("Mandor Besar", "mandor"),
        ("head of village", "kades"),
        ("lainnya", "other"),
    ],
)
def test_a_role_is_read_as_lists_write_it(text: str, role: str) -> None:
    assert read_role(text) == role


@pytest.mark.parametrize("role", APARAT_ROLES)
def test_every_role_is_read_by_its_code_and_its_title(role: str) -> None:
    assert read_role(role) == role
    assert read_role(APARAT_ROLES[role].id) == role


@pytest.mark.parametrize("text", ["", "tukang ojek", "???"])
def test_what_is_no_role_is_refused_with_the_choices(text: str) -> None:
    found = read_role(text)
    assert isinstance(found, Problem)
    assert "kepala desa" in found.todo("id")


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Senin", 0),
        ("senen", 0),
        ("Jum'at", 4),
        ("Jumat", 4),
        ("hari Sabtu", 5),
        ("AHAD", 6),
        ("monday", 0),
        ("", None),
    ],
)
def test_a_market_day_is_read_as_people_write_it(text: str, day: int | None) -> None:
    assert read_weekday(text) == day


def test_a_market_day_there_is_not_is_refused() -> None:
    assert isinstance(read_weekday("pahing"), Problem)
    assert len(WEEKDAYS) == 7


@pytest.mark.parametrize(("text", "signal"), [("tidak ada", "none"), ("lemah", "weak"), ("Baik", "good"), ("", "")])
def test_a_signal_is_read(text: str, signal: str) -> None:
    assert read_signal(text) == signal


def test_a_way_to_ask_is_read() -> None:
    assert read_channel("WA") == "whatsapp"
    assert read_channel("telepon") == "telephone"
    assert isinstance(read_channel("merpati"), Problem)


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ({"name": " "}, "contact_nameless"),
        ({"name": "A" * 81}, "contact_name_long"),
        ({"role": "raja"}, "contact_choice_unknown"),
        ({"email": "bukan surel"}, "email_unreadable"),
        ({"phone": ""}, "contact_unreachable"),
        ({"channel": "email"}, "contact_unreachable"),
        ({"channel": "merpati"}, "contact_choice_unknown"),
    ],
)
def test_what_keeps_a_contact_out(said: dict[str, str], code: str) -> None:
    assert contact_problems(**GOOD) == []
    assert [problem.kind.code for problem in contact_problems(**GOOD | said)] == [code]


def test_consent_to_wall_lists_is_whole_or_not_there() -> None:
    card = {"signal": "weak", "kalangan": 2, "road": "gravel", "wet_season": "hard", "travel_min": 90}
    assert card_problems(**card, consent=(True, True, True)) == []  # type: ignore[arg-type]  # a card of mixed values
    assert card_problems(**card, consent=(False, False, False)) == []  # type: ignore[arg-type]
    [half] = card_problems(**card, consent=(True, False, True))  # type: ignore[arg-type]
    assert half.kind.code == "wall_consent_half"


def test_everything_wrong_with_a_card_is_said_at_once() -> None:
    found = card_problems(signal="x", kalangan=7, road="x", wet_season="x", travel_min=-1, consent=(True, False, False))
    assert len(found) == 6


@given(st.text(max_size=50))
def test_no_text_breaks_the_reading(text: str) -> None:
    for read in (read_role, read_weekday, read_signal, read_channel):
        found = read(text)
        if isinstance(found, Problem):
            assert found.reason("id")
            assert found.todo("en")
