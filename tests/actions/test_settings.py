"""Settings: what they take, who changed them, and what a change of the counting rule makes anew."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from jemput.actions.settings import set_setting
from jemput.domain import facts, recording
from jemput.domain.coverage import Figures
from jemput.domain.problems import Refused
from jemput.queries import bridge, coverage, people
from jemput.queries.office import SETTINGS, ZONE, setting
from jemput.queries.office import office as office_now
from jemput.store.models import SettingChange
from tests.builders import (
    ADI,
    ANI,
    BUDI,
    CUT_OFF,
    SITI,
    TODAY,
    close,
    count,
    event,
    everything,
    findings,
    happen,
    person,
    take,
    view,
)


@pytest.fixture
def village(office) -> None:
    """Adi accepted, Siti captured, Budi blocked and unrecorded, Ani fifteen."""
    take(person(ADI, status="PRR"), person(SITI, row=3, status="BIO_CAPTURED"), person(BUDI, row=4), person(ANI, row=5))
    happen(event(facts.BLOCKED, BUDI, "2019-03-01"), today=CUT_OFF)
    set_setting("today", TODAY.isoformat())


def now_counted() -> Figures:
    return count(rule=office_now().rule)


def test_every_setting_has_a_default_that_works(office):
    for kind in SETTINGS:
        assert setting(kind.name) == kind.default
        assert kind.meaning.id != kind.meaning.en
    assert office_now().rule == coverage.Rule()
    assert office_now().area is None


def test_the_offices_day_is_the_clock_in_western_indonesia_unless_it_is_set(office):
    here = office_now()
    assert not here.today_is_set
    assert abs(datetime.now(UTC) - here.now) < timedelta(minutes=1)
    assert here.today == here.now.astimezone(ZONE).date()
    set_setting("today", "2019-04-02")
    here = office_now()
    assert (here.today, here.today_is_set) == (date(2019, 4, 2), True)
    assert here.now.astimezone(ZONE).date() == date(2019, 4, 2)
    set_setting("today", "")
    assert not office_now().today_is_set


def test_the_environment_goes_before_the_setting_of_the_day(office, monkeypatch):
    set_setting("today", "2019-04-02")
    monkeypatch.setenv("JEMPUT_TODAY", "2019-05-01")
    assert (office_now().today, office_now().today_is_set) == (date(2019, 5, 1), True)


@pytest.mark.parametrize(
    ("name", "text", "value"),
    [
        ("office_area", "16.05", "16.05"),
        ("office_area", "1605", "1605"),
        ("count_blocked", "Tidak", False),
        ("count_blocked", "off", False),
        ("count_blocked", "ya", True),
        ("counted_statuses", "prr, card_issued", None),
        ("counted_statuses", "card_issued, PRINT_READY_RECORD,", ["CARD_ISSUED", "PRINT_READY_RECORD"]),
    ],
)
def test_a_setting_is_read_from_what_was_typed(office, name, text, value):
    if value is None:
        with pytest.raises(Refused):
            set_setting(name, text)
    else:
        assert set_setting(name, text) == value == setting(name)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("today", "28-03-2019"),
        ("today", "2019-02-30"),
        ("today", "kemarin"),
        ("office_area", "Musi Rawas"),
        ("office_area", "160"),
        ("count_blocked", "mungkin"),
        ("counted_statuses", "KODE_BARU"),
        ("counted_statuses", ","),
        ("counted_statuses", " "),
    ],
)
def test_what_a_setting_cannot_be_is_refused_and_nothing_changes(office, name, text):
    before = everything()
    with pytest.raises(Refused) as refused:
        set_setting(name, text)
    assert refused.value.problems[0].kind.code == "bad_value"
    assert everything() == before


def test_a_refusal_says_what_the_setting_means_in_the_language_of_the_reader(office):
    with pytest.raises(Refused) as refused:
        set_setting("count_blocked", "mungkin")
    problem = refused.value.problems[0]
    assert "mungkin" in problem.reason("id")
    assert "blocked people" in problem.todo("en")
    assert "orang diblokir" in problem.todo("id")


def test_a_setting_that_is_none_is_refused_with_those_there_are(office):
    with pytest.raises(Refused) as refused:
        set_setting("hari_ini", "2019-04-02")
    assert refused.value.problems[0].kind.code == "no_such_setting"
    assert "count_blocked" in refused.value.problems[0].todo("id")


def test_every_change_is_kept_with_who_made_it(office):
    set_setting("today", "2019-04-02", said_by="operator 2")
    set_setting("count_blocked", "no", said_by="kepala")
    set_setting("count_blocked", "no", said_by="kepala")
    set_setting("count_blocked", "", said_by="kepala")
    changes = SettingChange.objects.order_by("id").values_list("name", "old", "new", "changed_by")
    assert list(changes) == [
        ("today", "", "2019-04-02", "operator 2"),
        ("count_blocked", True, False, "kepala"),
        ("count_blocked", False, True, "kepala"),
    ]


def test_with_count_blocked_off_wajib_ktp_falls_by_exactly_the_blocked_line(village):
    on = now_counted()
    assert (on.id_obligated, on.blocked, on.recorded) == (3, 1, 2)
    set_setting("count_blocked", "no")
    off = now_counted()
    assert (off.id_obligated, off.blocked, off.recorded) == (on.id_obligated - on.blocked, 1, 2)
    assert findings(office_now()) == []


@pytest.mark.parametrize(
    ("codes", "recorded"),
    [
        ("PRINT_READY_RECORD", 1),
        ("BIO_CAPTURED", 1),
        ("BIO_CAPTURED,PROCESSING", 1),
        ("BIO_CAPTURED,PRINT_READY_RECORD", 2),
        ("CARD_ISSUED", 0),
    ],
)
def test_what_counts_as_recorded_is_what_is_set_on_every_database(village, codes, recorded):
    set_setting("counted_statuses", codes)
    rule = office_now().rule
    assert now_counted().recorded == recorded
    at = view(TODAY, rule=rule)
    assert coverage.recount(at, None) == coverage.villages(at, None, rule_in_force=rule)
    assert findings(office_now()) == []


def test_a_change_and_back_leaves_what_is_derived_as_it_was(village):
    derived = everything(("person", "movement", "tally"))
    set_setting("count_blocked", "no")
    assert everything(("movement",)) != {"movement": derived["movement"]}
    set_setting("count_blocked", "yes")
    assert everything(("person", "movement", "tally")) == derived


def test_events_after_a_change_are_counted_by_the_new_rule(village):
    set_setting("counted_statuses", ",".join(recording.BY_ORDER[order].code for order in sorted(recording.ACCEPTED)))
    happen(event(facts.REKAM, SITI, "2019-04-01", status="PROCESSING"), here=office_now())
    assert now_counted().recorded == 1
    happen(event(facts.REKAM, SITI, "2019-04-02", status="PRR"), here=office_now())
    assert now_counted().recorded == 2
    assert findings(office_now()) == []


def test_a_setting_that_counts_nothing_anew_leaves_the_movements_alone(village):
    derived = everything(("person", "movement", "tally"))
    set_setting("office_area", "16.05")
    set_setting("today", "2019-04-03")
    assert everything(("person", "movement", "tally")) == derived


def test_a_closed_count_opens_by_its_own_rule_and_the_bridge_names_the_change(village):
    close(CUT_OFF, today=TODAY)
    set_setting("count_blocked", "no")
    rule = office_now().rule
    closed = view(CUT_OFF, None, rule=rule)
    assert len(people.people(closed, None, "id_obligated", rule_in_force=rule)) == 3
    found = bridge.bridge(closed, view(TODAY, rule=rule), None, figure="id_obligated", rule=rule)
    assert found.foots
    assert [(line.cause, line.amount, line.persons) for line in found.lines] == [("settings_changed", -1, ())]
