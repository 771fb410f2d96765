"""Put a published statement into the ledger as it was printed; it is compared, never corrected."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.db import transaction

from jemput.actions.taking import source_id
from jemput.domain import facts
from jemput.domain.claims import Claim
from jemput.domain.facts import NewFact
from jemput.queries.office import Office
from jemput.store import ledger
from jemput.store.chain import Origin
from jemput.store.ledger import Appended


def record_claims(claims: Sequence[Claim], *, office: Office, name: str = "", said_by: str = "") -> Appended:
    """Record statements; one that is already held is left as it is. A claim without a day holds on the office's day."""
    new = [_fact(claim, office.today, said_by) for claim in claims]
    with transaction.atomic():
        origin = Origin("claim", name=name, said_by=said_by)
        return ledger.append(new, today=office.today, now=office.now, origin=origin, rule=office.rule)


def _fact(claim: Claim, today: date, said_by: str) -> NewFact:
    said: dict[str, object] = {
        key: value
        for key, value in (
            ("claim", claim.id),
            ("area", claim.area),
            ("as_of", claim.as_of),
            ("published", claim.published),
            ("wajib_ktp", claim.wajib_ktp),
            ("recorded", claim.recorded),
            ("remaining", claim.remaining),
            ("pct_recorded", str(claim.pct_recorded) if claim.pct_recorded is not None else None),
            ("pct_remaining", str(claim.pct_remaining) if claim.pct_remaining is not None else None),
            ("source", claim.source),
        )
        if value not in {None, ""}
    }
    try:
        on = min(date.fromisoformat(claim.as_of), today)
    except ValueError:
        on = today
    words = "\x1f".join(f"{key}={value}" for key, value in sorted(said.items()))
    return NewFact(source_id(facts.FIGURE_CLAIMED, words), facts.FIGURE_CLAIMED, on, None, said, said_by=said_by)
