"""A village's link: what its token opens by itself (counts and days), and what only the PIN told by telephone opens (names).

Whoever has the public database has neither token nor PIN, and so no name. Whoever has the link has no PIN, and may try
five. All of it is computed from what is passed in; chance and time come from outside.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

from jemput.domain.outreach import CODE_LETTERS

TOKEN_LENGTH = 17
"""Letters of five bits: 85 bits cannot be guessed, and the link still fits into one SMS beside its sentence."""
PIN_DIGITS = 6
PIN_TRIES = 5
"""Wrong PINs until the names are locked: the chance to guess one is 1 in 200,000 (NIST SP 800-63B 5.2.2 allows 100 tries)."""
NAMES_MINUTES = 30
"""How long a PIN keeps the names open: as long as a session of the office (NIST SP 800-63B 4.2.3)."""
LINK_DAYS = 30
"""Days a link lives after the visit, or from today where there is none (our choice: answers come late, groups leak for ever)."""
TOMBSTONE_DAYS = 90
"""Days a link that ran out still says so; then it is as if it had never been."""
NAMES_A_PAGE = 10
"""People on one page of names: seven choices each keep it below 15 KB without compression."""
SCRYPT = {"n": 2**16, "r": 8, "p": 1, "maxmem": 96 * 1024 * 1024}
"""64 MB and a quarter of a second for each PIN tried. RFC 7914 gives n = 2^14 for a login; a PIN is weaker than a password."""
NONCE_BYTES = 12
KEY_BYTES = 32


@dataclass(frozen=True, slots=True)
class Listed:
    """One person as a village sees them: an opaque handle, name, dusun and RT; nothing else leaves the office."""

    handle: str
    name: str
    dusun: str
    rt: str


def token_from(chance: bytes) -> str:
    """Return a token from random bytes, one for each letter."""
    return "".join(CODE_LETTERS[one % len(CODE_LETTERS)] for one in chance)


def canonical(token: str) -> str | None:
    """Return a token as it was made, in capitals; None where it cannot be one."""
    letters = token.upper()
    return letters if len(letters) == TOKEN_LENGTH and set(letters) <= set(CODE_LETTERS) else None


def token_hash(token: str) -> str:
    """Return what is kept of a token."""
    return hashlib.sha256(b"jemput link " + token.encode()).hexdigest()


def token_key(token: str) -> bytes:
    """Return the part of a token that goes into the key of the names; the public machine is never sent it."""
    return hashlib.sha256(b"jemput names " + token.encode()).digest()


def answer_key(token: str, key: str) -> bytes:
    """Return the key under which what somebody sent is shown back to them."""
    return hashlib.sha256(f"jemput told {token} {key}".encode()).digest()


def pin_from(chance: int) -> str:
    """Return a PIN of a random number."""
    return f"{chance % 10**PIN_DIGITS:0{PIN_DIGITS}}"


def typed_pin(text: str) -> str | None:
    """Return the PIN somebody typed, spaces and dashes left out; None where it is no six digits."""
    digits = "".join(text.split()).replace("-", "")
    return digits if len(digits) == PIN_DIGITS and digits.isascii() and digits.isdigit() else None


def pin_key(pin: str, salt: bytes, of_token: bytes) -> bytes:
    """Return the key that a PIN and the token together give."""
    slow = hashlib.scrypt(pin.encode(), salt=salt, dklen=KEY_BYTES, **SCRYPT)
    return hmac.digest(of_token, b"jemput pin " + slow, "sha256")


def seal(key: bytes, nonce: bytes, text: bytes, about: str) -> bytes:
    """Return a text sealed under a key; `about` binds it to its place."""
    return nonce + ChaCha20Poly1305(key).encrypt(nonce, text, about.encode())


def unseal(key: bytes, sealed: bytes, about: str) -> bytes | None:
    """Return a sealed text; None where the key is not its key or somebody changed it."""
    try:
        return ChaCha20Poly1305(key).decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], about.encode())
    except (InvalidTag, ValueError):
        return None


def handle_of(secret: bytes, person: int) -> str:
    """Return the name a person has on one link; on another link it is another."""
    return hmac.digest(secret, b"person %d" % person, "sha256").hex()[:16]


def pages_of(people: Sequence[Listed]) -> list[bytes]:
    """Return a list in pages as they are sealed."""
    starts = range(0, len(people), NAMES_A_PAGE)
    return [_written(people[start : start + NAMES_A_PAGE]) for start in starts]


def read_page(text: bytes) -> list[Listed]:
    """Return the people of a page."""
    return [Listed(*row) for row in json.loads(text)]


def digest_of(shown: Mapping[str, Any]) -> str:
    """Return a short digest of what a link shows, by which both sides know whether they hold the same."""
    text = json.dumps(shown, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def _written(people: Sequence[Listed]) -> bytes:
    return json.dumps([[one.handle, one.name, one.dusun, one.rt] for one in people], ensure_ascii=False).encode()
