"""A message is sent once: queued with its job, sent outside any transaction, tried again with growing pauses, never twice."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, connections, transaction

from jemput import settings
from jemput.actions import outbox
from jemput.actions.settings import set_settings
from jemput.channels import sending
from jemput.domain.problems import Refused
from jemput.jobs.clock import clock_time, work
from jemput.queries import jobs as standing
from jemput.queries.office import ZONE
from jemput.store.models import Conversation, Job, Message
from tests.builders import TODAY
from tests.channels.servers import Taken, mail_server, web_server

NOW = datetime(2019, 4, 2, 3, tzinfo=UTC)
LATER = timedelta(minutes=26)
BODY = "Siap? Balas #JEMPUT#K7Q2#SIAP"


@pytest.fixture(autouse=True)
def own_home(tmp_path, monkeypatch):
    monkeypatch.setattr(settings, "HOME", tmp_path)
    monkeypatch.setenv("JEMPUT_TODAY", TODAY.isoformat())


def gateway_at(taken: Taken) -> None:
    set_settings({"sms_gateway_url": f"json://127.0.0.1:{taken.port}/{{phone}}"})


def queued(channel: str = "gateway", address: str = "+6281234567834", clock: datetime = NOW) -> Message:
    talk = Conversation.objects.create(code="K7Q2", village=1605012003, made_at=NOW, made_by="kabid")
    return outbox.put_out(
        talk, channel=channel, address=address, body=BODY, now=NOW, clock=clock, by="kabid", purpose="ask"
    )


def state_of(message: Message) -> tuple[str, int]:
    message.refresh_from_db()
    return message.state, message.tries


def at(moment: datetime) -> int:
    return work("A", now=lambda: moment)


def test_a_message_goes_once_and_says_so(office):
    with web_server() as taken:
        gateway_at(taken)
        message = queued()
        assert at(NOW) == 1
        assert at(NOW + LATER) == 0
    assert state_of(message) == ("sent", 1)
    assert message.sent_at.astimezone(ZONE).date() == date(2019, 4, 2)
    assert len(taken.bodies) == 1
    assert standing.one(Job.objects.get().pk).result == {"message": message.pk, "sent": True}


def test_a_mail_goes_by_the_server_that_is_set(office):
    with mail_server() as taken:
        set_settings({"smtp_host": "127.0.0.1", "smtp_port": str(taken.port), "smtp_security": "plain"})
        set_settings({"smtp_sender": "kantor@contoh.id"})
        message = queued("email", "desa@contoh.id")
        at(NOW)
    assert state_of(message) == ("sent", 1)
    assert taken.bodies[0]["Subject"].endswith(": K7Q2")


def test_message_and_job_are_there_together_or_not_at_all(committed_office):
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        queued()
        raise ZeroDivisionError
    assert (Message.objects.count(), Job.objects.count()) == (0, 0)


def test_it_is_sent_outside_any_transaction_when_everybody_can_see_that_it_is_being_sent(sqlite_office, monkeypatch):
    seen: list[Any] = []
    real = sending.send

    def watched(channel: str, message: object) -> None:
        seen.append(connection.in_atomic_block)
        real(channel, message)

    def look() -> None:
        other = connections.create_connection("default")
        with other.cursor() as cursor:
            cursor.execute("SELECT state FROM message")
            seen.extend(cursor.fetchone())
        other.close()

    monkeypatch.setattr(sending, "send", watched)
    with web_server() as taken:
        taken.on_arrival = look
        gateway_at(taken)
        queued()
        at(NOW)
    assert seen == [False, "sending"]


def test_a_failure_is_tried_again_with_growing_pauses_then_shown_and_sent_again_by_a_person(office):
    with web_server() as taken:
        gateway_at(taken)
        taken.status = 503
        message, moment, waits = queued(), NOW, []
        while at(moment):
            due = Job.objects.get()
            if due.state != "waiting":
                break
            assert state_of(message)[0] == "queued"
            assert message.error[0]["reason"]["id"]
            waits.append((due.due_at - moment).total_seconds() / 60)
            assert at(due.due_at - timedelta(seconds=1)) == 0
            moment = due.due_at
        assert waits == [1, 5, 25]
        assert state_of(message) == ("failed", 4)
        assert len(taken.bodies) == 4
        taken.status = 200
        outbox.send_again(message.pk, clock=moment, now=NOW, by="kabid")
        assert at(moment) == 1
    assert state_of(message) == ("sent", 5)


def test_what_is_turned_down_is_not_tried_again(office):
    with web_server() as taken:
        gateway_at(taken)
        taken.status = 400
        message = queued()
        at(NOW)
        assert at(NOW + LATER) == 0
    assert state_of(message) == ("failed", 1)
    assert "400" in message.error[0]["reason"]["id"]


def test_what_nobody_knows_is_unsure_and_only_a_person_sends_it_again(office):
    with web_server() as taken:
        gateway_at(taken)
        taken.hang_up = "POST"
        message = queued()
        at(NOW)
        assert at(NOW + LATER) == 0
    assert state_of(message)[0] == "unsure"
    outbox.mark_sent(message.pk, now=NOW, by="kabid")
    assert state_of(message)[0] == "sent"
    with pytest.raises(Refused):
        outbox.send_again(message.pk, clock=NOW, now=NOW, by="kabid")


def test_two_workers_send_it_once(office):
    message = queued()
    first = outbox.claim(message.pk)
    assert first
    assert outbox.claim(message.pk) is None


def test_a_channel_a_person_sends_by_leaves_a_draft_and_no_job(office):
    message = queued("whatsapp")
    assert (state_of(message), Job.objects.count()) == (("draft", 0), 0)
    outbox.give_up(message.pk, now=NOW, by="kabid")
    assert state_of(message)[0] == "dropped"


def test_a_message_whose_job_ended_before_it_began_is_shown_as_failed(office):
    message = queued()
    Job.objects.update(state="failed")
    assert outbox.settle_the_dead() == 1
    assert state_of(message)[0] == "failed"


WORKER = """
import json, sys
import django
django.setup()
from pathlib import Path
from jemput import settings
settings.HOME = Path(sys.argv[2])
from jemput.store.connect import use_database
use_database(json.loads(sys.argv[1]))
from jemput.jobs.clock import work
work("killed")
"""


@pytest.mark.parametrize("end", ["taken over", "given up"])
def test_a_process_killed_while_it_sends_leaves_an_unsure_message_that_nobody_sends_again_by_itself(
    sqlite_office, tmp_path, end
):
    with web_server(waits=True) as taken:
        gateway_at(taken)
        message = queued(clock=clock_time())
        if end == "given up":
            Job.objects.update(tries=3)
        connections["default"].close()
        process = subprocess.Popen(
            [sys.executable, "-W", "ignore", "-c", WORKER, json.dumps(sqlite_office, default=str), str(tmp_path)],
            cwd=Path(__file__).parents[2],
            env=os.environ | {"JEMPUT_HOME": str(tmp_path)},
        )
        arrived = taken.wait_for_one()
        process.send_signal(signal.SIGKILL)
        process.wait()
        assert arrived
        assert state_of(message) == ("sending", 1)
        assert work("B") == 0, "it is not known to be dead yet"
        assert state_of(message) == ("sending", 1)
        dead = clock_time() + timedelta(seconds=61)
        for _ in range(2):
            work("B", now=lambda: dead)
        assert state_of(message) == ("unsure", 1)
        assert len(taken.bodies) == 1
        assert message.error[0]["todo"]["id"]
        taken.go_on.set()
        outbox.send_again(message.pk, clock=dead, now=NOW, by="kabid")
        assert work("B", now=lambda: dead) == 1
    assert state_of(message)[0] == "sent"
    assert len(taken.bodies) == 2


def test_what_a_person_sends_is_never_queued_for_the_program(office):
    message = queued("whatsapp")
    assert message.state == "draft"
    with pytest.raises(Refused) as refused:
        outbox.send_again(message.pk, clock=NOW, now=NOW, by="kabid")
    assert refused.value.problems[0].kind.code == "message_sent_by_hand"
    assert state_of(message) == ("draft", 0)
    assert not Job.objects.exists()
