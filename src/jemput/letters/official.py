"""A letter of the office as its parts in order, once: set by Typst, and the same words as a copy the office can edit."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

import orjson

from jemput.letters import typeset
from jemput.letters.letterhead import Letterhead

LONG = 150
"""Rows from which a document is set untagged: 500 names weigh a fifth of what they would (see bench/letters.py)."""
Form = Literal["letter", "order"]
"""letter: addressed, with Nomor and Hal at the left and the day at the right; order: a title in the middle, its number below."""


@dataclass(frozen=True, slots=True)
class Para:
    """One paragraph."""

    text: str
    strong: bool = False
    centred: bool = False


@dataclass(frozen=True, slots=True)
class Points:
    """Numbered points beside a word at the left: Dasar, Kepada, Untuk; without one they stand alone."""

    label: str
    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Facts:
    """What is when and where, one line each: Hari, Pukul, Tempat."""

    pairs: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """A table: a heading above, its columns (`wide` takes the room that is left), and its rows as words.

    `signed` leaves a last column for signatures, numbered left and right in turn so that nobody signs over the next.
    """

    heading: str
    columns: tuple[tuple[str, bool], ...]
    rows: tuple[tuple[str, ...], ...]
    signed: bool = False


@dataclass(frozen=True, slots=True)
class Break:
    """A new page, with a line that says whose attachment it is."""

    text: str = ""


@dataclass(frozen=True, slots=True)
class Signers:
    """Two who sign side by side, each a title and a name (empty: a line); `seen` puts the office's own signer below them."""

    left: tuple[str, str]
    right: tuple[str, str]
    seen: bool = False


Part = Para | Points | Facts | Grid | Break | Signers


@dataclass(frozen=True, slots=True)
class Official:
    """A letter before it has a number: form, title, subject (Hal), attachments, to whom, its parts, and who gets a copy.

    Signed by the office after `parts`, unless two others sign; `attached` follows on pages of its own.
    """

    form: Form
    title: str
    parts: tuple[Part, ...]
    subject: str = ""
    attachments: str = ""
    to: tuple[str, ...] = ()
    attached: tuple[Part, ...] = ()
    copies: tuple[str, ...] = ()
    is_signed: bool = True

    def digest(self, head: Letterhead) -> str:
        """Return the sha256 of everything the letter says but its number and its day."""
        said = {"letter": self.as_data(), "head": head}
        return hashlib.sha256(orjson.dumps(said, option=orjson.OPT_SORT_KEYS)).hexdigest()

    @property
    def is_long(self) -> bool:
        """Whether a table is so long that the document is set untagged."""
        return sum(len(one.rows) for one in (*self.parts, *self.attached) if isinstance(one, Grid)) > LONG

    def as_data(self) -> dict[str, object]:
        """Return the letter as its template takes it."""
        return {
            "form": self.form,
            "title": self.title,
            "subject": self.subject,
            "attachments": self.attachments,
            "to": list(self.to),
            "parts": [_part(one) for one in self.parts],
            "attached": [_part(one) for one in self.attached],
            "copies": list(self.copies),
            "signed": self.is_signed,
        }


@dataclass(frozen=True, slots=True)
class Issued:
    """What a letter bears once it is made: number (empty: none), the words about it in the footer, and when."""

    number: str
    footer: str
    made_at: datetime


def set_pdf(letter: Official, head: Letterhead, issued: Issued, *, dated: str) -> bytes:
    """Return a letter as PDF/A; `dated` is place and day in words."""
    data = letter.as_data() | {
        "head": head.as_data(issued.made_at.date()) | {"dated": dated},
        "number": issued.number,
        "tie": issued.footer,
    }
    return typeset.document("official.typ", data, made_at=issued.made_at, tagged=not letter.is_long)


def _part(one: Part) -> dict[str, object]:
    match one:
        case Para():
            return {"kind": "para", "text": one.text, "strong": one.strong, "centred": one.centred}
        case Points():
            return {"kind": "points", "label": one.label, "items": list(one.items)}
        case Facts():
            return {"kind": "facts", "pairs": [list(pair) for pair in one.pairs]}
        case Grid():
            return {
                "kind": "grid",
                "heading": one.heading,
                "columns": [{"title": title, "wide": wide} for title, wide in one.columns],
                "rows": [list(row) for row in one.rows],
                "signed": one.signed,
            }
        case Break():
            return {"kind": "break", "text": one.text}
        case Signers():
            return {"kind": "signers", "left": list(one.left), "right": list(one.right), "seen": one.seen}
