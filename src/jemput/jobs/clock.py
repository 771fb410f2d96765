"""The clockwork: claims jobs that are due, does them, and gives a sign of life while it does.

One thread of `jemput office`, or `jemput jobs` by itself; any number of them share the work. A clock
that is stopped finishes what it has in hand; one that is killed leaves it to be taken over.
"""

from __future__ import annotations

import logging
import os
import secrets
import socket
import threading
import traceback
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

from django.db import DatabaseError, close_old_connections

from jemput.actions import jobs, scheduled
from jemput.domain.problems import Refused
from jemput.jobs.kinds import KINDS
from jemput.store import pulse
from jemput.store.connect import leave
from jemput.store.models import Job

log = logging.getLogger("jemput.jobs")

POLL_S = 2.0
"""Seconds between two looks at what is due: a page that asked for work sees it begin within them."""
BEAT_S = 5.0
"""Seconds between two signs of life; a job without one for a minute is taken over (`queries.jobs.DEAD_AFTER`)."""

Now = Callable[[], datetime]
Done = Callable[[Job], None]


def clock_time() -> datetime:
    """Return the machine's time: jobs and backups go by it, whatever day the office is set to."""
    return datetime.now(UTC)


def new_owner() -> str:
    """Return a token of this worker that no other has."""
    return f"{socket.gethostname()}:{os.getpid()}:{secrets.token_hex(4)}"


def work(
    owner: str, *, now: Now = clock_time, kinds: Collection[str] = tuple(KINDS), stop: threading.Event | None = None
) -> int:
    """Plan what the schedule asks for, then do everything that is due; return how many jobs were done."""
    scheduled.plan(now())
    done = 0
    while not (stop and stop.is_set()) and (job := jobs.claim(owner, now=now(), kinds=kinds)):
        do(job, now=now)
        done += 1
    return done


def do(job: Job, *, now: Now = clock_time) -> None:
    """Do a job that was claimed, and put down what came of it."""
    with _beating(job, now) as progress:
        try:
            result = KINDS[job.kind].run(job.args, progress)
        except Refused as refused:
            jobs.refuse(job, refused.problems, now=now())
        except Exception as error:  # noqa: BLE001 - whatever it was, the job must not be left as running
            log.error("%s: %s", job, _where(error))  # noqa: TRY400 - a message may quote a row, and a row holds a NIK
            jobs.fail(job, _named(error), now=now())
        else:
            jobs.finish(job, result=result, now=now())


class Clock(threading.Thread):
    """A thread that does what is due until it is stopped."""

    def __init__(self, *, now: Now = clock_time, poll_s: float = POLL_S) -> None:
        super().__init__(name="jemput-jobs", daemon=True)
        self.owner = new_owner()
        self.now = now
        self.poll_s = poll_s
        self.stopping = threading.Event()

    def run(self) -> None:
        """Look, work, wait, until stopped; a database that is busy is asked again later."""
        while not self.stopping.is_set():
            try:
                close_old_connections()
                work(self.owner, now=self.now, stop=self.stopping)
            except DatabaseError as error:
                log.warning("jobs wait: %s", _named(error))
            self.stopping.wait(self.poll_s)
        leave()

    def stop(self, *, within_s: float = 30.0) -> bool:
        """Ask the thread to stop after what it has in hand; False where that takes longer than `within_s`."""
        self.stopping.set()
        self.join(within_s)
        return not self.is_alive()


@contextmanager
def _beating(job: Job, now: Now) -> Iterator[Callable[[str, int, int], None]]:
    """Give signs of life from a thread of its own while work goes on; yield the progress that it tells."""
    reached: list[tuple[str, int, int]] = [("", 0, 0)]
    over = threading.Event()
    wake = threading.Event()

    def beat() -> None:
        while not over.is_set():
            stage, done, total = reached[0]
            try:
                pulse.beat(job.pk, pulse.Pulse(job.owner, now(), stage, done, total))
            except OSError as error:
                log.warning("no sign of life of %s: %s", job, _named(error))
            wake.wait(BEAT_S)
            wake.clear()
            over.wait(0.2)

    def progress(stage: str, done: int, total: int) -> None:
        reached[0] = (stage, done, total)
        wake.set()

    thread = threading.Thread(target=beat, name=f"jemput-beat-{job.pk}", daemon=True)
    thread.start()
    try:
        yield progress
    finally:
        over.set()
        wake.set()
        thread.join()
        pulse.clear(job.pk)


def _named(error: BaseException) -> str:
    """Return what an error is called, and what the system says of it; never its message, which may quote a row."""
    said = error.strerror if isinstance(error, OSError) else None
    return f"{type(error).__name__}: {said}" if said else type(error).__name__


def _where(error: BaseException) -> str:
    frames = traceback.extract_tb(error.__traceback__)[-3:]
    return f"{_named(error)} at " + ", ".join(f"{os.path.basename(one.filename)}:{one.lineno}" for one in frames)  # noqa: PTH119 - a name, not a file
