"""The exchange with the public pages as the office does it: a batch made, a batch taken, each counted once.

A batch holds only the links that changed since the pages last said what they hold, so a lost one is made good by the
next. What a batch brings is applied in one transaction, and again without effect.
"""

from __future__ import annotations

import base64
import binascii
import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pyrage  # type: ignore[import-untyped]  # 1.4 ships no type information
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.db import transaction

from jemput.actions import page_answers, page_people
from jemput.actions.settings import set_setting
from jemput.domain import batches
from jemput.domain.batches import OLD_BATCH, checked_key, private_key, public_text
from jemput.domain.ids import mask_within
from jemput.domain.problems import Problem, ProblemKind, Refused, Text
from jemput.domain.village_links import TOMBSTONE_DAYS, digest_of
from jemput.queries.coverage import view
from jemput.queries.office import Office, setting
from jemput.store.models import Exchange, Setting, VillageLink

KEYS = "exchange_keys"
"""Where the office's secret keys stand: among the settings, and so in every encrypted backup; no page shows them."""
PUBLIC_KEY_FILE, OFFICE_KEY_FILE = "public.pub", "office.pub"
"""Files of the public pages' folder by which both sides know each other on one machine (`jemput.public.keys`)."""
OUT, IN = "out", "in"

NO_PAGES = ProblemKind(
    "no_pages_trusted",
    Text("Kantor belum mengenal kunci halaman desa.", "The office does not know the key of the village's pages yet."),
    Text(
        "Di mesin halaman desa: `jemput public key`; di sini: `jemput exchange trust KUNCI`.",
        "On the machine of the pages: `jemput public key`; here: `jemput exchange trust KEY`.",
    ),
)
ANSWER_UNREADABLE = ProblemKind(
    "page_answer_unreadable",
    Text("Satu jawaban desa tidak dapat dibuka.", "One answer of a village cannot be opened."),
    Text(
        "Mungkin disegel untuk kantor lain atau kunci lama; telepon desanya.",
        "It may be sealed for another office or an old key; call the village.",
    ),
)
ANSWER_OF_NO_LINK = ProblemKind(
    "page_answer_no_link",
    Text("Satu jawaban datang dari tautan yang tidak dikenal.", "One answer came from a link that is not known."),
    Text(
        "Periksa kunci halaman desa dengan `jemput exchange key`.",
        "Check the key of the pages with `jemput exchange key`.",
    ),
)


@dataclass(frozen=True, slots=True)
class Keys:
    """The office's keys: what it signs with, and what opens the answers (age)."""

    signing: Ed25519PrivateKey
    text: str
    identity: str
    recipient: str


@dataclass(frozen=True, slots=True)
class Took:
    """What a batch of the pages brought: its number, whether it was new, answers by kind, and what could not be used."""

    number: int
    is_new: bool
    answers: int = 0
    by_kind: Mapping[str, int] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()
    is_behind: bool = False

    @property
    def wants_more(self) -> bool:
        """Whether another round has something to carry: acknowledgements, or links the pages do not hold as they are."""
        return self.is_new and (self.answers > 0 or self.is_behind)


def keys() -> Keys:
    """Return the office's keys, made at the first call."""
    held = Setting.objects.filter(pk=KEYS).first()
    if held is None:
        identity = pyrage.x25519.Identity.generate()
        made = {"signing": secrets.token_bytes(32).hex(), "identity": str(identity)}
        held, _ = Setting.objects.get_or_create(pk=KEYS, defaults={"value": made})
    signing = private_key(held.value["signing"])
    identity = pyrage.x25519.Identity.from_str(held.value["identity"])
    return Keys(signing, public_text(signing, "office"), str(identity), str(identity.to_public()))


def pages_key(public_home: Path) -> str:
    """Return the key of the pages that are trusted: the setting, else those on this machine; refuse where there are none."""
    said = str(setting("public_key") or "")
    if said:
        return said
    own = public_home / PUBLIC_KEY_FILE
    if not own.exists():
        raise Refused(NO_PAGES.at())
    return checked_key(own.read_text(encoding="ascii"), "public")


def pair(public_home: Path) -> None:
    """Introduce the office to pages on the same machine that know no office yet."""
    file = public_home / OFFICE_KEY_FILE
    if not setting("public_key") and public_home.is_dir() and not file.exists():
        file.write_text(keys().text + "\n", encoding="ascii")


def trust_pages(text: str, *, by: str) -> str:
    """Trust public pages on another machine by their key, in the place of any other; return it."""
    key = checked_key(text, "public")
    set_setting("public_key", key, said_by=by)
    return key


def make_batch(public_home: Path, *, office: Office, clock: datetime) -> bytes:
    """Make the next batch for the pages: links that they do not hold as they are now, which to keep, which answers arrived."""
    own, receiver = keys(), pages_key(public_home)
    with transaction.atomic():
        last_in = Exchange.objects.select_for_update().filter(direction=IN).order_by("-pk").first()
        known: Mapping[str, Any] = last_in.held if last_in else {}
        at = view(office.today, as_known="now", rule=office.rule)
        links = [page_people.sent(link, at=at, office=office) for link in _living(office)]
        holds: Mapping[str, str] = known.get("holds", {})
        fresh = [link for link in links if holds.get(link["number"]) != link["digest"]]
        taken: Mapping[str, str] = known.get("states", {})
        body = {
            "office": {
                "name": setting("office_name"),
                "phone": setting("office_phone"),
                "recipient": own.recipient,
                "today": office.today.isoformat() if office.today_is_set else None,
            },
            "links": fresh,
            "keep": [link["number"] for link in links],
            "taken": taken,
        }
        number = batches.next_number(_last(OUT), int(clock.timestamp()))
        data = batches.packed(body, sender="office", number=number, receiver=receiver, key=own.signing)
        held = {"links": len(fresh), "kept": len(links), "taken": len(taken), "quiet": not fresh and not taken}
        _note(OUT, number, batches.digest(data), held, clock)
    return data


def take_batch(public_home: Path, data: bytes, *, office: Office, clock: datetime) -> Took:
    """Take a batch of the pages: every answer in it, in one transaction; a batch taken before changes nothing.

    Refused: not signed by the trusted pages, meant for another office, or older than the last one taken.
    """
    own = keys()
    batch = batches.opened(data, sender="public", signer=pages_key(public_home), receiver=own.text)
    with transaction.atomic():
        last = Exchange.objects.select_for_update().filter(direction=IN).order_by("-pk").first()
        if last and last.digest == batch.digest:
            return Took(batch.number, is_new=False)
        if last and batch.number <= int(last.batch):
            raise Refused(OLD_BATCH.at(number=batch.number, last=last.batch))
        states: dict[str, str] = {}
        by_kind: dict[str, int] = {}
        problems: list[Problem] = []
        for one in batch.body["answers"]:
            found = _apply(one, own, office=office, clock=clock)
            states[one["key"]] = "refused" if found else "taken"
            by_kind[one["kind"]] = by_kind.get(one["kind"], 0) + 1
            problems += found
        held = {
            "answers": by_kind,
            "states": states,
            "holds": batch.body["holds"],
            "locked": batch.body["locked"],
            "problems": [{"id": _said(one, "id"), "en": _said(one, "en")} for one in problems],
            "quiet": not states,
        }
        _note(IN, batch.number, batch.digest, held, clock)
    return Took(
        batch.number,
        is_new=True,
        answers=len(states),
        by_kind=by_kind,
        problems=tuple(problems),
        is_behind=_is_behind(batch.body["holds"], office),
    )


def _apply(one: Mapping[str, Any], own: Keys, *, office: Office, clock: datetime) -> list[Problem]:
    """Apply one answer; return why it could not be used. A refusal takes back what this answer did, and no other."""
    link = VillageLink.objects.filter(number=one["link"]).first()
    if link is None:
        return [ANSWER_OF_NO_LINK.at()]
    content = _opened(one["sealed"], own)
    if content is None or content.get("link") != link.number:
        return [ANSWER_UNREADABLE.at()]
    try:
        said_at = datetime.fromtimestamp(int(one["at"]), UTC) + (office.now - clock)
        with transaction.atomic():
            page_answers.apply(
                link,
                one["kind"],
                content,
                key=f"page:{one['key']}",
                handle=one["handle"],
                said_at=said_at,
                office=office,
            )
    except Refused as refused:
        return list(refused.problems)
    except (KeyError, TypeError, ValueError):  # signed, and still not as pages of this version write it
        return [ANSWER_UNREADABLE.at()]
    return []


def _opened(sealed: str, own: Keys) -> dict[str, Any] | None:
    try:
        text = pyrage.decrypt(base64.b64decode(sealed), [pyrage.x25519.Identity.from_str(own.identity)])
        content = json.loads(text)
    except (pyrage.DecryptError, binascii.Error, ValueError):
        return None
    return content if isinstance(content, dict) else None


def _living(office: Office) -> list[VillageLink]:
    """Return the links the pages are to know: not ended, and not run out for longer than anybody asks."""
    since = office.today - timedelta(days=TOMBSTONE_DAYS)
    return list(
        VillageLink.objects.select_for_update(of=("self",)).filter(ended_at=None, expires_on__gte=since).order_by("pk")
    )


def _is_behind(holds: Mapping[str, str], office: Office) -> bool:
    at = view(office.today, as_known="now", rule=office.rule)
    now = {
        link["number"]: link["digest"]
        for link in (page_people.sent(one, at=at, office=office) for one in _living(office))
    }
    return now != dict(holds)


def _last(direction: str) -> int:
    row = Exchange.objects.filter(direction=direction).order_by("-pk").first()
    return int(row.batch) if row else 0


def _note(direction: str, number: int, digest: str, held: Mapping[str, Any], clock: datetime) -> None:
    """Note a batch; quiet ones before it, which carried nothing, are let go: there is one a minute."""
    Exchange.objects.create(direction=direction, batch=str(number), digest=digest, held=dict(held), at=clock)
    last = Exchange.objects.filter(direction=direction).order_by("-pk").values_list("pk", flat=True)[:1]
    Exchange.objects.filter(direction=direction, held__quiet=True).exclude(pk__in=list(last)).delete()


def _said(problem: Problem, language: Any) -> str:  # noqa: ANN401 - id or en
    return mask_within(f"{problem.reason(language)} {problem.todo(language)}")


__all__ = [
    "IN",
    "OUT",
    "Keys",
    "Took",
    "digest_of",
    "keys",
    "make_batch",
    "pages_key",
    "pair",
    "take_batch",
    "trust_pages",
]
