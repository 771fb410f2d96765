"""Somebody with a link and no browser: opens pages and sends their forms as they stand, cookies and hidden fields kept."""

from __future__ import annotations

import re
from html import unescape
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urljoin

import httpx


class Forms(HTMLParser):
    """The forms of a page: where each goes, and what it would send as it stands."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.forms: list[tuple[str, dict[str, list[str]]]] = []
        self.inside: dict[str, list[str]] | None = None
        self.select = ""
        self.area = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = dict(attrs)
        if tag == "form":
            self.inside = {}
            self.forms.append((said.get("action") or "", self.inside))
        elif self.inside is not None and tag == "input" and said.get("name"):
            if said.get("type") in {"radio", "checkbox"} and "checked" not in said:
                return
            self.inside.setdefault(str(said["name"]), []).append(said.get("value") or "")
        elif self.inside is not None and tag in {"textarea", "select"} and said.get("name"):
            self.inside.setdefault(str(said["name"]), []).append("")

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.inside = None


class Visitor:
    """One telephone."""

    def __init__(self, address: str) -> None:
        self.client = httpx.Client(base_url=address, follow_redirects=True, timeout=30, headers={"Connection": "close"})
        self.seen: list[str] = []
        self.page: httpx.Response | None = None

    def open(self, where: str) -> httpx.Response:
        self.page = self.client.get(where)
        self._keep()
        return self.page

    def send(self, number: int = 0, **said: Any) -> httpx.Response:
        """Send a form of the open page, as it stands but for what is said."""
        assert self.page is not None
        action, fields = Forms(self.page.text).forms[number]
        where = urljoin(str(self.page.url), action)
        self.page = self.client.post(
            where, data=fields | said, headers={"Origin": str(self.client.base_url).rstrip("/")}
        )
        self._keep()
        return self.page

    def _keep(self) -> None:
        """Keep every byte that arrived, headers and redirects too."""
        assert self.page is not None
        for one in (*self.page.history, self.page):
            self.seen.append(
                "\n".join(f"{name}: {value}" for name, value in one.headers.items()) + "\n" + unescape(one.text)
            )

    @property
    def everything(self) -> str:
        return "\n".join(self.seen)


def links_of(text: str) -> set[str]:
    """Return the addresses a page leads to on its own origin."""
    return {unescape(found) for found in re.findall(r'(?:href|action)="(/[^"]*)"', text)}
