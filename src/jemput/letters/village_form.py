"""The paper form of a village: numbered names with a box for each word, the code, and what to write for the visit and rompok."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from io import BytesIO

import segno

from jemput.domain import wording
from jemput.domain.village_forms import LETTER_TITLES
from jemput.letters import typeset
from jemput.letters.letterhead import Letterhead


@dataclass(frozen=True, slots=True)
class Numbered:
    """A name on the form; never a NIK or a birth date, for the paper passes many hands."""

    number: int
    name: str
    dusun: str
    rt: str


def set_form(
    people: Sequence[Numbered],
    *,
    code: str,
    village: str,
    visit_on: date | None,
    head: Letterhead,
    on: date,
    made_at: datetime,
) -> bytes:
    """Return a form as PDF/A, untagged so that it stays small."""
    data = {
        "paper": head.paper,
        "office": head.office,
        "title": f"Formulir {village}, {wording.day(on, 'id')}",
        "village": village,
        "code": code,
        "qr": _qr(f"#JEMPUT#{code}#"),
        "on": wording.day(on, "id"),
        "visit": wording.day(visit_on, "id") if visit_on else "",
        "letters": [[letter, title.id] for letter, title in LETTER_TITLES.items()],
        "people": [[one.number, one.name, one.dusun, one.rt] for one in people],
    }
    return typeset.document("village_form.typ", data, made_at=made_at, tagged=False)


def _qr(text: str) -> str:
    drawn = BytesIO()
    segno.make(text, error="m").save(drawn, kind="svg", border=1)
    return drawn.getvalue().decode()
