"""E-mail by the office's own SMTP server: one message, one connection, and a clear answer whether it went.

What breaks before the server has the message means not sent; what breaks after it means that nobody knows.
"""

from __future__ import annotations

import smtplib
from contextlib import suppress
from dataclasses import dataclass
from email.utils import make_msgid

from django.core.mail import EmailMessage, get_connection

from jemput.channels.outgoing import (
    NOT_REACHED,
    NOT_SET,
    NOT_TAKEN,
    PATIENCE_S,
    PERHAPS_SENT,
    TURNED_DOWN,
    NotSentError,
    Outgoing,
    PerhapsSentError,
)
from jemput.domain.outreach import CHANNELS
from jemput.domain.problems import Refused

FOR_NOW = range(400, 500)
"""Answers of an SMTP server that hold for now only (RFC 5321, 4.2.1)."""
BACKEND = "django.core.mail.backends.smtp.EmailBackend"


@dataclass(frozen=True, slots=True)
class Server:
    """The SMTP server of the office: `security` is starttls, tls or plain; `sender` the address it writes from."""

    host: str
    port: int
    user: str
    password: str
    security: str
    sender: str


def send(message: Outgoing, server: Server) -> None:
    """Send one mail; raise what became of it where it did not go (`channels.outgoing`)."""
    if not server.host or not server.sender:
        title, missing = CHANNELS["email"], "smtp_sender" if server.host else "smtp_host"
        raise Refused(NOT_SET.at("smtp_host", channel_id=title.id, channel_en=title.en, setting=missing))
    where = f"{server.host}:{server.port}"
    connection = get_connection(
        BACKEND,
        host=server.host,
        port=server.port,
        username=server.user,
        password=server.password,
        use_tls=server.security == "starttls",
        use_ssl=server.security == "tls",
        timeout=PATIENCE_S,
    )
    mail = EmailMessage(
        message.subject,
        message.body,
        server.sender,
        [message.address],
        connection=connection,
        headers={"Message-ID": make_msgid(message.key, domain=server.sender.rpartition("@")[2])},
    )
    try:
        connection.open()
    except smtplib.SMTPResponseException as error:
        raise _answered(where, error.smtp_code) from error
    except (OSError, smtplib.SMTPException) as error:
        raise NotSentError(NOT_REACHED.at(server=where)) from error
    try:
        mail.send()
    except smtplib.SMTPRecipientsRefused as error:
        raise _answered(where, min(code for code, _ in error.recipients.values())) from error
    except smtplib.SMTPResponseException as error:
        raise _answered(where, error.smtp_code) from error
    except (OSError, smtplib.SMTPException) as error:
        raise PerhapsSentError(PERHAPS_SENT.at(server=where)) from error
    finally:
        with suppress(OSError, smtplib.SMTPException):  # the server has answered: how it says goodbye changes nothing
            connection.close()


def _answered(where: str, code: int) -> Exception:
    if code in FOR_NOW:
        return NotSentError(NOT_TAKEN.at(server=where, code=code))
    return Refused(TURNED_DOWN.at(server=where, code=code))
