"""Lists of the aparat as offices keep them: name, role, telephone and village, from a CSV or a workbook."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from jemput.domain.aparat import ContactRow, read_channel, read_role
from jemput.domain.ids import area_number
from jemput.domain.phones import read_phone
from jemput.domain.place_names import VillageNames
from jemput.domain.problems import Problem
from jemput.domain.rows import RowProblem
from jemput.imports.plain import PlainRow, read_table, village_of

COLUMNS: Mapping[str, tuple[str, ...]] = {
    "name": ("nama", "name", "namalengkap", "namaaparat", "namakades"),
    "role": ("jabatan", "role", "peran"),
    "phone": ("telepon", "hp", "nohp", "phone", "telp", "notelepon", "nomorhp", "notelp", "wa", "nowa", "nomorwa"),
    "code": ("kodedesa", "kode", "kodewilayah", "kddesa", "code", "villagecode"),
    "village": ("desa", "namadesa", "village", "kelurahan", "desakelurahan"),
    "district": ("kecamatan", "namakecamatan", "district", "kec"),
    "email": ("email", "surel"),
    "channel": ("saluran", "channel"),
    "dusun": ("dusun",),
    "note": ("catatan", "keterangan", "note"),
}


@dataclass(slots=True)
class ContactFile:
    """A file of contacts as read; rows are counted as a spreadsheet does."""

    rows: list[ContactRow] = field(default_factory=list)
    refused: list[RowProblem] = field(default_factory=list)


def read_contacts(path: Path, *, names: VillageNames, name: str = "") -> ContactFile:
    """Read a file of contacts; `name` is what refusals call it. A camat stands under the code of the kecamatan.

    Refused: what is no table or lacks the columns name and role; row by row, what cannot be.
    """
    read = ContactFile()
    for one in read_table(path, COLUMNS, needed={"name", "role"}, name=name):
        found = _row(one, names)
        if isinstance(found, ContactRow):
            read.rows.append(found)
        else:
            read.refused += [RowProblem(one.sheet, one.row, problem) for problem in found]
    return read


def _row(one: PlainRow, names: VillageNames) -> ContactRow | list[Problem]:
    told = one.cells
    code = area_number(told["code"].removesuffix(".0")) if told.get("code") else None
    area = code if code is not None else village_of(told, names)
    role, phone = read_role(told.get("role", "")), read_phone(_restored(told.get("phone", "")))
    channel = read_channel(told.get("channel", ""))
    if problems := [found for found in (area, role, phone, channel) if isinstance(found, Problem)]:
        return problems
    return ContactRow(
        sheet=one.sheet,
        row=one.row,
        area=int(str(area)),
        name=told.get("name", ""),
        role=str(role),
        phone=str(phone),
        email=told.get("email", ""),
        channel=str(channel),
        dusun=told.get("dusun", ""),
        note=told.get("note", ""),
    )


def _restored(phone: str) -> str:
    """Return a number whose leading 0 a spreadsheet dropped with it: 81234567834 was 081234567834."""
    plain = phone.removesuffix(".0")
    return f"0{plain}" if plain.isdigit() and plain.startswith("8") else plain
