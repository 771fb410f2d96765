"""The inbox of Koordinasi without a browser: what stands there, and texts that a gateway or modem hands in."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated, Literal, get_args

from cyclopts import App, Parameter
from rich.table import Table

from jemput.actions.incoming import take_text
from jemput.cli import say
from jemput.cli.app import app
from jemput.cli.options import Area, AsJson, area_of
from jemput.cli.say import t
from jemput.domain.ids import area_text
from jemput.domain.messages import INTENT_TITLES
from jemput.domain.outreach import CHANNELS
from jemput.queries import conversations as reading
from jemput.queries.conversations import Line, Talk, Wanted
from jemput.queries.office import ZONE, office
from jemput.queries.understanding import FLAGS

State = Literal["new", "asked", "confirmed", "other_day", "refused", "silent", "closed"]
Channel = Literal["sms", "whatsapp", "email"]
inbox = App(name="inbox", help=t("Kotak masuk percakapan dengan desa.", "The inbox of conversations with villages."))
app.command(inbox)


@inbox.default
def list_inbox(
    *,
    area: Area = "",
    state: Annotated[
        State | None, Parameter(help=t("Keadaan: {states}.", "State: {states}.", states=", ".join(get_args(State))))
    ] = None,
    as_json: AsJson = False,
) -> int:
    """List the conversations, unread first; with them texts that belong to none, and messages that did not leave."""
    here = office()
    where = area_of(area, here)
    talks = reading.inbox(Wanted(where, state or ""), here)
    loose = [] if state else [line for line, _ in reading.unplaced(where, here)]
    troubled = reading.outgoing(where, reading.TROUBLED, here)
    due = {talk.id for talk in reading.due(where, here)}
    if as_json:
        say.emit(
            {
                "conversations": [_talk_json(talk, due=talk.id in due) for talk in talks],
                "unplaced": [_line_json(line) for line in loose],
                "not_sent": [_line_json(line) for line in troubled],
            }
        )
        return 0
    table = Table(box=None, pad_edge=False)
    for title in (t("Kode", "Code"), t("Desa", "Village"), t("Keadaan", "State"), t("Kunjungan", "Visit"), ""):
        table.add_column(title)
    for talk in talks:
        marks = [t("baru", "new")] if talk.unread else []
        marks += [t("ingatkan", "remind")] if talk.id in due else []
        on = say.day(talk.visit_on) if talk.visit_on else "–"
        table.add_row(talk.code, talk.name, talk.state_title.say(say.language()), on, ", ".join(marks))
    say.out.print(table)
    for line in loose:
        when = f"{line.at.astimezone(ZONE):%Y-%m-%d %H:%M}"
        say.out.print(
            t("Tanpa percakapan, {when}: {body}", "No conversation, {when}: {body}", when=when, body=line.body)
        )
    if troubled:
        say.err.print(t("{n} pesan tidak terkirim.", "{n} messages were not sent.", n=say.number(len(troubled))))
    return 0


@inbox.command(help=t("Terima satu pesan dari gerbang SMS atau modem.", "Take a text from an SMS gateway or modem."))
def take(
    text: Annotated[
        str, Parameter(help=t("Pesannya, seperti diterima.", "The text, as received."), allow_leading_hyphen=True)
    ],
    /,
    *,
    sender: Annotated[str, Parameter(name="--from", help=t("Nomor pengirim.", "The sender's number."))],
    channel: Annotated[Channel, Parameter(help=", ".join(get_args(Channel)))] = "sms",
    key: Annotated[
        str,
        Parameter(help=t("Tanda pesan dari gerbang; yang sama masuk sekali.", "The gateway's id; the same is one.")),
    ] = "",
    as_json: AsJson = False,
) -> int:
    """Take one text: kept once, acted on where it is certain, said back where the channel can."""
    here = office()
    taken = take_text(
        text, channel=channel, address=sender, key=f"gateway {key}" if key else "", office=here, clock=datetime.now(UTC)
    )
    line = reading.message(taken.message.pk)
    reading_said, flags = taken.known.reading, (taken.message.reading or {}).get("flags", [])
    if as_json:
        said = line and _line_json(line)
        say.emit({"new": taken.is_new, "message": said, "reading": reading_said.as_json(), "flags": flags})
        return 0
    title = INTENT_TITLES[reading_said.intent].say(say.language())
    say.out.print(
        f"[bold]{title}[/] {reading_said.code or ''} {'' if taken.is_new else t('(sudah ada)', '(held already)')}"
    )
    for flag in flags:
        say.err.print(FLAGS[flag].say(say.language()))
    return 0


def _talk_json(talk: Talk, *, due: bool) -> dict[str, object]:
    return {
        "code": talk.code,
        "village": area_text(talk.village),
        "name": talk.name,
        "subject": talk.subject,
        "state": talk.state,
        "unread": talk.unread,
        "due": due,
        "day": talk.day or talk.day_said or None,
        "visit": talk.visit,
        "visit_on": talk.visit_on,
        "contact": talk.contact.name if talk.contact else None,
        "asked_at": talk.asked_at,
        "reminders": talk.reminders,
        "answered_at": talk.answered_at,
        "last": _line_json(talk.last) if talk.last else None,
    }


def _line_json(line: Line) -> dict[str, object]:
    return {
        "number": line.id,
        "code": line.code or None,
        "direction": line.direction,
        "channel": line.channel,
        "channel_title": CHANNELS[line.channel].say(say.language()) if line.channel in CHANNELS else line.channel,
        "address": line.address,
        "body": line.body,
        "state": line.state,
        "at": line.at,
        "problems": [one["reason"][say.language()] for one in line.problems],
    }
