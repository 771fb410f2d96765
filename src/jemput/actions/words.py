"""The word of a village about people on its list: kept as said, and proposed where it speaks of the record.

Nothing here changes a figure: words propose, `actions.answer` makes facts of what an officer accepts.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.db import transaction

from jemput.actions.papers import changed
from jemput.actions.taking import source_id
from jemput.domain import words
from jemput.domain.ids import mask_within
from jemput.domain.outreach import CHANNELS, SETTLING_WORDS, WORDS
from jemput.domain.problems import Refused
from jemput.domain.words import SaidWord
from jemput.queries import register
from jemput.queries.office import ZONE, Office
from jemput.queries.register import Known
from jemput.store import bulk
from jemput.store.models import PersonWord, Proposal

SOURCE = "village"
"""`Proposal.source` of what a village said."""
REPLACED = "replaced"
"""`Proposal.state` of what the same source said otherwise before anybody answered."""


VISIT_TELLER = "kunjungan {number}"
"""Whose word the outcome of a visit is: the visit's, whichever officer enters it."""


def take_words(said: Sequence[SaidWord], *, office: Office) -> int:
    """Keep words about people and propose what they say of the record; return how many were new.

    A word held under its key is left as it is. A later word of the same source (the same teller, in the same village) about
    the same person takes the place of its open earlier proposal; that stays, as replaced. Refuse a word that is none, one
    nobody says, and one about a person the register does not hold; then nothing is kept.
    """
    for one in said:
        if not words.is_word(one.word):
            raise Refused(words.UNKNOWN_WORD.at("word", found=one.word[:40], words=", ".join(WORDS)))
        if not one.said_by.strip():
            raise Refused(words.NO_TELLER.at("said_by"))
    with transaction.atomic():
        fresh = _fresh(said)
        known = {one.id: one for one in register.by_id({one.person for one in fresh})}
        for one in fresh:
            if one.person not in known:
                raise Refused(words.UNKNOWN_PERSON.at("person", person=one.person))
        since = _known_since(known)
        earlier = _earlier(known)
        for one in sorted(fresh, key=lambda word: word.said_at):
            _take(one, known[one.person], earlier[one.person], since.get(one.person), office)
    return len(fresh)


def take_outcomes(visit: int, outcomes: Mapping[int, tuple[str, str]], *, office: Office, by: str) -> int:
    """Keep what a visit found of people, (outcome, note) by person, as words of that visit; return how many were new.

    An outcome that is no word (recorded, absent) takes back what the same visit proposed before. A note that is a time
    ("2016") is when it came to be so.
    """
    teller = VISIT_TELLER.format(number=visit)
    said = [
        SaidWord(
            source_id("visit", str(visit), str(person), outcome, office.now.isoformat()),
            person,
            outcome,
            "in_person",
            teller,
            office.now,
            note=note,
            visit=visit,
            entered_by=by,
        )
        for person, (outcome, note) in outcomes.items()
        if words.is_word(outcome)
    ]
    with transaction.atomic():
        others = [person for person, (outcome, _) in outcomes.items() if not words.is_word(outcome)]
        before = PersonWord.objects.filter(visit=visit, said_by=teller, person__in=others).select_related("proposal")
        _replace(list(before), None, office, by=by)
        return take_words(said, office=office)


def _fresh(said: Sequence[SaidWord]) -> list[SaidWord]:
    """Return the words not held yet, each key once."""
    by_key = {one.key: one for one in reversed(said)}
    held: set[str] = set()
    for part in bulk.chunks(list(by_key), 500):
        held |= set(PersonWord.objects.filter(key__in=part).values_list("key", flat=True))
    return [one for key, one in by_key.items() if key not in held]


def _known_since(known: dict[int, Known]) -> dict[int, date]:
    """Return the day from which the register knows each person."""
    sql = "SELECT person, min(on_day) FROM fact WHERE person IN ({marks}) GROUP BY person"
    return {person: date.fromordinal(first) for person, first in bulk.select_in(sql, known)}


def _earlier(known: dict[int, Known]) -> defaultdict[int, list[PersonWord]]:
    found: defaultdict[int, list[PersonWord]] = defaultdict(list)
    for part in bulk.chunks(list(known), 500):
        for word in PersonWord.objects.filter(person__in=part).select_related("proposal").order_by("said_at", "pk"):
            found[word.person].append(word)
    return found


def _take(said: SaidWord, held: Known, earlier: list[PersonWord], since: date | None, office: Office) -> None:
    village = said.village or held.village
    same_source = [one for one in earlier if one.village == village and _teller(one.said_by) == _teller(said.said_by)]
    is_overtaken = any(one.said_at > said.said_at for one in same_source)
    on = words.proposed_day(said, said.said_at.astimezone(ZONE).date(), since, office.today)
    proposal = None
    if not is_overtaken:
        proposal = _held_proposal(said, same_source, on)
        _replace(same_source, proposal, office, by=said.entered_by or said.said_by)
        if proposal is None and said.word in SETTLING_WORDS:
            proposal = _propose(said, village, on, office)
    kept = PersonWord.objects.create(
        person=said.person,
        village=village,
        word=said.word,
        note=mask_within(said.note)[: words.LONGEST_NOTE],
        on=on if words.read_when(words.when_said(said)) else None,
        visit_id=said.visit,
        settlement_id=said.settlement,
        conversation_id=said.conversation,
        proposal=proposal,
        channel=said.channel if said.channel in CHANNELS else "in_person",
        said_by=said.said_by.strip(),
        said_at=said.said_at,
        entered_by=said.entered_by,
        key=said.key,
    )
    earlier.append(kept)


def _held_proposal(said: SaidWord, same_source: Sequence[PersonWord], on: date) -> Proposal | None:
    """Return the open proposal that already says this, from the same source."""
    for one in same_source:
        open_one = one.proposal
        if open_one is not None and open_one.state == "open" and one.word == said.word and open_one.on == on:
            return open_one
    return None


def _replace(same_source: Sequence[PersonWord], kept: Proposal | None, office: Office, *, by: str) -> None:
    """Take back what the same source proposed before and nobody has answered, except what it says again."""
    for one in same_source:
        before = one.proposal
        if before is None or before.state != "open" or before == kept:
            continue
        before.state = REPLACED
        before.save(update_fields=["state"])
        changed("proposal", before.pk, "state", "open", REPLACED, now=office.now, by=by)


def _propose(said: SaidWord, village: int, on: date, office: Office) -> Proposal:
    evidence: dict[str, Any] = {
        "word": said.word,
        "said_by": said.said_by.strip(),
        "channel": said.channel,
        "said_at": said.said_at.isoformat(),
        "when": words.when_said(said)[: words.LONGEST_WHEN],
        "note": mask_within(said.note)[: words.LONGEST_NOTE],
        "visit": said.visit,
        "conversation": said.conversation,
        "entered_by": said.entered_by,
    }
    return Proposal.objects.create(
        key=source_id("word", said.key),
        kind=words.PROPOSES[said.word],
        person=said.person,
        village=village,
        on=on,
        said={},
        evidence={name: value for name, value in evidence.items() if value not in {None, ""}},
        source=SOURCE,
        proposed_at=office.now,
    )


def _teller(name: str) -> str:
    return " ".join(name.casefold().split())
