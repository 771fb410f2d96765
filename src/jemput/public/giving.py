"""An answer given: sealed for the office, and once more for whoever sent it, so that the database can read neither."""

from __future__ import annotations

import json
import secrets
import sqlite3
from typing import Any

import pyrage  # type: ignore[import-untyped]  # 1.4 ships no type information
from django.conf import settings

from jemput.domain.village_links import NONCE_BYTES, answer_key, seal, unseal
from jemput.public import kept
from jemput.public.kept import Answer
from jemput.public.opened import Opened, now


def give(opened: Opened, kind: str, content: dict[str, Any], key: str) -> None:
    """Keep an answer of a link; a key that was kept before keeps what it has."""
    told = seal(answer_key(opened.token, key), secrets.token_bytes(NONCE_BYTES), _bytes(content), key)
    with kept.writing(settings.PUBLIC_HOME) as db:
        kept.put_answer(
            db,
            key=key,
            link=opened.link.number,
            kind=kind,
            sealed=sealed_for_office(opened, content),
            told=told,
            now=int(now().timestamp()),
        )


def give_word(db: sqlite3.Connection, opened: Opened, handle: str, content: dict[str, str], key: str) -> bool:
    """Keep what is said of one person, in the place of what was said and not yet taken; False where the office has it."""
    told = seal(_names_key(opened), secrets.token_bytes(NONCE_BYTES), _bytes(content), f"word {handle}")
    return kept.put_answer(
        db,
        key=key,
        link=opened.link.number,
        kind="word",
        handle=handle,
        sealed=sealed_for_office(opened, content),
        told=told,
        now=int(now().timestamp()),
    )


def told_of(opened: Opened, answer: Answer) -> dict[str, Any] | None:
    """Return what an answer said, for whoever has link and key; None for all others."""
    text = unseal(answer_key(opened.token, answer.key), answer.told, answer.key)
    return dict(json.loads(text)) if text is not None else None


def word_of(opened: Opened, answer: Answer) -> dict[str, str] | None:
    """Return what was said of a person, for whoever has the key of the names."""
    text = unseal(_names_key(opened), answer.told, f"word {answer.handle}")
    return dict(json.loads(text)) if text is not None else None


def sealed_for_office(opened: Opened, content: dict[str, Any]) -> bytes:
    """Return what only the office can open: encrypted for the public key it sent."""
    recipient = pyrage.x25519.Recipient.from_str(opened.office["recipient"])
    sealed: bytes = pyrage.encrypt(_bytes(content | {"link": opened.link.number}), [recipient])
    return sealed


def _names_key(opened: Opened) -> bytes:
    if opened.key is None:
        raise PermissionError("the names are closed")
    return opened.key


def _bytes(content: dict[str, Any]) -> bytes:
    return json.dumps(content, ensure_ascii=False).encode()
