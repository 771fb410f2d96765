"""Contacts of the aparat from the command line: added, changed, ended, listed, imported; none is ever deleted."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

from cyclopts import App, Parameter
from rich.table import Table

from jemput.actions.aparat import CONTACT, CONTACT_AREA, add_contact, change_contact
from jemput.actions.paper_imports import Upload
from jemput.actions.take_contacts import take_contacts, undo_contacts
from jemput.cli import say
from jemput.cli.app import app
from jemput.cli.options import Area, AsJson, DryRun, EnteredBy, area_of, day_of
from jemput.cli.paper_imports import digest_of, show_tally, show_undone
from jemput.cli.say import t
from jemput.domain.aparat import read_channel, read_role
from jemput.domain.ids import area_number, area_text
from jemput.domain.outreach import APARAT_ROLES, CHANNELS
from jemput.domain.phones import mask_phone, show_phone
from jemput.domain.problems import Problem, Refused
from jemput.imports.contacts import read_contacts
from jemput.queries.aparat import contacts as contacts_in
from jemput.queries.office import office
from jemput.queries.places import villages_by_name

contacts = App(name="contacts", help=t("Kontak aparat desa.", "Contacts of the village officials."))
app.command(contacts)

Changeable = Literal["name", "role", "phone", "email", "channel", "dusun", "note"]


@contacts.command(help=t("Catat kontak baru.", "Enter a new contact."))
def add(
    name: str,
    *,
    village: Annotated[str, Parameter(help=t("Kode desa atau kecamatan.", "Code of the village or kecamatan."))],
    role: Annotated[str, Parameter(help=", ".join(APARAT_ROLES))],
    phone: Annotated[str, Parameter(help=t("Nomor telepon.", "Telephone number."))] = "",
    email: Annotated[str, Parameter(help=t("Surel.", "E-mail."))] = "",
    channel: Annotated[str, Parameter(help=", ".join(CHANNELS))] = "",
    dusun: Annotated[str, Parameter(help=t("Dusunnya.", "Their dusun."))] = "",
    note: Annotated[str, Parameter(help=t("Catatan.", "A note."))] = "",
    said_by: EnteredBy = "",
    as_json: AsJson = False,
) -> int:
    """Add one of the aparat of a village or kecamatan."""
    area = area_number(village)
    if area is None:
        raise Refused(CONTACT_AREA.at("--village", kode=village))
    number = add_contact(
        area=area,
        name=name,
        role=_read(read_role(role)),
        phone=phone,
        email=email,
        channel=_read(read_channel(channel)),
        dusun=dusun,
        note=note,
        office=office(),
        by=said_by,
    )
    if as_json:
        say.emit({"number": number})
    else:
        say.out.print(t("Tercatat dengan nomor {n}.", "Entered as number {n}.", n=number))
    return 0


@contacts.command(
    name="list",
    help=t(
        "Daftar kontak; nomor telepon tersamar kecuali diminta dengan --phones.",
        "List contacts; telephone numbers are masked unless asked for with --phones.",
    ),
)
def list_contacts(
    *,
    area: Area = "",
    phones: Annotated[bool, Parameter(negative=(), help=t("Nomor lengkap.", "Whole numbers."))] = False,
    ended: Annotated[bool, Parameter(negative=(), help=t("Juga yang sudah berakhir.", "Those ended too."))] = False,
    as_json: AsJson = False,
) -> int:
    """List contacts of an area and all below it."""
    shown = show_phone if phones else mask_phone
    found = contacts_in(area_of(area, office()), current_only=not ended)
    if as_json:
        say.emit(
            [
                {
                    "number": one.id,
                    "area": area_text(one.area),
                    "name": one.name,
                    "role": one.role,
                    "phone": shown(one.phone) if one.phone else "",
                    "channel": one.channel,
                    "ended_on": one.ended_on,
                }
                for one in found
            ]
        )
        return 0
    table = Table(box=None, pad_edge=False)
    for title in (
        "#",
        t("Wilayah", "Area"),
        t("Nama", "Name"),
        t("Jabatan", "Role"),
        t("Telepon", "Telephone"),
        t("Saluran", "By"),
        t("Berakhir", "Ended"),
    ):
        table.add_column(title)
    for one in found:
        role = APARAT_ROLES[one.role].say(say.language())
        channel = CHANNELS[one.channel].say(say.language()) if one.channel else ""
        phone = shown(one.phone) if one.phone else ""
        end = one.ended_on.isoformat() if one.ended_on else ""
        table.add_row(str(one.id), area_text(one.area), one.name, role, phone, channel, end)
    say.out.print(table)
    return 0


@contacts.command(help=t("Ubah satu hal dari kontak.", "Change one thing of a contact."))
def change(
    number: int,
    field: Annotated[Changeable, Parameter(help=t("Yang diubah.", "What changes."))],
    value: Annotated[str, Parameter(allow_leading_hyphen=True, help=t("Nilai barunya.", "Its new value."))],
    *,
    said_by: EnteredBy = "",
    as_json: AsJson = False,
) -> int:
    """Change a contact; what it was stays on record."""
    read = {"role": read_role, "channel": read_channel}.get(field)
    told = change_contact(number, {field: _read(read(value)) if read else value}, office=office(), by=said_by)
    if as_json:
        say.emit({"number": number, "changed": told})
    else:
        say.out.print(t("Dicatat.", "Done."))
    return 0


@contacts.command(help=t("Akhiri kontak.", "End a contact."))
def end(
    number: int,
    *,
    on: Annotated[str, Parameter(help=t("Sejak tanggal.", "Since the day."))] = "",
    said_by: EnteredBy = "",
    as_json: AsJson = False,
) -> int:
    """End a contact; it is never deleted."""
    here = office()
    since = day_of(on, here)
    change_contact(number, {"ended_on": since}, office=here, by=said_by)
    if as_json:
        say.emit({"number": number, "ended_on": since})
    else:
        say.out.print(t("Dicatat.", "Done."))
    return 0


@contacts.command(
    name="import",
    help=t(
        "Impor daftar aparat (nama, jabatan, telepon, desa) dari CSV atau Excel.",
        "Import a list of officials (name, role, telephone, village) from CSV or Excel.",
    ),
)
def import_contacts(
    file: Path, *, area: Area = "", dry_run: DryRun = False, said_by: EnteredBy = "", as_json: AsJson = False
) -> int:
    """Import contacts; the same file twice changes nothing. Exit code 1 where no row could be taken."""
    here = office()
    read = read_contacts(file, names=villages_by_name(area_of(area, here), here.today))
    upload = Upload(CONTACT, file.name, digest_of(file), said_by, tuple(read.refused))
    done = take_contacts(read.rows, upload, office=here, dry_run=dry_run)
    return show_tally(file.name, done, dry_run=dry_run, as_json=as_json)


@contacts.command(name="undo-import", help=t("Batalkan satu impor kontak.", "Take an import of contacts back."))
def undo_import(number: int, *, said_by: EnteredBy = "", as_json: AsJson = False) -> int:
    """End whom an import added and put back what it changed; what came after stays."""
    return show_undone(undo_contacts(number, office=office(), by=said_by), as_json=as_json)


def _read(found: str | Problem) -> str:
    if isinstance(found, Problem):
        raise Refused(found)
    return found
