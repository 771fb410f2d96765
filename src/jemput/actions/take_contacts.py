"""Take in a list of the aparat: new contacts are added, known ones completed; the list taken back ends what it added."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from django.db import transaction

from jemput.actions import paper_imports
from jemput.actions.aparat import CONTACT, ContactField, add_contact, change_contact
from jemput.actions.paper_imports import Tally, Undone, Upload
from jemput.domain.aparat import ContactRow
from jemput.queries.office import Office
from jemput.store.models import Contact

FIELDS: tuple[ContactField, ...] = ("name", "role", "phone", "email", "channel", "dusun", "note")


def take_contacts(
    rows: Sequence[ContactRow],
    upload: Upload,
    *,
    office: Office,
    dry_run: bool = False,
    may_see: Callable[[int], bool] = lambda _: True,
) -> Tally:
    """Take the rows of a list and say what that did; a trial keeps nothing.

    Somebody is known by area and telephone number, else by area and name. An empty cell takes nothing away.
    """
    return paper_imports.take(
        upload,
        rows,
        lambda row, tally: _take(row, tally, office=office, by=upload.by),
        office=office,
        dry_run=dry_run,
        may_see=lambda row: may_see(row.area),
    )


def undo_contacts(number: int, *, office: Office, by: str) -> Undone:
    """Take a list back: contacts it added end today, what it changed is put back; what was changed since stays."""
    with transaction.atomic():
        held = paper_imports.close(CONTACT, number, office=office, by=by)
        put_back = left = withdrawn = 0
        for row, field, before, after in reversed(held.changed):
            one = Contact.objects.get(pk=row)
            if getattr(one, field) == after:
                change_contact(row, {field: before}, office=office, by=by)
                put_back += 1
            else:
                left += 1
        for row in held.added:
            ended = change_contact(row, {"ended_on": office.today}, office=office, by=by)
            withdrawn += ended
            left += not ended
    return Undone(withdrawn, put_back, left)


def _take(row: ContactRow, tally: Tally, *, office: Office, by: str) -> None:
    known = _known(row)
    if known is None:
        said = {field: getattr(row, field) for field in FIELDS}
        tally.added.append(add_contact(area=row.area, **said, office=office, by=by))
        return
    told = {field: getattr(row, field) for field in FIELDS if getattr(row, field)}
    before = {field: getattr(known, field) for field in told}
    change_contact(known.pk, told, office=office, by=by)
    known.refresh_from_db()
    changes = [
        (known.pk, field, old, getattr(known, field)) for field, old in before.items() if getattr(known, field) != old
    ]
    tally.changed += changes
    tally.unchanged += not changes


def _known(row: ContactRow) -> Contact | None:
    held = Contact.objects.filter(area=row.area, ended_on=None)
    by_phone = held.filter(phone=row.phone).first() if row.phone else None
    return by_phone or next((one for one in held.order_by("pk") if one.name.lower() == row.name.lower()), None)
