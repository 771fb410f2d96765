"""The letter that asks for the day: its code to type and to scan, the day, boxes; nobody's name but the office's."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from urllib.parse import unquote

import pytest

from jemput import settings
from jemput.actions.conversations import open_conversation
from jemput.actions.places import import_areas
from jemput.actions.visits import make_visit
from jemput.letters import confirmation
from jemput.letters.confirmation import confirmation_letter
from jemput.queries import conversations as reading
from tests.builders import MUSI_RAWAS, TODAY, office_on

pytestmark = pytest.mark.usefixtures("office")
HERE = office_on(TODAY)
VILLAGE = 1605012003


@pytest.fixture
def talk(tmp_path, monkeypatch, office):
    monkeypatch.setattr(settings, "HOME", tmp_path)
    import_areas(MUSI_RAWAS, valid_from=date(2018, 1, 1), source="Kepmendagri")
    visit = make_visit(place_kind="village", village=VILLAGE, on=date(2019, 4, 9), office=HERE, by="kabid")
    made = open_conversation(village=VILLAGE, visit=visit, office=HERE, by="kabid")
    found = reading.one(made.code, HERE)
    assert found
    return found


def data_of(talk, monkeypatch) -> dict[str, object]:
    told: dict[str, object] = {}
    monkeypatch.setattr(confirmation.typeset, "document", lambda _name, data, **_: told.update(data) or b"")
    confirmation_letter(talk, HERE)
    return told


def test_it_is_a_small_pdf(talk):
    pdf = confirmation_letter(talk, HERE)
    assert pdf.startswith(b"%PDF")
    assert len(pdf) < 120_000


def test_it_names_village_day_code_and_every_answer(talk, monkeypatch):
    said = data_of(talk, monkeypatch)
    assert (said["to"], said["code"], said["day"]) == ("Kepala Desa Tegal Rejo", talk.code, "Selasa 9 April 2019")
    assert [answer for answer, _ in said["answers"]] == [
        f"#JEMPUT#{talk.code}#{answer}" for answer in ("SIAP", "HARI LAIN#SENIN", "TIDAK BISA")
    ]


def test_a_conversation_without_a_day_leaves_a_line_for_it(talk, monkeypatch):
    said = data_of(replace(talk, visit_on=None), monkeypatch)
    assert "____" in str(said["day"])


def test_the_code_to_scan_opens_a_chat_with_the_office_where_its_number_is_set():
    held = []

    class Drawn:
        def save(self, to, **_):
            to.write(b"<svg/>")

    def make(text, **_):
        held.append(unquote(text))
        return Drawn()

    real, confirmation.segno.make = confirmation.segno.make, make
    try:
        confirmation.qr("K7Q2", "+6281234567834")
        confirmation.qr("K7Q2", "")
    finally:
        confirmation.segno.make = real
    assert held == ["https://wa.me/6281234567834?text=#JEMPUT#K7Q2#SIAP", "#JEMPUT#K7Q2#SIAP"]
