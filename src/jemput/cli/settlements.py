"""Dusun, rompok and estate camps from the command line; none is ever deleted."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from cyclopts import App, Parameter
from rich.table import Table

from jemput.actions import settlements as keeping
from jemput.cli import say
from jemput.cli.app import app
from jemput.cli.options import Area, AsJson, area_of, day_of
from jemput.cli.say import t
from jemput.domain.ids import AREA_CODE, area_number, area_text
from jemput.domain.outreach import CHANNELS, SURFACES, WET_SEASONS
from jemput.domain.places import POINT_HALF, Point, read_point
from jemput.domain.problems import Problem, Refused
from jemput.domain.settlements import PEOPLE_NEGATIVE, SETTLEMENT_KINDS, WAY_UNKNOWN
from jemput.domain.typed import yes_or_no
from jemput.queries import settlements as reading
from jemput.queries.office import office

settlements = App(name="settlements", help=t("Dusun, rompok, kamp kebun.", "Hamlets, rompok, estate camps."))
app.command(settlements)

Changeable = Literal[
    "kind",
    "name",
    "village",
    "point",
    "estimated_people",
    "description",
    "reported_by",
    "surface",
    "wet_season",
    "boat",
    "motorbike",
    "travel_min",
    "contact",
    "contact_phone",
]
NUMBERS = ("estimated_people", "travel_min")
By = Annotated[str, Parameter(name="--by", help=t("Siapa yang mencatat.", "Who enters it."))]


@settlements.command(help=t("Catat dusun, rompok atau kamp.", "Enter a hamlet, rompok or camp."))
def add(
    name: str,
    *,
    village: Annotated[str, Parameter(help=t("Kode desa.", "Village code."))],
    kind: Annotated[str, Parameter(help=", ".join(SETTLEMENT_KINDS))] = "rompok",
    lat: float | None = None,
    lng: float | None = None,
    people: Annotated[int | None, Parameter(help=t("Perkiraan jumlah orang.", "Estimated people."))] = None,
    description: Annotated[str, Parameter(help=t("Keterangan.", "Description."))] = "",
    reported_by: Annotated[str, Parameter(help=t("Siapa yang melaporkan.", "Who reported it."))] = "",
    channel: Annotated[str, Parameter(help=", ".join(CHANNELS))] = "",
    surface: Annotated[str, Parameter(help=", ".join(SURFACES))] = "",
    wet_season: Annotated[str, Parameter(help=", ".join(WET_SEASONS))] = "",
    boat: Annotated[bool, Parameter(negative=(), help=t("Perlu perahu.", "Needs a boat."))] = False,
    motorbike: Annotated[bool, Parameter(negative=(), help=t("Perlu motor.", "Needs a motorbike."))] = False,
    minutes: Annotated[
        int | None, Parameter(help=t("Menit sekali jalan dari pusat desa.", "Minutes one way from the village."))
    ] = None,
    contact: Annotated[str, Parameter(help=t("Orang yang dapat dihubungi.", "Whom to ask there."))] = "",
    phone: Annotated[str, Parameter(help=t("Teleponnya.", "Their telephone."))] = "",
    said_by: By = "",
    as_json: AsJson = False,
) -> int:
    """Add a settlement below a village."""
    if (lat is None) != (lng is None):
        raise Refused(POINT_HALF.at("lat/lng"))
    number = keeping.report_settlement(
        kind=kind,
        name=name,
        village=_village(village),
        point=None if lat is None or lng is None else Point(lat, lng),
        people=people,
        description=description,
        said_by=reported_by,
        channel=channel,
        surface=surface,
        wet_season=wet_season,
        boat=boat,
        motorbike=motorbike,
        travel_min=minutes,
        contact=contact,
        contact_phone=phone,
        office=office(),
        by=said_by,
    )
    if as_json:
        say.emit({"number": number})
    else:
        say.out.print(t("Tercatat dengan nomor {n}.", "Entered as number {n}.", n=number))
    return 0


@settlements.command(name="list", help=t("Daftar permukiman.", "List settlements."))
def list_settlements(*, area: Area = "", as_json: AsJson = False) -> int:
    """List settlements of a village, or all."""
    found = reading.settlements(area_of(area, office()) if area else None)
    if as_json:
        say.emit(
            [
                {
                    "number": one.id,
                    "kind": one.kind,
                    "name": one.name,
                    "village": area_text(one.village),
                    "lat": one.lat,
                    "lng": one.lng,
                    "people": one.estimated_people,
                    "uninhabited_on": one.uninhabited_on,
                }
                for one in found
            ]
        )
        return 0
    table = Table(box=None, pad_edge=False)
    for title in (
        "#",
        t("Jenis", "Kind"),
        t("Nama", "Name"),
        t("Desa", "Village"),
        t("Titik", "Point"),
        t("Kosong sejak", "Empty since"),
    ):
        table.add_column(title)
    for one in found:
        point = f"{one.lat}, {one.lng}" if one.lat is not None else "–"
        empty = one.uninhabited_on.isoformat() if one.uninhabited_on else ""
        table.add_row(str(one.id), one.kind, one.name, area_text(one.village), point, empty)
    say.out.print(table)
    return 0


@settlements.command(
    help=t("Tandai permukiman kosong (atau dihuni lagi).", "Mark a settlement uninhabited (or inhabited again).")
)
def uninhabited(
    number: int,
    *,
    on: Annotated[str, Parameter(help=t("Sejak tanggal.", "Since the day."))] = "",
    again: Annotated[bool, Parameter(negative=(), help=t("Dihuni lagi.", "Inhabited again."))] = False,
    said_by: By = "",
    as_json: AsJson = False,
) -> int:
    """Mark a settlement; it is never deleted."""
    here = office()
    since: date | None = None if again else day_of(on, here)
    keeping.change_settlement(number, {"uninhabited_on": since}, office=here, by=said_by)
    if as_json:
        say.emit({"number": number, "uninhabited_on": since})
    else:
        say.out.print(t("Dicatat.", "Done."))
    return 0


@settlements.command(
    help=t(
        "Ubah satu hal dari permukiman: nama, desa, titik; yang lama tetap tercatat.",
        "Change one thing of a settlement: name, village, point; what it was stays on record.",
    )
)
def change(
    number: int,
    field: Annotated[Changeable, Parameter(help=t("Yang diubah.", "What changes."))],
    value: Annotated[
        str,
        Parameter(
            allow_leading_hyphen=True,
            help=t('Nilai barunya; titik: "lintang, bujur".', 'Its new value; a point: "lat, lng".'),
        ),
    ],
    *,
    said_by: By = "",
    as_json: AsJson = False,
) -> int:
    """Rename, move or otherwise change a settlement; an empty point or estimate takes it away."""
    keeping.change_settlement(number, {field: _value(field, value)}, office=office(), by=said_by)
    if as_json:
        say.emit({"number": number, "field": field, "value": value})
    else:
        say.out.print(t("Dicatat.", "Done."))
    return 0


@settlements.command(name="history", help=t("Riwayat satu permukiman.", "The history of a settlement."))
def show_history(number: int, *, as_json: AsJson = False) -> int:
    """Show who changed what of a settlement, oldest first."""
    found = reading.settlement_history(number)
    if not found:
        raise Refused(keeping.NO_SUCH_SETTLEMENT.at("number", number=number))
    if as_json:
        say.emit(
            [
                {"field": one.field, "old": one.old, "new": one.new, "at": one.changed_at, "by": one.changed_by}
                for one in found
            ]
        )
        return 0
    table = Table(box=None, pad_edge=False)
    for title in (t("Kapan", "When"), t("Apa", "What"), t("Semula", "Before"), t("Menjadi", "After"), t("Oleh", "By")):
        table.add_column(title)
    for one in found:
        table.add_row(f"{one.changed_at:%Y-%m-%d %H:%M} UTC", one.field, one.old, one.new, one.changed_by)
    say.out.print(table)
    return 0


def _village(kode: str) -> int:
    number = area_number(kode)
    if number is None:
        raise Refused(AREA_CODE.at("--village", found=kode))
    return number


def _value(field: Changeable, text: str) -> object:
    """Return what a field of a settlement is told to be; refuse text that cannot be it."""
    if field == "village":
        return _village(text)
    if field == "point" and text:
        point = read_point(text)
        if isinstance(point, Problem):
            raise Refused(point)
        return point
    if field in NUMBERS and text:
        if not (text.isascii() and text.isdigit()):
            raise Refused(PEOPLE_NEGATIVE.at(field, found=text))
        return int(text)
    if field in {"boat", "motorbike"}:
        try:
            return yes_or_no(text)
        except ValueError:
            raise Refused(WAY_UNKNOWN.at(field, found=text, what=field, choices="ya, tidak")) from None
    return None if field in {"point", *NUMBERS} else text
