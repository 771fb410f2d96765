"""Messages from villages: what is meant is understood, and nothing is read as what it does not say."""

from __future__ import annotations

import re
import shlex
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jemput.domain.messages import INTENTS, Reading, read_message

CORPUS = Path(__file__).with_name("messages_corpus.txt")
HELD_OUT = Path(__file__).with_name("messages_held_out.txt")
THIRD = Path(__file__).with_name("messages_third.txt")
UNDERSTOOD = 0.98
"""The issue's own measure: of every message that says something, so much is understood; none is misread."""
CANONICAL = ("#JEMPUT#K7Q2#SIAP", "#JEMPUT#K7Q2#HARI LAIN#SENIN", "#JEMPUT#K7Q2#ROMPOK#BLOK C#15", "#JEMPUT#K7Q2#BATAL")


def rows(path: Path) -> Iterator[tuple[str, Reading]]:
    """Yield each message of a table with what it says."""
    said = Reading("unsure")
    for line in path.read_text("utf-8").splitlines():
        if line.startswith("# ") and " # " not in line:
            continue
        if line.startswith("[") and line.endswith("]"):
            intent, code, *rest = shlex.split(line[1:-1])
            values = dict(one.split("=", 1) for one in rest)
            said = Reading(
                intent,
                None if code == "-" else code,
                values.get("day"),
                values.get("place"),
                int(values["people"]) if "people" in values else None,
            )
            continue
        yield re.sub(r"\\n|\\u([0-9a-f]{4})", lambda m: chr(int(m[1], 16)) if m[1] else "\n", line), said


def judge(path: Path) -> tuple[Counter[str], list[str]]:
    """Return how many messages of a table were understood, asked back and misread, and which ones were not understood."""
    counted: Counter[str] = Counter()
    wrong = []
    for text, said in rows(path):
        found = read_message(text)
        if found.intent == "unsure" or said.intent == "unsure":
            verdict = (
                "understood" if found.intent == said.intent else "asked back" if said.intent != "unsure" else "misread"
            )
        else:
            same = (found.intent, found.code, found.day, found.place, found.people) == (
                said.intent,
                said.code,
                said.day,
                said.place,
                said.people,
            )
            verdict = "understood" if same else "misread"
        counted[verdict] += 1
        if verdict != "understood":
            wrong.append(f"{verdict}: {text!r} says {said.as_json()}, read {found.as_json()}")
    return counted, wrong


def test_the_table_is_as_large_and_as_mixed_as_it_has_to_be() -> None:
    intents = Counter(said.intent for _, said in rows(CORPUS))
    assert intents.total() >= 300
    assert intents["unsure"] >= 60
    assert set(intents) == set(INTENTS)
    assert min(intents.values()) >= 25


@pytest.mark.parametrize("table", [CORPUS, HELD_OUT, THIRD], ids=["corpus", "held out", "third"])
def test_messages_are_understood_and_none_is_misread(table: Path) -> None:
    counted, wrong = judge(table)
    assert counted["misread"] == 0, wrong
    assert counted["understood"] >= UNDERSTOOD * counted.total(), wrong


@pytest.mark.parametrize("text", CANONICAL)
def test_the_letter_of_the_instruction_is_understood(text: str) -> None:
    assert read_message(text).intent != "unsure"


@pytest.mark.parametrize(
    "negation", ["tidak", "tdk", "belum", "blm", "gak", "dak", "idak", "tudak", "tidka", "belim", "bukan"]
)
@pytest.mark.parametrize("yes", ["siap", "sipa", "siaap", "bisa", "ok", "setuju", "pacak", "sanggup"])
def test_no_typing_error_turns_a_refusal_into_a_yes(negation: str, yes: str) -> None:
    for text in (f"#JEMPUT#K7Q2#{negation} {yes}", f"#JEMPUT#K7Q2#{negation}{yes}", f"k7q2 {negation} {yes} pak"):
        assert read_message(text).intent in {"refuse", "unsure"}, text


@given(st.text(max_size=200))
def test_whatever_is_sent_is_read_without_an_exception(text: str) -> None:
    reading = read_message(text)
    assert reading.intent in INTENTS
    assert reading.intent == "unsure" or reading.code


@given(
    st.lists(
        st.sampled_from("#JEMPUT K7Q2 SIAP TIDAK HARI LAIN SENIN ROMPOK BLOK C 15 ? \n - org ± atau 9/4 ya".split(" "))
    )
)
def test_whatever_is_made_of_the_words_of_messages_is_read_without_an_exception(parts: list[str]) -> None:
    for text in (" ".join(parts), "".join(parts), "#JEMPUT#K7Q2#" + " ".join(parts)):
        assert read_message(text).intent in INTENTS


@given(st.sampled_from([text for text, _ in rows(CORPUS)]), st.data())
def test_case_and_doubled_spaces_change_no_reading(text: str, data: st.DataObject) -> None:
    reading = read_message(text)
    other = data.draw(st.sampled_from([str.upper, str.lower, str.title]))(text)
    spaced = re.sub(" ", lambda _: " " * data.draw(st.integers(1, 3)), other)
    again = read_message(spaced)
    assert (again.intent, again.code, again.day, again.people) == (
        reading.intent,
        reading.code,
        reading.day,
        reading.people,
    )
    assert (again.place or "").casefold() == (reading.place or "").casefold()


@given(st.sampled_from([text for text, _ in rows(CORPUS)]), st.integers(0, 60), st.sampled_from("abeiknstu#. "))
def test_one_wrong_key_never_turns_a_refusal_into_a_yes(text: str, at: int, key: str) -> None:
    if read_message(text).intent != "refuse":
        return
    mistyped = text[:at] + key + text[at + 1 :]
    assert read_message(mistyped).intent != "ready", mistyped
