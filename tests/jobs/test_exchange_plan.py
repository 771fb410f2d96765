"""When the office exchanges by itself: every minute where pages have an address, more rarely where nobody answers."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from jemput.actions import jobs, scheduled
from jemput.actions.settings import set_settings
from jemput.store.models import Job
from tests.builders import ADI, person, take

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
EVERY = ("exchange",)


@pytest.fixture
def pages(office):
    take(person(ADI), as_at=date(2019, 1, 2))
    set_settings({"public_address": "http://localhost:9"}, said_by="admin")


def run(at: datetime, *, reached: bool) -> bool:
    """Plan at a moment and do the exchange that is due; False where none is."""
    scheduled.plan(at)
    job = jobs.claim("test", now=at, kinds=EVERY)
    return job is not None and jobs.finish(job, result={"reached": reached}, now=at)


def test_an_office_without_pages_asks_for_no_exchange(office):
    take(person(ADI), as_at=date(2019, 1, 2))
    scheduled.plan(NOW)
    assert not Job.objects.filter(kind="exchange").exists()


def test_it_exchanges_every_minute_and_never_twice_at_once(pages):
    assert run(NOW, reached=True)
    assert not run(NOW + timedelta(seconds=59), reached=True)
    scheduled.plan(NOW + timedelta(seconds=60))
    scheduled.plan(NOW + timedelta(seconds=61))
    assert Job.objects.filter(kind="exchange", state="waiting").count() == 1


def test_pages_out_of_reach_are_asked_more_rarely_and_at_once_again_when_they_are_back(pages):
    at, waits = NOW, []
    for _ in range(5):
        began = at
        while not run(at, reached=False):
            at += timedelta(minutes=1)
        waits.append((at - began) // timedelta(minutes=1))
    assert waits == [0, 1, 5, 25, 25]
    at += timedelta(minutes=25)
    assert run(at, reached=True)
    assert run(at + timedelta(minutes=1), reached=True)


def test_exchanges_that_are_over_do_not_fill_the_table(pages):
    for minute in range(40):
        run(NOW + timedelta(minutes=minute), reached=True)
    assert Job.objects.filter(kind="exchange").count() <= scheduled.EXCHANGES_KEPT + 1
