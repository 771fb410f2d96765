"""`python -m jemput.public` serves the public pages; `jemput public` becomes this program, with nothing of the office in it."""

from __future__ import annotations

import os
import threading
import time
from pathlib import Path

from django.core.wsgi import get_wsgi_application
from waitress import create_server

from jemput.public import kept, keys

LARGEST_BODY = 32 * 1024 * 1024
"""Bytes of one request: a batch with every name of a regency is below 2 MB; forms are held to less by the guard."""
THREADS = 8


def main() -> None:
    """Serve on 127.0.0.1 until stopped."""
    home, port = Path(os.environ["JEMPUT_PUBLIC_HOME"]), int(os.environ["JEMPUT_PUBLIC_PORT"])
    os.environ["DJANGO_SETTINGS_MODULE"] = "jemput.public.settings"
    os.umask(0o077)
    kept.prepare(home)
    keys.own_keys(home)
    application = get_wsgi_application()
    server = create_server(
        application,
        host="127.0.0.1",
        port=port,
        threads=THREADS,
        max_request_body_size=LARGEST_BODY,
        ident="",
        clear_untrusted_proxy_headers=False,
    )
    if parent := os.environ.get("JEMPUT_PUBLIC_PARENT"):
        threading.Thread(target=_end_with, args=(int(parent),), daemon=True).start()
    server.run()


def _end_with(parent: int) -> None:
    """End this process once the one that started it is gone."""
    while os.getppid() == parent:
        time.sleep(0.5)
    os._exit(0)


if __name__ == "__main__":
    main()
