"""What an office prints around every letter, from its settings: head, paper, place and signer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from jemput.domain import wording
from jemput.letters.workbook import Paper
from jemput.queries import places
from jemput.queries.office import Office, setting

FOREMOST = "Pemerintah"


@dataclass(frozen=True, slots=True)
class Letterhead:
    """The lines of the head from the top, the address below, the paper, and who signs where."""

    above: tuple[str, ...]
    office: str
    address: tuple[str, ...]
    town: str
    paper: Paper
    signer_title: str
    signer_name: str
    signer_rank: str
    signer_nip: str

    @property
    def nip(self) -> str:
        """The signer's civil servant's number with the blanks it is printed with: 19700101 199503 1 001."""
        digits = self.signer_nip
        return f"{digits[:8]} {digits[8:14]} {digits[14]} {digits[15:]}" if digits else ""

    def as_data(self, on: date) -> dict[str, object]:
        """Return the head as a template takes it; a letter is dated `on`, in Indonesian."""
        dated = wording.day(on, "id")
        return {
            "above": list(self.above),
            "office": self.office,
            "address": list(self.address),
            "paper": self.paper,
            "dated": f"{self.town}, {dated}" if self.town else dated,
            "signer": {
                "title": self.signer_title,
                "name": self.signer_name,
                "rank": self.signer_rank,
                "nip": self.nip,
            },
        }


def letterhead(here: Office) -> Letterhead:
    """Return the office's letterhead; where no line is set, the government of its regency stands above its name."""
    above = setting("letterhead")
    if not above and here.area:
        name = places.names(here.today, within=here.area).get(here.area, "")
        above = [f"{FOREMOST} {name}"] if name else []
    return Letterhead(
        above=tuple(above),
        office=setting("office_name"),
        address=tuple(setting("office_address")),
        town=setting("office_town"),
        paper=setting("paper"),
        signer_title=setting("signer_title"),
        signer_name=setting("signer_name"),
        signer_rank=setting("signer_rank"),
        signer_nip=setting("signer_nip"),
    )
