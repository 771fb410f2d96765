"""The recording pipeline of one person: raw codes kept as written, folded to sixteen, and what counts.

A recording is a chain of statuses, not a flag. Codes, order and phases as met in the field
(Banyumas and Kebumen 2017, Sambas 2020, slides of the Directorate General 2015); separators vary
(underscore, blank, a line break inside the cell). An unknown code is kept and does not count.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from jemput.domain.problems import Text


@dataclass(frozen=True, slots=True)
class Status:
    """One pipeline status; `counts` says how it bears on "recorded" by default."""

    order: int
    code: str
    phase: str
    counts: str  # no · local (captured, on its way) · yes (accepted by the centre) · re-record · re-send · check · duplicate
    label: Text


STATUSES = (
    Status(1, "UNREGISTERED", "initial", "no", Text("belum rekam", "not recorded")),
    Status(2, "BIO_CAPTURED", "capture", "local", Text("direkam", "captured")),
    Status(3, "PROCESSING", "capture", "local", Text("diproses", "processing")),
    Status(4, "SENT_FOR_ENROLLMENT", "sending", "local", Text("dikirim ke pusat", "sent to the centre")),
    Status(5, "RECEIVED_AT_CENTRAL", "central", "local", Text("diterima pusat", "received at the centre")),
    Status(6, "PRINT_READY_RECORD", "central", "yes", Text("siap cetak (PRR)", "print ready (PRR)")),
    Status(7, "ENROLL_FAILURE_AT_CENTRAL", "central", "re-record", Text("gagal di pusat", "failed at the centre")),
    Status(8, "ENROLL_FAILURE_AT_REGIONAL", "central", "re-record", Text("gagal di daerah", "failed at the region")),
    Status(
        9,
        "SEARCH_FAILURE_AT_CENTRAL",
        "central",
        "re-send",
        Text("gagal dicari di pusat", "search failed at the centre"),
    ),
    Status(10, "ADJUDICATE_RECORD", "central", "re-record", Text("diadili (adjudicate)", "in adjudication")),
    Status(11, "REQUEST_VALIDATION", "central", "check", Text("minta validasi", "validation asked")),
    Status(12, "DUPLICATE_RECORD", "central", "duplicate", Text("rekaman ganda", "duplicate record")),
    Status(13, "SENT_FOR_CARD_PRINTING", "card", "yes", Text("dikirim untuk dicetak", "sent for printing")),
    Status(14, "CARD_PRINTED", "card", "yes", Text("kartu dicetak", "card printed")),
    Status(15, "CARD_SHIPPED", "card", "yes", Text("kartu dikirim", "card shipped")),
    Status(16, "CARD_ISSUED", "card", "yes", Text("kartu diserahkan", "card handed over")),
)
BY_CODE = {status.code: status for status in STATUSES}
BY_ORDER = {status.order: status for status in STATUSES}
UNKNOWN = 0
"""Order of a code the table does not hold: kept raw, shown apart, not counted as recorded."""
UNREGISTERED = 1

COUNTED = frozenset(status.order for status in STATUSES if status.counts in {"yes", "local"})
ACCEPTED = frozenset(status.order for status in STATUSES if status.counts == "yes")
"""Accepted by the centre: a later failed re-recording does not undo it."""

_SYNONYMS = {
    "BELUM_REKAM": "UNREGISTERED",
    "BELUM_PEREKAMAN": "UNREGISTERED",
    "BELUM": "UNREGISTERED",
    "BELUM_WAJIB": "UNREGISTERED",
    "SUDAH_REKAM": "BIO_CAPTURED",
    "SFE": "SENT_FOR_ENROLLMENT",
    "PRR": "PRINT_READY_RECORD",
    "PRINT_READY": "PRINT_READY_RECORD",
    "SENT_FOR_PRINTING": "SENT_FOR_CARD_PRINTING",
    "DUPLICATE": "DUPLICATE_RECORD",
    "ADJUDICATE": "ADJUDICATE_RECORD",
}
_NOTHING = {"", "-", "NULL", "NONE", "N/A", "#N/A"}
_SEPARATORS = re.compile(r"[^A-Z0-9]+")


@lru_cache(maxsize=4096)
def fold(raw: str) -> int | None:
    """Return the order of a raw status code (0 unknown), or None where the cell says nothing."""
    text = raw.strip().upper()
    if text in _NOTHING:
        return None
    code = _SEPARATORS.sub("_", text).strip("_")
    status = BY_CODE.get(_SYNONYMS.get(code, code))
    return status.order if status else UNKNOWN
