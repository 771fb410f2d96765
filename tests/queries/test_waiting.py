"""What waits: counted in one's own area, and gone once it is done."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from jemput.actions.record_claim import record_claims
from jemput.actions.settings import set_setting
from jemput.domain import facts
from jemput.domain.claims import Claim
from jemput.queries import waiting
from jemput.queries.printed import printed
from jemput.store import bulk
from jemput.store.models import Backup, Conversation, Job, Message, Visit
from tests.builders import (
    ADI,
    BUDI,
    CUT_OFF,
    NEXT_DOOR,
    SITI,
    TODAY,
    append,
    close,
    event,
    happen,
    office_on,
    person,
    proposed,
    registered,
    settle,
    take,
)

CLOCK = datetime(2026, 11, 24, 5, 0, tzinfo=UTC)
NOW = office_on(TODAY).now
VILLAGE = 1605012003


def seen(area: int | None = None, today: date = TODAY) -> dict[str, int]:
    return {one.code: one.count for one in waiting.waiting(area, office_on(today), clock=CLOCK)}


def test_where_nothing_waits_nothing_is_said(office):
    take(person(ADI, status="PRR"))
    close(CUT_OFF)
    assert seen() == {}


def test_a_28th_that_went_by_waits_until_it_is_closed(office):
    take(person(ADI, status="PRR"))
    close(CUT_OFF)
    assert seen(today=date(2019, 5, 2)) == {"unclosed": 1}
    first = waiting.waiting(None, office_on(date(2019, 5, 2)), clock=CLOCK)[0]
    assert first.query == {"on": "2019-04-28"}
    close(date(2019, 4, 28), today=date(2019, 5, 2))
    assert seen(today=date(2019, 5, 2)) == {}


def test_what_the_last_check_found_waits_until_a_check_finds_nothing(office):
    take(person(ADI, status="PRR"))
    close(CUT_OFF)
    for hour, findings in ((1, [{"id": "a", "en": "a"}]), (2, [])):
        at = CLOCK.replace(hour=hour)
        Job.objects.create(
            kind="verify",
            args={},
            asked_by="x",
            asked_at=at,
            due_at=at,
            finished_at=at,
            state="done",
            result={"sound": not findings, "findings": findings},
        )
        assert seen(1605).get("unsound", 0) == len(findings)
        assert "unsound" not in seen(160501)


def test_proposals_wait_until_they_are_answered(office):
    take(person(ADI, status="PRR"), person(SITI, row=3, status="PRR"))
    take(person(ADI, status="PRR"), today=TODAY)
    assert len(proposed()) == 1
    assert seen() == {"proposals": 1}
    assert seen(1605012003) == {"proposals": 1}
    assert seen(160502) == {}
    settle("error")
    assert seen() == {}


def test_a_recording_waits_after_six_months_and_a_failed_one_at_once(office):
    take(
        person(ADI, status="BIO_CAPTURED", status_on="2018-09-01"),
        person(SITI, row=3, status="SENT_FOR_ENROLLMENT", status_on="2019-03-01"),
        person(BUDI, row=4, status="DUPLICATE_RECORD", village=NEXT_DOOR),
    )
    assert seen() == {"failed": 1, "slow": 1}
    assert seen(1605012004) == {"failed": 1}
    happen(event(facts.MATI, BUDI, "2019-03-30"))
    assert seen() == {"slow": 1}


def test_who_moved_away_or_has_no_status_waits_for_nobody(office):
    take(person(ADI, row=5, status="ADJUDICATE_RECORD"))
    append(registered(1), registered(2, status="XYZ"))
    happen(event(facts.PINDAH, ADI, "2019-03-01", to="Palembang"))
    assert seen() == {}


@pytest.mark.parametrize("area", ["", "16.05"])
def test_a_printed_figure_waits_where_it_differs_from_the_count(office, area):
    take(person(ADI, status="PRR"), person(SITI, row=3))
    close(CUT_OFF)
    right = Claim(id="a", area=area, as_of="2019-03-28", wajib_ktp=2, recorded=1, remaining=1)
    record_claims([right], office=office_on(TODAY))
    assert "printed" not in seen()
    record_claims(
        [Claim(id="b", area=area, as_of="2019-03-28", wajib_ktp=2, recorded=1, remaining=2)], office=office_on(TODAY)
    )
    assert seen()["printed"] == 1
    assert "printed" not in seen(160501)
    assert [(one.claim.id, one.area) for one in printed(office_on(TODAY))] == [("a", 1605), ("b", 1605)]


def test_unsettled_recordings_are_found_by_their_own_index(sqlite_office):
    take(person(ADI))
    plan = bulk.select(
        f"EXPLAIN QUERY PLAN SELECT count(*) FROM person WHERE {waiting.UNSETTLED} AND village BETWEEN 1 AND 9"
    )
    assert "person_unsettled" in str(plan)


def imported(refused: int, *, days_ago: int = 1, area: int = 1605, dry_run: bool = False, state: str = "done") -> None:
    at = CLOCK - timedelta(days=days_ago)
    said = {"refused": refused, "dry_run": dry_run}
    Job.objects.create(
        kind="import",
        args={"dry_run": dry_run},
        area=area,
        state=state,
        asked_by="sri",
        asked_at=at,
        due_at=at,
        result=said,
    )


def test_a_file_with_refused_rows_is_called_to_mind_for_a_month(office):
    for at in ({"refused": 3}, {"refused": 0}, {"refused": 3, "days_ago": 29}, {"refused": 3, "dry_run": True}):
        imported(**at)
    imported(2, area=160514)
    imported(2, state="running")
    assert seen()["refused"] == 2
    assert seen(160514)["refused"] == 1
    assert "refused" not in seen(160501)


def test_a_missing_backup_waits_for_the_whole_office_alone(office):
    set_setting("backup_time", "02.00")
    assert seen(1605)["backup"] == 1
    assert "backup" not in seen(160501)
    Backup.objects.create(
        file="x.tar.gz.age", made_at=CLOCK, made_by="yusuf", bytes=1, sha256="", place=1, head="", seconds=1
    )
    assert seen(1605)["backup"] == 1, "its file is gone"


def test_a_backup_that_was_made_waits_no_more(office, tmp_path):
    file = tmp_path / "x.tar.gz.age"
    file.touch()
    set_setting("backup_time", "02.00")
    Backup.objects.create(
        file=str(file), made_at=CLOCK, made_by="yusuf", bytes=1, sha256="", place=1, head="", seconds=1
    )
    assert "backup" not in seen(1605)


def talk(code: str, **said: object) -> Conversation:
    return Conversation.objects.create(code=code, village=VILLAGE, made_at=NOW, made_by="kabid", **said)


def message(conversation: Conversation | None, direction: str, state: str) -> Message:
    return Message.objects.create(
        conversation=conversation, direction=direction, channel="sms", body="…", state=state, at=NOW
    )


def test_what_villages_said_and_did_not_say_waits(office) -> None:
    talk("AAAA", state="confirmed", unread=True)
    asked = talk("BBBB", state="asked", remind_at=NOW - timedelta(days=1))
    talk("CCCC", state="asked", remind_at=NOW + timedelta(days=30))
    talk("DDDD", state="closed", unread=True, closed_at=NOW)
    gone = Visit.objects.create(place_kind="village", village=VILLAGE, state="cancelled", made_at=NOW)
    talk("EEEE", state="asked", remind_at=NOW - timedelta(days=1), visit=gone)
    message(asked, "out", "failed")
    message(None, "in", "received")
    found = seen(office_on(TODAY).area)
    assert found == found | {"answers": 1, "unplaced": 1, "unsent": 1, "remind": 1}
    assert not seen(160502).keys() & {"answers", "unplaced", "unsent", "remind"}


def test_wishes_of_villages_and_days_gone_by_without_minutes_wait(office) -> None:
    for on, state in ((None, "requested"), (TODAY - timedelta(days=1), "confirmed"), (TODAY, "confirmed")):
        Visit.objects.create(place_kind="village", village=VILLAGE, on=on, state=state, made_at=NOW)
    found = seen(office_on(TODAY).area)
    assert found == found | {"requested": 1, "unreported": 1}
