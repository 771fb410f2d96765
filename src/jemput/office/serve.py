"""Serve the office: static files made ready once, then waitress until somebody stops it."""

from __future__ import annotations

import tempfile
import time

from django.core.management import call_command
from django.core.wsgi import get_wsgi_application
from waitress import serve as waitress_serve

from jemput import settings

LARGEST_BODY = 200 * 1024 * 1024
"""Bytes of one request: the largest list seen (402,610 residents as .xlsx) is below 60 MB."""

LEFT_BEHIND_S = 24 * 3600
"""A temporary file so old was left by a process that was killed."""


def serve(*, host: str, port: int, threads: int) -> None:
    """Serve on an address until stopped."""
    keep_temporary_files_at_home()
    call_command("collectstatic", interactive=False, verbosity=0)
    waitress_serve(
        get_wsgi_application(),
        host=host,
        port=port,
        threads=threads,
        max_request_body_size=LARGEST_BODY,
        ident="jemput",
    )


def keep_temporary_files_at_home() -> None:
    """Let files on their way (uploads, workbooks) lie in the data directory: they hold personal data, and other folders are read by others."""
    folder = settings.HOME / "tmp"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    for left in folder.iterdir():
        if left.is_file() and left.stat().st_mtime < time.time() - LEFT_BEHIND_S:
            left.unlink(missing_ok=True)
    tempfile.tempdir = str(folder)
