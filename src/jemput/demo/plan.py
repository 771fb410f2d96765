"""The script of the demo: which files are imported on which office day, and which 28ths are closed."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

NAME = "script.json"


@dataclass(frozen=True, slots=True)
class ImportFile:
    """One file to import; `area` and `as_at` where the file itself does not say them."""

    path: Path
    layout: str
    area: str | None = None
    as_at: date | None = None


@dataclass(frozen=True, slots=True)
class Step:
    """One office day: what is imported on it, and the 28th it closes."""

    today: date
    imports: tuple[ImportFile, ...]
    close_on: date | None = None


@dataclass(frozen=True, slots=True)
class Script:
    """The days up to the demo's `today`, and the months that lie ahead."""

    steps: tuple[Step, ...]
    later: tuple[Step, ...]


def write_script(script: Script, folder: Path) -> None:
    """Write the script beside its files."""
    said = {"steps": [_step(step) for step in script.steps], "later": [_step(step) for step in script.later]}
    (folder / NAME).write_text(json.dumps(said, indent=1), encoding="utf-8")


def read_script(folder: Path) -> Script:
    """Read the script of a folder."""
    said = json.loads((folder / NAME).read_text(encoding="utf-8"))
    return Script(
        tuple(_read_step(step, folder) for step in said["steps"]),
        tuple(_read_step(step, folder) for step in said["later"]),
    )


def _step(step: Step) -> dict[str, Any]:
    return {
        "today": step.today.isoformat(),
        "close_on": step.close_on.isoformat() if step.close_on else None,
        "imports": [
            {
                "file": file.path.name,
                "layout": file.layout,
                "area": file.area,
                "as_at": file.as_at.isoformat() if file.as_at else None,
            }
            for file in step.imports
        ],
    }


def _read_step(said: dict[str, Any], folder: Path) -> Step:
    return Step(
        date.fromisoformat(said["today"]),
        tuple(
            ImportFile(
                folder / file["file"],
                file["layout"],
                file["area"],
                date.fromisoformat(file["as_at"]) if file["as_at"] else None,
            )
            for file in said["imports"]
        ),
        date.fromisoformat(said["close_on"]) if said["close_on"] else None,
    )
