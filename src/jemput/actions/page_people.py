"""What a link shows, made ready for the public pages: the visit, numbers by dusun, and names sealed under the key of its PIN.

No number of a person leaves the office. Names are sealed anew only when the list changed, so that what was sent stays as it is.
"""

from __future__ import annotations

import base64
import hashlib
import secrets
from collections import Counter
from typing import Any

from jemput.domain.village_links import NONCE_BYTES, Listed, digest_of, handle_of, pages_of, seal
from jemput.queries import people, places
from jemput.queries.coverage import View
from jemput.queries.office import Office
from jemput.store.models import VillageLink


def sent(link: VillageLink, *, at: View, office: Office) -> dict[str, Any]:
    """Return a link as a batch holds it; the list of people is made anew when the ledger, the day or the PIN is another."""
    shown: dict[str, Any] = {
        "village": "",
        "visit": None,
        "code": "",
        "numbers": {"total": 0, "dusun": []},
        "names": None,
    }
    if link.expires_on >= office.today:
        held = _people(link, at=at, office=office)
        shown |= {
            "village": places.names_of([link.village], office.today).get(link.village, ""),
            "visit": _visit(link),
            "code": link.conversation.code if link.conversation else "",
            "numbers": held["numbers"],
            "names": held["names"],
        }
    whole = {
        "number": link.number,
        "token_hash": link.token_hash,
        "expires_on": link.expires_on.isoformat(),
        "shown": shown,
    }
    return whole | {"digest": digest_of(whole)}


def person_of(link: VillageLink, handle: str) -> int | None:
    """Return the person a handle means on a link; None where the link never showed such a one."""
    secret = bytes.fromhex(link.secret["handles"])
    found = (person for person in link.secret.get("sent", []) if handle_of(secret, person) == handle)
    return next(found, None)


def _people(link: VillageLink, *, at: View, office: Office) -> dict[str, Any]:
    secret = link.secret
    names = secret.get("names")
    mark = f"{at.batch} {at.on.isoformat()} {names['pin'] if names else ''}"
    held: dict[str, Any] = secret.get("people") or {}
    if held.get("mark") == mark:
        return held
    left = sorted(
        people.people(at, link.village, "unrecorded", rule_in_force=office.rule),
        key=lambda one: (one.dusun, one.rt, one.name, one.id),
    )
    by_dusun = sorted(Counter(one.dusun for one in left).items())
    made: dict[str, Any] = {
        "mark": mark,
        "numbers": {"total": len(left), "dusun": by_dusun},
        "names": None,
        "plain": "",
    }
    if names:
        handles = bytes.fromhex(secret["handles"])
        listed = [Listed(handle_of(handles, one.id), one.name, one.dusun, one.rt) for one in left]
        made |= _sealed(link.number, names, listed, held)
        secret["sent"] = sorted({*secret.get("sent", []), *(one.id for one in left)})
    secret["people"] = made
    link.save(update_fields=["secret"])
    return made


def _sealed(number: str, names: dict[str, str], listed: list[Listed], held: dict[str, Any]) -> dict[str, Any]:
    """Return the pages of names sealed; as they were where neither list nor key is another."""
    pages = pages_of(listed) or [b"[]"]
    plain = hashlib.sha256(names["key"].encode() + b"\n".join(pages)).hexdigest()
    if held.get("plain") == plain:
        return {"names": held["names"], "plain": plain}
    key = bytes.fromhex(names["key"])
    sealed = [seal(key, secrets.token_bytes(NONCE_BYTES), page, f"names {number}") for page in pages]
    return {
        "names": {
            "pin": names["pin"],
            "salt": base64.b64encode(bytes.fromhex(names["salt"])).decode(),
            "wrapped": base64.b64encode(bytes.fromhex(names["wrapped"])).decode(),
            "pages": [base64.b64encode(page).decode() for page in sealed],
            "count": len(listed),
        },
        "plain": plain,
    }


def _visit(link: VillageLink) -> dict[str, Any] | None:
    """Return the visit as anyone may see it; somebody's home is not named."""
    visit = link.visit
    if visit is None:
        return None
    return {
        "kind": visit.place_kind,
        "place": visit.place if visit.place_kind != "home" else "",
        "on": visit.on.isoformat() if visit.on else None,
        "starts": visit.starts,
        "ends": visit.ends,
        "state": visit.state,
    }
