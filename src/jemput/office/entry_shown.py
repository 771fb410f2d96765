"""What the pages of an entry show: fields with what was typed into them, and an effect in words and numbers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from jemput.actions.enter_fact import Preview
from jemput.actions.entry import TOGETHER, Entry
from jemput.domain import biodata, facts, wording
from jemput.domain.biodata import value_title
from jemput.domain.coverage import FIGURE_TITLES, Figures
from jemput.domain.ids import area_number, area_text, mask, mask_within
from jemput.domain.legal_effect import CountChange, FieldChange
from jemput.domain.places import AreaName, is_village
from jemput.domain.problems import Problem, Text
from jemput.imports import cells
from jemput.office import entry_form
from jemput.office.entry_form import Field, Form
from jemput.office.seat import Seat
from jemput.queries import coverage, places
from jemput.queries.dossier import Dossier, FactLine, Relative, belongs
from jemput.templating import language


@dataclass(frozen=True, slots=True)
class Asked:
    """One form under way: about whom, for a reversal which fact, its own key, and the last place it was shown with."""

    form: Form
    person: Dossier | None
    place: int | None
    key: str
    seen: int
    others: tuple[int, ...] = ()

    def family(self, seat: Seat) -> list[Relative]:
        """Return who of the same KK may go along: those who stand where the person stands, in the seat's area."""
        if self.form.kind not in TOGETHER or self.person is None:
            return []
        states = {"moved"} if self.form.kind == facts.DATANG else {"active", "blocked"}
        return [
            one
            for one in self.person.household
            if one.person.id != self.person.id
            and one.axes.registry.state in states
            and belongs(one.person.id, seat.area, whole=seat.office.area)
        ]

    @property
    def fact(self) -> FactLine | None:
        """The fact to take back."""
        lines = self.person.facts if self.person else ()
        return next((line for line in lines if line.place == self.place), None)


@dataclass(frozen=True, slots=True)
class Filled:
    """A field with what was typed into it and what is wrong with that."""

    field: Field
    value: str
    problems: tuple[Problem, ...]
    hint: Text | None

    @property
    def options(self) -> tuple[tuple[str, Text], ...]:
        """The choices, and the word that stands there although it is none."""
        words = {word for word, _ in self.field.choices}
        held = ((self.value, Text(self.value, self.value)),) if self.value and self.value not in words else ()
        return (*self.field.choices, *held)


@dataclass(frozen=True, slots=True)
class Balance:
    """One figure of one village on the office's day, before and after."""

    village: str
    title: Text
    before: int
    after: int

    @property
    def change(self) -> int:
        """What the figure becomes by."""
        return self.after - self.before


def first_words(form: Form, person: Dossier | None) -> dict[str, str]:
    """Return what a form holds before anybody typed: of a correction the biodata of now, numbers aside."""
    if form.kind != facts.BIODATA_CHANGED or person is None:
        return {}
    held = biodata_of(person)
    words = {field.name: str(held.get(field.name, "")) for field in form.fields if field.widget != "number"}
    return {name: _as_typed(word) if name in biodata.DAYS else word for name, word in words.items()}


def _as_typed(iso: str) -> str:
    return f"{date.fromisoformat(iso):%d/%m/%Y}" if iso else ""


def biodata_of(person: Dossier | None) -> dict[str, str]:
    """Return what the register says of a person on the day of their dossier, field by field."""
    return {one.name: one.current.value for one in person.fields if one.current} if person else {}


def form_context(asked: Asked, words: Mapping[str, str], problems: Sequence[Problem], *, seat: Seat) -> dict[str, Any]:
    """Return what the page of a form shows: each field with what was typed and what is wrong with it."""
    form = asked.form
    held = biodata_of(asked.person)

    def filled(fields: Iterable[Field]) -> list[Filled]:
        return [
            Filled(
                field,
                words.get(field.name, ""),
                tuple(problem for problem in problems if problem.column == field.name),
                _held_number(form, field, held) or field.hint,
            )
            for field in fields
        ]

    own = (*((form.on,) if form.on else ()), *form.fields)
    return {
        "asked": asked,
        "own": filled(own),
        "family": [(one, value_title("role", one.role), one.person.id in asked.others) for one in asked.family(seat)],
        "evidence": filled(entry_form.evidence_fields(form)),
        "problems": problems,
        **_lists(seat, own),
    }


def _held_number(form: Form, field: Field, held: Mapping[str, str]) -> Text | None:
    """Return what a number is now, masked, for a correction: an empty field leaves it."""
    if form.kind != facts.BIODATA_CHANGED or field.widget != "number" or not held.get(field.name):
        return None
    now = mask(held[field.name])
    return Text(f"Sekarang {now}; kosong berarti tetap.", f"Now {now}; empty leaves it.")


def _lists(seat: Seat, fields: Iterable[Field]) -> dict[str, list[str]]:
    """Return what village and area fields suggest: names people know, with the code that tells them apart."""
    widgets = {field.widget for field in fields}
    if not widgets & {"village", "area"} or seat.office.area is None:
        return {}
    listed = places.areas(seat.office.today, within=seat.office.area)
    called = {one.number: one.name for one in listed}
    villages = [_suggestion(one, called) for one in listed if is_village(one.number)]
    districts = [f"{one.name} ({area_text(one.number)})" for one in listed if one.level == "kecamatan"]
    return {"villages": villages if "village" in widgets else [], "districts": districts if "area" in widgets else []}


def _suggestion(one: AreaName, called: Mapping[int, str]) -> str:
    district = called.get(one.number // 10**4)
    return f"{one.name}, {district} ({area_text(one.number)})" if district else f"{one.name} ({area_text(one.number)})"


def effect_context(
    asked: Asked, words: Mapping[str, str], shown: Preview, problems: Sequence[Problem], *, seat: Seat
) -> dict[str, Any]:
    """Return what the page before saving shows: what would change, in words and numbers; the words typed go along."""
    effect = shown.effect
    numbers = {one.village for one in (*effect.now, *effect.closed)}
    lived_in = [
        area_number(word)
        for change in effect.fields
        if change.name == "village"
        for word in (change.before, change.after)
    ]
    numbers |= {number for number in lived_in if number}
    named = places.names_of({*numbers, *(number // 10**4 for number in numbers)}, seat.office.today)
    names = {number: _called(number, named) for number in numbers}
    called = {one.person.id: one.person.name for one in asked.person.household} if asked.person else {}
    return {
        "asked": asked,
        "seen": shown.seen,
        "words": [(name, word) for name, word in words.items() if word],
        "recap": [
            (field.title, _recapped(field, words[field.name], shown.entry, named))
            for field in entry_form.all_fields(asked.form)
            if words[field.name]
        ],
        "effect": effect,
        "others": [
            (called.get(person, str(person)), one.before.registry.title, one.after.registry.title, one.warnings)
            for person, one in shown.others
        ],
        "fields": [(change.title, *_told(change, named)) for change in effect.fields],
        "axes": [(name, before, after, before != after) for name, before, after in effect.axes_told()],
        "closed": effect.closed_told(names),
        "balances": _balances(seat, effect.now, names),
        "problems": problems,
    }


def _told(change: FieldChange, named: Mapping[int, str]) -> tuple[Text, Text]:
    """Return a field's values in words; a village by its name."""
    if change.name != "village":
        return change.told
    before, after = (
        _called(number, named) if (number := area_number(word)) else word for word in (change.before, change.after)
    )
    return Text(before, before), Text(after, after)


def _recapped(field: Field, word: str, entry: Entry, named: Mapping[int, str]) -> str:
    """Return a typed word as it was understood: days in words, a village by its name, numbers masked."""
    if field.widget == "number":
        return mask(word.replace(" ", ""))
    if field.widget == "day" and (on := cells.day_of(word)):
        return wording.day(on, language())
    if field.widget == "village" and (number := area_number(entry.said.get("village", ""))):
        return f"{_called(number, named)} ({area_text(number)})"
    return dict(field.choices).get(word, Text(mask_within(word), mask_within(word))).say(language())


def _called(number: int, named: Mapping[int, str]) -> str:
    """Return a village by its name, a district's office by the district's."""
    number = number // 10**4 if number % 10**4 == 0 else number
    return named.get(number) or area_text(number)


def _balances(seat: Seat, changes: Iterable[CountChange], names: Mapping[int, str]) -> list[Balance]:
    """Return the figures that change of each village on the office's day, as they stand and as they would."""
    at = coverage.view(seat.office.today, as_known="now", rule=seat.office.rule)
    found_balances = []
    for one in changes:
        village = one.village
        now = coverage.villages(at, village, rule_in_force=seat.office.rule).get(village, Figures())
        found_balances += [
            Balance(names[village], FIGURE_TITLES[name], getattr(now, name), getattr(now, name) + amount)
            for name, amount in one.parts()
        ]
    return found_balances
