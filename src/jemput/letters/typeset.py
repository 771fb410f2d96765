"""Setting type: one compiler for the whole process, templates of the package, and data that is only ever data.

Nothing that was typed enters a template's source: it arrives as JSON in `sys.inputs` and is printed as
text. Only the fonts that Typst carries are used, so that a document looks the same on every machine.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Literal

import orjson
import typst

from jemput.domain.problems import ProblemKind, Refused, Text

TEMPLATES = Path(__file__).parent / "templates"
NOT_PRINTABLE = ProblemKind(
    "letter_not_printable",
    Text("Huruf “{found}” tidak ada di huruf cetak surat.", "The letters of print have no “{found}”."),
    Text("Tulis dengan huruf Latin.", "Write it in Latin letters."),
)
STANDARD: typst.PDFStandard = "a-2b"
RESOLUTION_PPI = 144.0
_NO_GLYPH = re.compile(r'the text `"(.+?)"` could not be displayed')
_ONE_AT_A_TIME = threading.Lock()


def document(template: str, data: Mapping[str, object], *, made_at: datetime, tagged: bool = True) -> bytes:
    """Return a template set as PDF/A-2b; refuse a letter no font of ours holds, which PDF/A forbids.

    `made_at` is aware UTC and stands in the file; untagged where a list is long.
    """
    with _ONE_AT_A_TIME, _in_words():
        made = _compiler().compile(
            str(TEMPLATES / template),
            format="pdf",
            sys_inputs=_inputs(data),
            pdf_standards=[STANDARD],
            timestamp=made_at.replace(microsecond=0),
            pdf_tags=tagged,
        )
    return _whole(made)


def picture(
    template: str, data: Mapping[str, object], kind: Literal["png", "svg"], *, ppi: float = RESOLUTION_PPI
) -> bytes:
    """Return a template of one page as a picture; the letters of an SVG are shapes, so that it needs no font."""
    with _ONE_AT_A_TIME:
        made = _compiler().compile(str(TEMPLATES / template), format=kind, ppi=ppi, sys_inputs=_inputs(data))
    return _whole(made)


@contextmanager
def _in_words() -> Iterator[None]:
    try:
        yield
    except typst.TypstError as error:
        missing = _NO_GLYPH.search(str(error))
        if missing is None:
            raise
        raise Refused(NOT_PRINTABLE.at(found=missing[1])) from error


@cache
def _compiler() -> typst.Compiler:
    """Return the one compiler (2 ms a letter; one made anew each time takes 130)."""
    fonts = typst.Fonts(include_system_fonts=False)
    return typst.Compiler(root=str(TEMPLATES), font_paths=fonts, ignore_system_fonts=True)


def _inputs(data: Mapping[str, object]) -> dict[str, str]:
    return {"data": orjson.dumps(data).decode()}


def _whole(made: bytes | list[bytes] | None) -> bytes:
    if not isinstance(made, bytes):
        raise TypeError("a template made more or less than one file")
    return made
