"""The job that sends one message: claimed, then sent outside any transaction, then its end put down.

A job taken over from a dead process finds its message still being sent, and sends nothing: a person decides.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from jemput.actions import outbox
from jemput.actions.taking import Progress
from jemput.channels import sending
from jemput.channels.outgoing import NotSentError, Outgoing, PerhapsSentError
from jemput.domain.problems import Refused
from jemput.queries.office import office, setting


def send(args: Mapping[str, Any], progress: Progress) -> dict[str, Any]:  # noqa: ARG001 - nothing to tell between
    """Send a queued message (`message`, its number); raise where it is to be tried again, or was refused for good."""
    number = int(args["message"])
    message = outbox.claim(number)
    if message is None:
        return {"message": number, "sent": False, "unsure": outbox.doubt(number)}
    subject = (
        f"{setting('office_name')}: {message.conversation.code}" if message.conversation else setting("office_name")
    )
    letter = Outgoing(message.address, subject, message.body, f"{message.pk}.{message.tries}")
    try:
        sending.send(message.channel, letter)
    except PerhapsSentError as perhaps:
        outbox.unsure(message, perhaps.problem)
        return {"message": number, "sent": False, "unsure": True}
    except NotSentError as not_now:
        if outbox.not_sent(message, not_now.problem):
            raise
        raise Refused(not_now.problem) from not_now
    except Refused as refused:
        outbox.failed(message, *refused.problems)
        raise
    except Exception:
        outbox.unsure(message, outbox.DIED_SENDING.at())  # whatever it was: nobody knows how far it came
        raise
    outbox.sent(message, now=office().now)
    return {"message": number, "sent": True}
