"""What a fact about to be entered would do: the three axes, the figures and the biodata, before and after.

Nothing is guessed: the facts of the person are folded twice, without and with the new ones, by the
rule that counts. A closed 28th never changes; what changes is what is known now of that day.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date

from jemput.domain import facts, wording
from jemput.domain.axes import ALWAYS, Axes, axes
from jemput.domain.biodata import FIELD_TITLES, ToldFact, entry_on, value_title
from jemput.domain.coverage import FIGURE_TITLES, Figures, Rule, figures_of, standing
from jemput.domain.facts import NewFact
from jemput.domain.ids import area_text
from jemput.domain.lampid import Effects, effects
from jemput.domain.people import FIELDS
from jemput.domain.problems import Problem, Text


@dataclass(frozen=True, slots=True)
class CountChange:
    """What the figures of one village on one day become by: positive where they grow."""

    on: date
    village: int
    change: Figures

    def parts(self) -> tuple[tuple[str, int], ...]:
        """Return the figures that change (not recorded among them) and by how much, in the order they are printed."""
        changed = {name: getattr(self.change, name) for name in FIGURE_TITLES}
        return tuple((name, amount) for name, amount in changed.items() if amount)

    def words(self) -> Text:
        """Return the change in words: wajib KTP −1, belum rekam −1."""
        said = [(FIGURE_TITLES[name], amount) for name, amount in self.parts()]
        return Text(
            ", ".join(f"{title.id} {wording.signed(amount, 'id')}" for title, amount in said),
            ", ".join(f"{title.en} {wording.signed(amount, 'en')}" for title, amount in said),
        )


@dataclass(frozen=True, slots=True)
class FieldChange:
    """A field of the biodata that would read otherwise on the office's day."""

    name: str
    before: str
    after: str

    @property
    def title(self) -> Text:
        """What the field is called."""
        return FIELD_TITLES[self.name]

    @property
    def told(self) -> tuple[Text, Text]:
        """The values before and after in words, numbers masked."""
        return value_title(self.name, self.before), value_title(self.name, self.after)


@dataclass(frozen=True, slots=True)
class LegalEffect:
    """Before and after: axes and figures on the office's day, what is known now of closed 28ths, biodata, warnings."""

    before: Axes
    after: Axes
    now: tuple[CountChange, ...]
    closed: tuple[CountChange, ...]
    fields: tuple[FieldChange, ...]
    warnings: tuple[Problem, ...] = ()

    @property
    def changes_nothing(self) -> bool:
        """Whether neither an axis, a figure nor a field would be otherwise."""
        same = self.before.duty.why == self.after.duty.why and self.before.registry.state == self.after.registry.state
        same = same and self.before.registry.village == self.after.registry.village
        same = same and self.before.recorded.status == self.after.recorded.status
        return same and not (self.now or self.closed or self.fields)

    def axes_told(self) -> tuple[tuple[Text, Text, Text], ...]:
        """Return each axis by name with its words before and after."""
        return (
            (Text("Kewajiban", "Duty"), self.before.duty.why, self.after.duty.why),
            (
                Text("Status di daftar", "State in the register"),
                self.before.registry.title,
                self.after.registry.title,
            ),
            (Text("Perekaman", "Recording"), self.before.recorded.title, self.after.recorded.title),
        )

    def today_told(self, area_names: Mapping[int, str]) -> tuple[Text, ...]:
        """Return in words what today's figures change by, village by village."""
        return tuple(
            Text(
                f"Hitungan hari ini, {_called(one, area_names)}: {one.words().id}.",
                f"The count today, {_called(one, area_names)}: {one.words().en}.",
            )
            for one in self.now
        )

    def closed_told(self, area_names: Mapping[int, str]) -> tuple[Text, ...]:
        """Return in words what is known otherwise of closed 28ths, those alike in one sentence."""
        return tuple(_late(days, one, area_names) for days, one in self._runs())

    def _runs(self) -> list[tuple[list[date], CountChange]]:
        """Return the closed days by village and change, so that twelve alike are one sentence."""
        runs: dict[tuple[int, Figures], tuple[list[date], CountChange]] = {}
        for one in self.closed:
            runs.setdefault((one.village, one.change), ([], one))[0].append(one.on)
        return list(runs.values())


def together(effects: Sequence[LegalEffect]) -> LegalEffect:
    """Return the effect on the first person with the figures of all of them added up: a family that goes together."""
    first, *others = effects
    if not others:
        return first
    return replace(
        first,
        now=_added(one for effect in effects for one in effect.now),
        closed=_added(one for effect in effects for one in effect.closed),
    )


def _added(changes: Iterable[CountChange]) -> tuple[CountChange, ...]:
    total: dict[tuple[date, int], Figures] = {}
    for one in changes:
        total[one.on, one.village] = total.get((one.on, one.village), Figures()) + one.change
    return tuple(CountChange(on, village, change) for (on, village), change in total.items() if change != Figures())


def with_new(known: Sequence[ToldFact], new: Iterable[NewFact]) -> list[ToldFact]:
    """Return the facts of a person as they would be once new ones are appended."""
    place = max((fact.place for fact in known), default=0)
    after = list(known)
    for number, fact in enumerate(new, start=1):
        legal = Effects() if fact.kind == facts.REVERSED else effects(fact.kind, fact.said)
        day = fact.on.toordinal()
        after.append(ToldFact(place + number, ALWAYS, fact.kind, day, legal, fact.reverses, fact.said))
    return after


def legal_effect(
    known: Sequence[ToldFact], new: Sequence[NewFact], *, today: date, rule: Rule, closed: Sequence[date]
) -> LegalEffect:
    """Return what `new` facts about one person would do to what `known` ones say.

    `closed` are the closed 28ths; those whose figures as known now would change are told.
    """
    after = with_new(known, new)
    return LegalEffect(
        axes(known, on=today, rule=rule),
        axes(after, on=today, rule=rule),
        _changes(known, after, today, rule),
        tuple(one for on in closed for one in _changes(known, after, on, rule)),
        _fields(known, after, today),
    )


def _changes(before: Sequence[ToldFact], after: Sequence[ToldFact], on: date, rule: Rule) -> tuple[CountChange, ...]:
    villages: dict[int, Figures] = {}
    for told, sign in ((before, -1), (after, 1)):
        person = standing(told, on_day=on.toordinal(), batch=ALWAYS, rule=rule)
        for village, added in figures_of(person, on_day=on.toordinal(), rule=rule):
            signed = Figures(*(sign * getattr(added, one.name) for one in fields(added)))
            villages[village] = villages.get(village, Figures()) + signed
    changed = [CountChange(on, village, one) for village, one in sorted(villages.items()) if one != Figures()]
    return tuple(sorted(changed, key=lambda one: (not one.change.population, one.village)))


def _fields(before: Sequence[ToldFact], after: Sequence[ToldFact], today: date) -> tuple[FieldChange, ...]:
    then = entry_on(before, on_day=today.toordinal()).biodata
    now = entry_on(after, on_day=today.toordinal()).biodata
    changed = [
        (name, str(then.get(name, "")), str(now.get(name, ""))) for name in FIELDS if then.get(name) != now.get(name)
    ]
    return tuple(FieldChange(*one) for one in changed if one[1] != one[2])


def _called(one: CountChange, area_names: Mapping[int, str]) -> str:
    return area_names.get(one.village, area_text(one.village))


def _late(days: list[date], one: CountChange, area_names: Mapping[int, str]) -> Text:
    """Return what is known otherwise of closed days whose change is alike."""
    first, last = min(days), max(days)
    on = Text(wording.day(first, "id"), wording.day(first, "en"))
    if len(days) > 1:
        on = Text(
            f"{len(days)} hitungan, {on.id} sampai {wording.day(last, 'id')},",
            f"{len(days)} counts, {on.en} to {wording.day(last, 'en')},",
        )
    called, words = _called(one, area_names), one.words()
    return Text(
        f"Angka {on.id} seperti diketahui kini, {called}: {words.id}; yang sudah ditutup tetap.",
        f"The figures of {on.en} as known now, {called}: {words.en}; what was closed stays.",
    )
