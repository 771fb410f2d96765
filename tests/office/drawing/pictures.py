"""Reading a picture back: as XML, with what it links to and what it says."""

from __future__ import annotations

import re
from xml.etree import ElementTree as ET

STYLED = re.compile(r"\sstyle=|<style|<script|\son\w+=", re.IGNORECASE)


def read(markup: str) -> ET.Element:
    """Return the picture as a tree; it is whole XML, without style and script."""
    assert not STYLED.search(markup)
    return ET.fromstring(markup)  # noqa: S314 - our own picture


def links(picture: ET.Element) -> list[tuple[str, str, str]]:
    """Return where each link leads, its class and its title."""
    return [(one.get("href", ""), one.get("class", ""), one.findtext("title") or "") for one in picture.iter("a")]


def said(picture: ET.Element) -> str:
    """Return what a picture says to who cannot see it."""
    named = {one.get("id"): one.text for one in picture if one.get("id")}
    return f"{named[picture.get('aria-labelledby')]} {named[picture.get('aria-describedby')]}"


def texts(picture: ET.Element) -> list[str]:
    """Return what is written in a picture."""
    return [one.text or "" for one in picture.iter("text")]


def whole(picture: ET.Element) -> bool:
    """Whether every coordinate is a whole number without a separator."""
    names = ("x", "y", "cx", "cy", "r", "width", "height", "d")
    given = [one.get(name, "") for one in picture.iter() for name in names]
    return all("," not in text and "." not in text and "e" not in text for text in given)
