"""The command line: one file a group of commands, each a thin call into the floors below.

Exit codes: 0 done · 1 done and something was found (a claim that does not hold, a ledger that is not
sound, a file none of whose rows could be taken) · 2 refused or misspelled, nothing was written.
"""

from __future__ import annotations

import os
import sys

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "jemput.settings")
django.setup()

from cyclopts import CycloptsError  # noqa: E402 - Django must be set up before the models are imported

from jemput import settings  # noqa: E402
from jemput.cli import (  # noqa: E402, F401 - importing a group hangs its commands on the app
    areas,
    backup,
    claim,
    contacts,
    count,
    demo,
    exchange,
    explain,
    finding,
    inbox,
    intake,
    jobs,
    keep,
    listing,
    message,
    office,
    public,
    report,
    say,
    settlements,
    sweep,
    visits,
)
from jemput.cli.app import app  # noqa: E402
from jemput.domain.problems import Refused  # noqa: E402
from jemput.store import swap  # noqa: E402
from jemput.store.connect import ensure_tables  # noqa: E402

DONE, FOUND, REFUSED = 0, 1, 2
NEED_NO_TABLES = frozenset({"demo", "message", "public", "restore", "upgrade"})
"""Commands that make their own tables, or never open the office's database."""
ONLY_TELL = frozenset({"--help", "-h", "--version"})


def main() -> None:
    """Run the program and leave with its exit code."""
    words = sys.argv[1:]
    as_json = "--json" in words
    try:
        if words and words[0] not in NEED_NO_TABLES and not ONLY_TELL & set(words):
            swap.finish(settings.HOME)
            ensure_tables()
        sys.exit(app(words) or DONE)
    except Refused as refused:
        say.refuse(refused.problems, as_json=as_json)
        sys.exit(REFUSED)
    except CycloptsError as error:
        say.err.print(error)
        say.err.print(say.t("Lihat `jemput --help`.", "See `jemput --help`."))
        sys.exit(REFUSED)
    except KeyboardInterrupt:
        say.err.print(say.t("Dihentikan; tidak ada yang setengah jadi.", "Stopped; nothing is half done."))
        sys.exit(130)
