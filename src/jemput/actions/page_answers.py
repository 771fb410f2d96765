"""What a village answered on its page, handed to whoever takes such words from any other channel; each once, by its key."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from jemput.actions import page_people
from jemput.actions.conversations import take_answer
from jemput.actions.settlements import report_settlement
from jemput.actions.visits import request_visit
from jemput.actions.words import take_words
from jemput.domain.messages import OTHER_DAY, READY, REFUSE, Reading
from jemput.domain.places import Point
from jemput.domain.problems import ProblemKind, Refused, Text
from jemput.domain.village_answers import KINDS, day_said, read_day
from jemput.domain.words import SaidWord, read_when
from jemput.queries.office import Office
from jemput.store.models import Message, VillageLink

CHANNEL = "page"
INTENTS = {"confirm": READY, "other_day": OTHER_DAY, "refuse": REFUSE}
BY = "halaman desa"
"""Who wrote it, where the village did not say its name."""

ANSWER_UNKNOWN = ProblemKind(
    "page_answer_unknown",
    Text("Jenis jawaban “{kind}” tidak dikenal.", "The kind of answer “{kind}” is not known."),
    Text("Samakan versi Jemput di kedua mesin.", "Run the same version of Jemput on both machines."),
)
PERSON_NOT_SHOWN = ProblemKind(
    "page_person_not_shown",
    Text(
        "Satu keterangan menyebut orang yang tidak ada di tautan itu.",
        "One word names a person whom that link never showed.",
    ),
    Text(
        "Telepon desanya dan catat keterangannya di halaman orangnya.",
        "Call the village and enter the word on the person's page.",
    ),
)
NO_VISIT = ProblemKind(
    "page_answer_no_visit",
    Text(
        "Jawaban kunjungan datang dari tautan tanpa kunjungan.", "The answer to a visit came from a link without one."
    ),
    Text("Telepon desanya.", "Call the village."),
)


def apply(
    link: VillageLink,
    kind: str,
    content: Mapping[str, Any],
    *,
    key: str,
    handle: str,
    said_at: datetime,
    office: Office,
) -> None:
    """Take one answer of a link; the same `key` is taken once. Refused as whoever takes it refuses."""
    if kind not in KINDS:
        raise Refused(ANSWER_UNKNOWN.at(kind=kind[:40]))
    said_by = str(content.get("said_by") or BY)
    if kind == "request":
        _request(link, content, key=key, said_by=said_by, said_at=said_at, office=office)
    elif kind == "rompok":
        _rompok(link, content, key=key, said_by=said_by, said_at=said_at, office=office)
    elif kind == "word":
        _word(link, handle, content, key=key, said_at=said_at, office=office)
    else:
        _visit(link, kind, content, key=key, said_by=said_by, said_at=said_at, office=office)


def _visit(
    link: VillageLink,
    kind: str,
    content: Mapping[str, Any],
    *,
    key: str,
    said_by: str,
    said_at: datetime,
    office: Office,
) -> None:
    """Hand the answer to a visit to the conversation, which moves the visit or leaves it to an officer."""
    if link.visit_id is None or link.conversation is None:
        raise Refused(NO_VISIT.at())
    day = str(content.get("day", "")) or None
    take_answer(
        code=link.conversation.code,
        reading=Reading(INTENTS[kind], link.conversation.code, day),
        channel=CHANNEL,
        address="",
        body=_sentence(KINDS[kind].id, day_said(day or "", "id"), content.get("reason"), content.get("note")),
        key=key,
        at=said_at,
        said_by=said_by,
        office=office,
    )


def _note(link: VillageLink, body: str, *, key: str, said_by: str, said_at: datetime) -> None:
    """Put down in the conversation what came otherwise than as an answer, so that the inbox holds all of it."""
    talk = link.conversation
    if talk is None or Message.objects.filter(key=key).exists():
        return
    Message.objects.create(
        conversation=talk,
        direction="in",
        channel=CHANNEL,
        body=body,
        reading={"said_by": said_by, "flags": []},
        state="settled",
        key=key,
        at=said_at,
    )
    talk.unread = True
    talk.save(update_fields=["unread"])


def _sentence(*parts: object) -> str:
    return ". ".join(str(part) for part in parts if part)


def _request(
    link: VillageLink, content: Mapping[str, Any], *, key: str, said_by: str, said_at: datetime, office: Office
) -> None:
    """Keep a wish for a visit; names that were typed go along as the note, people who were ticked as people."""
    ticked = [page_people.person_of(link, str(handle)) for handle in content.get("handles", [])]
    day = str(content.get("day", ""))
    on = read_day(day)
    names = ", ".join(map(str, content.get("names", [])))
    note = _sentence("" if on else day_said(day, "id"), content.get("note"), f"Disiapkan: {names}" if names else "")
    request_visit(
        village=link.village,
        on=on,
        persons=[person for person in ticked if person is not None],
        note=note,
        said_by=said_by,
        key=key,
        office=office,
    )
    prepared = len(ticked) + len(content.get("names", []))
    when = day_said(day, "id") if day else ""
    _note(
        link,
        _sentence(KINDS["request"].id, when, f"{prepared} orang disiapkan", content.get("note")),
        key=key,
        said_by=said_by,
        said_at=said_at,
    )


def _rompok(
    link: VillageLink, content: Mapping[str, Any], *, key: str, said_by: str, said_at: datetime, office: Office
) -> None:
    point = content.get("point")
    name, people = str(content["name"]), content.get("people")
    report_settlement(
        village=link.village,
        kind="rompok",
        name=name,
        point=Point(float(point[0]), float(point[1])) if point else None,
        description=_sentence(content.get("way"), None if point else content.get("where")),
        people=people,
        said_by=said_by,
        channel=CHANNEL,
        key=key,
        office=office,
        by=BY,
    )
    count = "" if people is None else f"{people} orang"
    _note(link, _sentence(KINDS["rompok"].id, name, count), key=key, said_by=said_by, said_at=said_at)


def _word(
    link: VillageLink, handle: str, content: Mapping[str, Any], *, key: str, said_at: datetime, office: Office
) -> None:
    """Keep a word about somebody; a note that is a time, or begins with one, is when it came to be so."""
    person = page_people.person_of(link, handle)
    if person is None:
        raise Refused(PERSON_NOT_SHOWN.at())
    note = str(content.get("note", ""))
    said = SaidWord(
        key,
        person,
        str(content.get("word", "")),
        CHANNEL,
        BY,
        said_at,
        village=link.village,
        when=next((part.strip() for part in note.split(",") if read_when(part.strip())), ""),
        note=note,
        visit=link.visit_id,
        conversation=link.conversation_id,
    )
    take_words([said], office=office)
