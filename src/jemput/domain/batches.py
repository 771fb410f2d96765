"""Batches between the office and its public pages: numbered, addressed, signed, refused in words where anything is wrong.

A batch is one line that holds the signature (Ed25519) and behind it the compressed content. Nothing of the content is
read before the signature was checked, and a batch whose number went by is not taken again.
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from jemput.domain.problems import ProblemKind, Refused, Text

Sender = Literal["office", "public"]
HEAD = b"jemput-batch-1 "
LARGEST = 32 * 1024 * 1024
"""Bytes a batch may unpack to; every name of a regency's 9,823 unrecorded is below 2 MB."""
KEY_PREFIX = {"office": "jemput-office-", "public": "jemput-public-"}
_KEY = re.compile(r"jemput-(office|public)-([A-Za-z0-9_-]{43})")

NOT_A_BATCH = ProblemKind(
    "not_a_batch",
    Text("Berkas ini bukan kiriman Jemput yang utuh.", "This file is no whole batch of Jemput."),
    Text("Salin ulang berkasnya dari mesin asalnya.", "Copy the file again from the machine that made it."),
)
FORGED_BATCH = ProblemKind(
    "batch_forged",
    Text(
        "Tanda tangan kiriman ini bukan dari {sender_id} yang dipercaya.",
        "This batch is not signed by the {sender_en} that is trusted.",
    ),
    Text(
        "Bandingkan sidik kuncinya di kedua mesin: `jemput exchange key` dan `jemput public key`.",
        "Compare the fingerprints on both machines: `jemput exchange key` and `jemput public key`.",
    ),
)
OTHER_ADDRESSEE = ProblemKind(
    "batch_other_addressee",
    Text("Kiriman ini bukan untuk mesin ini.", "This batch is meant for another machine."),
    Text("Buat kiriman baru untuk mesin ini.", "Make a new batch for this machine."),
)
OLD_BATCH = ProblemKind(
    "batch_old",
    Text(
        "Kiriman nomor {number} sudah lewat; yang terakhir diterima nomor {last}.",
        "Batch {number} went by; the last one taken is {last}.",
    ),
    Text("Buat dan bawa kiriman yang baru.", "Make a new batch and bring that."),
)
NOT_A_KEY = ProblemKind(
    "not_an_exchange_key",
    Text("“{found}” bukan kunci pertukaran {sender_id}.", "“{found}” is no exchange key of the {sender_en}."),
    Text(
        "Salin satu baris utuh yang dicetak `jemput exchange key` atau `jemput public key`.",
        "Copy the whole line that `jemput exchange key` or `jemput public key` prints.",
    ),
)
SENDERS: dict[Sender, Text] = {
    "office": Text("kantor", "office"),
    "public": Text("halaman desa", "public pages"),
}


@dataclass(frozen=True, slots=True)
class Batch:
    """One batch as read: who made it, its number, for whose key, what it holds, and the sha256 of its bytes."""

    sender: Sender
    number: int
    receiver: str
    body: Mapping[str, Any]
    digest: str


def public_text(key: Ed25519PrivateKey, sender: Sender) -> str:
    """Return the public half of a key as one word that can be copied by hand."""
    raw = key.public_key().public_bytes_raw()
    return KEY_PREFIX[sender] + base64.urlsafe_b64encode(raw).decode().rstrip("=")


def private_key(secret: str) -> Ed25519PrivateKey:
    """Return the key of a secret, 64 hexadecimal digits."""
    return Ed25519PrivateKey.from_private_bytes(bytes.fromhex(secret))


def checked_key(text: str, sender: Sender) -> str:
    """Return a public key as it is compared; refuse what is none of that sender."""
    found = _KEY.fullmatch(text.strip())
    if found is None or found[1] != sender:
        raise Refused(NOT_A_KEY.at("key", found=text.strip()[:80], **_named(sender)))
    return found[0]


def fingerprint(key: str) -> str:
    """Return twelve digits of a key that two people can read to each other by telephone: 1234 5678 9012."""
    digits = f"{int(hashlib.sha256(key.encode()).hexdigest(), 16) % 10**12:012}"
    return " ".join(digits[start : start + 4] for start in range(0, 12, 4))


def packed(body: Mapping[str, Any], *, sender: Sender, number: int, receiver: str, key: Ed25519PrivateKey) -> bytes:
    """Return a batch as bytes; the same content gives the same bytes."""
    content = {"sender": sender, "number": number, "receiver": receiver, "body": body}
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    packet = zlib.compress(text.encode(), 6)
    signature = base64.b64encode(key.sign(HEAD + packet))
    return HEAD + signature + b"\n" + packet


def digest(data: bytes) -> str:
    """Return the sha256 of a batch's bytes."""
    return hashlib.sha256(data).hexdigest()


def opened(data: bytes, *, sender: Sender, signer: str, receiver: str) -> Batch:
    """Return what a batch holds; refuse what is broken, not signed by `signer`, or meant for another key than `receiver`."""
    line, end, packet = data.partition(b"\n")
    if not line.startswith(HEAD) or not end:
        raise Refused(NOT_A_BATCH.at())
    try:
        signature = base64.b64decode(line[len(HEAD) :], validate=True)
    except ValueError:
        raise Refused(NOT_A_BATCH.at()) from None
    try:
        _public(signer).verify(signature, HEAD + packet)
    except InvalidSignature:
        raise Refused(FORGED_BATCH.at(**_named(sender))) from None
    content = _content(packet)
    if content.get("sender") != sender:
        raise Refused(FORGED_BATCH.at(**_named(sender)))
    if content.get("receiver") != receiver:
        raise Refused(OTHER_ADDRESSEE.at())
    number, body = content.get("number"), content.get("body")
    if not isinstance(number, int) or not isinstance(body, dict):
        raise Refused(NOT_A_BATCH.at())
    return Batch(sender, number, receiver, body, digest(data))


def next_number(last: int, seconds: int) -> int:
    """Return the number of the next batch: past the last one, and past the clock, so that a restored office is not behind."""
    return max(last + 1, seconds)


def _named(sender: Sender) -> dict[str, str]:
    return {"sender_id": SENDERS[sender].id, "sender_en": SENDERS[sender].en}


def _public(text: str) -> Ed25519PublicKey:
    found = _KEY.fullmatch(text)
    raw = base64.urlsafe_b64decode(found[2] + "=") if found else b""
    return Ed25519PublicKey.from_public_bytes(raw)


def _content(packet: bytes) -> dict[str, Any]:
    unpacker = zlib.decompressobj()
    try:
        text = unpacker.decompress(packet, LARGEST)
        if unpacker.unconsumed_tail or not unpacker.eof:
            raise Refused(NOT_A_BATCH.at())
        content = json.loads(text)
    except (zlib.error, ValueError):
        raise Refused(NOT_A_BATCH.at()) from None
    if not isinstance(content, dict):
        raise Refused(NOT_A_BATCH.at())
    return content
