"""Reading a page back as its user would: figures as numbers, links with where they lead, tables as rows."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import unquote

VOID = frozenset({"meta", "link", "input", "br", "hr", "img", "path", "rect", "circle"})


@dataclass
class Read(HTMLParser):
    """A page as read: links as (text, address), tables as rows of texts, and all its text."""

    links: list[tuple[str, str]] = field(default_factory=list)
    tables: list[list[list[str]]] = field(default_factory=list)
    text: list[str] = field(default_factory=list)
    _open: list[tuple[str, list[str]]] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=True)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = dict(attrs)
        if tag == "table":
            self.tables.append([])
        elif tag == "tr" and self.tables:
            self.tables[-1].append([])
        elif tag in {"td", "th", "a"}:
            self._open.append((f"{tag} {said.get('href', '')}", []))

    def handle_endtag(self, tag: str) -> None:
        if tag not in {"td", "th", "a"} or not self._open:
            return
        opened, words = self._open.pop()
        said = " ".join("".join(words).split())
        if tag == "a":
            self.links.append((said, unquote(opened[2:])))
        elif self.tables and self.tables[-1]:
            self.tables[-1][-1].append(said)
        if self._open:
            self._open[-1][1].append(said)

    def handle_data(self, data: str) -> None:
        self.text.append(data)
        if self._open:
            self._open[-1][1].append(data)


def read(content: bytes) -> Read:
    """Return a page as read."""
    page = Read()
    page.feed(content.decode())
    return page


def number(text: str) -> int:
    """Return a number as the page writes it."""
    return int(text.replace(".", "").replace("−", "-").replace("+", ""))


def people_of(content: bytes) -> int:
    """Return how many people a list says it holds."""
    found = re.search(r"<b>([\d.]+) orang</b>", content.decode())
    assert found, content.decode()[:2000]
    return number(found[1])
