"""Bring the demo into a database by the door every office uses: import files, close, with `today` set.

A finished demo is marked in its folder and used again; an interrupted one is taken up where the
ledger stands, because files that went in change nothing the second time and closings stay.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

from jemput.actions.close_count import close_count
from jemput.actions.places import import_areas, import_points
from jemput.actions.settings import set_setting
from jemput.actions.taking import Progress
from jemput.demo.files import AREAS, POINTS, write_files, write_points
from jemput.demo.plan import Script, Step, read_script
from jemput.domain.ids import area_number
from jemput.domain.problems import ProblemKind, Refused, Text
from jemput.imports.areas import read_areas
from jemput.imports.run import Imported, import_file
from jemput.queries import coverage
from jemput.queries.office import office, setting

FILES = "files"
OFFICE = "16.05"
ELECTION, ELECTION_SOURCE = date(2019, 4, 17), "Pemilu serentak, PKPU 7/2017"
POINTS_SOURCE = "titik tengah wilayah desa"
AREAS_HOLD_FROM = date(2014, 1, 1)
"""Musi Rawas has its fourteen districts since Musi Rawas Utara left (UU 16/2013)."""

OTHER_LEDGER = ProblemKind(
    "other_ledger",
    Text(
        "{home} memuat buku besar lain; demo tidak dicampur dengan data kantor.",
        "{home} holds another ledger; a demo is never mixed with an office's data.",
    ),
    Text("Sebut folder kosong: `jemput demo FOLDER`.", "Name an empty folder: `jemput demo FOLDER`."),
)
NO_DEMO = ProblemKind(
    "no_demo",
    Text("Di {home} tidak ada demo.", "There is no demo in {home}."),
    Text("Buat dahulu dengan `jemput demo FOLDER`.", "Make one first with `jemput demo FOLDER`."),
)
NOT_FORWARD = ProblemKind(
    "not_forward",
    Text(
        "Demo sudah berada di {today}; sebut tanggal sesudahnya.",
        "The demo already stands at {today}; name a later day.",
    ),
    Text("Berkas demo sampai {last}.", "The demo's files reach {last}."),
)


def build(home: Path, *, small: bool, progress: Progress) -> list[Imported]:
    """Fill the database in use with the demo up to its `today`; return what became of each file."""
    folder = home / FILES
    if not (folder / "script.json").exists():
        if coverage.closings() or office().area:
            raise Refused(OTHER_LEDGER.at(home=home))
        progress("files", 0, 1)
        write_files(folder, small=small)
        progress("files", 1, 1)
    script = read_script(folder)
    set_setting("office_area", OFFICE, said_by="demo")
    set_setting("election_on", ELECTION.isoformat(), said_by="demo")
    set_setting("election_source", ELECTION_SOURCE, said_by="demo")
    import_areas(read_areas(folder / AREAS).areas, valid_from=AREAS_HOLD_FROM, source="Kepmendagri 300.2.2-2430/2025")
    if not (folder / POINTS).exists():  # a folder made before the demo had a map
        write_points(folder / POINTS)
    import_points(read_areas(folder / POINTS).points, source=POINTS_SOURCE)
    return _play(script.steps, progress)


def advance(home: Path, *, until: date, progress: Progress) -> list[Imported]:
    """Import and close the months that lie ahead up to a day; the office's day ends there."""
    folder = home / FILES
    if not (folder / "script.json").exists():
        raise Refused(NO_DEMO.at(home=home))
    script = read_script(folder)
    today = office().today
    if until <= today:
        raise Refused(NOT_FORWARD.at(today=today.isoformat(), last=_last(script).isoformat()))
    ahead = tuple(step for step in script.later if today < step.today <= until)
    done = _play(ahead, progress)
    set_setting("today", until.isoformat(), said_by="demo")
    return done


def _last(script: Script) -> date:
    return (script.later or script.steps)[-1].today


def _play(steps: tuple[Step, ...], progress: Progress) -> list[Imported]:
    done: list[Imported] = []
    reached = date.fromisoformat(setting("today")) if setting("today") else date.min
    for number, step in enumerate(steps):
        progress("demo", number, len(steps))
        if step.today < reached:
            continue
        set_setting("today", step.today.isoformat(), said_by="demo")
        for file in step.imports:
            area = area_number(file.area) if file.area else None
            done.append(
                import_file(
                    file.path, area=area, layout=file.layout, as_at=file.as_at, said_by="demo", progress=progress
                )
            )
        if step.close_on and coverage.closing_on(step.close_on) is None:
            close_count(step.close_on, office=office(), said_by="demo")
    progress("demo", len(steps), len(steps))
    return done
