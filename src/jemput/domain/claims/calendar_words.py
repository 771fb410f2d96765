"""The days a press text names, and which of them are cut-offs of its figures.

A cut-off follows "per", "hingga", "sampai", "as of" and the like; a semester ends on 30 June or
31 December (the centre's consolidated data). The day an article appeared is no cut-off.
"""

from __future__ import annotations

import re

MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "januari january jan",
            "februari february feb",
            "maret march mar",
            "april apr",
            "mei may",
            "juni june jun",
            "juli july jul",
            "agustus august agu aug",
            "september sept sep",
            "oktober october okt oct",
            "november nopember nov",
            "desember december des dec",
        ),
        start=1,
    )
    for name in names.split()
}
_MONTH = "|".join(sorted(MONTHS, key=len, reverse=True))
DAY = re.compile(
    rf"(?P<iso>\b\d{{4}}-\d{{2}}-\d{{2}}\b)"
    rf"|\b(?P<d>\d{{1,2}})\s*[/-]\s*(?P<m>\d{{1,2}})(?:\s*[/-]\s*(?P<y>(?:\d{{2}}){{1,2}}))?\b(?!\s*persen|%)"
    rf"|\b(?:(?P<dd>\d{{1,2}})\s+)?(?P<mon>{_MONTH})\b\.?\s*(?:(?P<dd2>\d{{1,2}}),\s*)?(?P<yy>\d{{4}})?\b(?![.,]\d)"
    r"|\bsemester\s+(?P<sem>II|I|1|2)\s+(?:tahun\s+)?(?P<sy>\d{4})\b",
    re.IGNORECASE,
)
_CUT_OFF = re.compile(
    r"(?:\bper|\bhingga|\bsampai(?:\s+dengan)?|\bs/d|\bs\.d\.?|\bas\s+(?:of|at)|\buntil|\bup\s+to|\bdata|\bposisi|\bkondisi|\bDKB)"
    r"(?:\s+(?:tanggal|akhir|tgl|the\s+end\s+of|end\s+of))*\s*$",
    re.IGNORECASE,
)
_FIRST_MONTHS = 2


def cut_offs(text: str) -> tuple[str, ...]:
    """Return the different cut-off days of a text as ISO dates as far as they are known, in order."""
    found: list[str] = []
    for match in DAY.finditer(text):
        said = _iso(match)
        is_cut_off = bool(match["sem"]) or bool(_CUT_OFF.search(text[: match.start()]))
        if said and is_cut_off and not any(one.startswith(said) or said.startswith(one) for one in found):
            found.append(said)
    return tuple(found)


def _iso(match: re.Match[str]) -> str:
    if match["iso"]:
        return match["iso"]
    if match["sem"]:
        return f"{match['sy']}-{'06-30' if match['sem'] in {'I', 'i', '1'} else '12-31'}"
    if match["mon"]:
        day, year = match["dd"] or match["dd2"], match["yy"]
        if not year:
            return ""
        return f"{year}-{MONTHS[match['mon'].lower()]:02}" + (f"-{int(day):02}" if day else "")
    if match["y"]:
        year = match["y"] if len(match["y"]) > _FIRST_MONTHS else f"20{match['y']}"
        return f"{year}-{int(match['m']):02}-{int(match['d']):02}"
    return ""
