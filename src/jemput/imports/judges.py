"""Whether a row, its cells once read, can be taken: what it must carry, and what other rows of the file said.

One judge a kind of file. A judge raises `Faulty` to refuse a row, and answers whether to keep it:
a row that stands in the file twice is kept once, with a note.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from jemput.domain import facts, ids, people
from jemput.domain.problems import Problem
from jemput.domain.rows import Row
from jemput.imports import findings
from jemput.imports.findings import Faulty
from jemput.imports.rows import Fields, Kind

Title = Callable[[str], str]
"""Field → header in the file under way."""


class Judge(Protocol):
    """What decides about the rows of one kind of file."""

    def keep(self, fields: Fields, title: Title, where: str) -> bool:
        """Return whether to keep a row; raise `Faulty` where it is wrong. `where` names it to a reader."""


class Named:
    """The names each NIK went by in this file so far, with the row that said so first."""

    def __init__(self) -> None:
        self._first: dict[str, tuple[str, str]] = {}
        self._renamed: set[tuple[str, str]] = set()

    def check(self, fields: Fields, title: Title, where: str) -> None:
        """Refuse a NIK that an earlier row used for another name; both rows are named, the NIK is masked."""
        nik, name = fields.get("nik"), fields.get("name")
        if not nik or not name:
            return
        first = self._first.get(nik)
        if first is None:
            self._first[nik] = (name, where)
        elif first[0] != name and people.name_key(first[0]) != people.name_key(name):
            if fields.get("event") == facts.BIODATA_CHANGED:
                self._renamed.add((nik, people.name_key(name)))
            elif (nik, people.name_key(name)) not in self._renamed:
                raise Faulty(clash(title("nik"), nik, first[1], first[0], name))


def clash(column: str, nik: str, where: str, first: str, second: str) -> Problem:
    """Return the problem of one NIK with two names."""
    return findings.NAME_CLASH.at(column, nik=ids.mask(nik), where=where, first=first, second=second)


class ListJudge:
    """Lists of people: a name each, one NIK for one name, one row for a person."""

    def __init__(self, rows: list[Row], pending: list[Problem]) -> None:
        self._rows = rows
        self._pending = pending
        self._taken: dict[str, int] = {}

    def keep(self, fields: Fields, title: Title, where: str) -> bool:  # noqa: ARG002 - the rows kept know their places
        """Keep a person; see `Judge`."""
        name = fields.get("name")
        if not name or not any(map(str.isalpha, name)):
            raise Faulty(findings.NAME_MISSING.at(title("name")))
        first = self._taken.setdefault(fields["nik"], len(self._rows))
        if first != len(self._rows):
            self._again(first, fields, title)
            return False
        if "born_on" not in fields:
            self._pending.append(findings.BORN_MISSING.at(title("born_on")))
        return True

    def _again(self, first: int, fields: Fields, title: Title) -> None:
        """Add what a person's further row says to the first; refuse it where it contradicts or names somebody else."""
        row = self._rows[first]
        before, where = row.fields, place_of(row.sheet, row.row)
        if people.name_key(before["name"]) != people.name_key(fields["name"]):
            raise Faulty(clash(title("nik"), fields["nik"], where, before["name"], fields["name"]))
        changed = [name for name in fields if before.get(name, fields[name]) != fields[name] and name != "name"]
        if changed:
            columns = ", ".join(map(title, changed))
            raise Faulty(findings.PERSON_TWICE.at(columns, nik=ids.mask(fields["nik"]), where=where, fields=columns))
        added = {name: text for name, text in fields.items() if name not in before}
        if added:
            self._rows[first] = Row(row.sheet, row.row, {**before, **added})
            columns = ", ".join(map(title, added))
            self._pending.append(findings.PERSON_COMPLETED.at(where=where, fields=columns))
        else:
            self._pending.append(findings.SAME_ROW_TWICE.at(where=where))


class _Repeats:
    """What a file of events said under each key, to tell a repeated row from a contradiction."""

    def __init__(self, pending: list[Problem]) -> None:
        self._pending = pending
        self._seen: dict[tuple[str, ...], list[tuple[Fields, str]]] = {}

    def earlier(self, key: tuple[str, ...], fields: Fields, where: str) -> str | None:
        """Return the row that used this key with other contents ("" for the very same row), or None for a new key."""
        seen = self._seen.setdefault(key, [])
        for before, at in seen:
            if before == fields:
                self._pending.append(findings.SAME_ROW_TWICE.at(where=at))
                return ""
        seen.append((fields, where))
        return seen[0][1] if len(seen) > 1 else None


class EventJudge:
    """LAMPID events: what each kind needs, a reversal with the id it takes back."""

    def __init__(self, pending: list[Problem]) -> None:
        self._named = Named()
        self._repeats = _Repeats(pending)

    def keep(self, fields: Fields, title: Title, where: str) -> bool:
        """Keep an event; see `Judge`."""
        kind = facts.BY_CODE[fields["event"]]
        if kind.code == facts.LAHIR and "on" in fields:
            fields.setdefault("born_on", fields["on"])
        needed = ("reverses",) if kind.code == facts.REVERSED else ("nik", *kind.needs)
        _need(fields, ("on", *needed), title, kind)
        if kind.code != facts.REVERSED:
            if "reverses" in fields:
                raise Faulty(
                    findings.REVERSES_ELSEWHERE.at(title("reverses"), event_id=kind.title.id, event_en=kind.title.en)
                )
            self._named.check(fields, title, where)
        if own := fields.get("id"):
            earlier = self._repeats.earlier(("id", own), fields, where)
            if earlier:
                raise Faulty(findings.ID_TWICE.at(title("id"), found=own, where=earlier))
        else:
            earlier = self._repeats.earlier((kind.code, fields["on"], fields.get("nik", "")), fields, where)
        return earlier != ""


class KonsolidasiJudge:
    """The centre's list: removed, merged into another NIK, added to a village."""

    def __init__(self, pending: list[Problem]) -> None:
        self._named = Named()
        self._repeats = _Repeats(pending)

    def keep(self, fields: Fields, title: Title, where: str) -> bool:
        """Keep a result; see `Judge`."""
        kind = facts.BY_CODE[fields["event"]]
        _need(fields, ("on", "nik", *kind.needs), title, kind)
        if fields.get("merged_into") == fields["nik"]:
            raise Faulty(findings.MERGED_INTO_ITSELF.at(title("merged_into")))
        self._named.check(fields, title, where)
        return self._repeats.earlier((kind.code, fields["on"], fields["nik"]), fields, where) != ""


class DkbJudge:
    """The centre's frozen totals: one row for a village in a semester."""

    def __init__(self, pending: list[Problem]) -> None:
        self._repeats = _Repeats(pending)

    def keep(self, fields: Fields, title: Title, where: str) -> bool:
        """Keep a village's totals; see `Judge`."""
        kind = facts.BY_CODE[facts.KONSOLIDASI_TOTAL]
        _need(fields, ("village", "semester", "on", "id_obligated"), title, kind)
        earlier = self._repeats.earlier((fields["village"], fields["semester"]), fields, where)
        if earlier:
            values = {"village": fields["village"], "semester": fields["semester"], "where": earlier}
            raise Faulty(findings.FIGURES_CLASH.at(title("village"), **values))
        return earlier is None


def judge_for(kind: Kind, rows: list[Row], pending: list[Problem]) -> Judge:
    """Return the judge for a kind of file; `rows` are those kept so far, `pending` takes notes of the row under way."""
    if kind == "list":
        return ListJudge(rows, pending)
    if kind == "events":
        return EventJudge(pending)
    return KonsolidasiJudge(pending) if kind == "konsolidasi" else DkbJudge(pending)


def place_of(sheet: str, row: int) -> str:
    """Return how a row is named to a reader: "12" in a CSV, "RT 01!12" in a workbook."""
    return f"{sheet}!{row}" if sheet else str(row)


def _need(fields: Fields, needed: tuple[str, ...], title: Title, kind: facts.FactKind) -> None:
    """Refuse a row that lacks a field its kind cannot be without."""
    for name in needed:
        if not fields.get(name):
            if name == "name":
                raise Faulty(findings.NAME_MISSING.at(title(name)))
            if name == "reverses":
                raise Faulty(findings.REVERSES_MISSING.at(title(name)))
            if name == "nik":
                raise Faulty(ids.NUMBER_MISSING.at(title(name)))
            column = title(name)
            raise Faulty(
                findings.FIELD_MISSING.at(column, field=column, event_id=kind.title.id, event_en=kind.title.en)
            )
