"""From a visit to a numbered letter: its names looked up, its words set as PDF and as a copy to edit, both kept."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from jemput.actions.audit import Actor
from jemput.actions.letters import Copies, make_letter
from jemput.domain import wording
from jemput.domain.outreach import LETTERS
from jemput.domain.problems import ProblemKind, Refused, Text
from jemput.letters.letterhead import Letterhead, letterhead
from jemput.letters.official import Issued, Official, set_pdf
from jemput.letters.official_docx import write_docx
from jemput.letters.visit_letters import KINDS, NUMBERED, Setting, problem_of, written
from jemput.queries import letters, places, visits
from jemput.queries.letters import Made
from jemput.queries.office import ZONE, Office
from jemput.queries.visits import Visit
from jemput.store import models

NO_SUCH_LETTER = ProblemKind(
    "no_such_letter_kind",
    Text("“{found}” bukan surat kunjungan.", "“{found}” is no letter of a visit."),
    Text("Yang ada: {kinds}.", "There are: {kinds}."),
)
REPLACES = "Menggantikan {what} tanggal {on}."


@dataclass(frozen=True, slots=True)
class Draft:
    """A letter whose words are known: what it says, under which head, and the day it is dated."""

    kind: str
    letter: Official
    head: Letterhead
    dated: str

    def copies(self, number: str, replaces: models.Letter | None, here: Office) -> Copies:
        """Return the letter set under a number, as PDF and as .docx."""
        issued = Issued(number, _footer(self.letter, number, replaces), here.now)
        return Copies(
            set_pdf(self.letter, self.head, issued, dated=self.dated),
            write_docx(self.letter, self.head, issued, dated=self.dated),
        )


def prepare(visit: Visit, kind: str, here: Office) -> Draft:
    """Return a letter of a visit ready to be made; refuse a kind that is none, and a visit that lacks what it says."""
    if kind not in KINDS:
        raise Refused(NO_SUCH_LETTER.at("kind", found=kind, kinds=", ".join(KINDS)))
    if problem := problem_of(kind, visit):
        raise Refused(problem)
    people = visits.invited(visit.id)
    near = visits.neighbours(visit, here)
    numbers = {visit.village, *(one.village for one in people), *(one.village for one in near)}
    numbers |= {number // 10**4 for number in numbers} | {here.area or 0}
    names = places.names_of(numbers, here.today)
    at = Setting(visit, names, people, near, here.today)
    head = letterhead(here)
    return Draft(kind, written(kind, at), head, str(head.as_data(here.today)["dated"]))


def make(visit: Visit, kind: str, *, here: Office, actor: Actor, at: datetime) -> Made:
    """Make a letter of a visit, number it and keep it; where the last one says the same, return that.

    `at` is the true time, for the audit trail.
    """
    draft = prepare(visit, kind, here)
    made = make_letter(
        visit.id,
        kind,
        draft.letter.digest(draft.head),
        lambda number, replaces: draft.copies(number, replaces, here),
        is_numbered=kind in NUMBERED,
        office=here,
        actor=actor,
        at=at,
    )
    return next(one for one in letters.of_visit(visit.id) if one.id == made.pk)


def _footer(letter: Official, number: str, replaces: models.Letter | None) -> str:
    """Return the line at the foot of each page: what it is, and what it replaces."""
    said = f"{letter.title} {number}".strip()
    if replaces is None:
        return f"{said}."
    title = LETTERS[replaces.kind].id
    what = f"{title} nomor {replaces.number}" if replaces.number else title
    return f"{said}. {REPLACES.format(what=what, on=wording.day(replaces.made_at.astimezone(ZONE).date(), 'id'))}"
