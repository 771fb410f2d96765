"""Contacts as a user enters, lists, changes, ends and imports them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from tests.cli.conftest import VILLAGE
from tests.program import Program

PHONE = "0812 3456 7834"


def test_a_contact_is_entered_changed_and_ended_and_its_number_is_masked_unless_asked_for(known: Program) -> None:
    number = known.json(
        "contacts", "add", "Sutrisno", "--village", VILLAGE, "--role", "Kepala Desa", "--phone", PHONE, "--by", "Sari"
    )["number"]
    (one,) = known.json("contacts", "list", "--area", VILLAGE)
    assert (one["role"], one["phone"]) == ("kades", "+62 812-••••-34")
    assert "3456" not in known.run("contacts", "list").stdout
    assert known.json("contacts", "list", "--phones")[0]["phone"] == "+62 812-3456-7834"
    known.run("contacts", "change", number, "channel", "WA")
    known.run("contacts", "end", number, "--on", "2019-03-01")
    assert known.json("contacts", "list") == []
    assert known.json("contacts", "list", "--ended")[0]["ended_on"] == "2019-03-01"


def test_what_a_contact_cannot_be_is_refused(known: Program) -> None:
    for words in (
        ("Budi", "--village", VILLAGE, "--role", "raja"),
        ("Budi", "--village", "16.05", "--role", "kades"),
        ("Budi", "--village", "Tegal", "--role", "kades"),
        ("Budi", "--village", VILLAGE, "--role", "kades", "--phone", "0812"),
    ):
        assert known.json("contacts", "add", *words, exit_code=2)["refused"]
    assert known.json("contacts", "list") == []
    assert known.json("contacts", "end", 99, exit_code=2)["refused"]


def test_a_list_of_aparat_is_tried_taken_once_and_taken_back(known: Program, write_csv: Callable[..., Path]) -> None:
    path = write_csv(
        "aparat.csv",
        [
            {"nama": "Sutrisno", "jabatan": "Kades", "no hp": PHONE, "desa": "Tegal Rejo"},
            {"nama": "Rini", "jabatan": "raja", "no hp": "", "desa": "Tegal Rejo"},
        ],
    )
    assert known.json("contacts", "import", path, "--dry-run")["added"] == 1
    assert known.json("contacts", "list") == []
    taken = known.json("contacts", "import", path)
    assert (taken["added"], len(taken["refused"])) == (1, 1)
    assert known.json("contacts", "import", path)["added"] == 0
    assert known.json("contacts", "undo-import", taken["import"])["withdrawn"] == 1
    assert known.json("contacts", "list") == []
