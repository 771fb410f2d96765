"""The two small files the public pages need besides themselves, each under an address that changes with its content."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

from django.http import Http404, HttpRequest, HttpResponse

FOLDER = Path(__file__).parent / "static"
KINDS = {"desa.css": "text/css; charset=utf-8", "tempat.js": "text/javascript; charset=utf-8"}


@cache
def contents() -> dict[str, tuple[str, bytes]]:
    """Return every file by name: a digest of its content, and the content."""
    read = {name: (FOLDER / name).read_bytes() for name in KINDS}
    return {name: (hashlib.sha256(data).hexdigest()[:8], data) for name, data in read.items()}


def addresses() -> dict[str, str]:
    """Return the address of each file by its name without the ending."""
    return {name.partition(".")[0]: f"/s/{digest}/{name}" for name, (digest, _) in contents().items()}


def file(request: HttpRequest, digest: str, name: str) -> HttpResponse:  # noqa: ARG001 - Django's own signature
    """Hand out a file for as long as a browser likes to keep it."""
    known = contents().get(name)
    if known is None or known[0] != digest:
        raise Http404
    answer = HttpResponse(known[1], content_type=KINDS[name])
    answer.headers["Cache-Control"] = "public, max-age=31536000, immutable"
    return answer
