"""Search on the command line: people by what somebody remembers, masked."""

from __future__ import annotations

from tests.program import Program


def test_a_person_is_found_by_name_in_another_spelling_and_shown_masked(demo: Program) -> None:
    found = demo.json("search", "Yulia", "--limit", "500")
    assert found["people"]
    assert {one["found_by"] for one in found["people"]} <= {"name", "written", "spelling", "beginning"}
    assert any("JULIA" in one["name"].split() for one in found["people"])
    said = demo.run("search", "Yulia").stdout
    assert "••••••" in said
    assert not any(word.isdigit() and len(word) == 16 for word in said.split())


def test_a_search_says_how_it_was_read_and_stays_in_its_area(demo: Program) -> None:
    found = demo.json("search", "julia", "kec.", "tugumulyo", "desa", "antahberantah", "--area", "16.05.01")
    assert found["not_understood"] == ["desa antahberantah"]
    assert all(one["village"].startswith("16.05.01") for one in found["people"])


def test_too_little_is_asked_for_more(demo: Program) -> None:
    assert demo.json("search", "rt", "3")["too_wide"]
    assert demo.json("search", "xyzxyz")["people"] == []
