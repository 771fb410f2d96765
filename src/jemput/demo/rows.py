"""How the demo writes a person into a row of a list or of events."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any

from jemput.demo.people import Person, Status

PERSON_COLUMNS = (
    "nik,no_kk,nama,jk,tempat_lahir,tgl_lahir,status_kawin,shdk,agama,pendidikan,pekerjaan,ibu,ayah,"
    "kewarganegaraan,dusun,rt,rw,desa,status_rekam,tgl_rekam,tempat_rekam"
).split(",")


def write_rows(path: Path, columns: Iterable[str], rows: list[dict[str, str]]) -> None:
    """Write rows as a CSV with a header; columns a row lacks stay empty."""
    with path.open("w", encoding="utf-8", newline="") as file:
        table = csv.DictWriter(file, list(columns), restval="", lineterminator="\n")
        table.writeheader()
        table.writerows(rows)


def number_of(one: Person) -> dict[str, str]:
    """Return what names a person whom the office knows."""
    return {"nik": one.nik}


def named(one: Person) -> dict[str, str]:
    """Return what names a person whom the office may not know."""
    return {"nik": one.nik, "nama": one.name, "jk": one.sex, "tgl_lahir": one.born.isoformat()}


def status_of(status: Status) -> dict[str, str]:
    """Return the columns of a recording status."""
    return {"status_rekam": status.raw, "tempat_rekam": status.place}


def latest(one: Person, known: date) -> Status | None:
    """Return the latest status a list of a day can know; the place is that of the capture."""
    told = [status for status in one.statuses if status.known <= known]
    if not told:
        return None
    where = next((status.place for status in reversed(told) if status.place), "")
    last = told[-1]
    return Status(last.on, last.raw, last.place or where, last.known)


def person_row(one: Person, village: str, known: date) -> dict[str, Any]:
    """Return a person as the register writes them on a day."""
    status = latest(one, known)
    row = {
        "nik": one.nik,
        "no_kk": one.no_kk,
        "nama": one.name,
        "jk": one.sex,
        "tempat_lahir": one.born_at,
        "tgl_lahir": one.born.isoformat(),
        "status_kawin": one.marital,
        "shdk": one.role,
        "agama": "Islam",
        "pendidikan": one.education,
        "pekerjaan": one.occupation,
        "ibu": one.mother,
        "ayah": one.father,
        "kewarganegaraan": one.citizenship,
        "dusun": one.dusun,
        "rt": one.rt,
        "rw": one.rw,
        "desa": village,
    }
    if status:
        row |= {"status_rekam": status.raw, "tgl_rekam": status.on.isoformat(), "tempat_rekam": status.place}
    return row
