"""Serve the office: static files made ready once, then waitress until somebody stops it."""

from __future__ import annotations

from django.core.management import call_command
from django.core.wsgi import get_wsgi_application
from waitress import serve as waitress_serve

LARGEST_BODY = 200 * 1024 * 1024
"""Bytes of one request: the largest list seen (402,610 residents as .xlsx) is below 60 MB."""


def serve(*, host: str, port: int, threads: int) -> None:
    """Serve on an address until stopped."""
    call_command("collectstatic", interactive=False, verbosity=0)
    waitress_serve(
        get_wsgi_application(),
        host=host,
        port=port,
        threads=threads,
        max_request_body_size=LARGEST_BODY,
        ident="jemput",
    )
