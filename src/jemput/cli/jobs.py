"""Long work without a browser: do what is due and go on, or do it once; and what became of the last jobs."""

from __future__ import annotations

import signal
import threading
from typing import Annotated

from cyclopts import App, Parameter
from rich.table import Table

from jemput.cli import say
from jemput.cli.app import app
from jemput.cli.options import AsJson
from jemput.cli.say import t
from jemput.domain.problems import Text
from jemput.jobs.clock import Clock, new_owner, work
from jemput.jobs.kinds import KINDS
from jemput.queries import jobs as standing
from jemput.queries.office import ZONE

jobs = App(
    name="jobs",
    help=t(
        "Kerjakan pekerjaan panjang yang sudah waktunya: impor, cadangan, pemeriksaan.",
        "Do the long work that is due: imports, backups, checks.",
    ),
)
app.command(jobs)

STATES = {
    "waiting": Text("menunggu", "waiting"),
    "running": Text("berjalan", "running"),
    "done": Text("selesai", "done"),
    "failed": Text("gagal", "failed"),
}


@jobs.default
def run(
    *,
    once: Annotated[
        bool,
        Parameter(negative=(), help=t("Kerjakan yang sudah waktunya, lalu selesai.", "Do what is due, then end.")),
    ] = False,
    as_json: AsJson = False,
) -> int:
    """Do what is due, once or until stopped; what is in hand is brought to its end."""
    if once:
        done = work(new_owner())
        if as_json:
            say.emit({"done": done})
        else:
            say.out.print(t("{n} pekerjaan dikerjakan.", "{n} jobs done.", n=say.number(done)))
        return 0
    clock, stopped = Clock(), threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stopped.set())
    clock.start()
    say.err.print(t("Menunggu pekerjaan; berhenti dengan Ctrl-C.", "Waiting for work; stop with Ctrl-C."))
    while not stopped.wait(1.0):
        pass
    say.err.print(t("Menyelesaikan yang sedang dikerjakan …", "Finishing what is in hand …"))
    clock.stop(within_s=24 * 3600)
    return 0


@jobs.command(name="list", help=t("Pekerjaan terakhir dan hasilnya.", "The last jobs and what came of them."))
def list_jobs(*, as_json: AsJson = False) -> int:
    """List the last jobs."""
    found = standing.recent()
    if as_json:
        say.emit(
            [
                {
                    "number": one.id,
                    "kind": one.kind,
                    "state": one.state,
                    "due_at": one.due_at,
                    "finished_at": one.finished_at,
                    "stage": one.stage,
                    "done": one.done,
                    "total": one.total,
                    "result": one.result,
                    "error": [words["reason"][say.language()] for words in one.error],
                }
                for one in found
            ]
        )
        return 0
    table = Table(box=None, pad_edge=False)
    for title in ("#", t("Pekerjaan", "Job"), t("Keadaan", "State"), t("Waktu", "Time"), ""):
        table.add_column(title)
    for one in found:
        at = (one.finished_at or one.due_at).astimezone(ZONE)
        why = one.error[0]["reason"][say.language()] if one.error else ""
        title = KINDS[one.kind].title.say(say.language()) if one.kind in KINDS else one.kind
        table.add_row(str(one.id), title, STATES[one.state].say(say.language()), f"{at:%Y-%m-%d %H:%M}", why)
    say.out.print(table)
    return 0
