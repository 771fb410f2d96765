"""Write the world as the files an office has: its register, village workbooks, events, consolidation lists."""

from __future__ import annotations

import csv
import random
from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from jemput.demo import musi_rawas
from jemput.demo.lists import write_village_list
from jemput.demo.musi_rawas import BEGINNING, CLEANSED, CLEANSED_AGAIN, CUT_OFF, END, FULL, SMALL, TODAY
from jemput.demo.people import Happening, Person
from jemput.demo.plan import ImportFile, Script, Step, write_script
from jemput.demo.rows import PERSON_COLUMNS, latest, named, number_of, person_row, status_of, write_rows
from jemput.demo.workbooks import WORKBOOKS, carries, write_workbook
from jemput.demo.year import LISTS_KNOWN, LISTS_KNOWN_AGAIN, World, make_world, month_ends
from jemput.store.bulk import without_cycle_search

SEED = 1605
AREAS = "areas.csv"
POINTS = "points.csv"
EVENT_COLUMNS = ("id", "peristiwa", "on", "reported_on", *PERSON_COLUMNS, "asal_tujuan", "batal", "sumber")
CLEANSING_COLUMNS = ("hasil", "on", *PERSON_COLUMNS, "gabung_ke")
SECOND_DKB, SECOND_DKB_KNOWN = date(2018, 12, 31), date(2019, 2, 28)
UNEXPLAINED_VILLAGES = 30
"""Villages whose frozen total differs a little from what the list of persons explains."""


def write_files(folder: Path, *, seed: int = SEED, small: bool = False) -> Script:
    """Write every file of the demo and its script into a folder; the same bytes for the same seed."""
    folder.mkdir(parents=True, exist_ok=True)
    with without_cycle_search():
        world = make_world(SMALL if small else FULL, seed, plain=frozenset(WORKBOOKS.values()))
        script = _Writer(folder, world, seed).write()
    write_script(script, folder)
    return script


class _Writer:
    """Writes one world into one folder."""

    def __init__(self, folder: Path, world: World, seed: int) -> None:
        self.folder = folder
        self.world = world
        self.rng = random.Random(seed + 1)  # noqa: S311 - the same on every run
        self.rng_of_lists = random.Random(seed + 2)  # noqa: S311 - the same
        self.events: dict[date, list[dict[str, str]]] = defaultdict(list)
        self.steps = [BEGINNING, *month_ends(BEGINNING, CUT_OFF), TODAY, *month_ends(CUT_OFF, END)]
        self.cleansing: dict[date, list[dict[str, str]]] = defaultdict(list)

    def write(self) -> Script:
        """Write all files and return their script."""
        first = self._register()
        for one in self.world.people:
            self._happenings(one)
        for guest in self.world.guests:
            for status in guest.statuses:
                self._event("rekam", status.on, status.known, named(guest) | status_of(status))
        script_steps = [Step(BEGINNING, tuple(first), BEGINNING)]
        for today in self.steps[1:]:
            files = [*self._cleansing_files(today), self._event_file(today)]
            if today == TODAY:
                files.append(write_village_list(self.folder, self.world.people, self.rng_of_lists))
            script_steps.append(Step(today, tuple(files), None if today == TODAY else today))
        until = [step for step in script_steps if step.today <= TODAY]
        return Script(tuple(until), tuple(step for step in script_steps if step.today > TODAY))

    def _register(self) -> list[ImportFile]:
        """Write the register as at 28 March 2018: the office's CSV, and a workbook of each layout for its village."""
        by_layout: dict[str, list[Person]] = defaultdict(list)
        layouts = {code: layout for layout, code in WORKBOOKS.items()}
        path = self.folder / "register-2018-03-28.csv"
        with path.open("w", encoding="utf-8", newline="") as file:
            table = csv.DictWriter(file, PERSON_COLUMNS, restval="", lineterminator="\n")
            table.writeheader()
            for one in self.world.people:
                if one.came is None:
                    village = one.home(BEGINNING, BEGINNING)
                    if layout := layouts.get(village.code):
                        by_layout[layout].append(one)
                    else:
                        table.writerow(person_row(one, village.code, BEGINNING))
        _write_areas(self.folder / AREAS)
        write_points(self.folder / POINTS)
        files = [ImportFile(path, "office-csv", None, BEGINNING)]
        for layout, code in WORKBOOKS.items():
            book = self.folder / f"{layout}-{code}.xlsx"
            village = next(village for village in self.world.villages if village.code == code)
            write_workbook(book, layout, village, by_layout[layout], BEGINNING)
            files.append(ImportFile(book, layout, code, BEGINNING))
        self._deliver_recordings(by_layout)
        return files

    def _deliver_recordings(self, by_layout: dict[str, list[Person]]) -> None:
        """Send what a workbook cannot say of a recording as events of the first month."""
        for layout, people in by_layout.items():
            for one in people:
                status = latest(one, BEGINNING)
                if status and not carries(layout, status):
                    self._event("rekam", status.on, self.steps[1], number_of(one) | status_of(status))

    def _happenings(self, one: Person) -> None:
        """Write what happens to one person, in the months it becomes known."""
        since = BEGINNING
        if one.came:
            since = one.came.known
            row = person_row(one, one.home(CUT_OFF, since).code, since)
            if one.came.kind == "ditambah":
                self.cleansing[one.came.known].append(row | {"hasil": "ditambah", "on": one.came.on.isoformat()})
            else:
                self._event(one.came.kind, one.came.on, one.came.known, row | {"asal_tujuan": one.came.detail})
        for status in one.statuses:
            if status.known > since and not (one.left and status.known > one.left.known):
                self._event("rekam", status.on, status.known, number_of(one) | status_of(status))
        if one.moved:
            self._event("pindah_dalam", one.moved.on, one.moved.known, number_of(one) | {"desa": one.moved.detail})
        if one.married:
            self._event("kawin", one.married.on, one.married.known, number_of(one))
        self._others(one)
        if one.left:
            self._leave(one, one.left)

    def _others(self, one: Person) -> None:
        mistaken = ""
        for other in one.others:
            if other.kind == "biodata":
                self._event(other.kind, other.on, other.known, number_of(one) | {"pekerjaan": other.detail})
            elif other.kind == "batal":
                self._event(other.kind, other.known, other.known, {"batal": mistaken, "sumber": "keluarga"})
            elif other.kind:
                mistaken = self._event(other.kind, other.on, other.known, number_of(one))

    def _leave(self, one: Person, left: Happening) -> None:
        if left.kind in {"dihapus", "digabung"}:
            row = {"hasil": left.kind, "on": left.on.isoformat(), "nik": one.nik, "gabung_ke": left.detail}
            self.cleansing[left.known].append(row)
        else:
            self._event(left.kind, left.on, left.known, number_of(one) | {"asal_tujuan": left.detail})

    def _event(self, kind: str, on: date, known: date, row: dict[str, str]) -> str:
        """Add an event to the month it becomes known in; return its id."""
        if known > END:
            return ""
        month = next(day for day in self.steps if day >= known)
        identity = f"MR-{month:%Y-%m-%d}-{len(self.events[month]) + 1:06}"
        head = {"id": identity, "peristiwa": kind, "on": on.isoformat()}
        if known != on:
            head["reported_on"] = known.isoformat()
        self.events[month].append(head | row)
        return identity

    def _event_file(self, today: date) -> ImportFile:
        path = self.folder / f"events-{today.isoformat()}.csv"
        write_rows(path, EVENT_COLUMNS, sorted(self.events.pop(today, []), key=lambda row: (row["on"], row["id"])))
        return ImportFile(path, "events")

    def _cleansing_files(self, today: date) -> Iterator[ImportFile]:
        """Write what the centre sends after a semester: its list of persons, and its frozen totals."""
        if today in self.cleansing:
            path = self.folder / f"konsolidasi-{today.isoformat()}.csv"
            write_rows(path, CLEANSING_COLUMNS, self.cleansing.pop(today))
            yield ImportFile(path, "konsolidasi")
        frozen = {
            LISTS_KNOWN: ("2018-S1", CLEANSED, None),
            SECOND_DKB_KNOWN: ("2018-S2", SECOND_DKB, None),
            LISTS_KNOWN_AGAIN: ("2019-S1", CLEANSED_AGAIN, self.world.totals.august_wajib),
        }
        if today in frozen:
            semester, on, total = frozen[today]
            path = self.folder / f"dkb-{semester}.csv"
            rows = self._frozen(semester, on, today, total)
            write_rows(path, ("semester", "on", "desa", "penduduk", "wajib_ktp", "kk"), rows)
            yield ImportFile(path, "dkb")

    def _frozen(self, semester: str, on: date, known: date, total: int | None) -> list[dict[str, str]]:
        """Return the centre's totals by village: our own count, and here and there a few it does not explain.

        With `total` the villages together come to what was published.
        """
        wajib: dict[str, int] = dict.fromkeys((village.code for village in self.world.villages), 0)
        residents = dict(wajib)
        cards: dict[str, set[str]] = defaultdict(set)
        for one in self.world.people:
            if one.lives_here(on, known):
                code = one.home(on, known).code
                residents[code] += 1
                cards[code].add(one.no_kk)
                wajib[code] += one.is_wajib(on, known)
        odd = self.rng.sample(sorted(wajib), UNEXPLAINED_VILLAGES)
        for code in odd:
            wajib[code] = max(0, wajib[code] + self.rng.choice((-4, -3, -2, -1, 1, 2, 3)))
        if total is not None:
            rest = total - sum(wajib.values())
            for code, part in zip(odd, musi_rawas.shares([1.0] * len(odd), abs(rest)), strict=True):
                wajib[code] += part if rest > 0 else -part
        return [
            {
                "semester": semester,
                "on": on.isoformat(),
                "desa": code,
                "penduduk": str(residents[code]),
                "wajib_ktp": str(wajib[code]),
                "kk": str(len(cards[code])),
            }
            for code in sorted(wajib)
        ]


def _write_areas(path: Path) -> None:
    """Write the codes and names of the regency as the list an office imports."""
    with path.open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file, lineterminator="\n")
        table.writerow(["kode", "nama"])
        table.writerows(musi_rawas.area_rows())


def write_points(path: Path) -> None:
    """Write a point for each village as the list an office imports."""
    with path.open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file, lineterminator="\n")
        table.writerow(["kode", "lat", "lng"])
        table.writerows(musi_rawas.points())
