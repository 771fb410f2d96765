"""Paper forms: made with the names a village has now, and typed in when they come back, by the same doors as any other word."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time

from django.db import transaction

from jemput.actions.conversations import open_conversation, take_answer
from jemput.actions.taking import source_id
from jemput.actions.words import take_words
from jemput.domain.messages import OTHER_DAY, READY, REFUSE, ROMPOK, Reading
from jemput.domain.problems import ProblemKind, Refused, Text
from jemput.domain.village_forms import FormLine
from jemput.domain.words import NO_TELLER, SaidWord
from jemput.queries import people
from jemput.queries.coverage import view
from jemput.queries.office import ZONE, Office
from jemput.store.models import VillageForm

CHANNEL = "letter"
NOON = time(12, tzinfo=ZONE)
ANSWERS = {
    READY: Text("siap pada harinya", "ready on the day"),
    OTHER_DAY: Text("minta hari lain", "wants another day"),
    REFUSE: Text("tidak bisa", "cannot"),
}
"""What the form asks of the visit."""
NOBODY_LEFT = ProblemKind(
    "form_of_nobody",
    Text("Tidak ada yang belum rekam di desa ini.", "Nobody is unrecorded in this village."),
    Text("Pilih desa yang masih punya sisa.", "Choose a village where somebody is left."),
)
NO_DAY = ProblemKind(
    "form_other_day",
    Text(
        "Desa minta hari lain, tetapi harinya belum ditulis.",
        "The village wants another day, and it is not written which.",
    ),
    Text("Pilih harinya.", "Choose the day."),
)
FILLED_LATER = ProblemKind(
    "form_day_ahead",
    Text("{on} belum tiba; hari kantor {today}.", "{on} has not come yet; the office's day is {today}."),
    Text("Tulis tanggal formulir diisi.", "Write the day the form was filled in."),
)
SUBJECT = "Formulir desa"


@dataclass(frozen=True, slots=True)
class FilledForm:
    """What came back on paper: who filled it in and when, a word a line, rompok as (place, people), the answer to the visit."""

    said_by: str
    filled_on: date
    lines: tuple[FormLine, ...]
    rompok: tuple[tuple[str, int | None], ...] = ()
    answer: str = ""
    day: str = ""


def make_form(village: int, *, visit: int | None = None, office: Office, by: str) -> VillageForm:
    """Make a form with whoever is unrecorded in a village now, numbered by dusun, RT and name; refuse where nobody is.

    The numbers are kept: the list may change until the paper comes back.
    """
    at = view(office.today, as_known="now", rule=office.rule)
    left = sorted(
        people.people(at, village, "unrecorded", rule_in_force=office.rule),
        key=lambda one: (one.dusun, one.rt, one.name, one.id),
    )
    if not left:
        raise Refused(NOBODY_LEFT.at("village"))
    with transaction.atomic():
        talk = open_conversation(village=village, visit=visit, subject=SUBJECT, office=office, by=by)
        held = VillageForm.objects.filter(conversation=talk).first()
        if held is not None:  # the visit has its form: a second code would part the answers
            talk = open_conversation(village=village, subject=SUBJECT, office=office, by=by)
        return VillageForm.objects.create(
            conversation=talk, village=village, people=[one.id for one in left], made_at=office.now, made_by=by
        )


def take_form(number: int, filled: FilledForm, *, office: Office, by: str) -> int:
    """Take a form that came back; return how many words were new. Typed in twice, it counts once.

    Refused: nobody named who filled it in, a day to come, another day without saying which.
    """
    if not filled.said_by.strip():
        raise Refused(NO_TELLER.at("said_by"))
    if filled.filled_on > office.today:
        raise Refused(FILLED_LATER.at("on", on=filled.filled_on.isoformat(), today=office.today.isoformat()))
    if filled.answer == OTHER_DAY and not filled.day:
        raise Refused(NO_DAY.at("day"))
    with transaction.atomic():
        form = VillageForm.objects.select_for_update().select_related("conversation").get(pk=number)
        at = min(datetime.combine(filled.filled_on, NOON).astimezone(UTC), office.now)
        fresh = take_words(_words(form, filled, at, by), office=office)
        for reading in _readings(form, filled):
            take_answer(
                code=form.conversation.code,
                reading=reading,
                channel=CHANNEL,
                address="",
                body=_sentence(reading),
                key=f"form {source_id(str(form.pk), _sentence(reading))}",
                at=at,
                said_by=filled.said_by,
                office=office,
                by=by,
            )
        form.typed_at, form.typed_by = office.now, by
        form.save(update_fields=["typed_at", "typed_by"])
    return fresh


def _words(form: VillageForm, filled: FilledForm, at: datetime, by: str) -> Sequence[SaidWord]:
    return [
        SaidWord(
            source_id("form", str(form.pk), str(form.people[line.number - 1]), line.word, line.detail),
            form.people[line.number - 1],
            line.word,
            CHANNEL,
            filled.said_by,
            at,
            village=form.village,
            note=line.detail,
            visit=form.conversation.visit_id,
            conversation=form.conversation_id,
            entered_by=by,
        )
        for line in filled.lines
    ]


def _readings(form: VillageForm, filled: FilledForm) -> list[Reading]:
    code = form.conversation.code
    found = [Reading(ROMPOK, code, place=place, people=count) for place, count in filled.rompok]
    if filled.answer in ANSWERS:
        found.append(Reading(filled.answer, code, day=filled.day or None if filled.answer == OTHER_DAY else None))
    return found


def _sentence(reading: Reading) -> str:
    """Return a reading as the village would have sent it."""
    words = {READY: "SIAP", REFUSE: "TIDAK BISA", OTHER_DAY: f"HARI LAIN {reading.day or ''}".upper()}
    said = words.get(reading.intent) or " ".join(filter(None, ("ROMPOK", reading.place, str(reading.people or ""))))
    return f"#JEMPUT#{reading.code}#{said}"
