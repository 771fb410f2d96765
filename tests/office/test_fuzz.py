"""Whatever is sent, by whomever: no page breaks, nothing of another area or role comes back, no NIK is anywhere."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.db import transaction
from django.test import Client
from hypothesis import HealthCheck, Phase, given
from hypothesis import settings as profile
from hypothesis import strategies as st

from jemput.domain.roles import Role
from jemput.office.pages import PAGES
from jemput.store.models import AuditLine
from tests.office.conftest import ClientAs, OfficeClient
from tests.office.fuzzing import HOSTILE, KECAMATAN, NIK, SCRIPT, Register, Sent, form_of, names_in, requests, text_of
from tests.office.samples import address, values_of

SOME = profile(
    max_examples=profile.default.max_examples // 2,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    phases=(Phase.explicit, Phase.reuse, Phase.generate),  # a request is read as it was sent; shrinking takes minutes
)


def in_short_and_long(roles: Iterable[Role]) -> list[object]:
    """Return each role twice: for `make test`, and for `make torture`, which sends twenty times as much."""
    return [*roles, *(pytest.param(role, marks=pytest.mark.torture, id=f"{role.value}-long") for role in roles)]


SEES_NOBODY = (Role.INSPECTORATE, Role.ADMINISTRATOR)
TELLS_OF_ELSEWHERE = frozenset({"person", "person-nik", "person-excel", "enter", "enter-new", "reverse"})
"""One person's facts name where they came from and where they may go; those are villages outside by nature."""
OFFERED = re.compile(r'<option.*?</option>|placeholder="[^"]*"', re.DOTALL)
"""What a form offers to choose, and its examples of what may be typed."""
VILLAGE = re.compile(r"(?<![\w.])16\.05\.(\d\d)\.\d{4}(?![\w.])")


class Log(logging.Handler):
    """Everything the program says to its log."""

    def __init__(self) -> None:
        super().__init__(logging.DEBUG)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(f"{record.getMessage()} {record.exc_text or ''}")


@pytest.fixture
def demo_office(furnished_office):
    return furnished_office


@pytest.fixture
def log() -> Iterator[Log]:
    handler = Log()
    loggers = [logging.getLogger(name) for name in ("", "django", "axes")]
    for logger in loggers:
        logger.addHandler(handler)
    yield handler
    for logger in loggers:
        logger.removeHandler(handler)


@contextmanager
def taken_back() -> Iterator[None]:
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def seen_by(client: Client, home: Path):
    """Return what the pages that open for a client ask for, and what stands in their addresses."""
    opened = {page.name: client.get(address(page, home)) for page in PAGES.values()}
    forms = {name: form_of(answer) for name, answer in opened.items()}
    return {page.name: values_of(page, home) for page in PAGES.values()}, forms


def holds(sent: Sent, client: Client, register: Register, log: Log) -> str:
    """Send a request, hold what is true for everybody, and return all the answer said."""
    before = AuditLine.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    log.lines.clear()
    answer = sent.by(client)
    assert answer.status_code < 500, sent
    said = text_of(answer)
    assert SCRIPT not in said, sent
    numbers = set(NIK.findall(said)) & register.niks
    assert {number for number in numbers if number not in sent.typed} == set(), sent
    lines = AuditLine.objects.filter(pk__gt=before).values_list("actor", "subject", "reason")
    for told in (answer.headers.get("Location", ""), *log.lines, *(" ".join(line) for line in lines)):
        assert not set(NIK.findall(told)) & register.niks, (sent, told)
    return said


@pytest.mark.parametrize("role", in_short_and_long(Role))
@SOME
@given(data=st.data())
def test_nothing_that_is_sent_breaks_a_page_or_brings_out_a_nik(role, client_as: ClientAs, demo_office, log, data):
    client, register, samples, forms = _ground(role, None, client_as, demo_office)
    sent = data.draw(requests(register, samples, forms))
    with taken_back():
        said = holds(sent, client, register, log)
    if role in SEES_NOBODY:
        found = names_in(said, register)
        assert {name for name in found if name not in sent.typed.upper()} == set(), sent
        assert not re.search(r'href="/orang/\d', said), sent


@pytest.mark.parametrize("role", in_short_and_long([Role.REGISTRAR, Role.KABID, Role.KEPALA_DINAS]))
@SOME
@given(data=st.data())
def test_whoever_sees_one_kecamatan_is_told_of_nobody_and_no_village_outside(
    role, client_as: ClientAs, demo_office, log, data
):
    client, register, samples, forms = _ground(role, KECAMATAN, client_as, demo_office)
    sent = data.draw(requests(register, samples, forms))
    with taken_back():
        said = holds(sent, client, register, log)
    people = {int(number) for number in re.findall(r"/orang/(\d{1,15})/", said) if number not in sent.typed}
    assert people <= register.inside, sent
    if sent.page not in TELLS_OF_ELSEWHERE:
        villages = {found[0] for found in VILLAGE.finditer(OFFERED.sub("", said)) if found[1] != "14"}
        assert {code for code in villages if code not in sent.typed} == set(), sent


@SOME
@given(data=st.data())
def test_nothing_that_is_sent_at_the_door_breaks_it(furnished_office, log, data):
    client = OfficeClient()
    said = st.one_of(st.sampled_from(HOSTILE), st.text(st.characters(exclude_categories=("Cs",)), max_size=20))
    where = data.draw(
        st.sampled_from(
            (
                "/masuk/",
                "/masuk/kode/",
                "/masuk/pasang/",
                "/keluar/",
                "/bahasa/",
                "/kunci-sandi/authentication/begin/",
                "/kunci-sandi/authentication/complete/",
                "/kunci-sandi/registration/begin/",
                "/kunci-sandi/registration/complete/",
            )
        )
    )
    names = st.sampled_from(("username", "password", "next", "token", "language"))
    fields = data.draw(st.dictionaries(names, said))
    body = data.draw(said)
    with taken_back():
        for answer in (
            client.get(where, fields),
            client.post(where, fields),
            client.post(where, body, content_type="application/json"),
        ):
            assert answer.status_code < 500
            assert SCRIPT not in text_of(answer)
            assert answer.headers.get("Location", "/").startswith("/")
            assert not answer.headers.get("Location", "/").startswith("//")


_GROUND: dict[tuple[str, Role, int | None], tuple] = {}


def _ground(role: Role, area: int | None, client_as: ClientAs, home: Path):
    """Return a signed-in client, the register, and what its pages ask for; made once a test, not once an example."""
    key = (str(home), role, area)
    if key not in _GROUND:
        _GROUND.clear()
        client = client_as(role, area)
        _GROUND[key] = (client, Register.read(), *seen_by(client, home))
    return _GROUND[key]
