"""Both languages whole: no page says in one what it has in the other, and each writes numbers and dates its own way."""

from __future__ import annotations

import re
from functools import cache
from html.parser import HTMLParser

import pytest

from jemput.domain.roles import Role
from jemput.office.pages import PAGES
from jemput.store.models import User
from tests.docs.source import sentences
from tests.office.conftest import ClientAs
from tests.office.fuzzing import text_of
from tests.office.samples import MOST_FIRST, address
from tests.office.test_templates import SAID, TEMPLATES

ISO_DAY = re.compile(r"(?<![\w./-])\d{4}-\d\d-\d\d(?![\w.-])")
THOUSANDS = {
    "id": re.compile(r"(?<![\w.,])\d{1,3}(?:,\d{3})+(?![\w,])"),
    "en": re.compile(r"(?<![\w.,])\d{1,3}(?:\.\d{3})+(?![\w.])"),
}
"""How the other language would part thousands."""
SPOKEN = frozenset({"aria-label", "placeholder", "title", "alt"})
AS_TYPED = frozenset({"code", "kbd"})
"""What is shown as it is typed or stored, in no language."""


TERMS = frozenset({"wajib ktp", "dusun", "kecamatan", "rompok", "l", "p", "wni"})
"""Terms of the field that English keeps, and short forms of tables."""
DATA = frozenset({"registrar", "inspektorat", "orang baru", "kepala desa"})
"""Names of the demo that happen to be words of the program."""
ROWS_OF_A_FILE = frozenset({"import-job"})
"""Pages that show rows of a file as the file has them."""


class Spoken(HTMLParser):
    """The pieces of text a reader meets, attributes that are read out too."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.pieces: list[str] = []
        self._typed = 0
        self._other = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = dict(attrs)
        self._typed += tag in AS_TYPED
        self._other = tag if "lang" in said and tag != "html" else self._other
        self.pieces += [said[name] or "" for name in SPOKEN & said.keys()]

    def handle_endtag(self, tag: str) -> None:
        self._typed -= tag in AS_TYPED
        self._other = "" if tag == self._other else self._other

    def handle_data(self, data: str) -> None:
        if not self._typed and not self._other:
            self.pieces.append(" ".join(data.split()))


def spoken(html: str) -> list[str]:
    """Return the pieces of text of a page."""
    reader = Spoken()
    reader.feed(re.sub(r"<(script|style|template)\b.*?</\1>", "", html, flags=re.DOTALL))
    return [piece for piece in reader.pieces if piece]


@cache
def only_in() -> dict[str, frozenset[str]]:
    """Return, by language, the sentences that only it has."""
    both = {(one, other) for one, other in sentences() if one != other}
    for template in TEMPLATES:
        both |= {(one, other) for one, other, _ in SAID.findall(template.read_text("utf-8")) if one != other}
    halves = {"id": {one.lower() for one, _ in both} - TERMS - DATA, "en": {other.lower() for _, other in both} - DATA}
    return {language: frozenset(halves[language] - halves[{"id": "en", "en": "id"}[language]]) for language in halves}


@pytest.fixture
def demo_office(furnished_office):
    return furnished_office


@pytest.mark.parametrize("role", [*MOST_FIRST, Role.INSPECTORATE])
@pytest.mark.parametrize("language", ["id", "en"])
def test_a_page_speaks_one_language_and_writes_its_numbers_and_days(role, language, client_as: ClientAs, demo_office):
    client = client_as(role)
    User.objects.update(language=language)
    other = only_in()[{"id": "en", "en": "id"}[language]]
    wrong = []
    for page in PAGES.values():
        answer = client.get(address(page, demo_office))
        text = text_of(answer)
        if answer.status_code != 200 or "<html" not in text or page.name in ROWS_OF_A_FILE:
            continue
        pieces = spoken(text)
        wrong += [f"{page.name}: {piece}" for piece in pieces if piece.lower() in other]
        wrong += [f"{page.name}: {piece}" for piece in pieces if THOUSANDS[language].search(piece)]
        wrong += [f"{page.name}: {piece}" for piece in pieces if ISO_DAY.search(piece)]
    assert not wrong, "\n".join(wrong)
