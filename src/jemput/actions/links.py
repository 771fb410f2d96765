"""Links of villages: made for a village and a visit, given a PIN that is said once, ended; the token itself is never kept."""

from __future__ import annotations

import secrets
from datetime import timedelta

from django.db import transaction

from jemput.actions.conversations import open_conversation
from jemput.actions.papers import changed
from jemput.domain.ids import area_text
from jemput.domain.problems import ProblemKind, Refused, Text
from jemput.domain.village_links import (
    KEY_BYTES,
    NONCE_BYTES,
    PIN_DIGITS,
    TOKEN_LENGTH,
    pin_from,
    pin_key,
    seal,
    token_from,
    token_hash,
    token_key,
)
from jemput.queries import places
from jemput.queries.office import Office, setting
from jemput.store.models import Conversation, VillageLink, Visit, VisitVillage

PAPER = "village_link"
SUBJECT = "halaman desa"
"""What a conversation is about whose link was made for no visit; its code goes into the texts that the page offers."""

NO_ADDRESS = ProblemKind(
    "no_public_address",
    Text("Alamat halaman desa belum diatur.", "The address of the village's pages is not set."),
    Text(
        "Administrator mengisi `public_address` di Pengaturan; sampai itu kabar desa lewat pesan, telepon dan kertas.",
        "The administrator sets `public_address` in Settings; until then villages answer by message, telephone and paper.",
    ),
)
LINK_VILLAGE = ProblemKind(
    "link_village",
    Text("Desa {kode} tidak ada di daftar wilayah kantor.", "Village {kode} is not among the office's areas."),
    Text("Periksa kode desanya.", "Check the code of the village."),
)
LINK_OTHER_VISIT = ProblemKind(
    "link_other_visit",
    Text("Kunjungan itu bukan untuk desa {kode}.", "That visit is not for village {kode}."),
    Text("Pilih desa tuan rumah atau desa yang diundang.", "Choose the host or an invited village."),
)
LINK_DEAD = ProblemKind(
    "link_ended",
    Text("Tautan ini sudah berakhir.", "This link has ended."),
    Text("Buat tautan baru untuk desanya.", "Make a new link for the village."),
)
NO_SUCH_LINK = ProblemKind(
    "no_such_link",
    Text("Tidak ada tautan {number}.", "There is no link {number}."),
    Text("Lihat halaman Tautan desa.", "See the page Village links."),
)


def make_link(
    *,
    village: int,
    visit: int | None = None,
    conversation: Conversation | None = None,
    days: int | None = None,
    office: Office,
    by: str,
) -> tuple[str, VillageLink]:
    """Make a link for a village, bound to a visit where one is named; return its address, which nobody can show again, and the row.

    What the village answers there lands in `conversation`, else in the open one over the visit, else in a new one. It lives `days` (default: the setting)
    after the visit, or from today. Refused: no public address, a village that is
    not the office's, a visit that is neither hosted by the village nor open to it.
    """
    address = setting("public_address")
    if not address:
        raise Refused(NO_ADDRESS.at())
    if not places.known_ever([village]) or (office.area and not str(village).startswith(str(office.area))):
        raise Refused(LINK_VILLAGE.at("village", kode=area_text(village)))
    planned = Visit.objects.filter(pk=visit).first() if visit is not None else None
    if visit is not None and not _is_for(planned, village):
        raise Refused(LINK_OTHER_VISIT.at("visit", kode=area_text(village)))
    token = token_from(secrets.token_bytes(TOKEN_LENGTH))
    begins = max(planned.on, office.today) if planned and planned.on else office.today
    with transaction.atomic():
        talk = conversation or open_conversation(
            village=village, visit=visit, subject="" if visit else SUBJECT, office=office, by=by
        )
        link = VillageLink.objects.create(
            number=token_from(secrets.token_bytes(8)),
            token_hash=token_hash(token),
            village=village,
            visit=planned,
            conversation=talk,
            secret={"token_key": token_key(token).hex(), "handles": secrets.token_bytes(KEY_BYTES).hex()},
            expires_on=begins + timedelta(days=days or setting("public_link_days")),
            made_at=office.now,
            made_by=by,
        )
        changed(PAPER, link.pk, "made", None, link.number, now=office.now, by=by)
    return f"{address}/{token}/", link


def make_pin(number: int, *, office: Office, by: str) -> str:
    """Give a link a new PIN and return it, to be told by telephone and shown once; the old one opens nothing from the next exchange on.

    Refused: a link that ended or ran out.
    """
    pin = pin_from(secrets.randbelow(10**PIN_DIGITS))
    with transaction.atomic():
        link = _alive(number, office)
        salt, key = secrets.token_bytes(16), secrets.token_bytes(KEY_BYTES)
        of_pin = pin_key(pin, salt, bytes.fromhex(link.secret["token_key"]))
        wrapped = seal(of_pin, secrets.token_bytes(NONCE_BYTES), key, f"key {link.number}")
        names = {"pin": secrets.token_hex(6), "key": key.hex(), "salt": salt.hex(), "wrapped": wrapped.hex()}
        link.secret = {name: value for name, value in link.secret.items() if name != "people"} | {"names": names}
        link.pin_set_at = office.now
        link.save(update_fields=["secret", "pin_set_at"])
        changed(PAPER, link.pk, "pin", None, names["pin"], now=office.now, by=by)
    return pin


def end_link(number: int, *, office: Office, by: str) -> None:
    """End a link; the public pages forget it, its names too, at the next exchange. Ending it twice is ending it once."""
    with transaction.atomic():
        link = _held(number)
        if link.ended_at is None:
            link.ended_at, link.ended_by = office.now, by
            link.secret = {name: value for name, value in link.secret.items() if name not in {"people", "names"}}
            link.save(update_fields=["ended_at", "ended_by", "secret"])
            changed(PAPER, link.pk, "ended", None, link.number, now=office.now, by=by)


def _is_for(visit: Visit | None, village: int) -> bool:
    if visit is None:
        return False
    return visit.village == village or VisitVillage.objects.filter(visit=visit, village=village).exists()


def _held(number: int) -> VillageLink:
    link = VillageLink.objects.select_for_update().filter(pk=number).first()
    if link is None:
        raise Refused(NO_SUCH_LINK.at(number=number))
    return link


def _alive(number: int, office: Office) -> VillageLink:
    link = _held(number)
    if link.ended_at is not None or link.expires_on < office.today:
        raise Refused(LINK_DEAD.at())
    return link
