"""A job is claimed by one, ended by whoever holds it, tried again with growing pauses, and taken over from the dead."""

from __future__ import annotations

import threading
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connections

from jemput import settings
from jemput.actions import jobs, scheduled
from jemput.actions.settings import set_setting
from jemput.queries import jobs as standing
from jemput.queries.jobs import DEAD_AFTER
from jemput.store import pulse
from jemput.store.connect import use_database
from jemput.store.models import Job
from tests.builders import ADI, person, take

NOW = datetime(2019, 4, 2, 3, tzinfo=UTC)
KINDS = ("import", "verify", "backup")


@pytest.fixture(autouse=True)
def own_home(tmp_path, monkeypatch):
    monkeypatch.setattr(settings, "HOME", tmp_path)


def asked(**more: object) -> int:
    return jobs.enqueue("import", {"path": "a.csv"}, now=NOW, asked_by="operator", **more)


def claim(owner: str = "A", now: datetime = NOW) -> Job | None:
    return jobs.claim(owner, now=now, kinds=KINDS)


def test_a_job_is_claimed_once(office):
    number = asked()
    job = claim("A")
    assert job
    assert (job.pk, job.tries, job.owner) == (number, 1, "A")
    assert claim("B") is None


def test_jobs_are_claimed_in_the_order_they_are_due(office):
    later, sooner = asked(due_at=NOW), asked(due_at=NOW - timedelta(hours=1))
    asked(due_at=NOW + timedelta(seconds=1))
    assert [claim().pk, claim().pk, claim()] == [sooner, later, None]


def test_a_kind_nobody_asks_for_is_left_to_others(office):
    jobs.enqueue("letters", {}, now=NOW, asked_by="x")
    assert claim() is None


def test_a_finished_job_keeps_its_result_and_no_pulse(office):
    number = asked()
    job = claim()
    assert pulse.read(number)
    assert jobs.finish(job, result={"rows": 3}, now=NOW)
    told = standing.one(number)
    assert (told.state, told.result, told.error, told.is_over) == ("done", {"rows": 3}, (), True)
    assert pulse.read(number) is None
    assert claim() is None


def test_a_failed_job_waits_longer_each_time_and_is_given_up(office):
    number, now, waits = asked(), NOW, []
    for _ in range(4):
        job = claim(now=now)
        assert jobs.fail(job, "OSError: disk full", now=now)
        told = standing.one(number)
        if told.state == "waiting":
            assert claim(now=told.due_at - timedelta(seconds=1)) is None
            waits.append(told.due_at - now)
            now = told.due_at
    assert [wait.total_seconds() / 60 for wait in waits] == [1, 5, 25]
    assert told.state == "failed"
    assert "disk full" in told.error[0]["reason"]["id"]
    assert claim(now=now + timedelta(days=9)) is None


def test_a_job_of_a_dead_process_is_taken_over_after_a_minute_of_silence(office):
    number = asked()
    dead = claim("A")
    assert claim("B", NOW + DEAD_AFTER) is None
    job = claim("B", NOW + DEAD_AFTER + timedelta(seconds=1))
    assert job
    assert (job.pk, job.tries, job.owner) == (number, 2, "B")
    assert not jobs.finish(dead, result={}, now=NOW), "whoever was taken over from puts nothing down"
    assert not jobs.fail(dead, "late", now=NOW)
    assert standing.one(number).state == "running"


def test_a_sign_of_life_keeps_a_job_from_being_taken_over(office):
    number = asked()
    claim("A")
    late = NOW + timedelta(hours=2)
    pulse.beat(number, pulse.Pulse("A", late, "taking", 3, 10))
    assert claim("B", late + DEAD_AFTER) is None
    told = standing.one(number)
    assert (told.stage, told.done, told.total, told.percent) == ("taking", 3, 10, 30)


def test_the_pulse_of_a_former_owner_is_no_sign_of_life(office):
    number = asked()
    claim("A")
    second = NOW + DEAD_AFTER + timedelta(seconds=1)
    claim("B", second)
    pulse.beat(number, pulse.Pulse("A", second + timedelta(hours=1), "taking", 9, 10))
    assert standing.one(number).stage == ""
    assert claim("C", second + DEAD_AFTER + timedelta(seconds=1)).owner == "C"


def test_a_job_that_killed_four_processes_is_reported_as_stopped(office):
    number, now = asked(), NOW
    for owner in "ABCD":
        assert claim(owner, now)
        now += DEAD_AFTER + timedelta(seconds=1)
    assert claim("E", now) is None
    told = standing.one(number)
    assert told.state == "failed"
    assert told.error[0]["reason"]["en"].endswith("nothing is half done.")


def test_what_is_asked_for_once_is_one_job(office):
    assert asked(once="backup 2019-04-02") == asked(once="backup 2019-04-02")
    assert Job.objects.count() == 1


def test_only_a_waiting_job_can_be_cancelled(office):
    number = asked()
    assert jobs.cancel(number, now=NOW)
    assert standing.one(number).state == "failed"
    other = asked()
    claim()
    assert not jobs.cancel(other, now=NOW)


def test_of_many_workers_at_once_one_gets_each_job(committed_office):
    numbers = {asked() for _ in range(12)}
    got: list[int] = []
    begin = threading.Barrier(4)

    def worker(owner: str) -> None:
        begin.wait()
        while job := claim(owner):
            got.append(job.pk)
        connections["default"].close()

    threads = [threading.Thread(target=worker, args=(f"w{n}",)) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(got) == sorted(numbers)


# --- who sees which ----------------------------------------------------------------------------------------------------


def test_the_jobs_of_an_area_are_those_of_its_parts_and_no_other(office):
    for area in (1605, 160501, 1605012003, 160502, 16, 1673, None):
        asked(area=area)

    def seen(area: int | None) -> list[int | None]:
        return [one.area for one in standing.recent(area=area)]

    assert seen(160501) == [1605012003, 160501]
    assert seen(1605) == [160502, 1605012003, 160501, 1605]
    assert len(seen(None)) == 7
    for area in (160501, 1605, 1605012003):
        assert [one.area for one in standing.recent() if standing.is_within(one, area)] == seen(area)


# --- the schedule ------------------------------------------------------------------------------------------------------


def planned(now: datetime) -> list[tuple[str, str]]:
    scheduled.plan(now)
    return [(one.once, f"{one.due_at:%d %H:%M}") for one in Job.objects.order_by("pk")]


def test_an_empty_office_plans_nothing(office):
    assert scheduled.plan(NOW) == []


def test_daily_work_is_planned_once_and_begins_with_the_next_time(office):
    take(person(ADI))
    set_setting("verify_time", "21:00")
    assert planned(NOW) == [("verify 2019-04-02", "02 14:00")]
    assert planned(NOW + timedelta(hours=10)) == [("verify 2019-04-02", "02 14:00")]


def test_what_was_missed_while_the_machine_was_off_is_made_up_for_once(office):
    take(person(ADI))
    planned(NOW)
    assert planned(NOW + timedelta(days=7)) == [("verify 2019-04-02", "02 14:00"), ("verify 2019-04-08", "08 14:00")]
    assert len(planned(NOW + timedelta(days=7))) == 2


def test_backups_are_planned_once_there_is_a_key(office):
    take(person(ADI))
    set_setting("verify_time", "-")
    assert planned(NOW) == []
    set_setting("backup_key", "age1lmsam9q6hn3g2v0e3nn7qzg99u8gnc0nwlqd99n8ea4ag5qgkc4qdjfzas")
    assert planned(NOW) == [("backup 2019-04-02", "02 05:30")]
    set_setting("backup_time", "-")
    assert len(planned(NOW + timedelta(days=3))) == 1


def test_two_clocks_plan_one_job(committed_office):
    take(person(ADI))
    begin = threading.Barrier(2)

    def clock() -> None:
        begin.wait()
        scheduled.plan(NOW)
        connections["default"].close()

    threads = [threading.Thread(target=clock) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert Job.objects.count() == 1
    use_database(committed_office)
