"""What a visitor reads when something is not there, not theirs, or broken."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from jemput.domain.problems import Text

FORBIDDEN = Text("Halaman ini bukan untuk peran Anda.", "This page is not for your role.")
FORBIDDEN_TODO = Text(
    "Bila Anda memerlukannya, minta administrator mengubah peran Anda.",
    "If you need it, ask the administrator to change your role.",
)
MISSING = Text("Halaman ini tidak ada.", "There is no such page.")
MISSING_TODO = Text(
    "Periksa alamatnya, atau mulai dari Cakupan. Yang di luar wilayah Anda juga tidak tampak.",
    "Check the address, or start from Coverage. What lies outside your area is not shown either.",
)
FORGED = Text("Formulir ini sudah kedaluwarsa.", "This form has expired.")
FORGED_TODO = Text(
    "Muat ulang halamannya dan kirim lagi; tidak ada yang tersimpan.",
    "Load the page again and send once more; nothing was saved.",
)
BROKEN = Text("Ada yang salah di pihak kami.", "Something went wrong on our side.")
BROKEN_TODO = Text(
    "Tidak ada yang tersimpan setengah. Coba lagi; bila terulang, beri tahu administrator jam kejadiannya.",
    "Nothing is half saved. Try again; if it happens again, tell the administrator the time it happened.",
)
TOO_MUCH = Text("Permintaan ini tidak terbaca.", "This request cannot be read.")
TOO_MUCH_TODO = Text("Kembali dan isi formulirnya sekali lagi.", "Go back and fill in the form once more.")
BUSY = Text("Basis data sedang dipakai impor besar.", "A large import is using the database.")
BUSY_TODO = Text(
    "Tunggu satu menit lalu kirim lagi; tidak ada yang tersimpan.", "Wait a minute and send again; nothing was saved."
)
LOCKED = Text(
    "Terlalu banyak percobaan masuk yang gagal; akun ini terkunci 15 menit.",
    "Too many failed sign-ins; this account is locked for 15 minutes.",
)
LOCKED_TODO = Text(
    "Tunggu, atau minta administrator membukanya di halaman Pengguna.",
    "Wait, or ask the administrator to unlock it on the page Users.",
)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001 - Django's own signature
    """Say that the page is not for this role."""
    return _say(request, FORBIDDEN, FORBIDDEN_TODO, 403)


def missing(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001 - Django's own signature
    """Say that there is no such page, or none for this reader."""
    return _say(request, MISSING, MISSING_TODO, 404)


def unreadable(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001 - Django's own signature
    """Say that the request cannot be read."""
    return _say(request, TOO_MUCH, TOO_MUCH_TODO, 400)


def broken(request: HttpRequest) -> HttpResponse:
    """Say that it is our fault; nothing is half saved."""
    return _say(request, BROKEN, BROKEN_TODO, 500)


def busy(request: HttpRequest) -> HttpResponse:
    """Say that somebody else is writing for long; nothing was saved."""
    return _say(request, BUSY, BUSY_TODO, 503)


def forged(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001 - Django's own signature
    """Say that a form came without its token."""
    return _say(request, FORGED, FORGED_TODO, 403)


def locked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:  # noqa: ANN401, ARG001 - as axes calls it
    """Say that too many sign-ins failed."""
    return _say(request, LOCKED, LOCKED_TODO, 429)


def _say(request: HttpRequest, reason: Text, todo: Text, status: int) -> HttpResponse:
    return render(request, "office/error.html", {"reason": reason, "todo": todo}, status=status)
