"""What a visitor of the public pages reads when something is not there, too much, or broken. Nothing of it tells one link from another."""

from __future__ import annotations

import logging
import sys

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from jemput.domain.problems import Text

log = logging.getLogger("django.jemput")

MISSING = Text("Halaman ini tidak ada.", "There is no such page.")
MISSING_TODO = Text(
    "Buka lagi tautan lengkap dari pesan kantor, atau minta tautan baru.",
    "Open the whole link from the office's message again, or ask for a new one.",
)
EXPIRED = Text("Tautan ini sudah tidak berlaku.", "This link has run out.")
EXPIRED_TODO = Text(
    "Hubungi Disdukcapil bila Anda masih ingin memberi kabar; kantor membuat tautan baru.",
    "Call the registration office if you still have something to tell; it makes a new link.",
)
MANY = Text("Terlalu banyak permintaan dalam satu menit.", "Too many requests within a minute.")
MANY_TODO = Text("Tunggu satu menit, lalu buka lagi.", "Wait a minute, then open it again.")
MANY_ANSWERS = Text(
    "Tautan ini sudah mengirim terlalu banyak jawaban hari ini.", "This link has sent too many answers today."
)
MANY_ANSWERS_TODO = Text("Telepon kantor, atau lanjutkan besok.", "Call the office, or go on tomorrow.")
FORGED = Text(
    "Formulir ini sudah lama terbuka dan belum tersimpan.", "This form was open for too long and was not saved."
)
FORGED_TODO = Text(
    "Kembali, muat ulang halamannya, lalu kirim lagi.", "Go back, load the page again, and send once more."
)
BROKEN = Text("Ada yang salah di pihak kami.", "Something went wrong on our side.")
BROKEN_TODO = Text(
    "Coba lagi sebentar. Bila tetap begini, kirim kabar lewat WhatsApp atau SMS.",
    "Try again in a while. If it stays so, send word by WhatsApp or SMS.",
)
TOO_LARGE = Text("Isian ini terlalu panjang.", "What was filled in is too long.")
TOO_LARGE_TODO = Text("Kirim dalam beberapa bagian.", "Send it in several parts.")


def missing(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001 - Django's own signature
    """Say that there is no such page: alike for a wrong token, an ended one and a wrong address."""
    return say(request, MISSING, MISSING_TODO, 404)


def expired(request: HttpRequest) -> HttpResponse:
    """Say that a link ran out, and nothing of what it was for."""
    return say(request, EXPIRED, EXPIRED_TODO, 410)


def too_many(request: HttpRequest) -> HttpResponse:
    """Say that somebody asks too often."""
    answer = say(request, MANY, MANY_TODO, 429)
    answer.headers["Retry-After"] = "60"
    return answer


def too_many_answers(request: HttpRequest) -> HttpResponse:
    """Say that a link has answered more than a village has to say in a day."""
    return say(request, MANY_ANSWERS, MANY_ANSWERS_TODO, 429)


def too_large(request: HttpRequest) -> HttpResponse:
    """Say that a form holds more than any form needs."""
    return say(request, TOO_LARGE, TOO_LARGE_TODO, 413)


def unreadable(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001 - Django's own signature
    """Say that the request cannot be read."""
    return say(request, MISSING, MISSING_TODO, 400)


def forged(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001 - Django's own signature
    """Say that a form came without its token."""
    return say(request, FORGED, FORGED_TODO, 403)


def broken(request: HttpRequest) -> HttpResponse:
    """Say that it is our fault; the log names the kind of error and its place, never the address or what was sent."""
    error = sys.exc_info()[1]
    where = error.__traceback__ if error else None
    while where and where.tb_next:
        where = where.tb_next
    place = f"{where.tb_frame.f_code.co_name}:{where.tb_lineno}" if where else ""
    log.error("%s at %s", type(error).__name__, place)
    return say(request, BROKEN, BROKEN_TODO, 500)


def say(request: HttpRequest, reason: Text, todo: Text, status: int) -> HttpResponse:
    """Return a page of two sentences."""
    return render(request, "desa/error.html", {"reason": reason, "todo": todo}, status=status)
