"""The templates as written: every word in both languages, every table that may scroll within reach of the keyboard."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from jemput import office, public

TEMPLATES = sorted(
    path for part in (office, public) for path in (Path(part.__file__).parent / "templates").rglob("*.html")
)
SAID = re.compile(r"""\{%\s*t\s+"([^"]*)"\s+"([^"]*)"([^%]*)%\}""")
SPOKEN_ATTRIBUTES = re.compile(r"""\b(?:aria-label|alt|title|placeholder|aria-description)=("[^"]*"|'[^']*')""")
SAME_IN_BOTH = frozenset(
    "jemput nik kk no rt rw wib excel pdf pdf/a csv geojson english bahasa indonesia sha-256 qr dkb lampid e-ktp mb px km word pin disdukcapil".split()
)
"""Names and units that both languages write alike."""
PLACEHOLDERS = re.compile(r"\{(\w+)\}")


@pytest.fixture(params=TEMPLATES, ids=lambda path: path.name)
def text(request: pytest.FixtureRequest) -> str:
    template = request.param.read_text("utf-8")
    return re.sub(r"\{#.*?#\}|\{% comment %\}.*?\{% endcomment %\}|<!--.*?-->", "", template, flags=re.DOTALL)


def bare_words(text: str) -> list[str]:
    """Return the words that stand in a text without being said in both languages."""
    words = re.findall(r"[^\W\d_][\w/-]*[^\W_]", re.sub(r"&\w+;", " ", text))
    return [word for word in words if word.lower() not in SAME_IN_BOTH]


def test_every_sentence_is_said_in_both_languages_with_the_same_values(text):
    for indonesian, english, _ in SAID.findall(text):
        assert indonesian.strip()
        assert english.strip()
        assert set(PLACEHOLDERS.findall(indonesian)) == set(PLACEHOLDERS.findall(english)), indonesian


def test_no_word_stands_outside_both_languages(text):
    without_code = re.sub(r"\{%.*?%\}|\{\{.*?\}\}", " ", text, flags=re.DOTALL)
    attributes = [word for said in SPOKEN_ATTRIBUTES.findall(without_code) for word in bare_words(said)]
    content = re.sub(r"<(script|style|code|kbd)\b.*?</\1>", " ", without_code, flags=re.DOTALL)
    assert attributes + bare_words(re.sub(r"<[^>]*>", " ", content)) == []


def test_whatever_may_scroll_sideways_is_reached_by_the_keyboard_and_has_a_name(text):
    for tag in re.findall(r'<div class="scroll"(?:[^>{]|\{[%{].*?[%}]\})*>', text):
        assert re.search(r'tabindex="0" role="(?:group|region)" aria-label=', tag), tag


def test_every_heading_of_a_table_says_something(text):
    assert re.findall(r"<th[^>]*></th>", text) == []


def test_nothing_is_styled_or_scripted_in_place(text):
    assert re.findall(r"""\s(?:style|on\w+)=["'][^>]*|<style|javascript:""", text) == []
