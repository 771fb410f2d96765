"""The press card: a sentence and a picture with the figures as they may be printed.

Published figures of this question did not foot (9.822 for 9.823), had no named denominator or two days in
one sentence. So: one day, one named denominator, every figure whole, the percentage rounded half up; and
the sentence passes our own check of published figures.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from jemput.domain import wording
from jemput.domain.claims import Finding, against_count, check, read_text
from jemput.domain.coverage import Figures, percent
from jemput.domain.problems import Language, ProblemKind, Refused, Text
from jemput.letters import typeset
from jemput.letters.letterhead import Letterhead
from jemput.queries.tied import Tie

NOBODY_OBLIGED = ProblemKind(
    "press_nobody_obliged",
    Text("Tidak ada wajib KTP di wilayah ini pada {on}.", "Nobody must hold a card in this area on {on}."),
    Text("Pilih hari atau wilayah lain.", "Choose another day or area."),
)
DOES_NOT_HOLD = ProblemKind(
    "press_does_not_hold",
    Text(
        "Kalimatnya tidak lolos pemeriksaan angka terbit.", "The sentence does not pass the check of published figures."
    ),
    Text("Jangan terbitkan; laporkan kepada pemelihara Jemput.", "Do not print it; tell the keeper of Jemput."),
)
SENTENCE = Text(
    "Per {on}, dari {wajib} penduduk wajib KTP di {where}, {recorded} orang sudah rekam KTP-el ({percent} persen)"
    " dan {left} orang belum rekam.",
    "As at {on}, of {wajib} residents obliged to hold a card in {where}, {recorded} people are recorded ({percent} percent)"
    " and {left} people are not recorded.",
)
DENOMINATOR = Text(
    "Penyebut: wajib KTP, yaitu warga negara dan pemegang ITAP yang tinggal di sini dan berumur 17 tahun atau pernah"
    " kawin, menurut {count}; bukan DKB semester.",
    "Denominator: wajib KTP, citizens and holders of ITAP who live here and have turned seventeen or were ever married, by the {count};"
    " not the semester's DKB.",
)
CLOSED = Text("hitungan tertutup kantor", "office's closed count")
LIVE = Text("angka berjalan kantor", "office's live figures")
THUMBNAIL_PPI = 36.0
"""340 pixels wide and about 24 kB: a page of the office weighs at most 60."""
_HERE = Text("wilayah ini", "this area")


@dataclass(frozen=True, slots=True)
class PressCard:
    """A card: the sentence, the denominator named, and each figure as printed."""

    tie: Tie
    figures: Figures
    language: Language
    sentence: str
    denominator: str

    def as_data(self, head: Letterhead) -> dict[str, object]:
        """Return the card as its template takes it."""
        language = self.language
        share = percent(self.figures.recorded, self.figures.id_obligated)
        words = _WORDS[language]
        return {
            "title": f"{words['title']}, {wording.day(self.tie.on, language)}",
            "office": head.office,
            "where": place_name(self.tie, language),
            "as_at": words["as_at"].format(on=wording.day(self.tie.on, language)),
            "figures": [
                {"number": wording.number(self.figures.id_obligated, language), "label": words["wajib"]},
                {"number": wording.number(self.figures.recorded, language), "label": words["recorded"]},
                {"number": wording.number(self.figures.unrecorded, language), "label": words["left"]},
            ],
            "percent": f"{wording.decimal(share, language)} {words['percent']}",
            "share": min(1.0, self.figures.recorded / self.figures.id_obligated),
            "sentence": self.sentence,
            "denominator": self.denominator,
            "tie": self.tie.say(language),
            "language": language,
        }


_WORDS: dict[Language, dict[str, str]] = {
    "id": {
        "title": "Perekaman KTP-el",
        "as_at": "per {on}",
        "wajib": "wajib KTP",
        "recorded": "sudah rekam",
        "left": "belum rekam",
        "percent": "persen",
    },
    "en": {
        "title": "e-KTP recording",
        "as_at": "as at {on}",
        "wajib": "must hold a card",
        "recorded": "recorded",
        "left": "not recorded",
        "percent": "percent",
    },
}


def press_card(tie: Tie, figures: Figures, language: Language = "id") -> PressCard:
    """Return the card of an area's figures; refuse where nobody is obliged, or where its own sentence would not hold."""
    if not figures.id_obligated:
        raise Refused(NOBODY_OBLIGED.at(on=wording.day(tie.on, language)))
    values = {
        "on": wording.day(tie.on, language),
        "wajib": wording.number(figures.id_obligated, language),
        "where": place_name(tie, language),
        "recorded": wording.number(figures.recorded, language),
        "percent": wording.decimal(percent(figures.recorded, figures.id_obligated), language),
        "left": wording.number(figures.unrecorded, language),
    }
    count = (CLOSED if tie.is_closed else LIVE).say(language)
    card = PressCard(
        tie, figures, language, SENTENCE.say(language, values), DENOMINATOR.say(language, {"count": count})
    )
    if findings(card):
        raise Refused(DOES_NOT_HOLD.at())
    return card


def findings(card: PressCard) -> list[Finding]:
    """Return what our own check of published figures finds in the card's sentence; nothing where it is clean."""
    found: list[Finding] = []
    for claim in read_text(card.sentence):
        found += check(claim).findings
        found += against_count(
            claim,
            wajib=card.figures.id_obligated,
            recorded=card.figures.recorded,
            remaining=card.figures.unrecorded,
        )
    return found


def place_name(tie: Tie, language: Language) -> str:
    """Return the area's name without its code."""
    return tie.area_title.rsplit(" (", 1)[0] or _HERE.say(language)


def picture(card: PressCard, head: Letterhead, kind: Literal["png", "svg"]) -> bytes:
    """Return the card as a picture of 1200 by 675 points' shape."""
    return typeset.picture("press_card.typ", card.as_data(head), kind)


def thumbnail(card: PressCard, head: Letterhead) -> bytes:
    """Return the card as a small PNG, to be shown beside its sentence on a page."""
    return typeset.picture("press_card.typ", card.as_data(head), "png", ppi=THUMBNAIL_PPI)


def set_pdf(card: PressCard, head: Letterhead, *, made_at: datetime) -> bytes:
    """Return the card as PDF/A."""
    return typeset.document("press_card.typ", card.as_data(head), made_at=made_at)
