"""Take in a file of settlements: new ones are added, known ones completed, nothing is overwritten by an empty cell."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from django.db import transaction

from jemput.actions import paper_imports
from jemput.actions.paper_imports import Tally, Undone, Upload
from jemput.actions.settlements import SettlementField, change_settlement, report_settlement, said, value_of, withdraw
from jemput.domain.places import Point
from jemput.domain.problems import ProblemKind, Refused, Text
from jemput.domain.settlements import SettlementRow, same_name
from jemput.queries.office import Office
from jemput.store.models import PersonWord, Settlement, SettlementMerge, Visit

PAPER = "settlement"
TWICE = ProblemKind(
    "settlement_row_twice",
    Text(
        "“{name}” sudah ada di baris {row} untuk desa yang sama.",
        "“{name}” already stands in row {row} for the same village.",
    ),
    Text("Hapus salah satunya, atau bedakan namanya.", "Delete one of them, or tell their names apart."),
)


def take_settlements(
    rows: Sequence[SettlementRow],
    upload: Upload,
    *,
    office: Office,
    dry_run: bool = False,
    may_see: Callable[[int], bool] = lambda _: True,
) -> Tally:
    """Take the rows of a file and say what that did; a trial keeps nothing. A row is known by its village and name."""
    seen: list[SettlementRow] = []

    def take_row(row: SettlementRow, tally: Tally) -> None:
        before = next((one for one in seen if _same(one, row)), None)
        if before is not None:
            raise Refused(TWICE.at("nama", name=row.name, row=before.row))
        _take(row, tally, upload, office=office)
        seen.append(row)

    return paper_imports.take(
        upload, rows, take_row, office=office, dry_run=dry_run, may_see=lambda row: may_see(row.village)
    )


def undo_settlements(number: int, *, office: Office, by: str) -> Undone:
    """Take an import back: its rows are withdrawn, what it changed is put back; later work on either stays.

    A row somebody visited, named in a word, merged or changed since is left where it is.
    """
    with transaction.atomic():
        held = paper_imports.close(PAPER, number, office=office, by=by)
        put_back = left = withdrawn = 0
        for row, field, before, after in reversed(held.changed):
            one = Settlement.objects.get(pk=row)
            if one.merged_into_id is None and one.withdrawn_at is None and said(one, field) == str(after):
                change_settlement(row, {field: _typed(field, before)}, office=office, by=by)
                put_back += 1
            else:
                left += 1
        for row in held.added:
            if _is_used(row):
                left += 1
            else:
                withdraw(row, office=office, by=by)
                withdrawn += 1
    return Undone(withdrawn, put_back, left)


def _same(one: SettlementRow, other: SettlementRow) -> bool:
    return one.village == other.village and same_name(one.name, other.name)


def _take(row: SettlementRow, tally: Tally, upload: Upload, *, office: Office) -> None:
    known = _known(row)
    if known is None:
        number = report_settlement(
            village=row.village,
            kind=row.kind,
            name=row.name,
            point=row.point,
            description=row.description,
            people=row.people,
            said_by=row.reported_by or upload.name,
            channel=row.channel,
            office=office,
            by=upload.by,
            surface=row.surface,
            wet_season=row.wet_season,
            boat=row.boat,
            motorbike=row.motorbike,
            travel_min=row.travel_min,
            contact=row.contact,
            contact_phone=row.contact_phone,
        )
        tally.added.append(number)
        return
    wanted: dict[SettlementField, object] = {
        "point": row.point,
        "estimated_people": row.people,
        "description": row.description,
        "surface": row.surface,
        "wet_season": row.wet_season,
        "boat": row.boat,
        "motorbike": row.motorbike,
        "travel_min": row.travel_min,
        "contact": row.contact,
        "contact_phone": row.contact_phone,
    }
    told = {field: value for field, value in wanted.items() if value not in (None, "", False)}
    before = {field: (value_of(known, field), said(known, field)) for field in told}
    change_settlement(known.pk, told, office=office, by=upload.by)
    known.refresh_from_db()
    changes = [
        (known.pk, field, _plain(old), said(known, field))
        for field, (old, words) in before.items()
        if said(known, field) != words
    ]
    tally.changed += changes
    tally.unchanged += not changes


def _known(row: SettlementRow) -> Settlement | None:
    """Return the settlement of a row's village and name, the one that stands for it; None where it is new."""
    found = [
        one
        for one in Settlement.objects.filter(village=row.village, withdrawn_at=None).order_by("merged_into_id", "pk")
        if same_name(one.name, row.name)
    ]
    standing = [one for one in found if one.merged_into_id is None]
    if standing or not found:
        return standing[0] if standing else None
    one = found[0]
    while one.merged_into is not None:
        one = one.merged_into
    return one


def _is_used(row: int) -> bool:
    one = Settlement.objects.get(pk=row)
    return (
        one.merged_into_id is not None
        or SettlementMerge.objects.filter(kept=row, undone_at=None).exists()
        or Visit.objects.filter(settlement=row).exists()
        or PersonWord.objects.filter(settlement=row).exists()
        or one.settlementchange_set.count() > 1
    )


def _plain(value: object) -> object:
    """Return a value as JSON keeps it: a point as two numbers."""
    return (
        [value.lat, value.lng] if isinstance(value, Point) else value.isoformat() if isinstance(value, date) else value
    )


def _typed(field: str, value: object) -> object:
    return Point(*value) if field == "point" and isinstance(value, list) else value
