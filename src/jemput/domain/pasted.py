"""Messages copied out of WhatsApp or an SMS program and pasted together: told apart, each with its sender and day.

Telephones head a copied message in two ways: "[09.15, 2/4/2019] Pak Kades: …" and "02/04/19 09.15 - Pak Kades: …".
Where none is headed, a blank line or a new code begins the next.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, time

MOST = 200
"""Messages read from one paste; more is a mistake of the clipboard (our choice)."""
LONGEST_SENDER = 60
_DAY = r"(?P<day>\d{1,2})[/.-](?P<month>\d{1,2})[/.-](?P<year>\d{2}|\d{4})"
_CLOCK = r"(?P<hour>\d{1,2})[.:](?P<minute>\d{2})(?:[.:]\d{2})?"
_SENDER = rf"(?P<sender>[^:\n]{{1,{LONGEST_SENDER}}}): ?"
_HEADS = tuple(
    re.compile(pattern)
    for pattern in (
        rf"^\u200e?\[{_CLOCK},? {_DAY}\] {_SENDER}",
        rf"^\u200e?\[{_DAY},? {_CLOCK}\] {_SENDER}",
        rf"^\u200e?{_DAY},? {_CLOCK} - {_SENDER}",
    )
)
_CODED = re.compile(r"^\s*#\s*jemput\b", re.IGNORECASE)
_CENTURY = 2000


@dataclass(frozen=True, slots=True)
class Pasted:
    """One message: who sent it and when by its telephone, as far as the head says."""

    body: str
    sender: str = ""
    on: date | None = None
    clock: time | None = None


def split_pasted(text: str) -> list[Pasted]:
    """Return the messages of a paste in their order; never raises, and gives back every word that is not a head."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    is_headed = any(_head(line) for line in lines)
    found: list[Pasted] = []
    part: list[str] = []
    head = Pasted("")

    def keep() -> None:
        if body := "\n".join(part).strip():
            found.append(Pasted(body, head.sender, head.on, head.clock))
        part.clear()

    for line in lines:
        if read := _head(line):
            keep()
            head, rest = read
            part.append(rest)
        elif not is_headed and (not line.strip() or _CODED.match(line)):
            keep()
            part.append(line)
        else:
            part.append(line)
    keep()
    return found[:MOST]


def _head(line: str) -> tuple[Pasted, str] | None:
    """Return sender and time of a line that begins a message, and the rest of it."""
    for pattern in _HEADS:
        if match := pattern.match(line):
            sender = match["sender"].strip(" ~\u200e\u202a\u202c")
            return Pasted("", sender, *_moment(match)), line[match.end() :]
    return None


def _moment(match: re.Match[str]) -> tuple[date | None, time | None]:
    year = int(match["year"])
    try:
        on = date(year if year >= _CENTURY else year + _CENTURY, int(match["month"]), int(match["day"]))
        return on, time(int(match["hour"]), int(match["minute"]))
    except ValueError:
        return None, None
