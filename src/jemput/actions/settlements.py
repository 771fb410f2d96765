"""Settlements below a village: reported by anyone, changed, merged and taken apart again; never deleted.

A merged row stays where it is, and what points at it stays valid: whoever reads follows `merged_into`.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Literal

from django.db import IntegrityError, transaction

from jemput.domain.ids import area_text
from jemput.domain.phones import read_phone
from jemput.domain.places import Point, is_village
from jemput.domain.problems import ProblemKind, Refused, Text
from jemput.domain.settlements import settlement_problems
from jemput.queries import places
from jemput.queries.office import Office
from jemput.store.models import Settlement, SettlementChange, SettlementMerge

NO_SUCH_SETTLEMENT = ProblemKind(
    "no_such_settlement",
    Text("Tidak ada permukiman nomor {number}.", "There is no settlement number {number}."),
    Text("Lihat `jemput settlements list`.", "See `jemput settlements list`."),
)
SETTLEMENT_VILLAGE = ProblemKind(
    "settlement_village",
    Text("Desa {kode} tidak ada di daftar wilayah.", "Village {kode} is not in the list of areas."),
    Text(
        "Periksa kode desanya, atau impor dahulu daftar kode wilayah.",
        "Check the code, or import the list of areas first.",
    ),
)
SETTLEMENT_MERGED = ProblemKind(
    "settlement_merged",
    Text("Permukiman {number} sudah digabung ke nomor {kept}.", "Settlement {number} was merged into number {kept}."),
    Text("Pakai nomor {kept}, atau batalkan dahulu penggabungannya.", "Use number {kept}, or undo the merge first."),
)
SETTLEMENT_WITHDRAWN = ProblemKind(
    "settlement_withdrawn",
    Text(
        "Permukiman {number} ditarik bersama impor yang dibatalkan.",
        "Settlement {number} was withdrawn with an import taken back.",
    ),
    Text("Laporkan lagi bila memang ada.", "Report it again if it is there."),
)
MERGE_ALONE = ProblemKind(
    "merge_with_itself",
    Text(
        "Permukiman {number} tidak digabung dengan dirinya sendiri.", "Settlement {number} is not merged with itself."
    ),
    Text("Pilih dua permukiman.", "Choose two settlements."),
)
MERGE_APART = ProblemKind(
    "merge_other_village",
    Text("Kedua permukiman tercatat di desa yang berbeda.", "The two settlements stand in different villages."),
    Text("Betulkan dahulu desa salah satunya.", "Put the village of one of them right first."),
)
NO_SUCH_MERGE = ProblemKind(
    "no_such_merge",
    Text("Penggabungan nomor {number} tidak ada atau sudah dibatalkan.", "Merge {number} is not there or was undone."),
    Text("Muat ulang halamannya.", "Load the page again."),
)
EMPTY_BEFORE_TODAY = ProblemKind(
    "uninhabited_in_the_future",
    Text("{on} belum tiba; hari kantor {today}.", "{on} has not come yet; the office's day is {today}."),
    Text("Sebut tanggal yang sudah lewat.", "Name a day that has come."),
)

SettlementField = Literal[
    "kind",
    "name",
    "village",
    "point",
    "estimated_people",
    "description",
    "reported_by",
    "uninhabited_on",
    "surface",
    "wet_season",
    "boat",
    "motorbike",
    "travel_min",
    "contact",
    "contact_phone",
    "channel",
]
FILLED: tuple[SettlementField, ...] = (
    "point",
    "estimated_people",
    "description",
    "surface",
    "wet_season",
    "boat",
    "motorbike",
    "travel_min",
    "contact",
    "contact_phone",
)
"""What a row that is kept takes over from the one merged into it, where it has nothing itself."""
NOTHING: dict[str, object] = {
    "estimated_people": None,
    "travel_min": None,
    "uninhabited_on": None,
    "boat": False,
    "motorbike": False,
}
"""What a field holds that nothing is said of; a text is empty."""
TEXTS = frozenset({"name", "description", "reported_by", "contact"})
TEXT_CHARS = 1_000


def report_settlement(
    *,
    village: int,
    kind: str,
    name: str,
    point: Point | None = None,
    description: str = "",
    people: int | None = None,
    said_by: str = "",
    channel: str = "",
    key: str | None = None,
    office: Office,
    by: str = "",
    surface: str = "",
    wet_season: str = "",
    boat: bool = False,
    motorbike: bool = False,
    travel_min: int | None = None,
    contact: str = "",
    contact_phone: str = "",
) -> int:
    """Take a settlement as somebody reports it (`said_by`, by `channel`); return its number.

    The same `key` reports once, and returns the row it reported, or the one that was merged into. `travel_min` is
    minutes one way from the village's centre. Refused: an unknown kind, village or choice, no name, half a point or
    one outside Indonesia, fewer than no people, a telephone number that cannot be.
    """
    if key and (held := _reported(key)) is not None:
        return held
    values: dict[SettlementField, object] = {
        "kind": kind,
        "name": name,
        "village": village,
        "point": point,
        "estimated_people": people,
        "description": description,
        "reported_by": said_by,
        "surface": surface,
        "wet_season": wet_season,
        "boat": boat,
        "motorbike": motorbike,
        "travel_min": travel_min,
        "contact": contact,
        "contact_phone": contact_phone,
        "channel": channel,
    }
    one = Settlement(report_key=key or None)
    for field, value in values.items():
        _put(one, field, value)
    _refuse(one)
    try:
        with transaction.atomic():
            one.save()
            _note(one, "added", "", one.name, now=office.now, by=by or said_by)
    except IntegrityError:
        if key and (held := _reported(key)) is not None:  # reported by another process meanwhile
            return held
        raise
    return one.pk


def change_settlement(number: int, values: Mapping[SettlementField, object], *, office: Office, by: str) -> int:
    """Change fields of a settlement and keep what they were; return how many changed. None takes a value away.

    `point` is a `Point`; `uninhabited_on` None marks it inhabited again. Refused as in `report_settlement`, and for a
    row that was merged into another.
    """
    with transaction.atomic():
        one = _standing(number)
        told: list[tuple[SettlementField, str, str]] = []
        for field, value in values.items():
            old = said(one, field)
            _put(one, field, value)
            if (new := said(one, field)) != old:
                told.append((field, old, new))
        if not told:
            return 0
        if one.uninhabited_on and one.uninhabited_on > office.today:
            raise Refused(
                EMPTY_BEFORE_TODAY.at(
                    "uninhabited_on", on=one.uninhabited_on.isoformat(), today=office.today.isoformat()
                )
            )
        _refuse(one)
        one.save()
        for field, old, new in told:
            _note(one, field, old, new, now=office.now, by=by)
    return len(told)


def merge_settlements(kept: int, merged: int, *, office: Office, by: str) -> int:
    """Put one row of a settlement into another; return the number of the merge.

    The row kept takes over what it lacks. Refused: the same row twice, rows of two villages, a row merged already.
    """
    with transaction.atomic():
        into, from_ = _both(kept, merged)
        filled: dict[str, Any] = {}
        for field in FILLED:
            if not said(into, field) and (new := said(from_, field)):
                _put(into, field, value_of(from_, field))
                filled[field] = new
                _note(into, field, "", new, now=office.now, by=by)
        into.save()
        from_.merged_into = into
        from_.save(update_fields=["merged_into"])
        _note(from_, "merged_into", "", str(into.pk), now=office.now, by=by)
        _note(into, "merged", "", str(from_.pk), now=office.now, by=by)
        merge = SettlementMerge.objects.create(
            kept=into, merged=from_, before={"filled": filled}, merged_at=office.now, merged_by=by
        )
    return merge.pk


def undo_merge(number: int, *, office: Office, by: str) -> int:
    """Take a merge back; return the row that stands on its own again.

    What the kept row had taken over it loses again, except where somebody changed it since.
    """
    with transaction.atomic():
        merge = SettlementMerge.objects.select_related("kept", "merged").filter(pk=number, undone_at=None).first()
        if merge is None or not SettlementMerge.objects.filter(pk=number, undone_at=None).update(
            undone_at=office.now, undone_by=by
        ):
            raise Refused(NO_SUCH_MERGE.at("number", number=number))
        into, from_ = merge.kept, merge.merged
        for field, new in merge.before["filled"].items():
            if said(into, field) == new:
                _put(into, field, None)
                _note(into, field, new, "", now=office.now, by=by)
        into.save()
        from_.merged_into = None
        from_.save(update_fields=["merged_into"])
        _note(from_, "merged_into", str(into.pk), "", now=office.now, by=by)
        _note(into, "merged", str(from_.pk), "", now=office.now, by=by)
    return from_.pk


def withdraw(number: int, *, office: Office, by: str) -> None:
    """Take out of use a row that an import taken back had brought; it stays readable, and its report may come again."""
    one = _standing(number)
    one.withdrawn_at, one.report_key = office.now, None
    one.save(update_fields=["withdrawn_at", "report_key"])
    _note(one, "withdrawn", "", "ya", now=office.now, by=by)


def said(one: Settlement, field: str) -> str:
    """Return a field of a settlement as its history says it; nothing for no."""
    value = value_of(one, field)
    if isinstance(value, bool):
        return "ya" if value else ""
    return "" if value is None else str(value)


def value_of(one: Settlement, field: str) -> object:
    """Return a field of a settlement; its point as a `Point` or None."""
    if field == "point":
        return None if one.lat is None or one.lng is None else Point(one.lat, one.lng)
    value: object = getattr(one, field)
    return value


def _put(one: Settlement, field: str, value: object) -> None:
    if field == "point":
        one.lat, one.lng = (value.lat, value.lng) if isinstance(value, Point) else (None, None)
        return
    if isinstance(value, str):
        value = " ".join(value.replace("\x00", " ").split())[:TEXT_CHARS] if field in TEXTS else value.strip()
    if field == "contact_phone" and isinstance(value, str) and isinstance(read := read_phone(value), str):
        value = read
    setattr(one, field, NOTHING.get(field, "") if value is None else value)


def _refuse(one: Settlement) -> None:
    problems = settlement_problems(
        kind=one.kind,
        name=one.name,
        lat=one.lat,
        lng=one.lng,
        estimated_people=one.estimated_people,
        surface=one.surface,
        wet_season=one.wet_season,
        travel_min=one.travel_min,
        channel=one.channel,
        contact_phone=one.contact_phone,
    )
    if not is_village(one.village) or not places.is_known_ever(one.village):
        problems.append(SETTLEMENT_VILLAGE.at("village", kode=area_text(one.village)))
    if problems:
        raise Refused(*problems)


def _reported(key: str) -> int | None:
    """Return the row a key reported, or the one it was merged into, over any number of merges."""
    one = Settlement.objects.select_related("merged_into").filter(report_key=key).first()
    while one is not None and one.merged_into is not None:
        one = one.merged_into
    return one.pk if one else None


def _standing(number: int) -> Settlement:
    """Return a row that stands on its own; refuse one that is not there, merged or withdrawn."""
    one = Settlement.objects.select_for_update().filter(pk=number).first()
    if one is None:
        raise Refused(NO_SUCH_SETTLEMENT.at("number", number=number))
    if one.merged_into_id is not None:
        raise Refused(SETTLEMENT_MERGED.at("number", number=number, kept=one.merged_into_id))
    if one.withdrawn_at is not None:
        raise Refused(SETTLEMENT_WITHDRAWN.at("number", number=number))
    return one


def _both(kept: int, merged: int) -> tuple[Settlement, Settlement]:
    if kept == merged:
        raise Refused(MERGE_ALONE.at("number", number=kept))
    held = {number: _standing(number) for number in sorted((kept, merged))}
    if held[kept].village != held[merged].village:
        raise Refused(MERGE_APART.at("village"))
    return held[kept], held[merged]


def _note(one: Settlement, field: str, old: str, new: str, *, now: datetime, by: str) -> None:
    SettlementChange.objects.create(settlement=one, field=field, old=old, new=new, changed_at=now, changed_by=by)
