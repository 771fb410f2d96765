"""The inbox without a browser, and a gateway that hands texts in: once each, understood or waiting, never an error."""

from __future__ import annotations

import json

import pytest

from tests.program import Program

VILLAGE = "16.05.14.2001"


@pytest.fixture
def a_code(demo: Program) -> str:
    found = json.loads(demo.run("inbox", "--state", "asked", "--json").stdout)
    return found["conversations"][0]["code"]


def take(demo: Program, text: str, *words: object) -> dict[str, object]:
    return json.loads(demo.run("inbox", "take", text, *words, "--json").stdout)


def test_the_inbox_lists_conversations_by_area_and_state(demo: Program, a_code: str) -> None:
    everything = json.loads(demo.run("inbox", "--json").stdout)["conversations"]
    asked = json.loads(demo.run("inbox", "--state", "asked", "--json").stdout)["conversations"]
    assert {one["state"] for one in asked} == {"asked"}
    assert len(asked) < len(everything)
    area = asked[0]["village"][:8]
    here = json.loads(demo.run("inbox", "--area", area, "--json").stdout)["conversations"]
    assert here
    assert all(one["village"].startswith(area) for one in here)
    assert a_code in demo.run("inbox").stdout


def test_a_text_of_a_gateway_is_taken_once_by_its_id(demo: Program, a_code: str) -> None:
    text = f"#JEMPUT#{a_code}#SIAP"
    first = take(demo, text, "--from", "+6281234567834", "--channel", "sms", "--key", "7")
    again = take(demo, text, "--from", "+6281234567834", "--channel", "sms", "--key", "7")
    assert (first["new"], again["new"]) == (True, False)
    assert first["message"]["number"] == again["message"]["number"]
    assert first["reading"]["intent"] == "ready"
    assert first["flags"] == ["other_number"], "this number is nobody's in the demo"


def test_a_text_that_says_nothing_is_taken_too_and_waits(demo: Program) -> None:
    taken = take(demo, "-- halo?", "--from", "0812 3456 7834")
    assert taken["message"]["state"] == "received"
    assert taken["message"]["address"] == "+6281234567834"
    listed = json.loads(demo.run("inbox", "--json").stdout)["unplaced"]
    assert "-- halo?" in [one["body"] for one in listed]


def test_a_channel_that_is_none_is_refused(demo: Program) -> None:
    demo.run("inbox", "take", "halo", "--from", "1", "--channel", "pigeon", exit_code=2)
