"""What a document is tied to: the day, the count, its ledger place, the chain's hash there, and the rule.

Printed on every page, so that whoever holds the paper can ask the ledger for the same figures.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from jemput.domain import wording
from jemput.domain.coverage import RULE_VERSION
from jemput.domain.problems import Language, Text
from jemput.queries import places
from jemput.queries.coverage import View
from jemput.queries.office import Office
from jemput.store import bulk

EVERYTHING = Text("Seluruh kantor", "The whole office")
HASH_DIGITS = 16
"""Hexadecimal digits of the hash that are printed: 64 bits, beside a place that is exact."""
CLOSED = Text(
    "Hitungan tertutup {on}, buku besar tempat {place}, hash {head}, aturan hitung {rule}.",
    "Closed count of {on}, ledger place {place}, hash {head}, counting rule {rule}.",
)
LIVE = Text(
    "Angka berjalan {on} seperti diketahui {known}, buku besar tempat {place}, hash {head}, aturan hitung {rule}.",
    "Live figures of {on} as known on {known}, ledger place {place}, hash {head}, counting rule {rule}.",
)

DAY_SET = Text("Hari kantor disetel, bukan hari ini.", "The office's day was set; it is not today's.")


@dataclass(frozen=True, slots=True)
class Tie:
    """What figures of an area are tied to; `head` is the chain's hash at `place`, in hexadecimal."""

    area: int | None
    area_title: str
    on: date
    known_on: date
    is_closed: bool
    place: int
    head: str
    rule_version: int
    today_is_set: bool

    def say(self, language: Language) -> str:
        """Return the tie in words, the hash cut to what can be read out, and that the office's day was set."""
        values = {
            "on": wording.day(self.on, language),
            "known": wording.day(self.known_on, language),
            "place": wording.number(self.place, language),
            "head": self.head[:HASH_DIGITS] or "–",
            "rule": self.rule_version,
        }
        tied = (CLOSED if self.is_closed else LIVE).say(language, values)
        return f"{tied} {DAY_SET.say(language)}" if self.today_is_set else tied

    def about(self, language: Language) -> tuple[str, ...]:
        """Return the lines that head a table: the area, and what it is tied to."""
        return self.area_title or EVERYTHING.say(language), self.say(language)


def tie(at: View, area: int | None, here: Office) -> Tie:
    """Return what the figures of an area in a view are tied to."""
    place, head = place_and_head(at)
    return Tie(
        area=area,
        area_title=places.title(area, at.on) if area else "",
        on=at.on,
        known_on=at.known_on,
        is_closed=at.closing is not None,
        place=place,
        head=head,
        rule_version=RULE_VERSION,
        today_is_set=here.today_is_set,
    )


def place_and_head(at: View) -> tuple[int, str]:
    """Return the ledger's last place in a view and the chain's hash there, in hexadecimal; 0 and none before the first."""
    rows = bulk.select("SELECT last_place, head FROM batch WHERE batch = %s", [at.batch])
    if not rows:
        return 0, ""
    place, head = rows[0]
    return place, bytes(head).hex()
