"""`jemput message parse`: a message of a village read at the command line, with no office needed."""

from __future__ import annotations

from pathlib import Path

from tests.program import Program


def test_a_message_is_read_as_json_without_any_database(tmp_path: Path) -> None:
    program = Program(tmp_path / "nowhere")
    assert program.json("message", "parse", "#jempt # k7q2 # rompok # Blok C # 15 org") == {
        "intent": "rompok",
        "code": "K7Q2",
        "day": None,
        "place": "Blok C",
        "people": 15,
        "notes": [],
    }
    assert not program.home.exists()


def test_what_is_not_clear_is_said_to_be_so(tmp_path: Path) -> None:
    said = Program(tmp_path).run("message", "parse", "-siap? tidak siap k7q2").stdout
    assert "ask back" in said
    assert "K7Q2" in said
