"""What every channel that sends by itself has in common: the message it takes, and the three ways it can end badly.

A refusal (`Refused`) is final: nothing was sent and trying again would not help.
"""

from __future__ import annotations

from dataclasses import dataclass

from jemput.domain.problems import Problem, ProblemKind, Text

PATIENCE_S = 20.0
"""Seconds a server may take to answer (our choice: a modem behind a gateway needs some, a person waits for none of it)."""

NOT_REACHED = ProblemKind(
    "channel_not_reached",
    Text("{server} tidak terhubung.", "{server} could not be reached."),
    Text(
        "Dicoba lagi sendiri. Periksa jaringan dan alamatnya.",
        "It is tried again by itself. Check network and address.",
    ),
)
NOT_TAKEN = ProblemKind(
    "channel_not_taken",
    Text("{server} menolak untuk sementara ({code}).", "{server} did not take it for now ({code})."),
    Text("Dicoba lagi sendiri.", "It is tried again by itself."),
)
TURNED_DOWN = ProblemKind(
    "channel_turned_down",
    Text("{server} menolak pesan ini ({code}).", "{server} turned this message down ({code})."),
    Text(
        "Periksa alamat penerima dan pengaturannya, lalu kirim lagi.", "Check recipient and settings, then send again."
    ),
)
NOT_SET = ProblemKind(
    "channel_not_set",
    Text("{channel_id} belum diatur.", "{channel_en} is not set up."),
    Text(
        "Isi {setting} di Pengaturan, atau kirim sendiri lewat tautan.",
        "Fill in {setting} in Settings, or send it yourself by the link.",
    ),
)
PERHAPS_SENT = ProblemKind(
    "channel_perhaps_sent",
    Text(
        "{server} putus sebelum menjawab: mungkin terkirim, mungkin tidak.",
        "{server} broke off before it answered: sent, or not.",
    ),
    Text(
        "Tanyakan penerimanya, lalu tandai terkirim atau kirim lagi.",
        "Ask the recipient, then mark it as sent or send it again.",
    ),
)


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A message to send: `address` is a telephone number (E.164) or a mail address."""

    address: str
    subject: str
    body: str
    key: str


class NotSentError(Exception):
    """Nothing was sent, and trying again later may help; carries the problem to show."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.kind.code)
        self.problem = problem


class PerhapsSentError(NotSentError):
    """Nobody knows whether it was sent: a person decides."""
