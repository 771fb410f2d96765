"""Which channel sends by itself, and with what of the office's settings."""

from __future__ import annotations

from jemput.channels import gateway, mail
from jemput.channels.outgoing import Outgoing
from jemput.queries.office import setting


def send(channel: str, message: Outgoing) -> None:
    """Send a message by a channel; raise what became of it where it did not go (`channels.outgoing`)."""
    if channel == "email":
        mail.send(message, mail_server())
    else:
        gateway.send(message, setting(gateway.SETTING))


def mail_server() -> mail.Server:
    """Return the office's SMTP server as set."""
    return mail.Server(
        setting("smtp_host"),
        setting("smtp_port"),
        setting("smtp_user"),
        setting("smtp_password"),
        setting("smtp_security"),
        setting("smtp_sender"),
    )
