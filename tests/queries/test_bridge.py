"""From one number to another: every line has its cause, its sign and its people, and the balance foots."""

from __future__ import annotations

from datetime import date

import pytest

from jemput.actions.settings import set_setting
from jemput.actions.take_events import take_totals
from jemput.domain import facts
from jemput.domain.coverage import Rule
from jemput.domain.rows import Row
from jemput.queries import bridge
from jemput.queries.bridge import Bridge, Figure, Line
from jemput.queries.office import office as office_now
from jemput.queries.people import by_id
from jemput.store.chain import Origin
from tests.builders import (
    ADI,
    ANI,
    BUDI,
    CUT_OFF,
    LAKITAN,
    NEXT_DOOR,
    RINA,
    RULE,
    SITI,
    TODAY,
    TUGUMULYO,
    close,
    event,
    happen,
    newcomer,
    nik,
    office_on,
    person,
    take,
    view,
)

FEBRUARY = date(2019, 2, 28)


def between(
    start: date,
    end: date,
    figure: Figure = "id_obligated",
    *,
    area: int | None = None,
    closed: bool = True,
    rule: Rule = RULE,
) -> Bridge:
    known = None if closed else "now"
    found = bridge.bridge(view(start, known, rule=rule), view(end, known, rule=rule), area, figure=figure, rule=rule)
    assert found.foots
    assert all(
        len(set(line.persons)) == abs(line.amount) for line in found.lines if line.cause not in bridge.OTHER_TITLES
    )
    return found


def lines(found: Bridge) -> list[tuple[str, int, bool]]:
    return [(line.cause, line.amount, line.late) for line in found.lines]


def names(line: Line) -> list[str]:
    return [one.name for one in by_id(line.persons)]


@pytest.fixture
def month(office) -> None:
    """A month of everything between two closed counts."""
    take(
        person(ADI, status="PRR"),
        person(SITI, row=3, status="BIO_CAPTURED"),
        person(BUDI, row=4),
        person(ANI, row=5, born_on="2002-03-10"),
    )
    close(FEBRUARY)
    happen(
        event(facts.REKAM, SITI, "2019-03-05", status="ENROLL_FAILURE_AT_CENTRAL"),
        event(facts.REKAM, BUDI, "2019-03-06", row=3, status="BIO_CAPTURED"),
        event(facts.MATI, ADI, "2019-03-07", row=4),
        newcomer(facts.DATANG, RINA, "2019-03-08", row=5),
        today=CUT_OFF,
    )
    close(CUT_OFF)


def test_opening_and_movements_make_the_closing_for_wajib_ktp(month):
    found = between(FEBRUARY, CUT_OFF)
    assert (found.opening, found.closing) == (3, 4)
    assert lines(found) == [("birthday", 1, False), ("datang", 1, False), ("mati", -1, False)]
    assert [names(line) for line in found.lines] == [["ANI LESTARI"], ["RINA"], ["ADI SAPUTRA"]]


def test_opening_and_movements_make_the_closing_for_recorded_and_for_the_rest(month):
    recorded = between(FEBRUARY, CUT_OFF, "recorded")
    assert (recorded.opening, recorded.closing) == (2, 1)
    assert lines(recorded) == [("mati", -1, False), ("rekam", -1, False), ("rekam", 1, False)]
    left = between(FEBRUARY, CUT_OFF, "unrecorded")
    assert (left.opening, left.closing) == (1, 3)
    assert lines(left) == [("birthday", 1, False), ("datang", 1, False), ("rekam", -1, False), ("rekam", 1, False)]


def test_each_line_is_named_in_both_languages(month):
    whole = between(FEBRUARY, CUT_OFF)
    for line in whole.lines:
        assert whole.title(line).id
        assert whole.title(line).en
    assert {whole.title(line).id for line in whole.lines} == {"genap 17 tahun", "datang", "mati"}


def test_what_was_learnt_late_stands_apart_from_what_happened_since(month):
    happen(event(facts.MATI, BUDI, "2019-02-01"), event(facts.MATI, SITI, "2019-04-01", row=3))
    found = between(CUT_OFF, TODAY)
    assert lines(found) == [("mati", -1, False), ("mati", -1, True)]
    assert [names(line) for line in found.lines] == [["SITI AMINAH"], ["BUDI"]]
    assert lines(between(CUT_OFF, TODAY, closed=False)) == [("mati", -1, False)], "known now at both ends"


def test_one_day_as_closed_and_as_known_now_differ_by_late_lines_alone(month):
    happen(
        event(facts.MATI, BUDI, "2019-03-01"),
        newcomer(facts.LAHIR, nik("2019-03-03"), "2019-03-03", row=3, name="BAYI"),
    )
    found = bridge.bridge(view(CUT_OFF, None), view(CUT_OFF), None, figure="id_obligated", rule=RULE)
    assert found.foots
    assert lines(found) == [("mati", -1, True)]


def test_who_moves_within_the_area_is_no_movement_of_it_and_one_of_its_parts(month):
    happen(event(facts.RESIDENCE_CHANGED, BUDI, "2019-04-01", village=LAKITAN))
    assert lines(between(CUT_OFF, TODAY)) == []
    assert lines(between(CUT_OFF, TODAY, area=160501)) == [("residence_changed", -1, False)]
    assert lines(between(CUT_OFF, TODAY, area=160502)) == [("residence_changed", 1, False)]


def test_who_came_and_left_between_two_days_is_no_line(month):
    happen(
        event(facts.PINDAH, BUDI, "2019-03-30"),
        event(facts.DATANG, BUDI, "2019-04-01", row=3, village=NEXT_DOOR),
    )
    found = between(CUT_OFF, TODAY)
    assert (found.opening, found.closing, found.lines) == (4, 4, ())


def test_a_reversal_shows_as_the_fact_it_takes_back_with_the_sign_turned(month):
    happen(event(facts.MATI, BUDI, "2019-03-01", id="E-1"), today=date(2019, 3, 30))
    start = view(CUT_OFF, date(2019, 3, 30))
    happen(event(facts.REVERSED, None, "2019-04-01", reverses="E-1"))
    found = bridge.bridge(start, view(CUT_OFF), None, figure="id_obligated", rule=RULE)
    assert (found.opening, found.closing) == (3, 4)
    assert found.foots
    assert [(line.amount, names(line), line.late) for line in found.lines] == [(1, ["BUDI"], True)]


def test_backwards_every_line_has_the_other_sign(month):
    there, back = between(FEBRUARY, CUT_OFF), between(CUT_OFF, FEBRUARY)
    assert (back.opening, back.closing) == (there.closing, there.opening)
    assert {(line.cause, -line.amount, line.persons) for line in back.lines} == {
        (line.cause, line.amount, line.persons) for line in there.lines
    }


def test_from_a_day_to_itself_there_is_nothing(month):
    assert between(CUT_OFF, CUT_OFF).lines == ()


def test_an_arrival_who_brings_a_recording_along_is_an_arrival_among_the_wajib_ktp(month):
    happen(
        newcomer(facts.DATANG, nik("1990-03-04"), "2019-04-01", name="BARU", born_on="1990-03-04", status="CARD_ISSUED")
    )
    assert lines(between(CUT_OFF, TODAY)) == [("datang", 1, False)]


def test_before_the_register_the_whole_of_it_is_a_line(month):
    found = between(date(2018, 12, 31), date(2019, 1, 2), closed=False)
    assert (found.opening, lines(found)) == (0, [("registered", 3, False)])


def test_a_change_of_the_rule_is_a_line_without_people(month):
    happen(event(facts.BLOCKED, SITI, "2019-03-30"))
    set_setting("count_blocked", "no")
    rule = office_now().rule
    found = between(CUT_OFF, TODAY, rule=rule)
    assert (found.opening, found.closing) == (4, 3)
    assert sum(line.amount for line in found.lines) == -1


# --- against the frozen DKB --------------------------------------------------------------------


def freeze(on: str, *totals: tuple[str, int]) -> None:
    rows = [
        Row("", number, {"on": on, "village": village, "semester": "2019-1", "id_obligated": str(obliged)})
        for number, (village, obliged) in enumerate(totals, 2)
    ]
    take_totals(rows, office=office_on(TODAY), origin=Origin("dkb"))


def test_from_the_frozen_dkb_to_the_live_number_what_the_list_does_not_explain_is_a_line_and_never_people(month):
    happen(event(facts.KONSOLIDASI_REMOVED, BUDI, "2019-03-30"), event(facts.MATI, RINA, "2019-04-01", row=3))
    freeze("2019-03-28", (TUGUMULYO, 10), (NEXT_DOOR, 2))
    found = bridge.dkb_bridge(view(TODAY), None, rule=RULE)
    assert found is not None
    on, one = found
    assert (on, one.opening, one.closing) == (CUT_OFF, 12, 2)
    assert one.foots
    assert lines(one) == [("unexplained", -8, False), ("konsolidasi_removed", -1, False), ("mati", -1, False)]
    assert one.lines[0].persons == ()
    assert "konsolidasi" in one.title(one.lines[0]).id


def test_a_dkb_that_agrees_is_explained_by_nothing(month):
    freeze("2019-03-28", (TUGUMULYO, 4))
    found = bridge.dkb_bridge(view(CUT_OFF, "now"), None, rule=RULE)
    assert found is not None
    assert sum(abs(line.amount) for line in found[1].lines) == 0
    assert (found[1].opening, found[1].closing) == (4, 4)


def test_before_any_dkb_there_is_no_bridge_from_it(month):
    assert bridge.dkb_bridge(view(TODAY), None, rule=RULE) is None


def test_a_line_against_its_usual_sign_says_what_went_wrong():
    recorded = bridge.Bridge("recorded", 5, (), 5)
    left = bridge.Bridge("unrecorded", 5, (), 5)
    assert recorded.title(bridge.Line("rekam", 3, late=False)).en == "recording status"
    assert recorded.title(bridge.Line("rekam", -3, late=False)).en == "recording failed"
    assert left.title(bridge.Line("rekam", -3, late=False)).en == "recording status"
    assert left.title(bridge.Line("rekam", 3, late=False)).en == "recording failed"
    assert recorded.title(bridge.Line("mati", -1, late=True)).en == "death"
    assert recorded.title(bridge.Line("mati", 1, late=True)).en == "death, taken back"
    assert recorded.title(bridge.Line("residence_changed", -1, late=False)).en == "moved within the regency"
