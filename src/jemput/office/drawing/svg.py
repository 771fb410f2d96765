"""SVG as a tree: whatever is said reaches it as text or attribute and is escaped on the way out.

The pages forbid inline style, so colours are classes of the stylesheet and sizes are attributes, in whole
units and never in the thousands separators of a language.
"""

from __future__ import annotations

import re
from xml.etree import ElementTree as ET

from django.utils.safestring import SafeString, mark_safe

Element = ET.Element
_NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def element(tag: str, text: str = "", **attributes: str | float) -> Element:
    """Return an element; `class_` is class, an underscore in a name is a hyphen (but viewBox stays)."""
    made = ET.Element(tag, {_name(name): _said(value) for name, value in attributes.items()})
    made.text = _printable(text) or None
    return made


def add(parent: Element, tag: str, text: str = "", **attributes: str | float) -> Element:
    """Append an element to another and return it."""
    made = element(tag, text, **attributes)
    parent.append(made)
    return made


def picture(width: int, height: int, *, css: str, key: str, title: str, description: str) -> Element:
    """Return an SVG with a name and a description for who cannot see it; `key` makes their ids unique in the page."""
    drawn = element(
        "svg",
        class_=css,
        viewBox=f"0 0 {width} {height}",
        role="group",
        aria_labelledby=f"{key}-title",
        aria_describedby=f"{key}-desc",
    )
    add(drawn, "title", title, id=f"{key}-title")
    add(drawn, "desc", description, id=f"{key}-desc")
    return drawn


def link(parent: Element, href: str, title: str, css: str) -> Element:
    """Append a link that says what it shows; it is passed by the Tab key, for a table beside it holds the same links."""
    made = add(parent, "a", class_=css, tabindex="-1", **({"href": href} if href else {}))
    add(made, "title", title)
    return made


def rendered(root: Element) -> SafeString:
    """Return the markup; ElementTree has escaped every text and attribute in it."""
    return mark_safe(ET.tostring(root, encoding="unicode"))  # noqa: S308 - escaped by the serialiser


def _name(name: str) -> str:
    return name.rstrip("_").replace("_", "-")


def _said(value: str | float) -> str:
    """Return an attribute; numbers without a separator of thousands and without needless decimals."""
    return _printable(value) if isinstance(value, str) else f"{value:.10g}"


def _printable(text: str) -> str:
    """Return text without the characters XML cannot hold."""
    return _NO_XML.sub("", text)
