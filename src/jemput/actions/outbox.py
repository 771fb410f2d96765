"""What leaves the office: queued with its job in one transaction, claimed by compare-and-set, sent once, its end put down.

A process that dies while it sends leaves a message of which nobody knows: it becomes `unsure`, and a person decides.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from jemput.actions.jobs import enqueue, problem_words
from jemput.actions.papers import changed
from jemput.domain.conversations import BY_ITSELF
from jemput.domain.problems import Problem, ProblemKind, Refused, Text
from jemput.domain.schedule import PAUSES, pause_after
from jemput.store.models import Conversation, Job, Message

JOB = "send"
PAPER = "message"
OPEN = ("draft", "queued", "failed", "unsure")
"""States of a message that has not certainly left."""
ROUND = len(PAUSES) + 1
"""Tries before a message is given up and a person asked; who sends it again begins another round."""
DIED_SENDING = ProblemKind(
    "message_died_sending",
    Text(
        "Program berhenti saat mengirim: mungkin terkirim, mungkin tidak.",
        "The program stopped while it sent this: it went, or it did not.",
    ),
    Text(
        "Tanyakan penerimanya, lalu tandai terkirim atau kirim lagi.",
        "Ask the recipient, then mark it as sent or send it again.",
    ),
)
NEVER_SENT = ProblemKind(
    "message_never_sent",
    Text("Program berhenti berkali-kali sebelum mengirim.", "The program stopped several times before it sent this."),
    Text("Kirim lagi; bila berulang, beri tahu administrator.", "Send it again; if it recurs, tell the administrator."),
)
NOT_OPEN = ProblemKind(
    "message_not_open",
    Text("Pesan ini sedang dikirim atau sudah selesai.", "This message is being sent, or is done."),
    Text("Muat ulang halamannya dan lihat keadaannya.", "Load the page again and look at its state."),
)
SENT_BY_HAND = ProblemKind(
    "message_sent_by_hand",
    Text("Pesan ini dikirim orang, bukan program.", "This message is sent by a person and not by the program."),
    Text("Buka tautannya dan kirim, lalu tandai terkirim.", "Open its link and send it, then mark it as sent."),
)


def put_out(
    conversation: Conversation | None,
    *,
    channel: str,
    address: str,
    body: str,
    now: datetime,
    clock: datetime,
    by: str,
    purpose: str,
    key: str | None = None,
    by_hand: bool = False,
) -> Message:
    """Put a message out: queued with its job where its channel sends by itself, else a draft that a person sends.

    `purpose` is ask, remind, agreed, echo, back or text; `clock` the machine's time, by which jobs go.
    """
    itself = channel in BY_ITSELF and bool(address) and not by_hand
    with transaction.atomic():
        message = Message.objects.create(
            conversation=conversation,
            direction="out",
            channel=channel,
            address=address,
            body=body,
            state="queued" if itself else "draft",
            reading={"purpose": purpose},
            key=key,
            at=now,
            by=by,
        )
        if itself:
            _ask_for(message, clock=clock, by=by)
    return message


def claim(number: int) -> Message | None:
    """Make a queued message the one being sent; None where it is not queued (any more)."""
    row = Message.objects.filter(pk=number).first()
    if row is None or row.state != "queued":
        return None
    read = Message.objects.filter(pk=number, state="queued", tries=row.tries)
    if not read.update(state="sending", tries=row.tries + 1, error=None):
        return None
    row.state, row.tries = "sending", row.tries + 1
    return row


def sent(message: Message, *, now: datetime) -> bool:
    """Put down that a message went; also where another process has called it unsure meanwhile, for this one knows."""
    return bool(_mine(message, "sending", "unsure").update(state="sent", sent_at=now, error=None))


def not_sent(message: Message, problem: Problem) -> bool:
    """Put down that a message did not go this time; it waits for its next try. False where it is given up."""
    if pause_after((message.tries - 1) % ROUND + 1) is None:
        failed(message, problem)
        return False
    _mine(message, "sending").update(state="queued", error=problem_words([problem]))
    return True


def failed(message: Message, *problems: Problem) -> None:
    """Put down that a message does not go, and why."""
    _mine(message, "sending").update(state="failed", error=problem_words(problems))


def unsure(message: Message, problem: Problem) -> None:
    """Put down that nobody knows whether a message went."""
    _mine(message, "sending").update(state="unsure", error=problem_words([problem]))


def doubt(number: int) -> bool:
    """Call a message unsure whose process died while it sent; False where it is not being sent."""
    dying = Message.objects.filter(pk=number, state="sending")
    return bool(dying.update(state="unsure", error=problem_words([DIED_SENDING.at()])))


def settle_the_dead() -> int:
    """Put down the end of every message whose job is over before it: unsure where it was being sent, failed where not."""
    found = 0
    for message in Message.objects.filter(state__in=("queued", "sending")):
        job = Job.objects.filter(kind=JOB, args__message=message.pk).order_by("-pk").first()
        if job is not None and job.state not in {"done", "failed"}:
            continue
        if message.state == "sending":
            found += doubt(message.pk)
        else:
            rows = Message.objects.filter(pk=message.pk, state="queued", tries=message.tries)
            found += rows.update(state="failed", error=problem_words([NEVER_SENT.at()]))
    return found


# --- a person decides ------------------------------------------------------------------------------------------------


def send_again(number: int, *, clock: datetime, by: str, now: datetime) -> None:
    """Queue a message again that failed or is unsure; refused where it is being sent or done, or a person sends it."""
    with transaction.atomic():
        message = _decided(number, "queued", now=now, by=by)
        if message.channel not in BY_ITSELF or not message.address:
            raise Refused(SENT_BY_HAND.at("number", number=number))
        message.tries = -(-message.tries // ROUND) * ROUND
        message.save(update_fields=["tries"])
        _ask_for(message, clock=clock, by=by)


def mark_sent(number: int, *, now: datetime, by: str) -> None:
    """Put down that a person has sent a message, or knows that it went; refused where it is being sent or done."""
    with transaction.atomic():
        _decided(number, "sent", sent_at=now, error=None, now=now, by=by)


def give_up(number: int, *, now: datetime, by: str) -> None:
    """Put down that a message is not to be sent any more; refused where it is being sent or done."""
    with transaction.atomic():
        _decided(number, "dropped", now=now, by=by)


def _ask_for(message: Message, *, clock: datetime, by: str) -> None:
    asked = Job.objects.filter(kind=JOB, args__message=message.pk).count()
    area = message.conversation.village if message.conversation else None
    enqueue(JOB, {"message": message.pk}, now=clock, asked_by=by, area=area, once=f"send {message.pk} {asked}")


def _decided(number: int, state: str, *, now: datetime, by: str, **values: Any) -> Message:  # noqa: ANN401 - columns
    message = Message.objects.filter(pk=number, direction="out").first()
    if message is None or message.state not in OPEN:
        raise Refused(NOT_OPEN.at())
    before = message.state
    if state == before or not Message.objects.filter(pk=number, state=before).update(state=state, **values):
        raise Refused(NOT_OPEN.at())
    changed(PAPER, number, "state", before, state, now=now, by=by)
    message.refresh_from_db()
    return message


def _mine(message: Message, *states: str) -> QuerySet[Message]:
    return Message.objects.filter(pk=message.pk, state__in=states, tries=message.tries)
