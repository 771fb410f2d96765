"""SMS by a gateway or a modem, and whatever else `apprise` speaks: one address for all of them, in one setting.

`apprise` is an extra; an office without it sends by links. It says only yes or no, so its log tells why.
"""

from __future__ import annotations

import logging
import re
from urllib.parse import quote

from jemput.channels.outgoing import (
    NOT_REACHED,
    NOT_SET,
    NOT_TAKEN,
    PERHAPS_SENT,
    TURNED_DOWN,
    NotSentError,
    Outgoing,
    PerhapsSentError,
)
from jemput.domain.outreach import CHANNELS
from jemput.domain.problems import ProblemKind, Refused, Text

try:
    import apprise
except (
    ModuleNotFoundError
):  # pragma: no cover - the extra is installed where tests run; its absence is tried in a process
    apprise = None  # type: ignore[assignment]

SETTING = "sms_gateway_url"
PHONE = "{phone}"
NAME = "gateway"
BUSY = frozenset({429, 503})
"""Answers of a web server that hold for now only (RFC 6585 section 4, RFC 9110 section 15.6.4)."""
BROKEN = 500
"""From here on a server says that itself has failed: it may have handed the message on before."""

NOT_INSTALLED = ProblemKind(
    "apprise_missing",
    Text(
        "Gerbang SMS memerlukan bagian tambahan yang belum terpasang.",
        "The SMS gateway needs an extra that is not installed.",
    ),
    Text(
        "Minta administrator menjalankan: pip install 'jemput[apprise]'.",
        "Ask the administrator to run: pip install 'jemput[apprise]'.",
    ),
)
UNKNOWN_GATEWAY = ProblemKind(
    "gateway_unknown",
    Text("Alamat gerbang SMS tidak dikenali.", "The address of the SMS gateway is not understood."),
    Text(
        "Periksa sms_gateway_url di Pengaturan; bentuknya menurut apprise, dengan {phone_mark} di tempat nomor.",
        "Check sms_gateway_url in Settings; its form is apprise's, with {phone_mark} where the number goes.",
    ),
)
_STATUS = re.compile(r"error=(\d{3})")
_NO_CONNECTION = re.compile(r"NewConnectionError|ConnectTimeout|Connection refused|Failed to resolve|NameResolution")


def is_installed() -> bool:
    """Tell whether the extra is there."""
    return apprise is not None


def send(message: Outgoing, url: str) -> None:
    """Send one message; raise what became of it where it did not go (`channels.outgoing`)."""
    if not url:
        title = CHANNELS[NAME]
        raise Refused(NOT_SET.at(SETTING, channel_id=title.id, channel_en=title.en, setting=SETTING))
    if apprise is None:
        raise Refused(NOT_INSTALLED.at(SETTING))
    one = apprise.Apprise()
    if not one.add(url.replace(PHONE, quote(message.address.lstrip("+"), safe=""))):
        raise Refused(UNKNOWN_GATEWAY.at(SETTING, phone_mark=PHONE))
    with apprise.LogCapture(level=logging.DEBUG) as told:  # type: ignore[no-untyped-call]
        sent = one.notify(body=message.body)
        log = told.getvalue()
    if not sent:
        raise _why(log, url.partition("://")[0])


def _why(log: str, scheme: str) -> Exception:
    """Return what became of a message that a gateway did not take for sure; nothing of its log goes on."""
    where = f"{CHANNELS[NAME].id} ({scheme})"
    if status := _STATUS.search(log):
        code = int(status[1])
        if code in BUSY:
            return NotSentError(NOT_TAKEN.at(server=where, code=code))
        if code < BROKEN:
            return Refused(TURNED_DOWN.at(server=where, code=code))
    elif _NO_CONNECTION.search(log):
        return NotSentError(NOT_REACHED.at(server=where))
    return PerhapsSentError(PERHAPS_SENT.at(server=where))
