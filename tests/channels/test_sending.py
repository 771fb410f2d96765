"""Mail and gateway against real servers: sent, not sent, turned down, and nobody knows are four different ends."""

from __future__ import annotations

import subprocess
import sys

import pytest

from jemput.channels import gateway, mail
from jemput.channels.outgoing import NotSentError, Outgoing, PerhapsSentError
from jemput.domain.problems import Refused
from tests.channels.servers import Taken, mail_server, web_server, words_of

BODY = "Disdukcapil ke Tegal Rejo, Selasa 9 April 2019. Balas #JEMPUT#K7Q2#SIAP – terima kasih"
TO_MAIL = Outgoing("desa@contoh.id", "Perekaman: K7Q2", BODY, "7.1")
TO_PHONE = Outgoing("+6281234567834", "", BODY, "7.1")


def server_at(port: int, **more: str) -> mail.Server:
    said = {"user": "", "password": "", "security": "plain", "sender": "kantor@contoh.id"} | more
    return mail.Server("127.0.0.1", port, **said)


def gateway_at(taken: Taken) -> str:
    return f"json://127.0.0.1:{taken.port}/kirim/{{phone}}"


def test_a_mail_arrives_with_its_text_sender_and_recipient():
    with mail_server() as taken:
        mail.send(TO_MAIL, server_at(taken.port))
    (found,) = taken.bodies
    assert (found["To"], found["From"], found["Subject"]) == ("desa@contoh.id", "kantor@contoh.id", "Perekaman: K7Q2")
    assert words_of(found).strip() == BODY


def test_a_mail_without_a_server_is_refused_in_words_that_name_the_setting():
    with pytest.raises(Refused) as refused:
        mail.send(TO_MAIL, mail.Server("", 587, "", "", "plain", "kantor@contoh.id"))
    assert "smtp_host" in refused.value.problems[0].todo("id")


def test_a_mail_server_that_is_not_there_is_tried_again():
    with mail_server() as taken:
        port = taken.port
    with pytest.raises(NotSentError) as ended:
        mail.send(TO_MAIL, server_at(port))
    assert not isinstance(ended.value, PerhapsSentError)
    assert ended.value.problem.kind.code == "channel_not_reached"


@pytest.mark.parametrize(
    ("command", "said", "end"),
    [
        ("RCPT", "550 no such user", Refused),
        ("RCPT", "451 greylisted", NotSentError),
        ("MAIL", "552 too much", Refused),
        ("BODY", "452 full", NotSentError),
        ("BODY", "554 spam", Refused),
    ],
)
def test_what_a_mail_server_answers_decides_whether_it_is_tried_again(command, said, end):
    with mail_server() as taken:
        taken.answers[command] = said
        with pytest.raises((Refused, NotSentError)) as ended:
            mail.send(TO_MAIL, server_at(taken.port))
    assert ended.type is end


def test_a_mail_server_that_breaks_off_with_the_mail_in_hand_leaves_it_unsure():
    with mail_server() as taken:
        taken.hang_up = "DATA"
        with pytest.raises(PerhapsSentError):
            mail.send(TO_MAIL, server_at(taken.port))
    assert len(taken.bodies) == 1


def test_a_subject_with_a_line_break_brings_no_header_of_its_own():
    with mail_server() as taken, pytest.raises(Exception, match=r"(?i)header|newline"):
        mail.send(Outgoing("desa@contoh.id", "a\nBcc: x@y.id", BODY, "1.1"), server_at(taken.port))
    assert taken.bodies == []


def test_a_message_reaches_the_gateway_once_with_its_number():
    with web_server() as taken:
        gateway.send(TO_PHONE, gateway_at(taken))
    assert taken.paths == ["/kirim/6281234567834"]
    assert [body["message"] for body in taken.bodies] == [BODY]


@pytest.mark.parametrize(
    ("status", "end"),
    [
        (503, NotSentError),
        (429, NotSentError),
        (400, Refused),
        (401, Refused),
        (500, PerhapsSentError),
        (504, PerhapsSentError),
    ],
)
def test_what_a_gateway_answers_decides_whether_it_is_tried_again(status, end):
    with web_server() as taken:
        taken.status = status
        with pytest.raises((Refused, NotSentError)) as ended:
            gateway.send(TO_PHONE, gateway_at(taken))
    assert ended.type is end


def test_a_gateway_that_is_not_there_is_tried_again_and_one_that_breaks_off_is_not():
    with web_server() as taken:
        gone = gateway_at(taken)
        taken.hang_up = "POST"
        with pytest.raises(PerhapsSentError):
            gateway.send(TO_PHONE, gone)
    with pytest.raises(NotSentError) as ended:
        gateway.send(TO_PHONE, gone)
    assert ended.type is NotSentError


def test_no_problem_of_a_gateway_holds_its_address_or_password():
    with web_server() as taken:
        taken.status = 401
        with pytest.raises(Refused) as ended:
            gateway.send(TO_PHONE, f"json://orang:rahasia@127.0.0.1:{taken.port}/{{phone}}")
    (problem,) = ended.value.problems
    said = problem.reason("id") + problem.todo("id") + problem.reason("en") + problem.todo("en")
    assert "rahasia" not in said
    assert str(taken.port) not in said


def test_an_address_of_no_known_gateway_is_refused():
    with pytest.raises(Refused) as ended:
        gateway.send(TO_PHONE, "bukan-apa-apa://{phone}")
    assert ended.value.problems[0].kind.code == "gateway_unknown"


WITHOUT = """
import sys
sys.modules["apprise"] = None
import django
django.setup()
from jemput.channels import gateway
from jemput.channels.outgoing import Outgoing
from jemput.domain.problems import Refused
assert not gateway.is_installed()
try:
    gateway.send(Outgoing("+6281234567834", "", "x", "1"), "json://127.0.0.1/{phone}")
except Refused as refused:
    print(refused.problems[0].todo("id"))
"""


def test_without_the_extra_the_gateway_is_refused_in_words_that_name_it():
    told = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", WITHOUT], capture_output=True, text=True, timeout=60, check=True
    )
    assert "pip install 'jemput[apprise]'" in told.stdout
