"""How a job of an import is shown: its rows in words, its figures before and after, and the stage it is at."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from jemput.domain.biodata import FIELD_TITLES
from jemput.domain.coverage import FIGURE_TITLES
from jemput.domain.ids import mask_within
from jemput.domain.problems import Text
from jemput.queries.jobs import JobNow

STATES = {
    "waiting": Text("menunggu", "waiting"),
    "running": Text("berjalan", "under way"),
    "done": Text("selesai", "done"),
    "failed": Text("gagal", "failed"),
}
STAGES = {
    "taking": Text("Membandingkan dengan daftar dan mencatat", "Comparing with the register and writing"),
    "comparing": Text("Mencari yang tidak lagi disebut", "Looking for those no longer named"),
    "reversing": Text("Membatalkan fakta dan menghitung ulang", "Taking facts back and counting again"),
}
FIELDS = FIELD_TITLES | {
    "status": Text("Status perekaman", "Recording status"),
    "status_on": Text("Tanggal status", "Day of the status"),
    "recorded_at": Text("Tempat rekam", "Recorded at"),
    "village_name": Text("Nama desa", "Name of the village"),
    "district_name": Text("Nama kecamatan", "Name of the kecamatan"),
    "register_status": Text("Status di daftar", "Status in the register"),
    "event": Text("Peristiwa", "Event"),
    "on": Text("Tanggal peristiwa", "Day of the event"),
    "reported_on": Text("Tanggal lapor", "Day of the report"),
    "id": Text("Nomor peristiwa", "Number of the event"),
    "note": Text("Keterangan", "Remark"),
}
READING = Text("Membaca berkas", "Reading the file")
FIGURES = ("population", "id_obligated", "recorded", "unrecorded")
PROPOSED = {
    "new": Text("orang baru", "new people"),
    "changed": Text("perubahan", "changes"),
    "gone": Text("tidak lagi disebut", "no longer named"),
}


@dataclass(frozen=True, slots=True)
class RowShown:
    """A refused or noted row: where, in which column, what is wrong and what to do."""

    where: str
    column: str
    reason: Text
    todo: Text


@dataclass(frozen=True, slots=True)
class Change:
    """A figure before and after."""

    title: Text
    before: int
    after: int

    @property
    def difference(self) -> int:
        """What it changes by."""
        return self.after - self.before


@dataclass(frozen=True, slots=True)
class Shown:
    """A job of an import as its page shows it."""

    job: JobNow
    name: str
    state: Text
    stage: Text
    refused: tuple[RowShown, ...]
    noted: tuple[RowShown, ...]
    errors: tuple[tuple[Text, Text], ...]
    proposed: tuple[tuple[Text, int], ...]
    changes: tuple[Change, ...]
    columns: tuple[tuple[str, Text | None], ...]

    @property
    def is_undo(self) -> bool:
        """Whether it takes an import back."""
        return self.job.kind == "undo"

    @property
    def is_trial(self) -> bool:
        """Whether nothing was, or will be, kept."""
        return bool(self.job.args.get("dry_run"))

    @property
    def has_something(self) -> bool:
        """Whether doing it in earnest would change anything."""
        told = self.job.result
        return bool(told.get("facts") or told.get("accepted") or any(told.get("proposed", {}).values()))

    @property
    def more_refused(self) -> int:
        """Refused rows that are in the workbook only."""
        return int(self.job.result.get("refused", 0)) - len(self.refused)

    @property
    def more_noted(self) -> int:
        """Notes that are not spelled out."""
        return int(self.job.result.get("notes", 0)) - len(self.noted)


def shown(job: JobNow) -> Shown:
    """Return a job as its page shows it."""
    told = job.result
    before, after = told.get("before", {}), told.get("after", {})
    columns = told.get("preview", {}).get("columns", [])
    return Shown(
        job,
        mask_within(str(job.args.get("name", ""))),
        STATES[job.state],
        STAGES.get(job.stage, READING if job.kind == "import" else STAGES["reversing"]),
        _rows(told.get("refused_rows", [])),
        _rows(told.get("noted_rows", [])),
        tuple((_text(one["reason"]), _text(one["todo"])) for one in job.error) if job.state == "failed" else (),
        tuple((PROPOSED[word], number) for word, number in told.get("proposed", {}).items() if word in PROPOSED),
        tuple(Change(FIGURE_TITLES[name], before[name], after[name]) for name in FIGURES if name in before),
        tuple((title, FIELDS.get(field) or (Text(field, field) if field else None)) for title, field in columns),
    )


def _rows(found: list[dict[str, Any]]) -> tuple[RowShown, ...]:
    return tuple(
        RowShown(
            f"{one['sheet']} {one['row']}".strip() if one["row"] else one["sheet"],
            one["column"],
            _text(one["reason"]),
            _text(one["todo"]),
        )
        for one in found
    )


def _text(words: dict[str, str]) -> Text:
    return Text(words["id"], words["en"])
